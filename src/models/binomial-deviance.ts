import { log1pmx } from "../numerics/log1pmx.ts";
import type { Proportion } from "../summaries/proportion.ts";
import { ln } from "../numerics/elementary/ln.ts";

/**
 * Twice the log-likelihood that an arm loses when its rate is moved by `shift` from what was seen,
 * 2n [p̂ ln(p̂/p) + q̂ ln(q̂/q)] with p = p̂ + shift: a sum of two positive terms at any n. Infinity at a rate that the
 * counts rule out.
 *
 * @param rate - p, from whoever knows it without a subtraction: one near 0 has no digits left in p̂ + shift
 * @param rest - q, likewise
 */
export function binomialDeviance(
  { n, conversions }: Proportion,
  shift: number,
  rate: number = conversions / n + shift,
  rest: number = (n - conversions) / n - shift,
): number {
  return (
    -2 * n * (outcomeTerm(conversions / n, shift, rate) + outcomeTerm((n - conversions) / n, -shift, rest))
  );
}

/** p̂ [ln(p/p̂) − shift/p̂], whose linear parts cancel between the two outcomes. */
function outcomeTerm(seen: number, shift: number, moved: number): number {
  if (seen === 0) return -shift;
  return moved < 0.5 * seen ? seen * ln(moved / seen) - shift : seen * log1pmx(shift / seen);
}
