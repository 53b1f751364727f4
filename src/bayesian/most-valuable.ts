/** A choice by what it brings. */
interface Valued {
  readonly netGain: number;
}

/** A share of the number of units within which the best is found: the net gain is flat there. */
const PRECISION = 1e-3;
const GOLDEN = (Math.sqrt(5) - 1) / 2;

/**
 * The number of units with the largest net gain: of 1, 2, 4, …, and then by golden section between the neighbours of the
 * best of these. That is some 50 evaluations.
 *
 * @param at the choice of a whole number of units; `beyond` where there are not so many, null where it is out of reach
 * @param none the choice of no units
 * @returns the best choice, and whether choices out of reach could have been better
 */
export function mostValuable<T extends Valued>(
  at: (n: number) => T | "beyond" | null,
  none: T,
): { readonly best: T; readonly isLimited: boolean } {
  let best = none;
  let bestN = 0;
  let n = 1;
  let choice = at(n);
  while (choice !== null && choice !== "beyond") {
    if (choice.netGain > best.netGain) [best, bestN] = [choice, n];
    n *= 2;
    choice = at(n);
  }
  const value = (units: number): number => {
    const found = at(units);
    if (found === null || found === "beyond") return -Infinity;
    if (found.netGain > best.netGain) best = found;
    return found.netGain;
  };
  let [low, high] = [Math.floor(bestN / 2), bestN * 2];
  let [left, right] = [section(high, low), section(low, high)];
  let [atLeft, atRight] = [value(left), value(right)];
  while (high - low > Math.max(2, PRECISION * high)) {
    if (atLeft >= atRight) {
      [high, right, atRight] = [right, left, atLeft];
      left = section(high, low);
      atLeft = value(left);
    } else {
      [low, left, atLeft] = [left, right, atRight];
      right = section(low, high);
      atRight = value(right);
    }
  }
  return { best, isLimited: choice === null && bestN === n / 2 };
}

/** The whole number at the golden section of the way. */
function section(from: number, to: number): number {
  return Math.round(from + GOLDEN * (to - from));
}
