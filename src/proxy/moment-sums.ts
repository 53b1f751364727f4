import type { EffectTable } from "./effect-table.ts";
import type { IndependentGroup } from "./independent-groups.ts";

/**
 * The weighted sums over past experiments that moments of true effects are made of. They add up over independent
 * groups, so that leaving one out is a subtraction. Of symmetric matrices the upper triangle is kept, row after row.
 */
export interface MomentSums {
  /** Σ w. */
  weight: number;
  /** Σ w². */
  squaredWeight: number;
  /** Σ w d, with the estimated effects d from a centre. */
  readonly effects: Float64Array;
  /** Σ w d dᵀ. */
  readonly products: Float64Array;
  /** Σ w S, with the sampling covariances S. */
  readonly sampling: Float64Array;
  /** Σ Σ w w S over pairs of experiments, each with itself and with those that share its control. */
  readonly pairs: Float64Array;
}

/** The sums over no experiment. */
export function emptySums(metrics: number): MomentSums {
  const triangle = (): Float64Array => new Float64Array((metrics * (metrics + 1)) / 2);
  return {
    weight: 0,
    squaredWeight: 0,
    effects: new Float64Array(metrics),
    products: triangle(),
    sampling: triangle(),
    pairs: triangle(),
  };
}

/** Adds a group to the sums. */
export function addGroup(
  sums: MomentSums,
  table: EffectTable,
  weights: Float64Array,
  centre: Float64Array,
  { members, shared }: IndependentGroup,
): void {
  const { metrics, effects, covariances } = table;
  const { effects: effectSums, products, sampling, pairs } = sums;
  let groupWeight = 0;
  let groupSquares = 0;
  for (let member = 0; member < members.length; member++) {
    const k = members[member]!;
    const w = weights[k]!;
    groupWeight += w;
    groupSquares += w * w;
    for (let i = 0, at = 0; i < metrics; i++) {
      const d = w * (effects[k * metrics + i]! - centre[i]!);
      effectSums[i]! += d;
      for (let j = i; j < metrics; j++, at++) {
        const covariance = w * covariances[(k * metrics + i) * metrics + j]!;
        products[at]! += d * (effects[k * metrics + j]! - centre[j]!);
        sampling[at]! += covariance;
        pairs[at]! += w * covariance;
      }
    }
  }
  sums.weight += groupWeight;
  sums.squaredWeight += groupSquares;
  if (shared === null) return;
  const crossWeight = groupWeight * groupWeight - groupSquares;
  for (let i = 0, at = 0; i < metrics; i++) {
    for (let j = i; j < metrics; j++, at++) pairs[at]! += crossWeight * shared[i * metrics + j]!;
  }
}

/** The sums over all groups. */
export function sumsOver(
  table: EffectTable,
  weights: Float64Array,
  centre: Float64Array,
  groups: readonly IndependentGroup[],
): MomentSums {
  const sums = emptySums(table.metrics);
  for (const group of groups) addGroup(sums, table, weights, centre, group);
  return sums;
}

/** Sets `rest` to `all` without `part`. */
export function leaveOut(rest: MomentSums, all: MomentSums, part: MomentSums): void {
  rest.weight = all.weight - part.weight;
  rest.squaredWeight = all.squaredWeight - part.squaredWeight;
  subtract(rest.effects, all.effects, part.effects);
  subtract(rest.products, all.products, part.products);
  subtract(rest.sampling, all.sampling, part.sampling);
  subtract(rest.pairs, all.pairs, part.pairs);
}

function subtract(target: Float64Array, from: Float64Array, part: Float64Array): void {
  for (let at = 0; at < target.length; at++) target[at] = from[at]! - part[at]!;
}

/** Back to the sums over no experiment. */
export function clearSums(sums: MomentSums): void {
  sums.weight = 0;
  sums.squaredWeight = 0;
  sums.effects.fill(0);
  sums.products.fill(0);
  sums.sampling.fill(0);
  sums.pairs.fill(0);
}

/** The full matrix of an upper triangle. */
export function fromTriangle(triangle: Float64Array, size: number): number[][] {
  return Array.from({ length: size }, (_row, i) =>
    Array.from({ length: size }, (_column, j) => triangle[placeInTriangle(i, j, size)]!),
  );
}

/** Where a triangle keeps entry [i][j]. */
export function placeInTriangle(i: number, j: number, size: number): number {
  const row = Math.min(i, j);
  return row * size - (row * (row + 1)) / 2 + Math.max(i, j);
}
