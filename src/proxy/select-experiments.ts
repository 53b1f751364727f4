import type { EffectTable } from "./effect-table.ts";

/** The table of some of the experiments, in the order given; what is left of a cluster remains one. */
export function selectExperiments(table: EffectTable, selected: readonly number[]): EffectTable {
  const { metrics, clusters } = table;
  const rows = (values: Float64Array, length: number): Float64Array => {
    const copy = new Float64Array(selected.length * length);
    selected.forEach((k, row) => copy.set(values.subarray(k * length, (k + 1) * length), row * length));
    return copy;
  };
  const rowOf = new Map(selected.map((k, row) => [k, row]));
  return {
    ...table,
    experiments: selected.length,
    effects: rows(table.effects, metrics),
    covariances: rows(table.covariances, metrics * metrics),
    clusters: clusters
      .map(({ members, shared }) => ({
        members: members.flatMap((k) => rowOf.get(k) ?? []),
        shared,
      }))
      .filter(({ members }) => members.length > 0),
  };
}
