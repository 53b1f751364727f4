import type { PValueScale } from "./p-value-scale.ts";

// Hommel's closed test by the algorithm of Wright (1992), as R's p.adjust has it: for each size k of an
// intersection, the Simes p-value of its largest members bounds the adjusted values from below.

/** Adjusts p-values that ascend, in O(m²). */
export function hommel(sorted: Float64Array, times: PValueScale["times"]): Float64Array {
  const m = sorted.length;
  /** The least k/j times p of the largest, j counted on from `first`. */
  const simes = (from: number, k: number, first: number): number => {
    let least = Infinity;
    for (let rank = from; rank < m; rank++) {
      least = Math.min(least, times(sorted[rank]!, k / (rank - from + first)));
    }
    return least;
  };
  const adjusted = new Float64Array(m).fill(simes(0, m, 1));
  for (let k = m - 1; k >= 2; k--) {
    const split = m - k + 1;
    const upper = simes(split, k, 2);
    for (let rank = 0; rank < split; rank++) {
      adjusted[rank] = Math.max(adjusted[rank]!, Math.min(times(sorted[rank]!, k), upper));
    }
    const last = Math.min(times(sorted[split - 1]!, k), upper);
    for (let rank = split; rank < m; rank++) adjusted[rank] = Math.max(adjusted[rank]!, last);
  }
  return adjusted.map((p, rank) => Math.max(p, sorted[rank]!));
}
