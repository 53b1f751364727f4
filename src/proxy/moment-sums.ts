import type { EffectTable } from "./effect-table.ts";

/** Experiments that share nothing with any others: one with its own control, or a cluster around one control. */
export interface IndependentGroup {
  readonly members: readonly number[];
  /** What the estimates of any two members share; null where there is one member. */
  readonly shared: Float64Array | null;
}

/** The experiments of a table in groups that are independent of each other. */
export function independentGroups({ experiments, clusters }: EffectTable): IndependentGroup[] {
  const isInCluster = new Uint8Array(experiments);
  for (const { members } of clusters) for (const k of members) isInCluster[k] = 1;
  const groups: IndependentGroup[] = [...clusters];
  for (let k = 0; k < experiments; k++) {
    if (isInCluster[k] === 0) groups.push({ members: [k], shared: null });
  }
  return groups;
}

/**
 * The weighted sums over past experiments that moments of true effects are made of. They add up over independent
 * groups, so that leaving one out is a subtraction. Matrices are flat, and only [i · metrics + j] with i <= j is kept.
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

export function emptySums(metrics: number): MomentSums {
  return {
    weight: 0,
    squaredWeight: 0,
    effects: new Float64Array(metrics),
    products: new Float64Array(metrics * metrics),
    sampling: new Float64Array(metrics * metrics),
    pairs: new Float64Array(metrics * metrics),
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
  const { metrics, covariances } = table;
  let groupWeight = 0;
  let groupSquares = 0;
  for (const k of members) {
    const w = weights[k]!;
    groupWeight += w;
    groupSquares += w * w;
    for (let i = 0; i < metrics; i++) {
      const d = w * (table.effects[k * metrics + i]! - centre[i]!);
      sums.effects[i]! += d;
      for (let j = i; j < metrics; j++) {
        const at = i * metrics + j;
        const covariance = w * covariances[k * metrics * metrics + at]!;
        sums.products[at]! += d * (table.effects[k * metrics + j]! - centre[j]!);
        sums.sampling[at]! += covariance;
        sums.pairs[at]! += w * covariance;
      }
    }
  }
  sums.weight += groupWeight;
  sums.squaredWeight += groupSquares;
  if (shared === null) return;
  const crossWeight = groupWeight * groupWeight - groupSquares;
  for (let at = 0; at < shared.length; at++) sums.pairs[at]! += crossWeight * shared[at]!;
}

/** Sets `target` to `all` without `part`. */
export function leaveOut(target: MomentSums, all: MomentSums, part: MomentSums): void {
  target.weight = all.weight - part.weight;
  target.squaredWeight = all.squaredWeight - part.squaredWeight;
  for (const name of ["effects", "products", "sampling", "pairs"] as const) {
    const [to, from, less] = [target[name], all[name], part[name]];
    for (let at = 0; at < to.length; at++) to[at] = from[at]! - less[at]!;
  }
}

export function clearSums(sums: MomentSums): void {
  sums.weight = 0;
  sums.squaredWeight = 0;
  sums.effects.fill(0);
  sums.products.fill(0);
  sums.sampling.fill(0);
  sums.pairs.fill(0);
}

/** The sums over a whole table. */
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

/** The full symmetric matrix of a flat upper triangle. */
export function symmetricMatrix(upper: Float64Array, size: number): number[][] {
  return Array.from({ length: size }, (_row, i) =>
    Array.from({ length: size }, (_column, j) => upper[Math.min(i, j) * size + Math.max(i, j)]!),
  );
}
