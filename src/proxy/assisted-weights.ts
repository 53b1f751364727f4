import type { CompleteEffectNode } from "./effect-covariance.ts";
import type { SampleSizes } from "./sample-sizes.ts";
import type { UnitCovariance } from "./unit-covariance.ts";

/** A linear estimate of the true macro effect: intercept + proxy · (proxy estimate) + macro · (macro estimate). */
export interface LinearEstimate {
  readonly proxy: number;
  readonly macro: number;
  readonly intercept: number;
}

/**
 * The posterior mean of the macro effect given both estimates, for one known effect distribution: the best linear
 * unbiased predictor w = (Λ + Σ)⁻¹ Λ e_y.
 *
 * On scaled effects, with a = k_s/n_s, g = n_y/k_y, f the share of overlap and x = √(a g), the determinant times g is
 * g (1 − ρ²) + a (1 − r² f²) + (x − 1)² + 2 x (1 − ρ r f): no difference of large terms is left at ρ or r near ±1.
 */
export function assistedWeights(
  node: CompleteEffectNode,
  sampling: UnitCovariance,
  { nProxy, nMacro, nOverlap }: SampleSizes,
): LinearEstimate {
  const { tauProxy, tauMacro, rho } = node;
  const a = sampling.proxy / tauProxy ** 2 / nProxy;
  const g = (nMacro * tauMacro ** 2) / sampling.macro;
  const x = Math.sqrt(a * g);
  const rf = nMacro === 0 ? 0 : sampling.correlation * (nOverlap / Math.sqrt(nProxy * nMacro));
  const direct = (1 - rho) * (1 + rho);
  const determinant = g * direct + a * (1 - rf) * (1 + rf) + (x - 1) ** 2 + 2 * x * (1 - rho * rf);
  // Two estimates that are one and the same: the macro estimate alone says all.
  if (determinant === 0) return withIntercept(node, 0, g / (1 + g));
  return withIntercept(
    node,
    ((rho - rf * x) / determinant) * (tauMacro / tauProxy),
    (g * direct + x * (x - rho * rf)) / determinant,
  );
}

/** The posterior mean given the estimate on the macro metric alone. */
export function macroOnlyWeights(
  node: CompleteEffectNode,
  sampling: UnitCovariance,
  nMacro: number,
): LinearEstimate {
  return withIntercept(node, 0, 1 / (1 + sampling.macro / node.tauMacro ** 2 / nMacro));
}

function withIntercept(node: CompleteEffectNode, proxy: number, macro: number): LinearEstimate {
  return { proxy, macro, intercept: node.meanMacro * (1 - macro) - proxy * node.meanProxy };
}

/** The average of an estimate over the nodes: the weights to use while the effect distribution is uncertain. */
export function averageEstimate(
  nodes: readonly CompleteEffectNode[],
  estimate: (node: CompleteEffectNode) => LinearEstimate,
): LinearEstimate {
  let proxy = 0;
  let macro = 0;
  let intercept = 0;
  for (const node of nodes) {
    const own = estimate(node);
    proxy += node.weight * own.proxy;
    macro += node.weight * own.macro;
    intercept += node.weight * own.intercept;
  }
  return { proxy, macro, intercept };
}
