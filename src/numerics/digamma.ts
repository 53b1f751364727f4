import { polynomial } from "./polynomial.ts";
import { ln } from "./elementary/ln.ts";

/** From here on the series below are right to a few parts in 10^17. */
export const SERIES_FROM = 10;

// B_2k / 2k and B_2k for k = 8 down to 1, B the Bernoulli numbers.
const DIGAMMA_COEFFICIENTS = [
  -0.4432598039215686, 0.08333333333333333, -0.021092796092796094, 0.007575757575757576,
  -0.004166666666666667, 0.003968253968253968, -0.008333333333333333, 0.08333333333333333,
];
const TRIGAMMA_COEFFICIENTS = [
  -7.092156862745098, 1.1666666666666667, -0.2531135531135531, 0.07575757575757576, -0.03333333333333333,
  0.023809523809523808, -0.03333333333333333, 0.16666666666666666,
];

/** ψ(x), the derivative of ln Γ, for x > 0: absolutely right to 1e-15 of ψ or 1. Abramowitz and Stegun (1964), 6.3.18. */
export function digamma(x: number): number {
  let base = x;
  let shift = 0;
  for (; base < SERIES_FROM; base += 1) shift += 1 / base;
  return ln(base) - 0.5 / base - digammaSeries(base) - shift;
}

/** ψ'(x), the second derivative of ln Γ, for x > 0. Abramowitz and Stegun (1964), 6.4.12. */
export function trigamma(x: number): number {
  let base = x;
  let shift = 0;
  for (; base < SERIES_FROM; base += 1) shift += 1 / (base * base);
  return 1 / base + 0.5 / (base * base) + trigammaSeries(base) + shift;
}

/** ln x − 1/(2x) − ψ(x), from SERIES_FROM on. */
export function digammaSeries(x: number): number {
  const inverseSquare = 1 / (x * x);
  return inverseSquare * polynomial(DIGAMMA_COEFFICIENTS, inverseSquare);
}

/** ψ'(x) − 1/x − 1/(2x²), from SERIES_FROM on. */
export function trigammaSeries(x: number): number {
  const inverseSquare = 1 / (x * x);
  return (inverseSquare / x) * polynomial(TRIGAMMA_COEFFICIENTS, inverseSquare);
}
