import { checkObject, checkOpenUnit } from "../core/checks.ts";
import type { Estimate } from "../core/estimate.ts";
import type { Interval } from "../core/interval.ts";
import { DomainError } from "../core/domain-error.ts";
import { makeEstimate } from "../core/make-estimate.ts";
import { mixtureVariance } from "../numerics/normal-mixture.ts";
import type { Proportion } from "../summaries/proportion.ts";
import {
  checkEffectCovariance,
  type EffectCovariance,
  type EffectDistribution,
  effectNodes,
  effectScale,
} from "./effect-covariance.ts";
import { effectMoments } from "./effect-moments.ts";
import { posteriorInterval } from "./posterior-interval.ts";
import { ln } from "../numerics/elementary/ln.ts";

/** What past experiments say of macro effects per proxy effect. */
export interface ValueHistory {
  /** How true effects spread and go together: learned from past experiments, or assumed. */
  readonly effects: EffectCovariance;
  /** Baselines that log-lifts are turned into differences at, in (0, 1); the control arm's unless said. */
  readonly microRate?: number | undefined;
  readonly macroRate?: number | undefined;
}

/** Checks the history where it enters a public function. */
export function checkValueHistory(field: string, history: ValueHistory): void {
  checkObject(field, history);
  checkEffectCovariance(`${field}.effects`, history.effects);
  for (const name of ["microRate", "macroRate"] as const) {
    const rate = history[name];
    if (rate !== undefined) checkOpenUnit(`${field}.${name}`, rate);
  }
}

/**
 * Macro conversions per additional micro conversion across experiments: the regression of true macro effects on true
 * proxy effects, Λ_sy / Λ_ss of the average covariance, with quantiles of the nodes' own slopes.
 *
 * @param baselines - the control arm, for effects on log-lifts: a macro difference is macroRate times its log-lift
 */
export function slopeAcrossExperiments(
  history: ValueHistory,
  baselines: { readonly micro: Proportion; readonly macro: Proportion },
  confidenceLevel: number,
): { readonly slope: number; readonly standardDeviation: number; readonly interval: Interval } {
  const { effects } = history;
  const perUnit = effectScale(effects) === "log-lift" ? rateRatio(history, baselines) : 1;
  const nodes = effectNodes(effects);
  const slopeOf = ({ rho, tauMacro, tauProxy }: EffectDistribution): number =>
    perUnit * rho * (tauMacro / tauProxy);
  const slopes = nodes.map((node) => ({
    logWeight: ln(node.weight),
    mean: slopeOf(node),
    standardDeviation: 0,
  }));
  return {
    slope: slopeOf(effectMoments(nodes)),
    standardDeviation: Math.sqrt(mixtureVariance(slopes)),
    interval: posteriorInterval(
      nodes,
      slopes.map(({ mean }) => mean),
      confidenceLevel,
    ),
  };
}

/** Macro over micro rate: what turns a slope of log-lifts into one of differences. */
function rateRatio(
  { microRate, macroRate }: ValueHistory,
  { micro, macro }: { readonly micro: Proportion; readonly macro: Proportion },
): number {
  const rates = {
    microRate: microRate ?? micro.conversions / micro.n,
    macroRate: macroRate ?? macro.conversions / macro.n,
  };
  for (const [name, rate] of Object.entries(rates)) {
    if (rate > 0 && rate < 1) continue;
    throw new DomainError(
      `history.${name}`,
      rate,
      "must lie strictly between 0 and 1, for effects on log-lifts",
    );
  }
  return rates.macroRate / rates.microRate;
}

/** value / x, for x in an interval: everything outside a gap where the interval has 0 inside. */
export function inverseOf(value: number | null, { estimate, interval }: Estimate): Estimate {
  const { lower, upper } = interval;
  if (value === null || estimate === null || estimate === 0) {
    const line = { ...interval, lower: -Infinity, upper: Infinity, excluded: null };
    return makeEstimate(null, null, line, "two-sided");
  }
  const isZero = lower === 0 && upper === 0;
  const opensBelow = isZero || (lower < 0 && upper >= 0);
  const opensAbove = isZero || (lower <= 0 && upper > 0);
  const inverse: Interval = {
    ...interval,
    lower: opensBelow ? -Infinity : value / upper,
    upper: opensAbove ? Infinity : value / lower,
    excluded: opensBelow && opensAbove && !isZero ? { lower: value / lower, upper: value / upper } : null,
  };
  return makeEstimate(value / estimate, null, inverse, "two-sided");
}
