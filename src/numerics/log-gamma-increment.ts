import { STIRLING_SERIES_FROM, stirlingSeriesDecrease } from "./stirling-series.ts";
import { ln } from "./elementary/ln.ts";
import { log1p } from "./elementary/log1p.ts";

/**
 * ln Γ(x + increment) − ln Γ(x) for x > 0 and increment > 0, without the cancellation of two large logs and to full
 * relative precision for small increments. Source: Stirling's formula with the differences taken term by term, as
 * Didonato and Morris (1992, ACM TOMS algorithm 708, ALGDIV) do.
 */
export function logGammaIncrement(x: number, increment: number): number {
  let base = x;
  let shift = 0;
  while (base < STIRLING_SERIES_FROM) {
    shift += log1p(increment / base);
    base += 1;
  }
  const stirling = (base + increment - 0.5) * log1p(increment / base) + increment * (ln(base) - 1);
  return stirling - stirlingSeriesDecrease(base, increment) - shift;
}
