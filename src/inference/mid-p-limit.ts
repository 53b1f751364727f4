import { betaCdf, betaPdf, betaQuantile, betaSf, betaUpperQuantile } from "../numerics/beta.ts";
import { newtonRoot } from "../numerics/newton-root.ts";
import type { Proportion } from "../summaries/proportion.ts";
import { exp } from "../numerics/elementary/exp.ts";
import { expm1 } from "../numerics/elementary/expm1.ts";
import { ln } from "../numerics/elementary/ln.ts";

// Limits of Clopper and Pearson with only half of the probability of the observed count: P(X > x) + P(X = x)/2 = tail
// for the lower one. Both P(X > x) and P(X >= x) are Beta tails, so the root lies between their quantiles, and Newton's
// method on the log of their mean finds it.

/** The rate at which x conversions or more, x counted by half, have the probability `tail`. */
export function lowerMidPLimit({ n, conversions: x }: Proportion, tail: number): number {
  // At rates of 0 and 1 the outcomes 0 and n have a mid-p of one half, and the others of 0 and 1.
  if (x === 0) return tail <= 0.5 ? 0 : -expm1(ln(2 * (1 - tail)) / n);
  if (x === n) return tail >= 0.5 ? 1 : exp(ln(2 * tail) / n);
  const lowest = betaQuantile(tail, x, n - x + 1);
  const highest = betaQuantile(tail, x + 1, n - x);
  return newtonRoot(
    (p) => {
      const probability = betaCdf(p, x, n - x + 1) + betaCdf(p, x + 1, n - x);
      const density = betaPdf(p, x, n - x + 1) + betaPdf(p, x + 1, n - x);
      return [ln(probability / (2 * tail)), density / probability];
    },
    lowest,
    highest,
    (lowest + highest) / 2,
  );
}

/** The rate at which x conversions or fewer, x counted by half, have the probability `tail`. */
export function upperMidPLimit({ n, conversions: x }: Proportion, tail: number): number {
  if (x === n) return tail <= 0.5 ? 1 : exp(ln(2 * (1 - tail)) / n);
  if (x === 0) return tail >= 0.5 ? 0 : -expm1(ln(2 * tail) / n);
  const lowest = betaUpperQuantile(tail, x, n - x + 1);
  const highest = betaUpperQuantile(tail, x + 1, n - x);
  return newtonRoot(
    (p) => {
      const probability = betaSf(p, x, n - x + 1) + betaSf(p, x + 1, n - x);
      const density = betaPdf(p, x, n - x + 1) + betaPdf(p, x + 1, n - x);
      return [-ln(probability / (2 * tail)), density / probability];
    },
    lowest,
    highest,
    (lowest + highest) / 2,
  );
}
