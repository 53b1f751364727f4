import { DomainError } from "../core/domain-error.ts";
import { invertPositive } from "../numerics/invert-positive.ts";
import { logSum } from "../numerics/log-sum.ts";
import type { Vector } from "../numerics/matrix.ts";
import type { EffectScale } from "./effect-covariance.ts";
import { type EffectTable, jointEffectTable } from "./effect-table.ts";
import { independentGroups } from "./independent-groups.ts";
import {
  isKnown,
  type JointCovarianceDraw,
  jointCovariancePosterior,
  predictiveJointNode,
} from "./joint-covariance-posterior.ts";
import { completeJointPrior, type JointCovariancePrior } from "./joint-covariance-prior.ts";
import type { CompleteJointNode } from "./joint-effect-covariance.ts";
import type { JointPastExperiment } from "./past-experiment.ts";
import { exp } from "../numerics/elementary/exp.ts";
import { ln } from "../numerics/elementary/ln.ts";

/** How well a composite foretells the macro effects of past experiments. */
export interface CompositeValidation {
  /** Experiments with a control of their own: the others cannot be left out one by one. */
  readonly experiments: number;
  /**
   * Correlation of the composite's estimated effects with true macro effects over the past experiments, with weights that
   * these experiments had a part in; by moments, so it can leave [−1, 1], and null where they leave no variance of true
   * effects, or tell the covariance of effects too little to weigh by.
   */
  readonly inSample: number | null;
  /** The same with weights for each experiment from all others alone. */
  readonly leftOut: number | null;
  /** What the first is too high by: inSample − leftOut. */
  readonly optimism: number | null;
}

/** Draws enough to weigh by: their error is far below that of the past experiments. */
const DRAWS = 1000;
const SEED = 1;

/**
 * Tries weights on the past experiments themselves, and on each with weights from the others: the posterior without an
 * experiment is the posterior with it, its draws weighted by one over what they said of that experiment beforehand.
 *
 * Cost: one posterior, and the weights once an experiment.
 */
export function validateComposite(
  experiments: readonly JointPastExperiment[],
  prior: Partial<JointCovariancePrior> | undefined,
  scale: EffectScale,
  metrics: number,
  weigh: (nodes: readonly CompleteJointNode[]) => Vector,
): CompositeValidation {
  const table = jointEffectTable("experiments", experiments, scale);
  if (table.metrics !== metrics) {
    throw new DomainError(
      "experiments[0].proxyEffects",
      experiments[0]!.proxyEffects,
      `must hold ${metrics - 1} effects, as the covariance of effects has proxies`,
    );
  }
  const posterior = jointCovariancePosterior(
    table,
    completeJointPrior(prior ?? {}, scale, metrics - 1),
    DRAWS,
    SEED,
  );
  const { draws } = posterior;
  const nodes = draws.map((draw) => predictiveJointNode(draw, metrics));
  const rows = independentGroups(table).flatMap(({ members, shared }) => (shared === null ? members : []));
  // Weights from a posterior that is not known are worth no trial.
  if (!isKnown(posterior)) return { experiments: rows.length, inSample: null, leftOut: null, optimism: null };
  const all = weigh(nodes);
  const inSample = pastQuality(table, rows, () => all);
  const leftOut = pastQuality(table, rows, (k) => weigh(nodesWithoutExperiment(table, draws, nodes, k)));
  return {
    experiments: rows.length,
    inSample,
    leftOut,
    optimism: inSample === null || leftOut === null ? null : inSample - leftOut,
  };
}

/** The nodes with the weights that the past without one experiment gives them. */
function nodesWithoutExperiment(
  table: EffectTable,
  draws: readonly JointCovarianceDraw[],
  nodes: readonly CompleteJointNode[],
  experiment: number,
): CompleteJointNode[] {
  const logs = draws.map((draw) => ln(draw.weight) - logForetold(table, draw, experiment));
  const total = logSum(logs);
  return nodes.map((node, j) => ({ ...node, weight: exp(logs[j]! - total) }));
}

/**
 * ln p(d_k | Λ, all other experiments), up to a constant. With V = Λ + S_k, and the means N(m, C) given all experiments,
 * that is −½ (2 ln|V| − ln|V − C| + (d_k − m)ᵀ (V − C)⁻¹ (d_k − m)): the means without experiment k need not be known.
 */
export function logForetold(
  { metrics, effects, covariances }: EffectTable,
  draw: JointCovarianceDraw,
  k: number,
): number {
  const area = metrics * metrics;
  const whole = new Float64Array(area);
  const less = new Float64Array(area);
  for (let x = 0; x < area; x++) {
    whole[x] = draw.covariance[x]! + covariances[k * area + x]!;
    less[x] = whole[x]! - draw.meanCovariance[x]!;
  }
  const logWhole = invertPositive(whole, 0, metrics);
  const logLess = invertPositive(less, 0, metrics);
  let square = 0;
  for (let i = 0; i < metrics; i++) {
    const own = effects[k * metrics + i]! - draw.mean[i]!;
    for (let j = 0; j < metrics; j++) {
      square += own * less[i * metrics + j]! * (effects[k * metrics + j]! - draw.mean[j]!);
    }
  }
  return -0.5 * (2 * logWhole - logLess + square);
}

/** Correlation of composites with true macro effects, less what the noise of both has in common. */
function pastQuality(
  { metrics, effects, covariances }: EffectTable,
  rows: readonly number[],
  weightsOf: (experiment: number) => Vector,
): number | null {
  if (rows.length < 2) return null;
  const macro = metrics - 1;
  const pairs = rows.map((k) => {
    const weights = weightsOf(k);
    const noise = (i: number): number => covariances[(k * metrics + i) * metrics + macro]!;
    return {
      composite: weights.reduce((sum, weight, i) => sum + weight * effects[k * metrics + i]!, 0),
      macro: effects[k * metrics + macro]!,
      shared: weights.reduce((sum, weight, i) => sum + weight * noise(i), 0),
      noise: noise(macro),
    };
  });
  const mean = (of: (pair: (typeof pairs)[number]) => number): number =>
    pairs.reduce((sum, pair) => sum + of(pair), 0) / pairs.length;
  const [composite, effect] = [mean((pair) => pair.composite), mean((pair) => pair.macro)];
  const unbiased = pairs.length / (pairs.length - 1);
  const variance = unbiased * mean((pair) => (pair.composite - composite) ** 2);
  const both =
    unbiased * mean((pair) => (pair.composite - composite) * (pair.macro - effect)) -
    mean((pair) => pair.shared);
  const trueVariance = unbiased * mean((pair) => (pair.macro - effect) ** 2) - mean((pair) => pair.noise);
  return variance > 0 && trueVariance > 0 ? both / Math.sqrt(variance) / Math.sqrt(trueVariance) : null;
}
