import { DomainError } from "../core/domain-error.ts";
import { checkEffectSize, checkMagnitude, LARGEST_MAGNITUDE } from "./check-magnitude.ts";
import { checkDistinctRows } from "./distinct-rows.ts";
import { effectClusters } from "./effect-clusters.ts";
import { checkEffectScale, type EffectScale } from "./effect-covariance.ts";
import { type EffectRow, readJointPastExperiment, readPastExperiment } from "./effect-row.ts";
import type { JointPastExperiment, PastExperiment } from "./past-experiment.ts";
import { copySymmetric, isPositiveDefinite } from "./sampling-matrix.ts";

/**
 * Past experiments in columns, checked: what every estimator of an effect covariance reads. Rows are experiments,
 * metrics are the proxies in their order and the macro metric last.
 */
export interface EffectTable {
  readonly scale: EffectScale;
  /** Number of experiments. */
  readonly experiments: number;
  /** Number of metrics, the macro metric among them. */
  readonly metrics: number;
  /** Estimated effects: `effects[k · metrics + i]`. */
  readonly effects: Float64Array;
  /** Sampling covariance of each experiment's estimates: `covariances[(k · metrics + i) · metrics + j]`. */
  readonly covariances: Float64Array;
  /** Experiments that share a control with another; empty where all have their own. */
  readonly clusters: readonly EffectCluster[];
}

/** Two or more experiments against one control. */
export interface EffectCluster {
  /** Rows of the table. */
  readonly members: readonly number[];
  /** Sampling covariance between the estimates of any two members, by the control they share: metrics × metrics. */
  readonly shared: Float64Array;
}

/** With two experiments a covariance of effects has one degree of freedom, and a correlation of ±1. */
export const FEWEST_EXPERIMENTS = 3;

/**
 * The table of past experiments on one proxy: checked, and linear in their number.
 *
 * @param field - path of the list as the caller wrote it, such as `experiments`
 * @throws {DomainError} for fewer than three experiments, duplicates, mixed scales, effects without a positive definite
 *   covariance, counts that leave an effect infinite or without variance, or clusters that disagree on their control
 */
export function effectTable(
  field: string,
  experiments: readonly PastExperiment[],
  scale: EffectScale,
): EffectTable {
  return tabulate(field, experiments, scale, readPastExperiment);
}

/** The same for experiments on several proxies, all on the same ones in the same order. */
export function jointEffectTable(
  field: string,
  experiments: readonly JointPastExperiment[],
  scale: EffectScale,
): EffectTable {
  return tabulate(field, experiments, scale, readJointPastExperiment);
}

/** A covariance of more would take a hundred megabytes for each dozen experiments. */
const MOST_METRICS = 1000;

function tabulate<T>(
  field: string,
  experiments: readonly T[],
  scale: EffectScale,
  read: (field: string, experiment: T, scale: EffectScale) => EffectRow,
): EffectTable {
  checkEffectScale("scale", scale);
  if (!Array.isArray(experiments) || experiments.length < FEWEST_EXPERIMENTS) {
    throw new DomainError(field, experiments, `must be a list of at least ${FEWEST_EXPERIMENTS} experiments`);
  }
  // Array.from, so that a hole in the list is read as the missing experiment it is.
  const rows = Array.from(experiments, (experiment: T, k) => read(`${field}[${k}]`, experiment, scale));
  const metrics = rows[0]!.effects.length;
  if (metrics > MOST_METRICS) {
    throw new DomainError(
      `${field}[0].proxyEffects`,
      metrics - 1,
      `must hold fewer than ${MOST_METRICS} effects`,
    );
  }
  const effects = new Float64Array(rows.length * metrics);
  const covariances = new Float64Array(rows.length * metrics * metrics);
  const scratch = new Float64Array(metrics * metrics);
  rows.forEach((row, k) => {
    const at = `${field}[${k}]`;
    copyEffects(at, row, effects.subarray(k * metrics, (k + 1) * metrics));
    copyCovariance(
      at,
      row,
      covariances.subarray(k * metrics * metrics, (k + 1) * metrics * metrics),
      scratch,
    );
  });
  checkDistinctRows(field, rows, effects, covariances);
  const clusters = effectClusters(field, rows, covariances);
  return { scale, experiments: rows.length, metrics, effects, covariances, clusters };
}

function copyEffects(field: string, { effects }: EffectRow, target: Float64Array): void {
  const metrics = target.length;
  if (effects.length !== metrics) {
    throw new DomainError(
      `${field}.proxyEffects`,
      effects.slice(0, -1),
      `must hold ${metrics - 1} effects, as the first experiment does`,
    );
  }
  effects.forEach((effect, i) => {
    if (!(Math.abs(effect) <= LARGEST_MAGNITUDE) || typeof effect !== "number") {
      checkEffectSize(effectPath(field, i, metrics), effect);
    }
    target[i] = effect + 0; // −0 becomes 0, so that equal effects are equal bit for bit
  });
}

function effectPath(field: string, i: number, metrics: number): string {
  if (i === metrics - 1) return `${field}.macroEffect`;
  return metrics === 2 ? `${field}.proxyEffect` : `${field}.proxyEffects[${i}]`;
}

function copyCovariance(field: string, row: EffectRow, target: Float64Array, scratch: Float64Array): void {
  const size = row.effects.length;
  const path = row.control === undefined ? `${field}.covariance` : field;
  copySymmetric(path, row.covariance, size, target);
  for (let i = 0; i < size; i++) {
    const variance = target[i * size + i]!;
    if (variance > 0 && variance >= 1 / LARGEST_MAGNITUDE && variance <= LARGEST_MAGNITUDE) continue;
    if (row.control === undefined) checkMagnitude(`${path}[${i}][${i}]`, variance);
    throw new DomainError(path, row.control, "must count units with and without each conversion in an arm");
  }
  if (!isPositiveDefinite(target, size, scratch)) {
    throw new DomainError(
      path,
      row.covariance,
      "must be positive definite, with sampling correlations strictly between -1 and 1",
    );
  }
}
