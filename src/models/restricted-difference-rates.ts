import { newtonRoot } from "../numerics/newton-root.ts";
import type { Proportion } from "../summaries/proportion.ts";
import { crossProductBeyond } from "./cross-product-beyond.ts";
import type { Rate, RestrictedRates } from "./restricted-rates.ts";

// Where the likelihood under p₂ − p₁ = δ is highest (see difference-score-limit.ts), with a multiplier k,
//
//   p₁ − p̂₁ = k p₁q₁/n₁   and   p̂₂ − p₂ = k p₂q₂/n₂,
//
// so that k (p₁q₁/n₁ + p₂q₂/n₂) = p̂₂ − p̂₁ − δ. The left side increases with k, and nothing in it cancels, while the
// closed solution of the cubic in p₁ loses half of the digits where two of its roots are close.

/** p̂₂ − p̂₁ − δ. */
export function differenceBeyond(control: Proportion, treatment: Proportion, difference: number): number {
  const { n: n1, conversions: x1 } = control;
  const { n: n2, conversions: x2 } = treatment;
  return crossProductBeyond(x2, n1, x1, n2, difference, n1, n2) / (n1 * n2);
}

/** The most likely rates whose difference is `difference`, in (−1, 1). */
export function restrictedDifferenceRates(
  control: Proportion,
  treatment: Proportion,
  difference: number,
): RestrictedRates {
  const beyond = differenceBeyond(control, treatment, difference);
  if (beyond < 0) {
    const swapped = restrictedDifferenceRates(treatment, control, -difference);
    return { control: swapped.treatment, treatment: swapped.control };
  }
  // Lowering the treatment's rate is raising its rate of not converting.
  const first = rateOf(control);
  const second = rateOf({ n: treatment.n, conversions: treatment.n - treatment.conversions });
  const { n: n1 } = control;
  const { n: n2 } = treatment;
  const ratesAt = (base: number, offset: number): readonly [Raised, Raised] => [
    raised(first, (base + offset) / n1, (base - n1 + offset) / n1),
    raised(second, (base + offset) / n2, (base - n2 + offset) / n2),
  ];
  // Three forms of one equation, of which the one with the smallest terms has the smallest rounding.
  const excess = (one: Raised, two: Raised, shift: number): number => {
    const rates = Math.max(one.rate, two.rest);
    const rests = Math.max(one.rest, two.rate);
    if (beyond <= Math.min(rates, rests)) return shift - beyond;
    return difference - (rates < rests ? two.rest - one.rate : one.rest - two.rate);
  };
  const solve = (base: number, start: number): number =>
    newtonRoot(
      (offset) => {
        const [one, two] = ratesAt(base, offset);
        const slope1 = (one.rate * one.rest) / n1;
        const slope2 = (two.rate * two.rest) / n2;
        const value = excess(one, two, (base + offset) * (slope1 + slope2));
        return [value, slope1 / one.root + slope2 / two.root];
      },
      -base,
      Infinity,
      start,
    );
  // A rate of 0 leaves 0 at k = n and follows k − n, so k is measured from the nearest of these kinks.
  const multiplier = beyond === 0 ? 0 : solve(0, startingMultiplier(first, n1, second, n2, beyond));
  const base = [0, n1, n2].reduce((a, b) => (Math.abs(multiplier - b) < Math.abs(multiplier - a) ? b : a));
  const offset = base === 0 ? multiplier : solve(base, multiplier - base);
  const [one, two] = ratesAt(base, offset);
  return {
    control: { rate: one.rate, rest: one.rest },
    treatment: { rate: two.rest, rest: two.rate },
  };
}

interface Raised extends Rate {
  /** The root of the discriminant, which is also the derivative of the quadratic. */
  readonly root: number;
}

/** The solution p of p − p̂ = c p (1 − p) and its complement, for c >= 0, given c − 1 with its own digits. */
function raised({ rate, rest }: Rate, c: number, beyondOne: number): Raised {
  const root = Math.sqrt(beyondOne * beyondOne + 4 * c * rate);
  return {
    rate: beyondOne < 0 ? (2 * rate) / (root - beyondOne) : (beyondOne + root) / (2 * c),
    rest: (2 * rest) / (1 + c + root),
    root,
  };
}

function rateOf({ n, conversions }: Proportion): Rate {
  return { rate: conversions / n, rest: (n - conversions) / n };
}

/** Where one arm alone gives way by all of `beyond`, which is above the root; any point where neither can. */
function startingMultiplier(first: Rate, n1: number, second: Rate, n2: number, beyond: number): number {
  const start = Math.min(armAlone(first, n1, beyond), armAlone(second, n2, beyond));
  return start < Infinity ? start : n1 + n2;
}

function armAlone({ rate, rest }: Rate, n: number, beyond: number): number {
  return rest > beyond ? (n * beyond) / ((rate + beyond) * (rest - beyond)) : Infinity;
}
