import { LOG_SQRT_TWO_PI } from "./normal-tail.ts";
import { polynomial } from "./polynomial.ts";
import { STIRLING_SERIES_FROM, stirlingSeries } from "./stirling-series.ts";
import { ln } from "./elementary/ln.ts";
import { log1p } from "./elementary/log1p.ts";

// Taylor coefficients of ln Γ(2 + s): (−1)^k (ζ(k) − 1) / k for k = 30 down to 2, then 1 − γ (Abramowitz and Stegun 1964,
// 6.1.33). For |s| <= 1/2 they fall like 4^−k.
const TAYLOR_AT_TWO = [
  3.1044247747322276e-11, -6.4229645638381e-11, 1.330476437424449e-10, -2.7595228851242334e-10,
  5.731367241678862e-10, -1.1921401405860912e-9, 2.4836745438024785e-9, -5.183475041970047e-9,
  1.0838659214896955e-8, -2.2711094608943164e-8, 4.7698101693639804e-8, -1.0043224823968099e-7,
  2.1207184805554665e-7, -4.492469198764566e-7, 9.55141213040742e-7, -2.039215753801366e-6,
  4.374866789907488e-6, -9.439488275268397e-6, 2.050721277567069e-5, -4.492623673813314e-5,
  9.945751278180853e-5, -0.00022315475845357939, 0.0005096695247430425, -0.001192753911703261,
  0.0028905103307415234, -0.007385551028673986, 0.020580808427784546, -0.0673523010531981, 0.3224670334241132,
  0.42278433509846713,
];

/** ln Γ(x) for x > 0, with full relative precision at its zeros 1 and 2 too. */
export function logGamma(x: number): number {
  if (x >= STIRLING_SERIES_FROM) return (x - 0.5) * ln(x) - x + LOG_SQRT_TWO_PI + stirlingSeries(x);
  if (x < 0.5) return logGammaOnePlus(x) - ln(x);
  if (x <= 1.5) return logGammaOnePlus(x - 1);
  // Γ(x) = (x − 1)(x − 2)… Γ(2 + s), |s| <= 1/2.
  let argument = x;
  let product = 1;
  while (argument > 2.5) {
    argument -= 1;
    product *= argument;
  }
  return logGammaAtTwo(argument - 2) + ln(product);
}

/** ln Γ(1 + s) for s >= −1/2, with full relative precision near s = 0. */
export function logGammaOnePlus(s: number): number {
  return s <= 0.5 ? logGammaAtTwo(s) - log1p(s) : logGamma(1 + s);
}

function logGammaAtTwo(s: number): number {
  return s * polynomial(TAYLOR_AT_TWO, s);
}
