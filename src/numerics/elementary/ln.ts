import { LN2_HIGH, LN2_LOW } from "./ln2.ts";
import { binaryExponent, powerOfTwo } from "./power-of-two.ts";

export const LEAST_NORMAL: number = 2 ** -1022;

/** ln x, the same bits on every engine, within one unit of the last digit; −∞ at 0 and NaN below. */
export function ln(x: number): number {
  if (!(x > 0)) return x === 0 ? -Infinity : Number.NaN;
  if (x === Infinity) return x;
  return x < LEAST_NORMAL ? lnOfNormal(x * 2 ** 54, -54, 0) : lnOfNormal(x, 0, 0);
}

/**
 * ln(x · 2^power) + rest for a small rest. Of x = 2^k (1 + f) the f is exact, and with s = f/(2 + f), ln(1 + f) is
 * 2 artanh(s) = f − (f²/2 − s (f²/2 + Σ 2 s^2j/(2j + 1))).
 */
export function lnOfNormal(x: number, power: number, rest: number): number {
  const k = binaryExponent(x);
  const f = x * powerOfTwo(-k) - 1;
  const s = f / (2 + f);
  const half = 0.5 * f * f;
  const low = rest + (k + power) * LN2_LOW;
  return (k + power) * LN2_HIGH - (half - (s * (half + artanhSeries(s * s)) + low) - f);
}

/** Σ 2 z^j/(2j + 1) over j from 1, for z up to 0.0295; even and odd powers apart, which halves the time. */
export function artanhSeries(z: number): number {
  const w = z * z;
  const odd = 2 / 3 + w * (2 / 7 + w * (2 / 11 + w * (2 / 15 + w * (2 / 19))));
  const even = 2 / 5 + w * (2 / 9 + w * (2 / 13 + w * (2 / 17 + w * (2 / 21))));
  return z * odd + w * even;
}
