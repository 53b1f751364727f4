import { normalLogPdf, normalLogSf, normalUpperQuantile } from "./normal.ts";
import { exp } from "./elementary/exp.ts";
import { expm1 } from "./elementary/expm1.ts";

/** Down to here the tail itself has all its digits. */
const LOG_FROM = -690;

/** The z with ln P(Z > z) = logQ, also far below where the tail itself underflows. */
export function normalUpperQuantileOfLog(logQ: number): number {
  // Near 1 the complement has the digits.
  if (logQ > -Math.LN2) return 0 - normalUpperQuantile(-expm1(logQ));
  if (logQ > LOG_FROM) return normalUpperQuantile(exp(logQ));
  if (logQ === -Infinity) return Infinity;
  let z = Math.sqrt(-2 * logQ);
  // The log tail is nearly a parabola there: Newton's steps double the digits, and four are enough.
  for (let step = 0; step < 4; step++) {
    const log = normalLogSf(z);
    z += (log - logQ) * exp(log - normalLogPdf(z));
  }
  return z;
}
