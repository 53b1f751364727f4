import { checkObject, checkOpenUnit } from "../core/checks.ts";
import { expectOneOf } from "../core/did-you-mean.ts";
import { DomainError } from "../core/domain-error.ts";
import type { Result } from "../core/result.ts";
import { harmonicMean } from "../models/harmonic-mean.ts";
import type { Matrix } from "../numerics/matrix.ts";
import { checkMoments, type Moments } from "../summaries/moments.ts";
import { checkCovariance } from "./check-covariance.ts";
import { checkEffectScale, type EffectScale } from "./effect-covariance.ts";
import { checkedProxyNames } from "./joint-effect-covariance.ts";

/** From the moments of each arm over the same metrics; without a treatment, two arms like the control are planned. */
export interface JointUnitCovarianceFromMoments {
  readonly control: Moments;
  readonly treatment?: Moments | undefined;
  /** Which of the metrics is the macro one; the last unless said. The others are the proxies, in their order. */
  readonly macro?: string | undefined;
  /** `log-lift` unless said. */
  readonly scale?: EffectScale | undefined;
}

/** From the rates of a nested funnel, for two equal arms that are planned at them. */
export interface JointUnitCovarianceFromRates {
  /** Rates of the steps from the widest to the sale, each in (0, 1) and below the one before it. */
  readonly funnelRates: readonly number[];
  /** Names of the proxies, which are all steps but the last. */
  readonly proxies?: readonly string[] | undefined;
  /** `log-lift` unless said. */
  readonly scale?: EffectScale | undefined;
}

/** A joint unit covariance with how it was made. */
export interface JointUnitCovarianceResult extends Result<"joint-unit-covariance"> {
  readonly scale: EffectScale;
  /** Names of the proxies. */
  readonly proxies: readonly string[];
  /** n times the sampling covariance of the effect estimates, proxies first and the macro metric last. */
  readonly covariance: Matrix;
  /**
   * Harmonic mean of the two arms' n: the sampling covariance of this very experiment is the unit covariance over it.
   * Null without two arms.
   */
  readonly n: number | null;
}

/**
 * The sampling covariance of the effect estimates on several proxies and the macro metric, times n per arm: from the
 * moments of the arms, or from the rates of a funnel in which every step is part of the one before.
 *
 * Of a funnel's steps a ⊃ b an arm's log rates have the covariance (1 − p_a)/p_a over its n, whatever b is; its rates
 * p_b (1 − p_a).
 *
 * @param input - moments of one arm or two, or funnel rates in (0, 1)
 * @returns the covariance, with the `n` that gives this experiment's own where there are two arms
 * @throws {DomainError} for broken moments, fewer than two metrics, means that are not above 0 on the log-lift scale,
 *   metrics that do not vary, or rates that do not fall
 * @example
 * ```ts
 * import { jointUnitCovariance } from "microlift";
 * const { covariance } = jointUnitCovariance({ funnelRates: [0.5, 0.1, 0.02] });
 * covariance[0]; // [2, 2, 2]
 * covariance[1]; // [2, 18, 18]
 * ```
 * Source: the multinomial covariance of nested events; the delta method for logs of means.
 */
export function jointUnitCovariance(
  input: JointUnitCovarianceFromMoments | JointUnitCovarianceFromRates,
): JointUnitCovarianceResult {
  checkObject("input", input);
  const scale = input.scale ?? "log-lift";
  checkEffectScale("scale", scale);
  return "control" in input ? fromMoments(input, scale) : fromFunnel(input, scale);
}

function fromFunnel(
  { funnelRates, proxies }: JointUnitCovarianceFromRates,
  scale: EffectScale,
): JointUnitCovarianceResult {
  if (!Array.isArray(funnelRates) || funnelRates.length < 2) {
    throw new DomainError("funnelRates", funnelRates, "must be a list of at least one step and the sale");
  }
  funnelRates.forEach((rate: number, i) => {
    checkOpenUnit(`funnelRates[${i}]`, rate);
    if (i > 0 && rate >= funnelRates[i - 1]!) {
      throw new DomainError(
        `funnelRates[${i}]`,
        rate,
        `must be below the step before it, ${funnelRates[i - 1]}, in a nested funnel`,
      );
    }
  });
  const names = checkedProxyNames(proxies, funnelRates.length - 1);
  // Two arms, and in each the wider step alone decides the covariance of logs.
  const covariance = funnelRates.map((_, i) =>
    funnelRates.map((__, j) => {
      const wide = funnelRates[Math.min(i, j)]!;
      const narrow = funnelRates[Math.max(i, j)]!;
      return scale === "log-lift" ? (2 * (1 - wide)) / wide : 2 * narrow * (1 - wide);
    }),
  );
  return {
    kind: "joint-unit-covariance",
    method: "nested-funnel",
    scale,
    proxies: names,
    covariance,
    n: null,
    warnings: [],
    assumptions: ["Every step of the funnel was reached through all steps before it.", ARMS_ALIKE],
  };
}

function fromMoments(
  { control, treatment, macro }: JointUnitCovarianceFromMoments,
  scale: EffectScale,
): JointUnitCovarianceResult {
  checkMoments("control", control);
  const { metrics } = control;
  if (metrics.length < 2) {
    throw new DomainError("control.metrics", metrics, "must name at least one proxy and the macro metric");
  }
  if (treatment !== undefined) {
    checkMoments("treatment", treatment);
    if (
      metrics.some((name, i) => treatment.metrics[i] !== name) ||
      treatment.metrics.length !== metrics.length
    ) {
      throw new DomainError(
        "treatment.metrics",
        treatment.metrics,
        "must be the metrics of the control, in order",
      );
    }
  }
  const last = macro === undefined ? metrics.length - 1 : metrics.indexOf(macro);
  if (last < 0) throw new DomainError("macro", macro, expectOneOf(macro, metrics));
  const order = [...metrics.keys()].filter((i) => i !== last);
  order.push(last);
  const arms = [armCovariance("control", control, scale, order)];
  arms.push(treatment === undefined ? arms[0]! : armCovariance("treatment", treatment, scale, order));
  const sizes = [control.n, (treatment ?? control).n];
  const total = sizes[0]! + sizes[1]!;
  // Each arm's covariance over its n, added, times the harmonic mean of the two n.
  const covariance = arms[0]!.map((row, i) =>
    row.map((entry, j) => 2 * (entry * (sizes[1]! / total) + arms[1]![i]![j]! * (sizes[0]! / total))),
  );
  checkCovariance("control.covariance", covariance, order.length);
  return {
    kind: "joint-unit-covariance",
    method: "moments",
    scale,
    proxies: order.slice(0, -1).map((i) => metrics[i]!),
    covariance,
    n: treatment === undefined ? null : harmonicMean(sizes[0]!, sizes[1]!),
    warnings: [],
    assumptions: treatment === undefined ? [ARMS_ALIKE] : [],
  };
}

/** Covariance of an arm's means, or of their logs, times its n. */
function armCovariance(
  field: string,
  { mean, covariance }: Moments,
  scale: EffectScale,
  order: readonly number[],
): number[][] {
  if (scale === "difference") return order.map((i) => order.map((j) => covariance[i]![j]!));
  for (const i of order) {
    if (!(mean[i]! > 0)) {
      throw new DomainError(`${field}.mean[${i}]`, mean[i], "must be above 0, so that a lift has a log");
    }
  }
  return order.map((i) => order.map((j) => covariance[i]![j]! / mean[i]! / mean[j]!));
}

const ARMS_ALIKE = "Two arms of equal size, which vary alike.";
