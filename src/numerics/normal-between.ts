import { gaussLegendre } from "./gauss-legendre.ts";
import { normalCdf, normalPdf, normalSf } from "./normal.ts";
import { exp } from "./elementary/exp.ts";

/** Enough for full precision where the density varies by no more than a few powers of e. */
const RULE = /* @__PURE__ */ gaussLegendre(12);

/**
 * P(lower < Z <= upper) of a standard normal for lower <= upper, to full relative precision however small.
 *
 * @param width upper − lower, where the caller knows it better than the difference of two doubles
 */
export function normalBetween(lower: number, upper: number, width: number = upper - lower): number {
  const nearest = Math.min(Math.abs(lower), Math.abs(upper));
  // Here the two tails are so close that their difference would lose digits: the density is summed instead, by its
  // ratio to the density at the end nearest 0, so that no digits of the steps into the slice are lost.
  if (width * (1 + nearest) < 1) {
    const start = Math.abs(lower) <= Math.abs(upper) ? lower : -upper;
    let sum = 0;
    for (let i = 0; i < RULE.nodes.length; i++) {
      const step = 0.5 * width * (1 + RULE.nodes[i]!);
      sum += RULE.weights[i]! * exp(-step * (start + 0.5 * step));
    }
    return 0.5 * width * sum * normalPdf(start);
  }
  if (lower >= 0) return normalSf(lower) - normalSf(upper);
  if (upper <= 0) return normalCdf(upper) - normalCdf(lower);
  return 1 - normalCdf(lower) - normalSf(upper);
}
