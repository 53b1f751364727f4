import { checkObject, checkOpenUnit, checkPositive } from "../core/checks.ts";
import type { Result } from "../core/result.ts";
import { checkedAllocation } from "../models/allocation.ts";
import { wholeUnits } from "../models/whole-units.ts";
import { checkDesign } from "./check-design.ts";
import { designAssumptions } from "./design-assumptions.ts";
import { type CriticalEffect, criticalMeanEffect, criticalRateEffect } from "./critical-effect.ts";
import type { GroupSequentialDesign } from "./group-sequential-design.ts";

export type { CriticalEffect } from "./critical-effect.ts";

export interface GroupSequentialBoundariesOptions {
  /** What `groupSequentialDesign` returned. */
  readonly design: GroupSequentialDesign;
  /** Units of the control arm at the last look. */
  readonly n: number;
  /** Treatment n over control n; 1 unless said. */
  readonly allocation?: number | undefined;
  /** Rate of the control arm, in (0, 1); with `standardDeviation` its mean, above 0. */
  readonly baseline: number;
  /** Of a unit, in both arms, above 0: says that the metric is a mean and not a rate. */
  readonly standardDeviation?: number | undefined;
}

/** A stretch of effects; null is an open end. */
export interface EffectStretch {
  readonly lower: CriticalEffect | null;
  readonly upper: CriticalEffect | null;
}

/** Where the experiment stops at one look, treatment against control. */
export interface GroupSequentialBoundariesLook {
  readonly information: number;
  readonly control: number;
  readonly treatment: number;
  /** Rejects at or below `lower` and at or above `upper`; null on the side that the alternative does not look at. */
  readonly efficacy: EffectStretch;
  /** Stops for futility from `lower` to `upper`; null where there is no such boundary. */
  readonly futility: EffectStretch | null;
}

/** The boundaries of a group-sequential design on the scales of the effect. */
export interface GroupSequentialBoundaries extends Result<"group-sequential-boundaries"> {
  /** How z is standardized: `score` for a rate, by the pooled rate; `z` for a mean. */
  readonly method: "score" | "z";
  readonly baseline: number;
  readonly allocation: number;
  readonly looks: readonly GroupSequentialBoundariesLook[];
}

/**
 * Where a group-sequential experiment stops, as a difference and as a lift that one would see at each look.
 *
 * The control arm is taken to show its baseline. For a rate z is the pooled score statistic, as of `compareProportions`;
 * for a mean the standard deviation is taken for known. An effect that no treatment rate can show is infinite.
 *
 * @param options.design - what `groupSequentialDesign` returned
 * @param options.n - units of the control arm at the last look, above 0
 * @param options.allocation - treatment n over control n, above 0; 1 unless said
 * @param options.baseline - rate of the control arm, in (0, 1); with `standardDeviation` its mean, above 0
 * @param options.standardDeviation - of a unit in both arms, above 0, where the metric is a mean
 * @returns whole units per arm and the boundaries, with their sign: treatment against control
 * @throws {DomainError} for what is no design, or sizes and baselines out of their range
 * @example
 * ```ts
 * import { groupSequentialBoundaries, groupSequentialDesign } from "microlift";
 * const design = groupSequentialDesign({ looks: 4, spending: "obrien-fleming" });
 * const { looks } = groupSequentialBoundaries({ design, n: 8353, baseline: 0.05 });
 * looks[0].control; // 2089
 * looks[0].efficacy.upper.lift; // 0.6
 * looks[3].efficacy.upper.lift; // 0.14
 * ```
 * Jennison and Turnbull (2000), section 3.4.
 */
export function groupSequentialBoundaries(
  options: GroupSequentialBoundariesOptions,
): GroupSequentialBoundaries {
  checkObject("options", options);
  const { design, n, baseline, standardDeviation } = options;
  checkDesign("design", design);
  checkPositive("n", n);
  const allocation = checkedAllocation(options.allocation);
  if (standardDeviation === undefined) checkOpenUnit("baseline", baseline);
  else {
    checkPositive("baseline", baseline);
    checkPositive("standardDeviation", standardDeviation);
  }
  return {
    kind: "group-sequential-boundaries",
    method: standardDeviation === undefined ? "score" : "z",
    baseline,
    allocation,
    looks: design.looks.map(({ information, efficacy, futility }, k) => {
      const control = wholeUnits(n * information);
      const treatment = wholeUnits(n * information * allocation);
      const sizes = { control, treatment };
      const effect = (z: number): CriticalEffect =>
        standardDeviation === undefined
          ? criticalRateEffect(z, baseline, sizes)
          : criticalMeanEffect(z, baseline, standardDeviation, sizes);
      const isLast = k === design.looks.length - 1;
      return {
        information,
        ...sizes,
        efficacy: efficacyStretch(design, efficacy, effect),
        futility: futility === null || isLast ? null : futilityStretch(design, futility, effect),
      };
    }),
    warnings: [],
    assumptions: [...designAssumptions(design), "The control arm shows its baseline."],
  };
}

function efficacyStretch(
  { alternative }: GroupSequentialDesign,
  efficacy: number,
  effect: (z: number) => CriticalEffect,
): EffectStretch {
  return {
    lower: alternative === "greater" ? null : effect(-efficacy),
    upper: alternative === "less" ? null : effect(efficacy),
  };
}

function futilityStretch(
  { alternative }: GroupSequentialDesign,
  futility: number,
  effect: (z: number) => CriticalEffect,
): EffectStretch {
  return {
    lower: alternative === "greater" ? null : effect(-futility),
    upper: alternative === "less" ? null : effect(futility),
  };
}
