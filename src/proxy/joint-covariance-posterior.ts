import { dot, type Vector } from "../numerics/matrix.ts";
import { importanceDraws } from "../numerics/importance-draws.ts";
import { createRandom } from "../numerics/random.ts";
import { LARGEST_SHAPE } from "../numerics/pareto-smoothed-weights.ts";
import { thinWeights } from "../numerics/thin-weights.ts";
import { correlationChart, covarianceAtPoint } from "./correlation-chart.ts";
import type { CompleteJointNode } from "./joint-effect-covariance.ts";
import type { EffectTable } from "./effect-table.ts";
import { jointCovarianceGuesses } from "./joint-covariance-guesses.ts";
import { jointEvidence } from "./joint-evidence.ts";
import type { JointCovariancePrior } from "./joint-covariance-prior.ts";
import { priorScores } from "./prior-scores.ts";

/** The posterior of the covariance of true effects on several proxies and the macro metric, by weighted draws. */
export interface JointCovariancePosterior {
  /** Draws that were made: those asked for, and up to `MOST_TIMES` as many where these told too little. */
  readonly made: number;
  /** As many independent draws would tell about as much. */
  readonly effectiveDraws: number;
  /** Shape of the tail of their weights, see `ParetoSmoothedWeights`. */
  readonly tailShape: number;
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
 * The posterior given past experiments: modes by Newton's method, and importance draws around them, in coordinates in
 * which the prior is standard normal.
 *
 * The cost is that of the likelihood, some hundreds of times for the mode and once a draw: linear in the number of
 * experiments of unlike sampling covariance.
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
  const { pointAt, scoresOf } = priorScores(prior);
  const x = new Float64Array(size);
  const logDensity = (scores: Vector): number => {
    if (!pointAt(scores, x)) return -Infinity;
    return evidence(covarianceAtPoint(metrics, x)).logEvidence - 0.5 * dot(scores, scores);
  };
  const guesses = jointCovarianceGuesses(logDensity, scoresOf, table, prior);
  const enough = Math.max(LEAST_EFFECTIVE, ENOUGH_EFFECTIVE * draws);
  const { points, weights, effective, shape } = importanceDraws(
    logDensity,
    guesses,
    { draws, enough, most: MOST_TIMES * draws },
    createRandom(seed),
  );
  const thin = thinWeights(weights, MOST_NODES);
  return {
    made: weights.length,
    effectiveDraws: effective,
    tailShape: shape,
    draws: thin.kept.map((k, i) => {
      pointAt(points.subarray(k * size, (k + 1) * size), x);
      const own = covarianceAtPoint(metrics, x);
      const { mean, meanCovariance } = evidence(own);
      return { weight: thin.weights[i]!, covariance: own, mean, meanCovariance };
    }),
  };
}

/** Effective draws a draw asked for, below which more are made, and up to how many times as many. */
const ENOUGH_EFFECTIVE = 0.1;
const MOST_TIMES = 4;
/** Below it there is nothing to say. */
const LEAST_EFFECTIVE = 50;

/** Whether averages over the draws settle, and are made of more than a handful. */
export function isKnown({ effectiveDraws, tailShape }: JointCovariancePosterior): boolean {
  return effectiveDraws >= LEAST_EFFECTIVE && tailShape <= LARGEST_SHAPE;
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
