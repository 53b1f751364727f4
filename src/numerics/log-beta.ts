import { logGammaIncrement } from "./log-gamma-increment.ts";
import { logGamma } from "./log-gamma.ts";
import { LOG_SQRT_TWO_PI } from "./normal-tail.ts";
import { STIRLING_SERIES_FROM, stirlingSeries } from "./stirling-series.ts";
import { ln } from "./elementary/ln.ts";
import { log1p } from "./elementary/log1p.ts";

/** ln B(a, b), the log of the beta function, without the cancellation of three large log-gammas. */
export function logBeta(a: number, b: number): number {
  const small = Math.min(a, b);
  const large = Math.max(a, b);
  if (small < STIRLING_SERIES_FROM) return logGamma(small) - logGammaIncrement(large, small);
  const stirling = stirlingSeries(small) + stirlingSeries(large) - stirlingSeries(small + large);
  const powers = small * -log1p(large / small) - large * log1p(small / large);
  return powers + 0.5 * ln(1 / small + 1 / large) + LOG_SQRT_TWO_PI + stirling;
}
