import { DomainError } from "../core/domain-error.ts";
import type { Warning } from "../core/warning.ts";
import type { Matrix, Vector } from "../numerics/matrix.ts";
import type { EffectTable } from "./effect-table.ts";
import { type ExperimentWeights, experimentWeights } from "./experiment-weights.ts";
import { leaveOneOutErrors } from "./leave-one-out-errors.ts";
import { independentGroups } from "./independent-groups.ts";
import { type MomentSums, sumsOver, fromTriangle } from "./moment-sums.ts";
import { type ProxyRelation, proxyRelation, relationGradients } from "./proxy-relation.ts";
import { projectSemidefinite } from "./semidefinite-projection.ts";

/** A moment estimate of the covariance of true effects: proxies first, the macro metric last. */
export interface MomentCovariance {
  /** `total-covariance` is centred at the mean effects; `jackknife` is the second moment around 0. */
  readonly method: "total-covariance" | "jackknife";
  /** Groups of experiments that share nothing: what the standard errors rest on. */
  readonly independentGroups: number;
  /** Weighted mean of the estimated effects. */
  readonly mean: Vector;
  /** The unbiased estimate as it is: it need not be a covariance. */
  readonly covariance: Matrix;
  /** Standard errors of its entries, by leaving out one independent group at a time; null with too few groups. */
  readonly standardErrors: Matrix | null;
  /** The nearest positive semidefinite matrix in units of the sampling noise; the same where it is one already. */
  readonly projected: Matrix;
  /** Whether `covariance` is positive definite: if not, the tests tell too little of it. */
  readonly isIdentified: boolean;
  /** What it says of each proxy and the macro metric, in order. */
  readonly relations: readonly ProxyRelation[];
  /** Weighted second moment of the estimates, centred as `covariance` is: true effects and noise together. */
  readonly observed: Matrix;
  /** What sampling noise contributes to `observed` on average. */
  readonly sampling: Matrix;
  readonly warnings: readonly Warning[];
}

/**
 * The covariance of true effects by total covariance: the covariance of the estimates less what sampling noise adds to
 * it, unbiased for any number of experiments, any weights, and experiments that share a control.
 *
 * Linear in the number of experiments.
 *
 * Source: Bibaut et al. (2024), with the factors that make it unbiased for few and unequal experiments.
 */
export function totalCovariance(
  table: EffectTable,
  weights: ExperimentWeights = "precision",
): MomentCovariance {
  const w = experimentWeights(table, weights);
  return momentCovariance(table, w, meanEffects(table, w), CENTRED);
}

/**
 * The second moment of true effects around 0 by the jackknife (JIVE): the average of d dᵀ − S, which is the
 * leave-one-unit-out cross product of the experiments. It is the covariance of true effects where their means are 0, and
 * a shared control does not bias it.
 *
 * Source: Angrist, Imbens and Krueger (1999).
 */
export function jackknifeCovariance(
  table: EffectTable,
  weights: ExperimentWeights = "precision",
): MomentCovariance {
  return momentCovariance(
    table,
    experimentWeights(table, weights),
    new Float64Array(table.metrics),
    UNCENTRED,
  );
}

/** Where the two estimators differ. */
interface MomentFormula {
  readonly method: MomentCovariance["method"];
  readonly denominator: (sums: MomentSums) => number;
  /** Writes denominator × estimate. */
  readonly numerator: (sums: MomentSums, target: Float64Array) => void;
  /** What noise adds to an entry of the observed moment, over weights that sum to 1. */
  readonly noise: (sums: MomentSums, at: number) => number;
}

const CENTRED: MomentFormula = {
  method: "total-covariance",
  denominator: ({ weight, squaredWeight }) => weight * weight - squaredWeight,
  numerator: ({ weight, effects, products, sampling, pairs }, target) => {
    for (let i = 0, at = 0; i < effects.length; i++) {
      for (let j = i; j < effects.length; j++, at++) {
        target[at] = weight * (products[at]! - sampling[at]!) - effects[i]! * effects[j]! + pairs[at]!;
      }
    }
  },
  noise: ({ sampling, pairs }, at) => sampling[at]! - pairs[at]!,
};

const UNCENTRED: MomentFormula = {
  method: "jackknife",
  denominator: ({ weight }) => weight,
  numerator: ({ products, sampling }, target) => {
    for (let at = 0; at < target.length; at++) target[at] = products[at]! - sampling[at]!;
  },
  noise: ({ sampling }, at) => sampling[at]!,
};

/** The least share of weight, and the least 1 − Σ w², that is not rounding: below it one experiment has all the weight. */
const LEAST_SPREAD = 1e-9;

function momentCovariance(
  table: EffectTable,
  weights: Float64Array,
  centre: Float64Array,
  formula: MomentFormula,
): MomentCovariance {
  const { metrics } = table;
  const groups = independentGroups(table);
  const all = sumsOver(table, weights, centre, groups);
  if (!(1 - all.squaredWeight > LEAST_SPREAD)) {
    throw new DomainError("weights", weights, "must not leave all weight to a single experiment");
  }
  const evaluate = (sums: MomentSums, target: Float64Array): boolean => {
    const denominator = formula.denominator(sums);
    if (!(sums.weight > LEAST_SPREAD && denominator > LEAST_SPREAD * sums.weight ** 2)) return false;
    formula.numerator(sums, target);
    for (let at = 0; at < target.length; at++) target[at]! /= denominator;
    return true;
  };
  const estimate = new Float64Array(all.products.length);
  evaluate(all, estimate);
  const covariance = fromTriangle(estimate, metrics);
  const projection = projectSemidefinite(covariance, fromTriangle(all.sampling, metrics));
  const proxies = Array.from({ length: metrics - 1 }, (_, proxy) => proxy);
  const gradients = proxies.map((proxy) => relationGradients(covariance, proxy));
  const errors = leaveOneOutErrors({ table, weights, centre, groups, evaluate }, all, estimate, [
    ...gradients.map(({ rho }) => rho),
    ...gradients.map(({ slope }) => slope),
  ]);
  return {
    method: formula.method,
    independentGroups: groups.length,
    mean: [...meanEffects(table, weights)],
    covariance,
    standardErrors: errors === null ? null : fromTriangle(errors.entries, metrics),
    projected: projection.matrix,
    isIdentified: projection.wasDefinite,
    relations: proxies.map((proxy) =>
      proxyRelation(
        covariance,
        projection.matrix,
        proxy,
        errors === null ? null : { rho: errors.parts[proxy]!, slope: errors.parts[proxies.length + proxy]! },
      ),
    ),
    observed: fromTriangle(all.products, metrics),
    sampling: fromTriangle(
      all.sampling.map((_, at) => formula.noise(all, at)),
      metrics,
    ),
    warnings: projection.wasDefinite ? [] : [NOT_IDENTIFIED],
  };
}

function meanEffects({ experiments, metrics, effects }: EffectTable, weights: Float64Array): Float64Array {
  const mean = new Float64Array(metrics);
  for (let k = 0; k < experiments; k++) {
    for (let i = 0; i < metrics; i++) mean[i]! += weights[k]! * effects[k * metrics + i]!;
  }
  return mean;
}

const NOT_IDENTIFIED: Warning = {
  code: "NOT_IDENTIFIED",
  message:
    "Less the sampling noise, the estimates leave no covariance of true effects: a variance is below 0 or a correlation beyond 1. The tests are too few or too weak for a moment estimate; the one given beside it is the nearest that is possible.",
};
