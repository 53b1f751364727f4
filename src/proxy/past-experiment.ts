import type { Matrix } from "../numerics/matrix.ts";
import type { JointCounts } from "../summaries/joint-counts.ts";
import type { EffectScale } from "./effect-covariance.ts";

/** What every past experiment may say of itself. */
interface PastExperimentLabels {
  /** What to call it; two experiments must not share a name. */
  readonly name?: string | undefined;
  /** Experiments that share a control carry the same cluster; leave it out for an experiment with its own control. */
  readonly cluster?: string | undefined;
}

/** One past experiment as estimated effects on one proxy and on the macro metric. */
export interface PastEffects extends PastExperimentLabels {
  /** Estimated effect on the proxy. */
  readonly proxyEffect: number;
  /** Estimated effect on the macro metric, from matured sales, on the same scale. */
  readonly macroEffect: number;
  /** Sampling covariance of the two estimates, [[proxy, both], [both, macro]]; their correlation in (−1, 1). */
  readonly covariance: Matrix;
  /** The control's part of `covariance`, needed in a cluster: what the estimates of its experiments share. */
  readonly controlCovariance?: Matrix | undefined;
  /** The scale of the effects; that of the call unless said, and never another. */
  readonly scale?: EffectScale | undefined;
}

/** One past experiment as the joint counts of its two arms. */
export interface PastCounts extends PastExperimentLabels {
  readonly control: JointCounts;
  readonly treatment: JointCounts;
}

/** A past experiment on one proxy: estimated effects with their sampling covariance, or joint counts. */
export type PastExperiment = PastEffects | PastCounts;

/** One past experiment as estimated effects on several proxies and on the macro metric. */
export interface JointPastExperiment extends PastExperimentLabels {
  /** Estimated effects on the proxies, always in the same order. */
  readonly proxyEffects: readonly number[];
  /** Estimated effect on the macro metric, from matured sales, on the same scale. */
  readonly macroEffect: number;
  /** Sampling covariance of the estimates, proxies first and the macro metric last. */
  readonly covariance: Matrix;
  /** The control's part of `covariance`, needed in a cluster. */
  readonly controlCovariance?: Matrix | undefined;
  /** The scale of the effects; that of the call unless said, and never another. */
  readonly scale?: EffectScale | undefined;
}
