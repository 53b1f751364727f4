import { findRoot } from "./find-root.ts";
import { LOG_SQRT_TWO_PI } from "./normal-tail.ts";
import { stirlingError } from "./stirling-error.ts";
import { expm1 } from "./elementary/expm1.ts";
import { ln } from "./elementary/ln.ts";
import { log1p } from "./elementary/log1p.ts";
import { cos, tan } from "./elementary/trigonometric.ts";

/** Normal distributions whose mixture is Student's t. */
export interface StudentTMixture {
  /** ln of the precision of each: their standard deviations are exp(−logPrecision / 2). */
  readonly logPrecisions: readonly number[];
  /** ln of the weight of each. */
  readonly logWeights: readonly number[];
}

/** −ln of the relative error of the mixture at any point within reach: 5e-15. */
const FULL_DIGITS = 33;

/**
 * Student's t as a finite mixture of normal distributions around 0, right to 1e-13 of the density at every |t| up to
 * `reach`, and so of every integral over it.
 *
 * T is Z/√W with W ~ Gamma(df/2, df/2), and the integral over ln W by the trapezoidal rule falls in error as
 * 2 (cos φ)^−(df+1)/2 exp(−2πφ/h) for any angle φ below π/2 and step h, whatever t (Trefethen and Weideman 2014, theorem
 * 5.1: in the strip of half-width φ the integrand grows by no more than that power of cos φ).
 *
 * @param df degrees of freedom, at least 0.1; the number of nodes grows with their square root where t reaches far
 * @param digits −ln of the relative error aimed at; fewer digits take fewer nodes
 */
export function studentTMixture(df: number, reach: number, digits: number = FULL_DIGITS): StudentTMixture {
  const half = 0.5 * df;
  const power = 0.5 * (df + 1);
  // The best angle for the digits asked for: the derivative of the log error by φ is 0.
  const angle = findRoot((phi) => phi * tan(phi) + ln(cos(phi)) - digits / power, 0, 0.5 * Math.PI - 1e-9, {
    tolerance: 1e-3,
  });
  const step = (2 * Math.PI) / (power * tan(angle));
  // ln of the density of ln W, written so that nothing large cancels: e^u − 1 − u is 0 at the peak.
  const height = 0.5 * ln(half) - LOG_SQRT_TWO_PI - stirlingError(half) + ln(step);
  const logWeight = (u: number): number => height - half * (expm1(u) - u);

  // Ends: where the integrand at t = 0, from above, and at t = reach, from below, has lost all digits.
  const fall = (digits + 5) / power;
  const highest = log1p(1 / df) + leastExcess(fall);
  const lowest = ln((df + 1) / (df + reach * reach)) - leastDeficit(fall);
  const count = Math.ceil((highest - lowest) / step);
  const logPrecisions = Array.from({ length: count + 1 }, (_, k) => highest - k * step);
  return { logPrecisions, logWeights: logPrecisions.map(logWeight) };
}

/** The x > 0 with eˣ − 1 − x = fall. */
function leastExcess(fall: number): number {
  let x = Math.min(Math.sqrt(2 * fall), ln(fall + 2) + 1);
  for (let i = 0; i < 6; i++) x -= (expm1(x) - x - fall) / expm1(x);
  return x;
}

/** The x > 0 with e⁻ˣ − 1 + x = fall. */
function leastDeficit(fall: number): number {
  let x = fall < 1 ? Math.sqrt(2 * fall) : fall + 1;
  for (let i = 0; i < 6; i++) x -= (expm1(-x) + x - fall) / -expm1(-x);
  return x;
}
