import { checkCorrelation, checkNumber } from "../core/checks.ts";
import { DomainError } from "../core/domain-error.ts";
import { integrate } from "./integrate.ts";
import { newtonRoot } from "./newton-root.ts";
import { normalBetween } from "./normal-between.ts";
import { normalSf } from "./normal.ts";

/** Beyond it a normal tail is below the smallest double. */
const FARTHEST = 39;
/** An integrand that has fallen by this power of e below its peak no longer counts. */
const NEGLIGIBLE = 38;

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

  const growing = (h - k) ** 2 / 8;
  const falling = (h + k) ** 2 / 8;
  /** The negative log of the integrand, without its constant. */
  const depth = (v: number): number =>
    growing * Math.exp(2 * v) + falling * Math.exp(-2 * v) + Math.log(Math.cosh(v));
  const last = Math.atanh(rho);
  const top = peak(growing, falling, last);
  const least = depth(top.at);
  const from = whereDeeper(depth, least + NEGLIGIBLE, top.at, -top.width);
  const to =
    top.at === last ? last : Math.min(last, whereDeeper(depth, least + NEGLIGIBLE, top.at, top.width));
  const scaled = (v: number): number => {
    const w = Math.exp(2 * v);
    return (Math.exp(least - growing * w - falling / w) * 2 * Math.sqrt(w)) / (1 + w);
  };
  const { value } = integrate(scaled, from, to, { relativeTolerance: 1e-13 });
  return opposite + (Math.exp(-(h * h + k * k) / 4 - least) * value) / (2 * Math.PI);
}

/** Where the integrand is largest up to `last`, and about how wide it is there. */
function peak(growing: number, falling: number, last: number): { at: number; width: number } {
  const slopes = (v: number): [slope: number, curvature: number] => {
    const [up, down] = [2 * growing * Math.exp(2 * v), 2 * falling * Math.exp(-2 * v)];
    return [up - down + Math.tanh(v), 2 * up + 2 * down + Math.cosh(v) ** -2];
  };
  const [slope, curvature] = slopes(last);
  if (slope <= 0) return { at: last, width: 1 / (Math.sqrt(curvature) - slope) };
  const at = newtonRoot(
    slopes,
    -Infinity,
    last,
    Math.min(last, 0.25 * Math.log((1 + 4 * falling) / (1 + 4 * growing))),
  );
  return { at, width: 1 / Math.sqrt(slopes(at)[1]) };
}

/** The first of the points start + step · 1.5ⁱ where the depth exceeds the limit. */
function whereDeeper(depth: (v: number) => number, limit: number, start: number, step: number): number {
  while (depth(start + step) < limit) step *= 1.5;
  return start + step;
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
  return -Math.log(2 * Math.PI) - 0.5 * Math.log(scale) - 0.25 * squares;
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
  pdf(h: number, k: number, rho: number): number {
    return Math.exp(bivariateNormal.logPdf(h, k, rho));
  },

  /**
   * Natural log of the joint density at (h, k).
   * @param h any number, infinities included
   * @param k any number, infinities included
   * @param rho correlation, strictly between −1 and 1 (at the ends there is no density)
   * @returns the log density
   * @throws {DomainError} an argument is NaN or rho lies outside (−1, 1)
   */
  logPdf(h: number, k: number, rho: number): number {
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
  cdf(h: number, k: number, rho: number): number {
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
  sf(h: number, k: number, rho: number): number {
    checkArguments(h, k, rho);
    return bivariateNormalSf(h, k, rho);
  },
};
