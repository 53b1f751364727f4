import { polynomial } from "./polynomial.ts";

/** From here on the series below is right to a few parts in 10^17. */
export const STIRLING_SERIES_FROM = 8;

// B_2k / (2k (2k − 1)) for k = 9 down to 1, B the Bernoulli numbers.
const COEFFICIENTS = [
  0.17964437236883057, -0.029550653594771242, 0.00641025641025641, -0.0019175269175269176,
  0.0008417508417508417, -0.0005952380952380953, 0.0007936507936507937, -0.002777777777777778,
  0.08333333333333333,
];

/**
 * ln Γ(x) − [(x − 1/2) ln x − x + ln √(2π)] for x at or above STIRLING_SERIES_FROM: what Stirling's formula leaves.
 * Source: Abramowitz and Stegun (1964), 6.1.41.
 */
export function stirlingSeries(x: number): number {
  return polynomial(COEFFICIENTS, 1 / (x * x)) / x;
}

/** stirlingSeries(x) − stirlingSeries(x + increment), to full relative precision however small the increment. */
export function stirlingSeriesDecrease(x: number, increment: number): number {
  // (1 − r^(2k−1)) / (1 − r) = 1 + r + … + r^(2k−2), r = x / (x + increment), built up term by term.
  const r = x / (x + increment);
  const inverseSquare = 1 / (x * x);
  let geometric = 1;
  let power = 1;
  let sum = 0;
  for (let k = COEFFICIENTS.length - 1; k >= 0; k -= 1) {
    sum += (COEFFICIENTS[k] as number) * power * geometric;
    power *= inverseSquare;
    geometric = 1 + r + r * r * geometric;
  }
  return (sum / x) * (increment / (x + increment));
}
