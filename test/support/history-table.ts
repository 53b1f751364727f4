import type { EffectTable } from "../../src/proxy/effect-table.ts";

/** A past experiment as effects with their sampling covariance, the macro metric last. */
export interface HistoryRow {
  readonly effects: readonly number[];
  readonly covariance: readonly (readonly number[])[];
}

/** A table from plain rows and clusters. */
export function historyTable(
  rows: readonly HistoryRow[],
  clusters: readonly {
    readonly members: readonly number[];
    readonly covariance: readonly (readonly number[])[];
  }[] = [],
): EffectTable {
  return {
    scale: "log-lift",
    experiments: rows.length,
    metrics: rows[0]!.effects.length,
    effects: Float64Array.from(rows.flatMap(({ effects }) => effects)),
    covariances: Float64Array.from(rows.flatMap(({ covariance }) => covariance.flat())),
    clusters: clusters.map(({ members, covariance }) => ({
      members,
      shared: Float64Array.from(covariance.flat()),
    })),
  };
}
