import type { EffectScale } from "./effect-covariance.ts";

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
