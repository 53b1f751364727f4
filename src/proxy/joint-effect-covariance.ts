import type { Matrix, Vector } from "../numerics/matrix.ts";
import type { EffectScale } from "./effect-covariance.ts";

/** The true effects of a population of changes on several proxies and the macro metric: proxies first, macro last. */
export interface JointEffectDistribution {
  /** Covariance of the true effects. */
  readonly covariance: Matrix;
  /** Means of the true effects; 0 unless said. */
  readonly mean?: Vector | undefined;
}

/** One node of a posterior over joint effect distributions. */
export interface JointEffectNode extends JointEffectDistribution {
  /** Posterior weight, at or above 0; the weights of a posterior need not sum to 1. */
  readonly weight: number;
}

/** An `EffectCovariance` of several proxies. */
export interface JointEffectCovariance extends JointEffectDistribution {
  /** Scale of the effects; `log-lift` unless said. */
  readonly scale?: EffectScale | undefined;
  /** Where it comes from; `assumed` unless said. */
  readonly source?: "assumed" | "learned" | undefined;
  /** Names of the proxies, in order; "proxy 1", "proxy 2", … unless said. */
  readonly proxies?: readonly string[] | undefined;
  /** Posterior nodes of a learned covariance. */
  readonly posterior?: readonly JointEffectNode[] | undefined;
}

/** A `UnitCovariance` of several proxies: n per arm times the sampling covariance of the effect estimates. */
export interface JointUnitCovariance {
  /** Scale of the effects; that of the effect covariance beside it unless said. */
  readonly scale?: EffectScale | undefined;
  /** Proxies first, the macro metric last. */
  readonly covariance: Matrix;
}
