import { log1pmx } from "../numerics/log1pmx.ts";
import type { Proportion } from "../summaries/proportion.ts";

/**
 * Twice the log-likelihood that an arm loses when its rate is moved by `shift` from what was seen,
 * 2n [p̂ ln(p̂/p) + q̂ ln(q̂/q)] with p = p̂ + shift: a sum of two positive terms at any n. Infinity at a rate that the
 * counts rule out.
 */
export function binomialDeviance({ n, conversions }: Proportion, shift: number): number {
  return -2 * n * (outcomeTerm(conversions / n, shift) + outcomeTerm((n - conversions) / n, -shift));
}

/** p̂ [ln(1 + shift/p̂) − shift/p̂], whose linear parts cancel between the two outcomes. */
function outcomeTerm(rate: number, shift: number): number {
  return rate === 0 ? -shift : rate * log1pmx(shift / rate);
}
