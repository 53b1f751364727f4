import type { Warning } from "../core/warning.ts";
import type { ObservedEffect } from "../bayesian/observed-effects.ts";
import type { BetterDirection } from "../core/better-direction.ts";
import type { Comparison } from "../inference/comparison.ts";
import { twymanCheck } from "../inference/twyman-check.ts";
import { typeSAndM } from "../inference/type-s-and-m.ts";
import { normalUpperQuantile } from "../numerics/normal.ts";
import { percent, pFigure } from "./figures.ts";
import { logLiftOf } from "./log-lift-of.ts";
import { expm1 } from "../numerics/elementary/expm1.ts";
import { log1p } from "../numerics/elementary/log1p.ts";

/** What true effects of such changes are like, in log-lift: a normal distribution, and where it comes from. */
export interface FlagPrior {
  readonly mean: number;
  readonly standardDeviation: number;
  /** In words that follow "what": `37 past tests make likely`. */
  readonly source: string;
}

/** One metric's comparison, and what was hoped of it. */
export interface FlagTerms {
  /** Of any kind; its intervals at 1 − alpha. */
  readonly comparison: Pick<Comparison<string, unknown>, "alternative" | "pValue" | "lift">;
  readonly improvesWhen: BetterDirection;
  /** With its sign; null where nobody planned one. */
  readonly plannedLift: number | null;
  /** Of a test with the planned units; null where it may stop with fewer, as planned. */
  readonly plannedPower: number | null;
  readonly prior: FlagPrior | null;
  /** Above 0 and towards the better; null where nobody said. */
  readonly worthwhileLift: number | null;
  readonly alpha: number;
  /** Whether this reading of the test decides: one that does not is not yet expected to have its power. */
  readonly decides: boolean;
}

/**
 * Flags effects too good to be true and too small to matter, and tests too small for the effect they were planned for.
 *
 * An effect far beyond what is known of such changes (Twyman's law), or beyond the planned lift where nothing is known,
 * asks for a check before belief; a significant one may still be below what is worth its cost; and in a test of little
 * power a significant one is exaggerated (Gelman and Carlin 2014).
 */
export function effectFlags(terms: FlagTerms): Warning[] {
  const flags: Warning[] = [];
  const effect = logLiftOf(terms.comparison.lift);
  for (const flag of [tooGood(terms, effect), tooSmall(terms), weakTest(terms, effect)]) {
    if (flag !== null) flags.push(flag);
  }
  return flags;
}

function tooGood(terms: FlagTerms, effect: ObservedEffect | null): Warning | null {
  const { prior } = terms;
  if (prior === null) return abovePlan(terms);
  if (effect === null) return null;
  const check = twymanCheck({
    estimate: effect.estimate,
    standardError: effect.standardError,
    priorMean: prior.mean,
    priorStandardDeviation: prior.standardDeviation,
  });
  if (!check.suspicious) return null;
  const { estimate, interval } = check.posterior;
  return {
    code: "TOO_GOOD_TO_BE_TRUE",
    message: `A lift of ${lift(effect.estimate)} is far from what ${prior.source} (${pFigure(check.pValue)}): look for a fault in logging, bots, the sample ratio or the metric before believing it. If there is none, a lift of ${lift(estimate!)} remains once both are weighed (${lift(interval.lower)} to ${lift(interval.upper)}).`,
  };
}

/** From log-lift to words. */
function lift(logLift: number): string {
  return percent(expm1(logLift));
}

function abovePlan({ comparison, plannedLift }: FlagTerms): Warning | null {
  if (plannedLift === null || plannedLift === 0) return null;
  const { interval } = comparison.lift;
  const least = plannedLift > 0 ? interval.lower : interval.upper;
  if (!(Math.sign(plannedLift) * (least - plannedLift) > 0)) return null;
  return {
    code: "ABOVE_PLANNED_LIFT",
    message: `Even the near end of the interval, a lift of ${percent(least)}, is beyond the planned ${percent(plannedLift)}: more than anyone hoped for. Check logging, bots and the sample ratio before believing it.`,
  };
}

function tooSmall({ comparison, improvesWhen, worthwhileLift, alpha }: FlagTerms): Warning | null {
  const { interval, estimate } = comparison.lift;
  const side = improvesWhen === "increase" ? 1 : -1;
  const isBetter = estimate !== null && side * estimate > 0;
  if (worthwhileLift === null || !isBetter || !isSignificant(comparison, alpha)) return null;
  const worthwhile = side * worthwhileLift;
  const [least, most] = side === 1 ? [interval.lower, interval.upper] : [interval.upper, interval.lower];
  if (side * most < worthwhileLift) {
    return {
      code: "TOO_SMALL_TO_MATTER",
      message: `The effect is real and too small: at best a lift of ${percent(most)}, where ${percent(worthwhile)} would be worth its cost.`,
    };
  }
  if (!(side * least < worthwhileLift)) return null;
  return {
    code: "MAYBE_TOO_SMALL",
    message: `There is an effect, and it may be too small: the interval begins at a lift of ${percent(least)}, where ${percent(worthwhile)} would be worth its cost.`,
  };
}

function isSignificant({ pValue }: FlagTerms["comparison"], alpha: number): boolean {
  return pValue !== null && pValue < alpha;
}

/** So much more variance than the planned power allows is common: no baseline is known better beforehand. */
const LEEWAY = 1.1;

function weakTest(terms: FlagTerms, effect: ObservedEffect | null): Warning | null {
  const { comparison, plannedLift, plannedPower, alpha, decides } = terms;
  const isFound = isSignificant(comparison, alpha);
  // Of a one-sided test as of the two-sided one with the same critical value: the far tail is as good as empty.
  const twoSidedAlpha = comparison.alternative === "two-sided" ? alpha : 2 * alpha;
  const isPlanned = plannedLift !== null && plannedLift > -1 && plannedLift !== 0;
  if (effect === null || plannedPower === null || !isPlanned) return null;
  if (!decides || twoSidedAlpha >= 1) return null;
  const { standardError } = effect;
  const planned = log1p(plannedLift);
  const reach = normalUpperQuantile(twoSidedAlpha / 2) + normalUpperQuantile(1 - plannedPower);
  const factor = ((reach * standardError) / planned) ** 2;
  if (!(reach > 0 && factor > LEEWAY)) return null;
  const { power, exaggerationRatio } = typeSAndM({ effect: planned, standardError, alpha: twoSidedAlpha });
  const times = factor.toPrecision(2);
  return {
    code: "TEST_TOO_SMALL",
    message: `The units compared see the planned lift of ${percent(plannedLift)} with a power of ${percent(power)} and not ${percent(plannedPower)}: ${times} times as many would.${
      isFound
        ? ` If that is the true lift, significant results of such a test overstate it ${exaggerationRatio.toPrecision(3)}-fold on average.`
        : ""
    }`,
  };
}
