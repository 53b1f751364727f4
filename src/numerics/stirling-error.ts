import { logGamma } from "./log-gamma.ts";
import { LOG_SQRT_TWO_PI } from "./normal-tail.ts";
import { STIRLING_SERIES_FROM, stirlingSeries } from "./stirling-series.ts";
import { ln } from "./elementary/ln.ts";

/**
 * ln Γ(x) − [(x − 1/2) ln x − x + ln √(2π)] for any x > 0: the error of Stirling's formula, absolutely right to 1e-15.
 * Source: C. Loader (2000), Fast and accurate computation of binomial probabilities.
 */
export function stirlingError(x: number): number {
  if (x >= STIRLING_SERIES_FROM) return stirlingSeries(x);
  return logGamma(x) - (x - 0.5) * ln(x) + x - LOG_SQRT_TWO_PI;
}
