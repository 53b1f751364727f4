import type { EffectTable } from "./effect-table.ts";
import { independentGroups } from "./independent-groups.ts";
import { exp } from "../numerics/elementary/exp.ts";
import { ln } from "../numerics/elementary/ln.ts";

/** What effects on the two metrics are counted in: typical errors, so that no product leaves the range of doubles. */
export interface EffectUnits {
  readonly unitProxy: number;
  readonly unitMacro: number;
}

/** A table of one proxy and the macro metric as a likelihood reads it: experiments of one covariance in one row. */
export interface EffectColumns extends EffectUnits {
  /** Rows up to here share no control. */
  readonly alone: number;
  /** Rows of each cluster, in which the shared part is left out of the sampling covariances. */
  readonly clusters: readonly ColumnCluster[];
  /** Experiments in the row. */
  readonly count: Float64Array;
  /** Sampling covariance, and its determinant. */
  readonly s11: Float64Array;
  readonly s12: Float64Array;
  readonly s22: Float64Array;
  readonly sDeterminant: Float64Array;
  /** Sums of estimates, and of their products. */
  readonly d1: Float64Array;
  readonly d2: Float64Array;
  readonly d11: Float64Array;
  readonly d12: Float64Array;
  readonly d22: Float64Array;
}

/** Rows against one control. */
export interface ColumnCluster {
  readonly from: number;
  readonly to: number;
  /** Sampling covariance of the control: proxy, both, macro. */
  readonly shared: readonly [number, number, number];
}

/**
 * Sorts a table of two metrics into columns. Time linear in the number of experiments.
 *
 * @param units - of the columns; the geometric means of the standard errors unless said
 */
export function effectColumns(
  { experiments, effects, covariances, clusters }: EffectTable,
  units: EffectUnits = {
    unitProxy: typicalError(covariances, experiments, 0),
    unitMacro: typicalError(covariances, experiments, 3),
  },
): EffectColumns {
  const { unitProxy, unitMacro } = units;
  const inUnits = (covariance: ArrayLike<number>, at: number): [number, number, number] => [
    covariance[at]! / unitProxy ** 2,
    covariance[at + 1]! / (unitProxy * unitMacro),
    covariance[at + 3]! / unitMacro ** 2,
  ];
  const column = (): Float64Array => new Float64Array(experiments);
  const [count, s11, s12, s22, sDeterminant] = [column(), column(), column(), column(), column()];
  const [d1, d2, d11, d12, d22] = [column(), column(), column(), column(), column()];
  let rows = 0;
  const place = (k: number, row: number, shared: readonly [number, number, number]): void => {
    const [proxy, both, macro] = inUnits(covariances, 4 * k);
    const [x, y] = [effects[2 * k]! / unitProxy, effects[2 * k + 1]! / unitMacro];
    count[row]! += 1;
    s11[row] = proxy - shared[0];
    s12[row] = both - shared[1];
    s22[row] = macro - shared[2];
    sDeterminant[row] = s11[row]! * s22[row]! - s12[row]! ** 2;
    d1[row]! += x;
    d2[row]! += y;
    d11[row]! += x * x;
    d12[row]! += x * y;
    d22[row]! += y * y;
  };
  const rowOfCovariance = new Map<string, number>();
  for (const { members, shared } of independentGroups({ experiments, clusters })) {
    if (shared !== null) continue;
    const k = members[0]!;
    const key = `${covariances[4 * k]} ${covariances[4 * k + 1]} ${covariances[4 * k + 3]}`;
    const row = rowOfCovariance.get(key) ?? rows++;
    rowOfCovariance.set(key, row);
    place(k, row, [0, 0, 0]);
  }
  const alone = rows;
  const columnClusters = clusters.map((cluster) => {
    const from = rows;
    const shared = inUnits(cluster.shared, 0);
    for (const k of cluster.members) place(k, rows++, shared);
    return { from, to: rows, shared };
  });
  return {
    unitProxy,
    unitMacro,
    alone,
    clusters: columnClusters,
    count,
    s11,
    s12,
    s22,
    sDeterminant,
    d1,
    d2,
    d11,
    d12,
    d22,
  };
}

/** Geometric mean of the standard errors of one metric. */
function typicalError(covariances: Float64Array, experiments: number, entry: number): number {
  let logs = 0;
  for (let k = 0; k < experiments; k++) logs += ln(covariances[4 * k + entry]!);
  return exp((0.5 * logs) / experiments);
}
