import { covariancePosterior } from "./covariance-posterior.ts";
import type { CovariancePrior } from "./covariance-prior.ts";
import type { CompleteEffectNode } from "./effect-covariance.ts";
import type { EffectTable } from "./effect-table.ts";
import { thinPosterior } from "./thin-posterior.ts";

/** What is learned of a new change from all past experiments but a few. */
export function nodesWithout(
  table: EffectTable,
  members: readonly number[],
  prior: CovariancePrior,
): readonly CompleteEffectNode[] {
  return thinPosterior(covariancePosterior(tableWithout(table, members), prior)).nodes;
}

function tableWithout(table: EffectTable, left: readonly number[]): EffectTable {
  const { experiments, metrics, effects, covariances, clusters } = table;
  const kept = Array.from({ length: experiments }, (_, k) => k).filter((k) => !left.includes(k));
  const rowOf = new Map(kept.map((k, row) => [k, row]));
  const rows = (values: Float64Array, length: number): Float64Array =>
    Float64Array.from(kept.flatMap((k) => [...values.subarray(k * length, (k + 1) * length)]));
  return {
    ...table,
    experiments: kept.length,
    effects: rows(effects, metrics),
    covariances: rows(covariances, metrics * metrics),
    clusters: clusters
      .filter(({ members }) => rowOf.has(members[0]!))
      .map(({ members, shared }) => ({ members: members.map((k) => rowOf.get(k)!), shared })),
  };
}
