import { checkNonNegative, checkObject } from "../core/checks.ts";
import { DomainError } from "../core/domain-error.ts";
import { cholesky } from "../numerics/cholesky.ts";
import { checkEffectSize, checkMagnitude } from "./check-magnitude.ts";
import type { EffectTable } from "./effect-table.ts";
import type { PastExperiment } from "./past-experiment.ts";

/**
 * A past experiment to replay: what the proxy said on the day of the decision, and the macro effect once it was mature.
 *
 * The two share units, so that chance moves them together: `covariance` has to say so. The covariance of an early mean
 * and a later one of the same arm, with the early units among the later ones, is Cov(early value, later value) of a
 * unit over the later number of units.
 */
export type BacktestExperiment = PastExperiment & {
  /** Sales seen by the day of the decision, for an assisted decision that uses them. */
  readonly early?: EarlySales | undefined;
  /** Day on which the proxy was read, at or above 0. */
  readonly decisionDay?: number | undefined;
  /** Day on which the macro effect was mature, at or after `decisionDay`. */
  readonly matureDay?: number | undefined;
};

/** The macro effect as far as it was seen on the day of the decision. */
export interface EarlySales {
  /** Estimated effect on the macro metric, on the scale of the effects. */
  readonly macroEffect: number;
  /** Its sampling variance, above 0. */
  readonly variance: number;
  /** Its sampling covariance with the estimated effect on the proxy. */
  readonly covarianceWithProxy: number;
  /** Its sampling covariance with the mature macro effect. */
  readonly covarianceWithMature: number;
}

/** Estimates of one experiment and how chance moves them together: proxy, mature macro effect, early macro effect. */
export interface ReplayedEstimates {
  readonly proxyEffect: number;
  readonly macroEffect: number;
  readonly earlyEffect: number | null;
  readonly proxyVariance: number;
  readonly macroVariance: number;
  readonly proxyMacro: number;
  readonly earlyVariance: number;
  readonly earlyProxy: number;
  readonly earlyMacro: number;
}

/**
 * The estimates of one experiment of a checked table.
 *
 * @throws {DomainError} for early sales that cannot go with the rest
 */
export function replayedEstimates(
  field: string,
  { early }: BacktestExperiment,
  { effects, covariances }: EffectTable,
  k: number,
): ReplayedEstimates {
  const [proxyVariance, proxyMacro, macroVariance] = [
    covariances[4 * k]!,
    covariances[4 * k + 1]!,
    covariances[4 * k + 3]!,
  ];
  const late = {
    proxyEffect: effects[2 * k]!,
    macroEffect: effects[2 * k + 1]!,
    proxyVariance,
    macroVariance,
    proxyMacro,
  };
  if (early === undefined)
    return { ...late, earlyEffect: null, earlyVariance: 1, earlyProxy: 0, earlyMacro: 0 };
  checkObject(`${field}.early`, early);
  checkEffectSize(`${field}.early.macroEffect`, early.macroEffect);
  checkMagnitude(`${field}.early.variance`, early.variance);
  checkEffectSize(`${field}.early.covarianceWithProxy`, early.covarianceWithProxy);
  checkEffectSize(`${field}.early.covarianceWithMature`, early.covarianceWithMature);
  const { variance, covarianceWithProxy, covarianceWithMature } = early;
  const [a, b, c] = [Math.sqrt(proxyVariance), Math.sqrt(macroVariance), Math.sqrt(variance)];
  const correlations = [
    [1],
    [proxyMacro / a / b, 1],
    [covarianceWithProxy / a / c, covarianceWithMature / b / c, 1],
  ];
  // A proxy that is the early macro effect itself says nothing twice, and is no proxy beside it.
  if (cholesky(correlations) === null) {
    throw new DomainError(
      `${field}.early`,
      early,
      "must, with covariance, make a positive definite covariance of proxy, mature and early macro effect",
    );
  }
  return {
    ...late,
    earlyEffect: early.macroEffect,
    earlyVariance: variance,
    earlyProxy: covarianceWithProxy,
    earlyMacro: covarianceWithMature,
  };
}

/**
 * Days from decision to maturity; null where an experiment does not say.
 *
 * @throws {DomainError} for a mature day before the decision
 */
export function daysToMaturity(field: string, { decisionDay, matureDay }: BacktestExperiment): number | null {
  if (decisionDay !== undefined) checkNonNegative(`${field}.decisionDay`, decisionDay);
  if (matureDay !== undefined) checkNonNegative(`${field}.matureDay`, matureDay);
  if (decisionDay === undefined || matureDay === undefined) return null;
  if (matureDay < decisionDay) {
    throw new DomainError(
      `${field}.matureDay`,
      matureDay,
      `must be at or above decisionDay = ${decisionDay}`,
    );
  }
  return matureDay - decisionDay;
}
