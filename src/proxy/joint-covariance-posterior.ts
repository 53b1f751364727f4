import type { Vector } from "../numerics/matrix.ts";
import { importanceDraws, type NormalGuess } from "../numerics/importance-draws.ts";
import { type Curved, maximizeInBox } from "../numerics/maximize-in-box.ts";
import { numericalCurve } from "../numerics/numerical-curve.ts";
import { createRandom } from "../numerics/random.ts";
import { thinWeights } from "../numerics/thin-weights.ts";
import { symmetricEigen } from "../numerics/symmetric-eigen.ts";
import { correlationChart, covarianceAtPoint, pointOfCovariance } from "./correlation-chart.ts";
import type { CompleteJointNode } from "./joint-effect-covariance.ts";
import type { EffectTable } from "./effect-table.ts";
import { randomEffectsFit } from "./random-effects-fit.ts";
import { jointEvidence } from "./joint-evidence.ts";
import { type JointCovariancePrior, logJointCovariancePrior } from "./joint-covariance-prior.ts";

/** The posterior of the covariance of true effects on several proxies and the macro metric, by weighted draws. */
export interface JointCovariancePosterior {
  /** As many independent draws would tell about as much. */
  readonly effectiveDraws: number;
  /** Weights that sum to 1; each of the light draws stands for others like it. */
  readonly draws: readonly JointCovarianceDraw[];
}

/** A draw of the covariance, with what the past says of the means at it. */
export interface JointCovarianceDraw {
  readonly weight: number;
  /** Row by row, the macro metric last. */
  readonly covariance: Float64Array;
  readonly mean: Float64Array;
  readonly meanCovariance: Float64Array;
}

/**
 * The posterior given past experiments: a mode by Newton's method, and importance draws around it, in coordinates in
 * which any values give a covariance.
 *
 * The cost is that of the likelihood, some hundreds of times for the mode and once a draw: linear in the number of
 * experiments.
 */
export function jointCovariancePosterior(
  table: EffectTable,
  prior: JointCovariancePrior,
  draws: number,
  seed: number,
): JointCovariancePosterior {
  const { metrics } = table;
  const { size } = correlationChart(metrics);
  const evidence = jointEvidence(table, prior.meanRatio);
  const logPrior = logJointCovariancePrior(prior);
  const unseen = unseenDeviations(table, prior);
  const x = new Float64Array(size);
  const logDensity = (u: Vector): number => {
    const logJacobian = unbend(u, 0, unseen, x);
    const log = logPrior(x);
    if (log === -Infinity || logJacobian === -Infinity) return -Infinity;
    return log + logJacobian + evidence(covarianceAtPoint(metrics, x)).logEvidence;
  };
  const guesses = worthwhile(startingPoints(table, prior).map((start) => laplace(logDensity, start)));
  const random = createRandom(seed);
  const { points, weights, effective } = importanceDraws(logDensity, guesses, draws, random);
  const thin = thinWeights(weights, MOST_NODES);
  return {
    effectiveDraws: effective,
    draws: thin.kept.map((k, i) => {
      unbend(points, k * size, unseen, x);
      const own = covarianceAtPoint(metrics, x);
      const { mean, meanCovariance } = evidence(own);
      return { weight: thin.weights[i]!, covariance: own, mean, meanCovariance };
    }),
  };
}

/** What integrates over a posterior does so many times; more draws than this hardly tell more. */
const MOST_NODES = 2000;

/** A new change at a draw: what is uncertain of the means adds to the covariance of its true effects. */
export function predictiveJointNode(draw: JointCovarianceDraw, metrics: number): CompleteJointNode {
  const rows = Array.from({ length: metrics }, (_, i) => i);
  return {
    covariance: rows.map((i) =>
      rows.map((j) => {
        // One of the two that mirror each other: rounding would tell them apart where they nearly cancel.
        const at = Math.max(i, j) * metrics + Math.min(i, j);
        return draw.covariance[at]! + draw.meanCovariance[at]!;
      }),
    ),
    mean: [...draw.mean],
    weight: draw.weight,
  };
}

/** Standard deviations e^−20 times as large as what is seen have no weight that counts. */
const LARGEST_FALL = 20;

/**
 * From coordinates with short tails to those of the chart; returns ln of the Jacobian.
 *
 * A density in the log of a standard deviation that is too small to be seen falls off like the deviation itself, and in
 * an inverse hyperbolic tangent like a power of 1 − r²: exponentially, which draws would have to follow far. Past
 * what can be seen the deviation falls twice exponentially, and with a hyperbolic sine so do correlations.
 */
function unbend(u: ArrayLike<number>, from: number, unseen: readonly number[], x: Float64Array): number {
  let logJacobian = 0;
  for (let i = 0; i < x.length; i++) {
    const own = u[from + i]!;
    if (i < unseen.length) {
      const fall = Math.exp(unseen[i]! - own);
      if (fall > LARGEST_FALL) return -Infinity;
      x[i] = own - fall;
      logJacobian += Math.log1p(fall);
    } else {
      x[i] = Math.sinh(own);
      logJacobian += Math.log(Math.cosh(own));
    }
  }
  return logJacobian;
}

/** The guesses that hold a part of the mass, by Laplace's approximation, that a few draws would see. */
function worthwhile(guesses: readonly LaplaceGuess[]): readonly NormalGuess[] {
  const most = Math.max(...guesses.map(({ logMass }) => logMass));
  return guesses.filter(({ logMass }) => logMass >= most - LEAST_LOG_MASS);
}

/** ln of 100: a peak of less than one draw in a hundred is left to the tails of the others. */
const LEAST_LOG_MASS = Math.log(100);

interface LaplaceGuess extends NormalGuess {
  /** ln of the integral of a normal peak of this height and width, up to a constant. */
  readonly logMass: number;
}

/** A mode and the inverse curvature there, as a guess of where the posterior lies. */
function laplace(logDensity: (x: Vector) => number, start: Vector): LaplaceGuess {
  const curve = (x: Vector): Curved => numericalCurve(logDensity, x);
  const box = { lower: start.map((x) => x - REACH), upper: start.map((x) => x + REACH) };
  const { at, value, hessian } = maximizeInBox(curve, start, box, ENOUGH);
  // Directions that are flat, or not concave, get the width of a wide prior.
  const { values, vectors } = symmetricEigen(hessian);
  const variances = values.map((bend) => Math.min(WIDEST_DEVIATION ** 2, bend < 0 ? -1 / bend : Infinity));
  const covariance = start.map((_, i) =>
    start.map((__, j) =>
      variances.reduce((sum, variance, k) => sum + variance * vectors[k]![i]! * vectors[k]![j]!, 0),
    ),
  );
  const logMass = value + 0.5 * variances.reduce((sum, variance) => sum + Math.log(variance), 0);
  return { centre: at, covariance, logMass };
}

/** Of a log or an inverse hyperbolic tangent that the past says nothing about. */
const WIDEST_DEVIATION = 3;
/** ln of standard deviations that the noise of all experiments together hides, or that are below what is typical. */
function unseenDeviations(
  { experiments, metrics, covariances }: EffectTable,
  { typicalProxyEffects, typicalMacroEffect }: JointCovariancePrior,
): number[] {
  return [...typicalProxyEffects, typicalMacroEffect].map((typical, i) => {
    let noise = 0;
    for (let k = 0; k < experiments; k++) {
      noise += covariances[(k * metrics + i) * metrics + i]! / experiments;
    }
    return Math.log(0.5 * Math.min(typical, Math.sqrt(noise / Math.sqrt(experiments))));
  });
}

/** From the starting point no mode is further: e^±12 times a standard deviation, correlations of 1 − 1e-10. */
const REACH = 12;
/** Log-density that the search for the mode may leave: it is but a guess to draw around. */
const ENOUGH = 1e-3;

/**
 * Where to look for modes: with unrelated metrics, and at the fit by restricted maximum likelihood, drawn a little from
 * the edge of what a covariance can be. A prior that is a mixture may have a mode near each.
 */
function startingPoints(table: EffectTable, prior: JointCovariancePrior): Vector[] {
  const { metrics } = table;
  const unseen = unseenDeviations(table, prior);
  const { covariance } = randomEffectsFit(table, "reml");
  const deviation = covariance.map((row, i) => Math.max(Math.sqrt(row[i]!), Math.exp(unseen[i]!)));
  const { size } = correlationChart(metrics);
  const unrelated = Array.from({ length: size }, (_, i) => (i < metrics ? Math.log(deviation[i]!) : 0));
  const inside = Float64Array.from(
    covariance.flatMap((row, i) => row.map((entry, j) => (i === j ? deviation[i]! ** 2 : INSIDE * entry))),
  );
  const fitted = pointOfCovariance(metrics, inside);
  // In coordinates that are bent where deviations are large enough to be seen by hardly anything.
  return fitted === null ? [unrelated] : [unrelated, fitted.map((x, i) => (i < metrics ? x : Math.asinh(x)))];
}

/** Share of a fitted covariance that is kept for a start. */
const INSIDE = 0.999;
