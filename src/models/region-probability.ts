import { binomialLogPmf, binomialMode } from "../numerics/binomial-tails.ts";
import type { UpperRegion } from "./upper-region.ts";
import { exp } from "../numerics/elementary/exp.ts";

/** The probability of a region at a pair of rates, and its slopes in them: never above 0 in p₁, never below in p₂. */
export interface RegionProbability {
  readonly value: number;
  readonly slope1: number;
  readonly slope2: number;
}

/**
 * P(region) as a function of both rates, 0 < p₁, p₂ < 1: a sum over the control's conversions of their probability times
 * that of at least `edge` conversions of the treatment.
 *
 * @param negligible probabilities of single counts that may be dropped
 */
export function regionProbability(
  { n1, n2, edge }: Pick<UpperRegion, "n1" | "n2" | "edge">,
  negligible: number,
): (p1: number, p2: number) => RegionProbability {
  const pmf1 = new Float64Array(n1 + 1);
  const pmf2 = new Float64Array(n2 + 1);
  const tail2 = new Float64Array(n2 + 2);
  return (p1, p2) => {
    const [from1, to1] = fillPmf(pmf1, p1, negligible);
    const [from2, to2] = fillPmf(pmf2, p2, negligible);
    tail2[to2 + 1] = 0;
    for (let x2 = to2; x2 >= from2; x2--) tail2[x2] = tail2[x2 + 1]! + pmf2[x2]!;
    let value = 0;
    let slope1 = 0;
    let slope2 = 0;
    for (let x1 = from1; x1 <= to1; x1++) {
      const fewest = edge[x1]!;
      if (fewest > to2) continue;
      const tail = fewest <= from2 ? 1 : tail2[fewest]!;
      const probability = pmf1[x1]! * tail;
      value += probability;
      slope1 += probability * (x1 - n1 * p1);
      if (fewest >= from2) slope2 += pmf1[x1]! * fewest * pmf2[fewest]!;
    }
    return { value, slope1: slope1 / (p1 * (1 - p1)), slope2: slope2 / p2 };
  };
}

/** Fills in the probabilities of the counts that matter, outwards from the mode; the first and the last of them. */
function fillPmf(pmf: Float64Array, p: number, negligible: number): readonly [number, number] {
  const n = pmf.length - 1;
  const mode = binomialMode(n, p);
  const odds = p / (1 - p);
  pmf[mode] = exp(binomialLogPmf(mode, n, p));
  let last = mode;
  while (last < n && pmf[last]! > negligible) {
    pmf[last + 1] = pmf[last]! * (((n - last) / (last + 1)) * odds);
    last++;
  }
  let first = mode;
  while (first > 0 && pmf[first]! > negligible) {
    pmf[first - 1] = pmf[first]! * (first / (n - first + 1) / odds);
    first--;
  }
  return [first, last];
}
