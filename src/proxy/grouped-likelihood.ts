import { invertPositive } from "../numerics/invert-positive.ts";
import type { EffectTable } from "./effect-table.ts";
import {
  type LikelihoodKind,
  type RandomEffectsPoint,
  randomEffectsLikelihood,
} from "./random-effects-likelihood.ts";
import { ln } from "../numerics/elementary/ln.ts";

/** Experiments of one sampling covariance: all that a likelihood needs of them. */
interface EffectGroup {
  readonly experiments: number;
  readonly mean: Float64Array;
  /** Σ (d − mean)(d − mean)ᵀ, row by row. */
  readonly crossProducts: Float64Array;
  /** Sampling covariance of each, row by row. */
  readonly sampling: Float64Array;
}

/**
 * The likelihood of `randomEffectsLikelihood`, at a cost of one inverse for each sampling covariance that there is: of
 * experiments that share one their mean and their cross products say all. Experiments that share a control are told
 * one by one.
 */
export function groupedLikelihood(
  table: EffectTable,
  kind: LikelihoodKind,
): (covariance: Float64Array) => RandomEffectsPoint {
  const groups = table.clusters.length === 0 ? effectGroups(table) : [];
  if (groups.length === 0 || groups.length === table.experiments) {
    return randomEffectsLikelihood(table, kind).at;
  }
  const { experiments, metrics: p } = table;
  const area = p * p;
  const isRestricted = kind === "reml";
  const constant = -0.5 * (experiments - (isRestricted ? 1 : 0)) * p * ln(2 * Math.PI);
  const precisions = new Float64Array(groups.length * area);
  const weighted = new Float64Array(p);
  return (covariance) => {
    const mean = new Float64Array(p);
    const meanCovariance = new Float64Array(area);
    const undefinedPoint = { value: -Infinity, mean, meanCovariance };
    weighted.fill(0);
    let deviance = 0;
    for (const [g, group] of groups.entries()) {
      const from = g * area;
      for (let x = 0; x < area; x++) precisions[from + x] = covariance[x]! + group.sampling[x]!;
      const logDeterminant = invertPositive(precisions, from, p);
      if (logDeterminant === -Infinity) return undefinedPoint;
      deviance += group.experiments * logDeterminant;
      for (let i = 0; i < p; i++) {
        for (let j = 0; j < p; j++) {
          const precision = precisions[from + i * p + j]!;
          deviance += precision * group.crossProducts[i * p + j]!;
          meanCovariance[i * p + j]! += group.experiments * precision;
          weighted[i]! += group.experiments * precision * group.mean[j]!;
        }
      }
    }
    const logInformation = invertPositive(meanCovariance, 0, p);
    if (logInformation === -Infinity) return undefinedPoint;
    for (let i = 0; i < p; i++) {
      for (let j = 0; j < p; j++) mean[i]! += meanCovariance[i * p + j]! * weighted[j]!;
    }
    for (const [g, group] of groups.entries()) {
      for (let i = 0; i < p; i++) {
        const own = group.experiments * (group.mean[i]! - mean[i]!);
        for (let j = 0; j < p; j++) {
          deviance += own * precisions[g * area + i * p + j]! * (group.mean[j]! - mean[j]!);
        }
      }
    }
    if (isRestricted) deviance += logInformation;
    return { value: constant - 0.5 * deviance, mean, meanCovariance };
  };
}

/** Experiments by their sampling covariance; linear in their number. */
function effectGroups({ experiments, metrics: p, effects, covariances }: EffectTable): EffectGroup[] {
  const area = p * p;
  const rowsOf = new Map<string, number[]>();
  for (let k = 0; k < experiments; k++) {
    const key = covariances.subarray(k * area, (k + 1) * area).join(" ");
    const rows = rowsOf.get(key);
    if (rows === undefined) rowsOf.set(key, [k]);
    else rows.push(k);
  }
  return [...rowsOf.values()].map((rows) => {
    const mean = new Float64Array(p);
    const crossProducts = new Float64Array(area);
    for (const k of rows) for (let i = 0; i < p; i++) mean[i]! += effects[k * p + i]! / rows.length;
    for (const k of rows) {
      for (let i = 0; i < p; i++) {
        const own = effects[k * p + i]! - mean[i]!;
        for (let j = 0; j < p; j++) crossProducts[i * p + j]! += own * (effects[k * p + j]! - mean[j]!);
      }
    }
    const sampling = covariances.slice(rows[0]! * area, (rows[0]! + 1) * area);
    return { experiments: rows.length, mean, crossProducts, sampling };
  });
}
