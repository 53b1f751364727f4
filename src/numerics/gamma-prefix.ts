import { logGammaOnePlus } from "./log-gamma.ts";
import { log1pmx } from "./log1pmx.ts";
import { LOG_SQRT_TWO_PI } from "./normal-tail.ts";
import { stirlingError } from "./stirling-error.ts";
import { ln } from "./elementary/ln.ts";

/**
 * ln [x^a e^(−x) / Γ(a)] for x > 0; `deviation` is x − a.
 *
 * Loader's saddle-point form (2000): the deviance and the Stirling error, no difference of large logs.
 */
export function logGammaPrefix(x: number, a: number, deviation: number): number {
  if (a < 1) return ln(a) + a * ln(x) - x - logGammaOnePlus(a);
  const relative = deviation / a;
  // ln(x/a) − (x − a)/a; away from the mean the ratio itself has more digits than the deviation.
  const deviance = Math.abs(relative) < 0.3 ? log1pmx(relative) : logRatio(x, a) - relative;
  return a * deviance - stirlingError(a) + 0.5 * ln(a) - LOG_SQRT_TWO_PI;
}

/** ln(x/a), also where the ratio is below the smallest double. */
function logRatio(x: number, a: number): number {
  return x > a * 1e-300 ? ln(x / a) : ln(x) - ln(a);
}

/** −ln Γ(1 + a): the lower tail of the gamma distribution starts as x^a times the exponential of this. */
export function logGammaPowerConstant(a: number): number {
  return -logGammaOnePlus(a);
}
