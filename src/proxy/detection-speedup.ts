import type { Alternative } from "../core/alternative.ts";
import { checkObject } from "../core/checks.ts";
import type { Result } from "../core/result.ts";
import type { Status } from "../core/status.ts";
import type { Warning } from "../core/warning.ts";
import {
  type ProportionSampleSize,
  sampleSizeForProportions,
} from "../planning/sample-size-for-proportions.ts";
import { type DecisionBeside, decisionBeside, detectsOnly } from "./decision-beside.ts";
import type { EffectCovariance } from "./effect-covariance.ts";
import {
  checkPlannedLifts,
  named,
  plannedElasticity,
  type PlannedLifts,
  plannedSizes,
  VANITY_PROXY,
  WRONG_SIGN,
} from "./planned-lifts.ts";
import { unitCovariance } from "./unit-covariance.ts";

/** Two metrics with planned lifts, and the test that is to find either. */
export interface DetectionSpeedupInput extends PlannedLifts {
  /** Type I error, in (0, 1); 0.05 unless said. */
  readonly alpha?: number | undefined;
  /** Power, in (0, 1); 0.8 unless said. */
  readonly power?: number | undefined;
  /** Two-sided unless said. */
  readonly alternative?: Alternative | undefined;
  /** Treatment n over control n, above 0; 1 unless said. */
  readonly allocation?: number | undefined;
  /** How true effects go together, learned or assumed; without it the decision stays undetermined. */
  readonly effects?: EffectCovariance | undefined;
}

/** How many fewer units the proxy's test needs than the macro metric's, with the decision beside it. */
export interface DetectionSpeedup extends Result<"detection-speedup"> {
  readonly method: "score";
  /** `undetermined` for a proxy whose lift reaches no sale or reaches it with the wrong sign. */
  readonly status: Status;
  /** macroLift / microLift; null when both are 0. */
  readonly elasticity: number | null;
  /** Unrounded units of the control arm. */
  readonly nMicro: number;
  readonly nMacro: number;
  /** nMacro / nMicro. */
  readonly speedup: number | null;
  /** The same in the limit of small lifts: odds(micro) / odds(macro) / elasticity². */
  readonly speedupLocal: number | null;
  /** The proxy detects sooner while |elasticity| is below this. */
  readonly breakEvenElasticity: number;
  readonly decision: DecisionBeside;
}

/**
 * How many times fewer units it takes to detect a change on a micro conversion than on the macro one.
 *
 * H0 of either test: the rates of treatment and control are equal. H1: they differ by the planned lift. The smaller the
 * elasticity, the larger this speedup and the worse the proxy; so the decision speedup always stands beside it.
 *
 * @param input - rates and lifts; alpha, power and alternative of both tests; effects for the decision
 * @returns sizes, speedup, and the block `decision` with its ceiling and crossover
 * @throws {DomainError} for rates or lifted rates outside (0, 1), or a nested micro rate that is not above the macro rate
 * @example
 * ```ts
 * import { detectionSpeedup } from "microlift";
 * const plan = detectionSpeedup({ microRate: 0.1, macroRate: 0.02, microLift: 0.1, macroLift: 0.1, nested: true });
 * plan.speedup; // 5.469630963284374
 * plan.decision.breakEvenRho; // 0.4285714285714286
 * ```
 * Source: ratio of sample sizes by Fleiss, Tytun and Ury (1980).
 */
export function detectionSpeedup(input: DetectionSpeedupInput): DetectionSpeedup {
  checkObject("input", input);
  checkPlannedLifts(input);
  const { microRate, macroRate, microLift, macroLift, effects, nested = false, allocation = 1 } = input;
  const micro = detectionSize(microRate, microLift, input);
  const macro = detectionSize(macroRate, macroLift, input);
  const [nMicro, nMacro] = [micro.exact.control, macro.exact.control];
  const elasticity = plannedElasticity(input);
  const breakEvenElasticity = Math.sqrt(((microRate / (1 - microRate)) * (1 - macroRate)) / macroRate);
  const comparison = compare(elasticity, nMicro, nMacro);
  const beside = decisionBeside(
    equalArms(nMicro, allocation),
    effects,
    unitCovariance({ microRate, macroRate, nested, scale: effects?.scale ?? "log-lift" }),
    plannedSizes(input, elasticity),
  );
  return {
    kind: "detection-speedup",
    method: "score",
    status: comparison.status,
    elasticity,
    nMicro,
    nMacro,
    speedup: comparison.speedup,
    speedupLocal:
      comparison.speedup === null || elasticity === null ? null : (breakEvenElasticity / elasticity) ** 2,
    breakEvenElasticity,
    decision: beside.decision,
    warnings: [
      ...comparison.warnings,
      ...named("micro", micro.warnings),
      ...named("macro", macro.warnings),
      ...detectsOnly(comparison.speedup, beside.decision),
      ...beside.warnings,
    ],
    assumptions: [
      "Both lifts are what the change truly does.",
      "A smaller elasticity makes this speedup larger and the proxy worse: it is about seeing a change, not about deciding on it.",
      ...micro.assumptions,
    ],
  };
}

/** Size of the test that is planned for one metric. */
export function detectionSize(
  baseline: number,
  lift: number,
  {
    alpha,
    power,
    alternative,
    allocation,
  }: Pick<DetectionSpeedupInput, "alpha" | "power" | "alternative" | "allocation">,
): ProportionSampleSize {
  return sampleSizeForProportions({ baseline, lift, alpha, power, alternative, allocation });
}

/** Units per arm of equal arms that estimate an effect as well as n in control and allocation × n in treatment. */
export function equalArms(n: number, allocation: number): number {
  return (2 * n * allocation) / (1 + allocation);
}

function compare(
  elasticity: number | null,
  nMicro: number,
  nMacro: number,
): { readonly status: Status; readonly speedup: number | null; readonly warnings: readonly Warning[] } {
  if (elasticity !== null && elasticity < 0) {
    return { status: "undetermined", speedup: null, warnings: [WRONG_SIGN] };
  }
  // Nothing to compare: neither test ever detects, or either does at once.
  if (nMicro === nMacro && (nMicro === Infinity || nMicro === 0)) {
    return { status: "undetermined", speedup: null, warnings: [NO_COMPARISON] };
  }
  if (elasticity === 0) return { status: "undetermined", speedup: Infinity, warnings: [VANITY_PROXY] };
  const speedup = nMacro / nMicro;
  return { status: speedup === Infinity ? "unbounded" : "ok", speedup, warnings: [] };
}

const NO_COMPARISON: Warning = {
  code: "NO_COMPARISON",
  message: "The two sample sizes are both infinite or both 0, so they have no ratio.",
};
