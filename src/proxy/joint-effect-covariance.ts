import { checkBetween, checkObject, checkOneOf } from "../core/checks.ts";
import { DomainError } from "../core/domain-error.ts";
import type { Status } from "../core/status.ts";
import type { Matrix, Vector } from "../numerics/matrix.ts";
import { checkCovariance } from "./check-covariance.ts";
import { checkEffectSize, LARGEST_MAGNITUDE } from "./check-magnitude.ts";
import { checkEffectScale, type EffectScale } from "./effect-covariance.ts";

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
  /** Of a learned covariance; one that is `undetermined` is refused. */
  readonly status?: Status | undefined;
}

/** A `UnitCovariance` of several proxies: n per arm times the sampling covariance of the effect estimates. */
export interface JointUnitCovariance {
  /** Scale of the effects; that of the effect covariance beside it unless said. */
  readonly scale?: EffectScale | undefined;
  /** Proxies first, the macro metric last. */
  readonly covariance: Matrix;
}

/** A joint effect distribution with nothing left out. */
export interface CompleteJointNode {
  readonly covariance: Matrix;
  readonly mean: Vector;
  readonly weight: number;
}

/**
 * Checks a joint effect covariance where it enters a public function.
 *
 * @throws {DomainError} for matrices that are no covariances, numbers of metrics that differ, or weights without a sum
 */
export function checkJointEffectCovariance(field: string, effects: JointEffectCovariance): void {
  checkObject(field, effects);
  checkEffectScale(`${field}.scale`, effects.scale ?? "log-lift");
  checkOneOf(`${field}.source`, effects.source ?? "assumed", ["assumed", "learned"]);
  if (effects.status === "undetermined") {
    throw new DomainError(
      `${field}.status`,
      effects.status,
      "must be ok: too few draws tell of this covariance, so learn it with more of them, from fewer proxies or from more experiments",
    );
  }
  const { covariance, posterior } = effects;
  if (!Array.isArray(covariance) || covariance.length < 2) {
    throw new DomainError(
      `${field}.covariance`,
      covariance,
      "must be a matrix over at least one proxy and the macro metric",
    );
  }
  const metrics = covariance.length;
  checkDistribution(field, effects, metrics);
  if (effects.proxies !== undefined) checkProxyNames(`${field}.proxies`, effects.proxies, metrics - 1);
  if (posterior === undefined) return;
  if (!Array.isArray(posterior)) {
    throw new DomainError(`${field}.posterior`, posterior, "must be a list of nodes");
  }
  let total = 0;
  posterior.forEach((node: JointEffectNode, i) => {
    checkObject(`${field}.posterior[${i}]`, node);
    checkDistribution(`${field}.posterior[${i}]`, node, metrics);
    checkBetween(`${field}.posterior[${i}].weight`, node.weight, 0, LARGEST_MAGNITUDE);
    total += node.weight;
  });
  if (!(total > 0)) {
    throw new DomainError(`${field}.posterior`, posterior, "must have weights that sum above 0");
  }
}

/** Checks the sampling covariance of as many metrics as the effects beside it have. */
export function checkJointUnitCovariance(
  field: string,
  sampling: JointUnitCovariance,
  metrics: number,
): void {
  checkObject(field, sampling);
  if (sampling.scale !== undefined) checkEffectScale(`${field}.scale`, sampling.scale);
  checkCovariance(`${field}.covariance`, sampling.covariance, metrics);
}

/** Names for people, each once. */
function checkProxyNames(field: string, names: readonly string[], proxies: number): void {
  if (!Array.isArray(names) || names.length !== proxies || names.some((name) => typeof name !== "string")) {
    throw new DomainError(field, names, `must be a list of ${proxies} names`);
  }
  if (new Set(names).size !== proxies) throw new DomainError(field, names, "must not name a proxy twice");
}

/** The names of the proxies, given or made. */
export function proxyNames({ proxies, covariance }: JointEffectCovariance): readonly string[] {
  return proxies ?? numberedNames(covariance.length - 1);
}

/**
 * The same where they enter a public function by themselves.
 *
 * @throws {DomainError} for names that are not one a proxy, each once
 */
export function checkedProxyNames(names: readonly string[] | undefined, proxies: number): readonly string[] {
  if (names !== undefined) checkProxyNames("proxies", names, proxies);
  return names ?? numberedNames(proxies);
}

function numberedNames(proxies: number): string[] {
  return Array.from({ length: proxies }, (_, i) => `proxy ${i + 1}`);
}

/**
 * The joint effect distributions to integrate over, with weights that sum to 1: the posterior's nodes, or the covariance
 * itself as the single node.
 */
export function jointEffectNodes(effects: JointEffectCovariance): readonly CompleteJointNode[] {
  const nodes: readonly JointEffectNode[] = effects.posterior ?? [{ ...effects, weight: 1 }];
  const total = nodes.reduce((sum, node) => sum + node.weight, 0);
  return nodes.filter((node) => node.weight > 0).map((node) => completeJointNode(node, node.weight / total));
}

export function completeJointNode(
  { covariance, mean }: JointEffectDistribution,
  weight: number,
): CompleteJointNode {
  return { covariance, mean: mean ?? covariance.map(() => 0), weight };
}

/** Refuses what is no list of one effect a proxy. */
export function checkProxyEffects(field: string, effects: readonly number[], proxies: number): void {
  if (!Array.isArray(effects) || effects.length !== proxies) {
    throw new DomainError(field, effects, `must be a list of ${proxies} effects, one a proxy`);
  }
  effects.forEach((effect: number, i) => checkEffectSize(`${field}[${i}]`, effect));
}

/** The average covariance of true effects over the nodes: what small experiments see of an uncertain distribution. */
export function averageCovariance(nodes: readonly CompleteJointNode[]): Matrix {
  if (nodes.length === 1) return nodes[0]!.covariance;
  const sum = nodes[0]!.covariance.map((row) => row.map(() => 0));
  for (const { covariance, weight } of nodes) {
    covariance.forEach((row, i) => row.forEach((entry, j) => (sum[i]![j]! += weight * entry)));
  }
  return sum;
}

/** The average of the means of true effects over the nodes. */
export function averageMean(nodes: readonly CompleteJointNode[]): number[] {
  const sum = nodes[0]!.mean.map(() => 0);
  for (const { mean, weight } of nodes) mean.forEach((value, i) => (sum[i]! += weight * value));
  return sum;
}

function checkDistribution(
  field: string,
  { covariance, mean }: JointEffectDistribution,
  metrics: number,
): void {
  checkCovariance(`${field}.covariance`, covariance, metrics);
  if (mean === undefined) return;
  if (!Array.isArray(mean) || mean.length !== metrics) {
    throw new DomainError(`${field}.mean`, mean, `must hold one mean for each of the ${metrics} metrics`);
  }
  mean.forEach((value: number, i) => checkEffectSize(`${field}.mean[${i}]`, value));
}
