import { checkObject, checkOpenUnit } from "../core/checks.ts";
import { DEFAULT_CONFIDENCE_LEVEL } from "../core/defaults.ts";
import { DomainError } from "../core/domain-error.ts";
import type { Estimate } from "../core/estimate.ts";
import type { Result } from "../core/result.ts";
import type { Warning } from "../core/warning.ts";
import { studentTUpperQuantile } from "../numerics/student-t.ts";
import { checkEffectSize, checkMagnitude } from "./check-magnitude.ts";
import type { EffectScale } from "./effect-covariance.ts";
import { effectTable, FEWEST_EXPERIMENTS } from "./effect-table.ts";
import { experimentWeights } from "./experiment-weights.ts";
import { type MomentCovariance, totalCovariance } from "./moment-covariance.ts";
import type { PastExperiment } from "./past-experiment.ts";
import { NO_CLAIM, twoStageR2, withinUnit } from "./two-stage-r2.ts";
import { tanh } from "../numerics/elementary/hyperbolic.ts";
import { atanh } from "../numerics/elementary/inverse-hyperbolic.ts";

/** The estimates of one past experiment or centre, without their sampling covariance. */
export interface EffectSummary {
  readonly proxyEffect: number;
  readonly macroEffect: number;
  /** Units behind it, above 0: its weight. */
  readonly n: number;
}

/** From past experiments with their noise. */
export interface TrialLevelR2FromExperiments {
  readonly experiments: readonly PastExperiment[];
  /** Scale of the effects; `log-lift` unless said. */
  readonly scale?: EffectScale | undefined;
  /** Of the intervals, in (0, 1); 0.95 unless said. */
  readonly confidenceLevel?: number | undefined;
}

/** From estimates alone, as the literature on surrogate endpoints has them: nothing can then be said of the noise. */
export interface TrialLevelR2FromSummaries {
  readonly summaries: readonly EffectSummary[];
  /** Of the intervals, in (0, 1); 0.95 unless said. */
  readonly confidenceLevel?: number | undefined;
}

export type TrialLevelR2Input = TrialLevelR2FromExperiments | TrialLevelR2FromSummaries;

/** How much of the variance of macro effects goes with proxy effects, over past experiments. */
export interface TrialLevelR2 extends Result<"trial-level-r2"> {
  readonly method: "total-covariance" | "two-stage";
  /** Number of experiments. */
  readonly experiments: number;
  /** rho² of the true effects; undetermined without sampling covariances, or where noise leaves no rho inside ±1. */
  readonly denoised: Estimate;
  /** R² of the regression of estimates on estimates, weighted by units (by precision where there are experiments). */
  readonly twoStage: Estimate;
  /** The same with all experiments alike. */
  readonly twoStageUnweighted: Estimate;
}

/**
 * The trial-level R² of a proxy: the share of the variance of macro effects over past experiments that goes with the
 * effects on the proxy, with sampling noise taken out and, to compare with published figures, as it stands.
 *
 * The two-stage figures hold the noise of both estimates: weak tests drag them towards the square of the user-level
 * correlation, whatever the true effects do.
 *
 * @param input.experiments - at least three past experiments with sampling covariances or joint counts; or
 *   `summaries`, at least three pairs of estimates with their units
 * @param input.scale - of the effects; `log-lift` unless said
 * @param input.confidenceLevel - of the intervals, in (0, 1); 0.95 unless said
 * @returns the denoised R² (total covariance; interval on Fisher's z scale by the leave-one-out error), and the
 *   two-stage R² weighted and not, with the standard error √(4 R² (1 − R²)² / (K − 3)) and normal intervals within [0, 1]
 * @throws {DomainError} for fewer than three experiments, or broken ones
 * @example
 * ```ts
 * import { trialLevelR2 } from "microlift";
 * const { twoStage } = trialLevelR2({
 *   summaries: [
 *     { proxyEffect: 0.031, macroEffect: 0.024, n: 41_000 },
 *     { proxyEffect: -0.012, macroEffect: -0.016, n: 28_000 },
 *     { proxyEffect: 0.058, macroEffect: 0.021, n: 35_000 },
 *     { proxyEffect: 0.004, macroEffect: 0.009, n: 60_000 },
 *     { proxyEffect: -0.027, macroEffect: -0.005, n: 22_000 },
 *   ],
 * });
 * twoStage.estimate; // 0.699604890331227
 * ```
 * Source: Buyse, Molenberghs et al. (2000); Alonso et al. (2017) for the standard error.
 */
export function trialLevelR2(input: TrialLevelR2Input): TrialLevelR2 {
  checkObject("input", input);
  const { confidenceLevel = DEFAULT_CONFIDENCE_LEVEL } = input;
  checkOpenUnit("confidenceLevel", confidenceLevel);
  return "experiments" in input
    ? fromExperiments(input, confidenceLevel)
    : fromSummaries(input, confidenceLevel);
}

function fromExperiments(
  { experiments, scale = "log-lift" }: TrialLevelR2FromExperiments,
  confidenceLevel: number,
): TrialLevelR2 {
  const table = effectTable("experiments", experiments, scale);
  const total = totalCovariance(table);
  const denoised = denoisedR2(total, confidenceLevel);
  const columns = {
    proxy: table.effects.filter((_, at) => at % 2 === 0),
    macro: table.effects.filter((_, at) => at % 2 === 1),
    weights: experimentWeights(table, "precision"),
  };
  return {
    kind: "trial-level-r2",
    method: "total-covariance",
    experiments: table.experiments,
    denoised,
    ...twoStageR2(columns, confidenceLevel),
    warnings: total.warnings,
    assumptions: ["Sampling covariances are known, and true effects are independent between experiments."],
  };
}

function fromSummaries({ summaries }: TrialLevelR2FromSummaries, confidenceLevel: number): TrialLevelR2 {
  checkSummaries(summaries);
  const columns = {
    proxy: Float64Array.from(summaries, ({ proxyEffect }) => proxyEffect),
    macro: Float64Array.from(summaries, ({ macroEffect }) => macroEffect),
    weights: Float64Array.from(summaries, ({ n }) => n),
  };
  return {
    kind: "trial-level-r2",
    method: "two-stage",
    experiments: summaries.length,
    denoised: withinUnit(null, null, NO_CLAIM, "undetermined", { confidenceLevel, method: "fisher-z" }),
    ...twoStageR2(columns, confidenceLevel),
    warnings: [NOT_DENOISED],
    assumptions: ["The estimates are taken for the true effects."],
  };
}

const NOT_DENOISED: Warning = {
  code: "NOT_DENOISED",
  message:
    "Estimates without their sampling covariances hold noise that cannot be taken out: the two-stage R² mixes what true effects share with the user-level correlation.",
};

function checkSummaries(summaries: readonly EffectSummary[]): void {
  if (!Array.isArray(summaries) || summaries.length < FEWEST_EXPERIMENTS) {
    throw new DomainError("summaries", summaries, `must be a list of at least ${FEWEST_EXPERIMENTS}`);
  }
  Array.from(summaries, (summary: EffectSummary, k) => {
    checkObject(`summaries[${k}]`, summary);
    checkEffectSize(`summaries[${k}].proxyEffect`, summary.proxyEffect);
    checkEffectSize(`summaries[${k}].macroEffect`, summary.macroEffect);
    checkMagnitude(`summaries[${k}].n`, summary.n);
  });
}

/** The square of the denoised correlation, with Student's t on as many degrees of freedom as groups were left out, less 1. */
function denoisedR2({ relations, independentGroups }: MomentCovariance, confidenceLevel: number): Estimate {
  const { rho, rhoStandardError } = relations[0]!;
  const named = { confidenceLevel, method: "fisher-z" };
  if (rho === null || !(Math.abs(rho) < 1)) {
    return withinUnit(null, null, NO_CLAIM, "undetermined", named);
  }
  if (rhoStandardError === null) return withinUnit(rho ** 2, Infinity, NO_CLAIM, "unbounded", named);
  const z = atanh(rho);
  const margin =
    (studentTUpperQuantile((1 - confidenceLevel) / 2, independentGroups - 1) * rhoStandardError) /
    ((1 - rho) * (1 + rho));
  const ends = [tanh(z - margin) ** 2, tanh(z + margin) ** 2];
  const lower = margin > Math.abs(z) ? 0 : Math.min(...ends);
  const range = { lower, upper: Math.max(...ends) };
  return withinUnit(rho ** 2, 2 * Math.abs(rho) * rhoStandardError, range, "ok", named);
}
