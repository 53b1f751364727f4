import { drawBinomial } from "./draw-binomial.ts";

/** Up to this deviation the table stays within the fast memory of a core, and a draw costs one look into it. */
const LARGEST_TABLED_DEVIATION = 2000;
/** Outcomes this much less likely than the likeliest one are left out: together less likely than 1e-16. */
const NEGLIGIBLE = 2 ** -70;

/**
 * Prepares many draws from one binomial distribution: each is exact, and several times as fast as a single one.
 *
 * The table is made by products and quotients of doubles alone, so that the draws are the same on every engine. A
 * distribution too wide for a table is drawn from by rejection.
 *
 * Source: Walker (1977); the table by Vose (1991), "A linear algorithm for generating random numbers with a given
 * distribution".
 *
 * @param n - trials, a whole number of 0 or more
 * @param p - probability of success, in [0, 1]
 * @param uniform - a stream of draws from (0, 1)
 * @returns the number of successes, a new draw at each call
 */
export function binomialSampler(n: number, p: number, uniform: () => number): () => number {
  if (Math.sqrt(n * p * (1 - p)) > LARGEST_TABLED_DEVIATION) return () => drawBinomial(n, p, uniform);
  const { first, weights } = p > 0.5 ? mirrored(n, likely(n, 1 - p)) : likely(n, p);
  const { thresholds, aliases } = aliasTable(weights);
  const cells = weights.length;
  return () => {
    const u = uniform() * cells;
    const cell = Math.floor(u);
    return first + (u < thresholds[cell]! ? cell : aliases[cell]!);
  };
}

/** The outcomes that occur, from `first` on, with probabilities up to a constant. */
interface Outcomes {
  readonly first: number;
  readonly weights: readonly number[];
}

/** Outward from the mode, by the ratio of neighbours; p at most 1/2. */
function likely(n: number, p: number): Outcomes {
  const odds = p / (1 - p);
  const mode = Math.floor((n + 1) * p);
  const below: number[] = [];
  let first = mode;
  for (let weight = 1; first > 0; first--) {
    weight *= first / ((n - first + 1) * odds);
    if (weight < NEGLIGIBLE) break;
    below.push(weight);
  }
  const above: number[] = [];
  for (let k = mode, weight = 1; k < n; k++) {
    weight *= ((n - k) * odds) / (k + 1);
    if (weight < NEGLIGIBLE) break;
    above.push(weight);
  }
  return { first, weights: [...below.toReversed(), 1, ...above] };
}

/** Failures counted instead of successes. */
function mirrored(n: number, { first, weights }: Outcomes): Outcomes {
  return { first: n - (first + weights.length - 1), weights: weights.toReversed() };
}

/**
 * Cells of equal probability, each shared by two outcomes: the cell's own one below its threshold, and an alias above.
 */
function aliasTable(weights: readonly number[]): { thresholds: Float64Array; aliases: Int32Array } {
  const cells = weights.length;
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const shares = Float64Array.from(weights, (weight) => (weight * cells) / total);
  const thresholds = Float64Array.from(weights, (_, cell) => cell + 1);
  const aliases = new Int32Array(cells);
  const poor: number[] = [];
  const rich: number[] = [];
  shares.forEach((share, cell) => (share < 1 ? poor : rich).push(cell));
  while (poor.length > 0 && rich.length > 0) {
    const taker = poor.pop()!;
    const giver = rich.at(-1)!;
    thresholds[taker] = taker + shares[taker]!;
    aliases[taker] = giver;
    shares[giver]! += shares[taker]! - 1;
    if (shares[giver]! < 1) poor.push(rich.pop()!);
  }
  return { thresholds, aliases };
}
