import type { EffectTable } from "./effect-table.ts";

/** A table in units of its own spread and around its own means, in which every covariance of effects is of order 1. */
export interface StandardizedEffects {
  readonly table: EffectTable;
  /** What was subtracted from each metric's effects. */
  readonly center: readonly number[];
  /** What each metric's effects were then divided by. */
  readonly unit: readonly number[];
}

/**
 * The least sampling variance, in units of the whole: a covariance of true effects that is singular plus less than this
 * is singular to a double. No estimate moves by more than about this.
 */
const LEAST_NOISE = 1e-12;

/**
 * Effects minus their plain means, over the root of their variance with the mean sampling variance added: so that
 * neither a common offset nor the scale of a metric costs digits.
 */
export function standardizeEffects(table: EffectTable): StandardizedEffects {
  const { experiments, metrics, effects, covariances } = table;
  const center = Array.from({ length: metrics }, () => 0);
  const unit = Array.from({ length: metrics }, () => 0);
  for (let i = 0; i < metrics; i++) {
    const first = effects[i]!;
    let shift = 0;
    for (let k = 0; k < experiments; k++) shift += (effects[k * metrics + i]! - first) / experiments;
    center[i] = first + shift;
    let variance = 0;
    for (let k = 0; k < experiments; k++) {
      variance +=
        (effects[k * metrics + i]! - center[i]!) ** 2 + covariances[(k * metrics + i) * metrics + i]!;
    }
    unit[i] = Math.sqrt(variance / experiments);
  }
  const perUnits = (values: Float64Array): Float64Array =>
    values.map((value, at) => {
      const j = at % metrics;
      const i = ((at - j) / metrics) % metrics;
      return value / (unit[i]! * unit[j]!);
    });
  const standardized = perUnits(covariances);
  for (let k = 0; k < experiments; k++) {
    for (let i = 0; i < metrics; i++) {
      const at = (k * metrics + i) * metrics + i;
      if (standardized[at]! < LEAST_NOISE) standardized[at]! += LEAST_NOISE;
    }
  }
  return {
    center,
    unit,
    table: {
      ...table,
      effects: effects.map((value, at) => (value - center[at % metrics]!) / unit[at % metrics]!),
      covariances: standardized,
      clusters: table.clusters.map(({ members, shared }) => ({ members, shared: perUnits(shared) })),
    },
  };
}
