import { leastNormSolution } from "../numerics/least-norm-solution.ts";
import { dot, type Matrix, type Vector } from "../numerics/matrix.ts";
import type { CompleteJointNode } from "./joint-effect-covariance.ts";
import type { JointSampleSizes } from "./joint-sample-sizes.ts";

/** A linear estimate of the true macro effect: intercept + Σ proxies[i] · (estimate on proxy i) + macro · (its own). */
export interface JointLinearEstimate {
  readonly proxies: readonly number[];
  readonly macro: number;
  readonly intercept: number;
}

/** The estimate that a joint distribution gives, with how much it leaves open. */
export interface JointPrediction extends JointLinearEstimate {
  /** Variance of the true macro effect that is left. */
  readonly variance: number;
  /** 1/variance less the prior's share: what the estimates tell. */
  readonly information: number;
}

/** The noise of the estimates, seen from the macro metric's. */
export interface JointNoise {
  /** 1 / (sampling variance of the macro estimate); 0 while there is none. */
  readonly macroPrecision: number;
  /** Noise of each proxy's estimate per noise of the macro estimate; 0 while there is none. */
  readonly shared: Vector;
  /** Sampling covariance of the proxies that is not shared with the macro estimate. */
  readonly rest: Matrix;
}

/** The noise of estimates from different numbers of units: Cov = Ω_ij · n_ij / (n_i n_j). */
export function jointNoise(
  unitCovariance: Matrix,
  { nProxies, nMacro, nOverlap }: JointSampleSizes,
): JointNoise {
  const last = nProxies.length;
  const macro = unitCovariance[last]![last]!;
  const shared = nProxies.map((n, i) =>
    nMacro === 0 ? 0 : (unitCovariance[i]![last]! / macro) * (nOverlap[i]![last]! / n),
  );
  const macroPrecision = nMacro / macro;
  return {
    macroPrecision,
    shared,
    rest: nProxies.map((n, i) =>
      nProxies.map((m, j) => {
        const noise = (unitCovariance[i]![j]! / n) * (nOverlap[i]![j]! / m);
        return macroPrecision === 0 ? noise : noise - (shared[i]! * shared[j]!) / macroPrecision;
      }),
    ),
  };
}

/** Sampling variance of a weighted sum of the estimates, as a sum of two parts that cannot be negative. */
export function jointNoiseVariance(
  { macroPrecision, shared, rest }: JointNoise,
  { proxies, macro }: Pick<JointLinearEstimate, "proxies" | "macro">,
): number {
  const own = proxies.reduce((sum, weight, i) => sum + weight * dot(proxies, rest[i]!), 0);
  const withMacro = macroPrecision === 0 ? 0 : (macro + dot(proxies, shared)) ** 2 / macroPrecision;
  return Math.max(0, own) + withMacro;
}

/**
 * The posterior of the macro effect given all estimates, for one known joint distribution.
 *
 * Given the true macro effect θ, proxy i's true effect is β_i θ + rest. So the estimates are measurements of θ: the
 * macro estimate with precision n_y/Ω_yy, and the proxies less the noise they share with it, a = β − shared of each θ,
 * with covariance M = Λ_ss·y + Σ_ss·y. Information adds up, n_y/Ω_yy + aᵀ M⁻¹ a, and nothing is subtracted from 1.
 */
export function jointPrediction({ covariance, mean }: CompleteJointNode, noise: JointNoise): JointPrediction {
  const last = noise.shared.length;
  const toMacro = covariance[last]!;
  const macroVariance = toMacro[last]!;
  const { macroPrecision, shared, rest } = noise;
  const signal = shared.map((share, i) => toMacro[i]! / macroVariance - share);
  const residual = rest.map((row, i) =>
    row.map((entry, j) => entry + (covariance[i]![j]! - toMacro[i]! * (toMacro[j]! / macroVariance))),
  );
  const solution = leastNormSolution(residual, signal);
  const information = macroPrecision + Math.max(0, dot(signal, solution));
  const variance = 1 / (1 / macroVariance + information);
  const proxies = solution.map((value) => variance * value);
  const macro = variance * (macroPrecision - dot(shared, solution));
  return {
    proxies,
    macro,
    intercept: mean[last]! * (1 - macro) - dot(proxies, mean),
    variance,
    information,
  };
}

/** The average of an estimate over the nodes: the weights to use while the effect distribution is uncertain. */
export function averageJointEstimate(
  nodes: readonly CompleteJointNode[],
  estimates: readonly JointLinearEstimate[],
): JointLinearEstimate {
  const proxies = estimates[0]!.proxies.map(() => 0);
  let macro = 0;
  let intercept = 0;
  nodes.forEach(({ weight }, k) => {
    const own = estimates[k]!;
    own.proxies.forEach((value, i) => (proxies[i]! += weight * value));
    macro += weight * own.macro;
    intercept += weight * own.intercept;
  });
  return { proxies, macro, intercept };
}
