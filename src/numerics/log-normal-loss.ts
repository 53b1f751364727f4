import { gaussLegendre } from "./gauss-legendre.ts";
import { normalLogPdf, normalLogSf } from "./normal.ts";
import { logNormalLoss } from "./normal-loss.ts";
import { exp } from "./elementary/exp.ts";
import { expm1 } from "./elementary/expm1.ts";

/** What a log-normal value is expected to fall short of 1, and to exceed it by. */
export interface LogNormalLosses {
  /** E max(1 − e^X, 0). */
  readonly short: number;
  /** E max(e^X − 1, 0). */
  readonly beyond: number;
}

/**
 * The losses for a normal X with that mean and standard deviation, above 0. They differ by E e^X − 1, so that the smaller
 * one is computed on its own and the larger one is a sum.
 *
 * With z = mean/deviation the shortfall is φ(z) (R(z) − R(z + deviation)), R being Mills' ratio (Black and Scholes 1973).
 */
export function logNormalLosses(mean: number, deviation: number): LogNormalLosses {
  const lead = expm1(mean + 0.5 * deviation * deviation);
  const z = mean / deviation;
  if (lead >= 0) {
    const short = fallOfMills(z, z, deviation);
    return { short, beyond: short + lead };
  }
  const beyond = fallOfMills(z, -z - deviation, deviation);
  return { short: beyond - lead, beyond };
}

/** Over a longer way Mills' ratio falls by a good part of itself, and the difference keeps its digits. */
const SHORT = 1;
const RULE = /* @__PURE__ */ gaussLegendre(12);

/** φ(z) (R(from) − R(from + step)), where `from` is at least −step/2. */
function fallOfMills(z: number, from: number, step: number): number {
  const logHeight = normalLogPdf(z);
  if (step > SHORT) {
    const scaledMills = (x: number): number => exp(normalLogSf(x) - normalLogPdf(x) + logHeight);
    return scaledMills(from) - scaledMills(from + step);
  }
  const half = 0.5 * step;
  return RULE.nodes.reduce((sum, node, i) => {
    const x = from + half * (1 + node);
    // −R′(x) is the unit normal loss over the density.
    return sum + half * RULE.weights[i]! * exp(logNormalLoss(x) - normalLogPdf(x) + logHeight);
  }, 0);
}
