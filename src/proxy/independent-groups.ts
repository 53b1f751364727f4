import type { EffectTable } from "./effect-table.ts";

/** Experiments that share nothing with any others: one with its own control, or a cluster around one control. */
export interface IndependentGroup {
  readonly members: readonly number[];
  /** What the estimates of any two members share; null for an experiment with a control of its own. */
  readonly shared: Float64Array | null;
}

/** The experiments of a table in groups that are independent of each other. */
export function independentGroups({
  experiments,
  clusters,
}: Pick<EffectTable, "experiments" | "clusters">): IndependentGroup[] {
  const isInCluster = new Uint8Array(experiments);
  for (const { members } of clusters) for (const k of members) isInCluster[k] = 1;
  const groups: IndependentGroup[] = [...clusters];
  for (let k = 0; k < experiments; k++) {
    if (isInCluster[k] === 0) groups.push({ members: [k], shared: null });
  }
  return groups;
}
