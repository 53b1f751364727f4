/** Which of many weighted things stand for all, and with what weights. */
export interface ThinWeights {
  readonly kept: readonly number[];
  /** One for each that was kept; their sum is that of all weights. */
  readonly weights: readonly number[];
}

/**
 * Few weights for many: those above a threshold stay as they are, and of the lighter ones evenly many are kept, each with
 * the threshold for its weight, so that no other choice of as many changes weighted sums less on average.
 *
 * Fearnhead and Clifford (2003), with the middle of the first step in place of a random start.
 *
 * @param weights - at or above 0
 * @param most - how many to keep at most
 */
export function thinWeights(weights: Float64Array, most: number): ThinWeights {
  const order = [...weights.keys()].filter((k) => weights[k]! > 0);
  order.sort((a, b) => weights[b]! - weights[a]!);
  if (order.length <= most) return { kept: order, weights: order.map((k) => weights[k]!) };
  /** What each and all lighter ones come to: summed from the lightest, so that it is above 0 to the last. */
  const rest = order.map((k) => weights[k]!);
  for (let i = rest.length - 2; i >= 0; i--) rest[i]! += rest[i + 1]!;
  // The heaviest stay while they are above what the rest come to among the places that are left.
  let heavy = 0;
  while (heavy < most && weights[order[heavy]!]! * (most - heavy) >= rest[heavy]!) heavy++;
  // With no place left the rest are lost in the rounding of the heaviest.
  const threshold = heavy < most ? rest[heavy]! / (most - heavy) : Infinity;
  const kept = order.slice(0, heavy);
  const own = kept.map((k) => weights[k]!);
  let sum = 0.5 * threshold;
  for (const k of order.slice(heavy)) {
    sum += weights[k]!;
    if (sum < threshold) continue;
    sum -= threshold;
    kept.push(k);
    own.push(threshold);
  }
  return { kept, weights: own };
}
