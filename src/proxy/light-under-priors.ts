import type { Warning } from "../core/warning.ts";
import { type CovariancePrior, logCovariancePrior } from "./covariance-prior.ts";
import type { CompleteEffectNode } from "./effect-covariance.ts";
import type { Light } from "./judge-proxy.ts";
import { type PlainPrior, plainPriors } from "./plain-priors.ts";
import { exp } from "../numerics/elementary/exp.ts";
import { atanh } from "../numerics/elementary/inverse-hyperbolic.ts";
import { ln } from "../numerics/elementary/ln.ts";

/** The light that another prior of the correlation would lead to. */
export interface LightUnderPrior {
  readonly prior: PlainPrior;
  readonly light: Light;
}

/** Judges again under plain priors: the nodes stay, and their weights change by the ratio of the priors of rho. */
export function lightUnderPriors(
  nodes: readonly CompleteEffectNode[],
  prior: CovariancePrior,
  lightOf: (nodes: readonly CompleteEffectNode[]) => Light,
): LightUnderPrior[] {
  return plainPriors(prior).map(([name, plain]) => ({
    prior: name,
    light: lightOf(reweighted(nodes, prior, plain)),
  }));
}

/** Says so where the past leaves the light to the prior. */
export function priorReasons(light: Light, others: readonly LightUnderPrior[]): Warning[] {
  const flips = others.filter((other) => other.light !== light);
  if (flips.length === 0) return [];
  const said = flips.map((other) => `${other.light} under the prior ${other.prior}`).join(", ");
  return [
    {
      code: "PRIOR_DECIDES",
      message: `The light would be ${said}: past experiments leave that to the prior.`,
    },
  ];
}

function reweighted(
  nodes: readonly CompleteEffectNode[],
  before: CovariancePrior,
  after: CovariancePrior,
): CompleteEffectNode[] {
  const logBefore = logCovariancePrior(before);
  const logAfter = logCovariancePrior(after);
  const logs = nodes.map(({ tauProxy, tauMacro, rho, weight }) => {
    // Keeps the inverse hyperbolic tangent of a perfect correlation finite.
    const atanhRho = atanh(rho * (1 - Number.EPSILON));
    return ln(weight) + logAfter(tauProxy, tauMacro, atanhRho) - logBefore(tauProxy, tauMacro, atanhRho);
  });
  const highest = logs.reduce((most, log) => Math.max(most, log), -Infinity);
  const weights = logs.map((log) => exp(log - highest));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return nodes.map((node, i) => ({ ...node, weight: weights[i]! / total }));
}
