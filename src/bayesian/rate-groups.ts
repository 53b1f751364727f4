import { ln } from "../numerics/elementary/ln.ts";
import { log1p } from "../numerics/elementary/log1p.ts";

/** Rates that are near enough to one of them for their likelihood ratio to it to stay within the range of doubles. */
export interface RateGroup {
  readonly reference: number;
  /** Places of its rates in the list. */
  readonly members: readonly number[];
}

/** Of ln likelihood ratio: with nine standard deviations more it stays within e^±600. */
const FARTHEST = 300;

/** Splits rates into as few groups as n units allow. */
export function rateGroups(rates: readonly number[], n: number): RateGroup[] {
  const order = rates.map((_, index) => index).toSorted((i, j) => rates[i]! - rates[j]!);
  const isNear = (rate: number, reference: number): boolean => n * divergence(rate, reference) <= FARTHEST;
  const groups: RateGroup[] = [];
  for (let from = 0; from < order.length;) {
    const lowest = rates[order[from]!]!;
    let middle = from;
    while (middle + 1 < order.length && isNear(lowest, rates[order[middle + 1]!]!)) middle++;
    const reference = rates[order[middle]!]!;
    let to = middle + 1;
    while (to < order.length && isNear(rates[order[to]!]!, reference)) to++;
    groups.push({ reference, members: order.slice(from, to) });
    from = to;
  }
  return groups;
}

/** Kullback–Leibler divergence of two Bernoulli distributions. */
function divergence(rate: number, reference: number): number {
  return rate * ln(rate / reference) + (1 - rate) * (log1p(-rate) - log1p(-reference));
}
