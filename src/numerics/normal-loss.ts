import { findRoot } from "./find-root.ts";
import { normalLogPdf, normalPdf, normalSf } from "./normal.ts";
import { CENTRE, INVERSE_SQRT_TWO_PI, scaledNormalTail } from "./normal-tail.ts";
import { exp } from "./elementary/exp.ts";
import { ln } from "./elementary/ln.ts";
import { log1p } from "./elementary/log1p.ts";

/** ln E max(Z − u, 0) of a standard normal Z: the unit normal loss φ(u) − u P(Z > u), by Mills' ratio. */
export function logNormalLoss(u: number): number {
  if (u < CENTRE) return ln(normalPdf(u) - u * normalSf(u));
  return normalLogPdf(u) + log1p((-u * scaledNormalTail(u)) / INVERSE_SQRT_TWO_PI);
}

/** The u at which the log of the unit normal loss is this; any number. */
export function normalLossQuantile(logLoss: number): number {
  const excess = (u: number): number => logNormalLoss(u) - logLoss;
  const loss = exp(logLoss);
  // The loss is below φ(u), above −u, and at most φ(0) − u for a negative u.
  if (excess(0) <= 0) return findRoot(excess, -loss - 1, 0);
  return findRoot(excess, 0, 1 + Math.sqrt(-2 * logLoss));
}
