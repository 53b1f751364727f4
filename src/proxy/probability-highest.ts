import { gaussLegendreRule } from "../numerics/gauss-legendre-rule.ts";

/** What a quantity of one candidate may be, with probabilities that sum to 1. */
export interface DiscretePosterior {
  readonly values: readonly number[];
  readonly weights: readonly number[];
}

/** Exact for ties among up to twice as many candidates, and beyond them to many digits. */
const TIE_NODES = 16;

/**
 * The probability of each candidate that its quantity is the highest of all, the posteriors independent and ties broken
 * by lot. In order of the values: a candidate is the highest at one of its values when all others lie below, or share it
 * and draw a higher lot u, which is integrated over. The probabilities sum to 1.
 */
export function probabilityHighest(candidates: readonly DiscretePosterior[]): number[] {
  const points = candidates.flatMap(({ values, weights }, candidate) =>
    values.map((value, i) => ({ candidate, value, weight: weights[i]! })),
  );
  points.sort((a, b) => (a.value === b.value ? 0 : a.value < b.value ? -1 : 1));
  const below = new Float64Array(candidates.length);
  const here = new Float64Array(candidates.length);
  const highest = candidates.map(() => 0);
  for (let from = 0; from < points.length;) {
    let to = from;
    here.fill(0);
    for (; to < points.length && points[to]!.value === points[from]!.value; to++) {
      here[points[to]!.candidate]! += points[to]!.weight;
    }
    addShares(highest, below, here);
    for (let i = 0; i < below.length; i++) below[i]! += here[i]!;
    from = to;
  }
  return highest;
}

/** Adds what each candidate wins at one value: weight · ∫ Π (below + u · here) over all others and lots u from 0 to 1. */
function addShares(highest: number[], below: Float64Array, here: Float64Array): void {
  const tied = here.reduce((count, weight) => (weight > 0 ? count + 1 : count), 0);
  const { nodes, weights } = gaussLegendreRule(tied === 1 ? 1 : TIE_NODES);
  for (let i = 0; i < here.length; i++) {
    if (here[i] === 0) continue;
    let others = 0;
    for (let k = 0; k < nodes.length; k++) {
      const lot = 0.5 * (1 + nodes[k]!);
      let product = 0.5 * weights[k]!;
      for (let j = 0; j < here.length; j++) if (j !== i) product *= below[j]! + lot * here[j]!;
      others += product;
    }
    highest[i]! += here[i]! * others;
  }
}
