import { checkCorrelation, checkNumber } from "../core/checks.ts";
import { DomainError } from "../core/domain-error.ts";
import { GAUSS_NODES, GAUSS_WEIGHTS } from "./gauss-rule-28.ts";
import { normalBetween } from "./normal-between.ts";
import { normalSf } from "./normal.ts";
import { exp } from "./elementary/exp.ts";
import { cosh } from "./elementary/hyperbolic.ts";
import { atanh } from "./elementary/inverse-hyperbolic.ts";
import { ln } from "./elementary/ln.ts";

/** Beyond it a normal tail is below the smallest double. */
const FARTHEST = 39;
/** An integrand that has fallen by this power of e below its peak no longer counts. */
const NEGLIGIBLE = 36;
/** The rule of 28 points keeps all digits of an integrand that rises up to so far; one with a peak is cut at least once. */
const RISING_PANEL = 4;
const PEAKED_PANEL = 2.2;

/**
 * P(X > h, Y > k), without argument checks.
 *
 * Plackett (1954): the derivative of this probability in rho is the density at (h, k). Started from rho = −1, where
 * the probability is P(h < X < −k), every term is positive, so that small probabilities keep their digits (started
 * from 0, as in Genz 2004, they cancel for negative rho). With rho = tanh v the integrand becomes
 *   exp(−(h² + k²)/4 − ((h − k)² e^{2v} + (h + k)² e^{−2v})/8) / (2π cosh v),
 * whose log is concave: one peak, from which it falls ever faster.
 */
export function bivariateNormalSf(h: number, k: number, rho: number): number {
  if (h > FARTHEST || k > FARTHEST) return 0;
  if (h < -FARTHEST) return normalSf(k);
  if (k < -FARTHEST) return normalSf(h);
  if (rho === 1) return normalSf(Math.max(h, k));
  if (rho === 0) return normalSf(h) * normalSf(k);
  const opposite = h + k < 0 ? normalBetween(h, -k) : 0;
  if (rho === -1) return opposite;

  const last = atanh(rho);
  // Near enough to the peak, and no farther than the end, to scale the integrand and to measure its fall from.
  const top = Math.min(last, 0.25 * ln((1 + (h + k) ** 2 / 2) / (1 + (h - k) ** 2 / 2)));
  const growing = ((h - k) ** 2 / 8) * exp(2 * top);
  const falling = ((h + k) ** 2 / 8) * exp(-2 * top);
  // Steps x to either side until growing (e^{2x} − 1) + falling (e^{−2x} − 1), a quadratic in e^{2x}, has fallen so far
  // that 1/cosh v cannot make up for it; where neither grows, until 1/cosh v <= 2 e^−|v| itself is as small.
  const fallen = NEGLIGIBLE + ln(cosh(top));
  const total = growing + falling + fallen;
  const roots = total + Math.sqrt(total ** 2 - 4 * growing * falling);
  const farthest = fallen + Math.LN2;
  const from = -Math.min(0.5 * ln(roots / (2 * falling)), farthest + top);
  const to = Math.min(last - top, 0.5 * ln(roots / (2 * growing)), farthest - top);
  const width = to - from;
  const panels = top === last ? 1 + Math.floor(width / RISING_PANEL) : 2 + Math.floor(width / PEAKED_PANEL);
  const step = width / panels;
  const base = exp(2 * top);
  let sum = 0;
  for (let panel = 0; panel < panels; panel++) {
    for (let i = 0; i < GAUSS_NODES.length; i++) {
      const growth = exp(2 * (from + step * (panel + GAUSS_NODES[i]!)));
      const w = base * growth;
      const fall = growing * (growth - 1) + falling * (1 / growth - 1);
      sum += (GAUSS_WEIGHTS[i]! * exp(-fall) * Math.sqrt(w)) / (1 + w);
    }
  }
  return opposite + (exp(-(h * h + k * k) / 4 - growing - falling) * sum * step) / Math.PI;
}

/** P(X <= h, Y <= k), without argument checks. */
export function bivariateNormalCdf(h: number, k: number, rho: number): number {
  return bivariateNormalSf(-h, -k, rho);
}

/** The log density at (h, k) for −1 < rho < 1, without argument checks. */
export function bivariateNormalLogPdf(h: number, k: number, rho: number): number {
  if (!Number.isFinite(h) || !Number.isFinite(k)) return -Infinity;
  const scale = (1 - rho) * (1 + rho);
  const squares = (h - k) ** 2 / (1 - rho) + (h + k) ** 2 / (1 + rho);
  return -ln(2 * Math.PI) - 0.5 * ln(scale) - 0.25 * squares;
}

function checkArguments(h: number, k: number, rho: number): void {
  checkNumber("h", h);
  checkNumber("k", k);
  checkCorrelation("rho", rho);
}

/**
 * Two standard normal variables X and Y with correlation rho, with joint tails to full relative precision.
 *
 * Source: Plackett (1954), Biometrika 41, 351–360; checked against Genz (2004), Statistics and Computing 14, 251–260.
 *
 * @example
 * ```ts
 * import { bivariateNormal } from "microlift";
 * bivariateNormal.cdf(0, 0, 0.5); // 1/3
 * bivariateNormal.sf(5, 4, -0.5); // 4.7638781263513818e-21
 * ```
 */
export const bivariateNormal = {
  /**
   * The joint density at (h, k).
   * @param h any number, infinities included
   * @param k any number, infinities included
   * @param rho correlation, strictly between −1 and 1 (at the ends there is no density)
   * @returns the density, 0 or more
   * @throws {DomainError} an argument is NaN or rho lies outside (−1, 1)
   */
  pdf: (h: number, k: number, rho: number): number => {
    return exp(bivariateNormal.logPdf(h, k, rho));
  },

  /**
   * Natural log of the joint density at (h, k).
   * @param h any number, infinities included
   * @param k any number, infinities included
   * @param rho correlation, strictly between −1 and 1 (at the ends there is no density)
   * @returns the log density
   * @throws {DomainError} an argument is NaN or rho lies outside (−1, 1)
   */
  logPdf: (h: number, k: number, rho: number): number => {
    checkArguments(h, k, rho);
    if (Math.abs(rho) === 1) throw new DomainError("rho", rho, "must lie strictly between -1 and 1");
    return bivariateNormalLogPdf(h, k, rho);
  },

  /**
   * P(X <= h, Y <= k).
   * @param h any number, infinities included
   * @param k any number, infinities included
   * @param rho correlation, −1 and 1 included
   * @returns a probability
   * @throws {DomainError} an argument is NaN or rho lies outside [−1, 1]
   */
  cdf: (h: number, k: number, rho: number): number => {
    checkArguments(h, k, rho);
    return bivariateNormalCdf(h, k, rho);
  },

  /**
   * P(X > h, Y > k), computed as a tail of its own.
   * @param h any number, infinities included
   * @param k any number, infinities included
   * @param rho correlation, −1 and 1 included
   * @returns a probability
   * @throws {DomainError} an argument is NaN or rho lies outside [−1, 1]
   */
  sf: (h: number, k: number, rho: number): number => {
    checkArguments(h, k, rho);
    return bivariateNormalSf(h, k, rho);
  },
};
