import type { Estimate } from "../core/estimate.ts";
import type { Status } from "../core/status.ts";
import { normalUpperQuantile } from "../numerics/normal.ts";

/** Estimated effects of past experiments, with what each counts. */
export interface WeightedEstimates {
  readonly proxy: Float64Array;
  readonly macro: Float64Array;
  readonly weights: Float64Array;
}

/** The R² of the regression of estimates on estimates, weighted and not. */
export function twoStageR2(
  columns: WeightedEstimates,
  confidenceLevel: number,
): { readonly twoStage: Estimate; readonly twoStageUnweighted: Estimate } {
  return {
    twoStage: regressionR2(columns, confidenceLevel),
    twoStageUnweighted: regressionR2({ ...columns, weights: columns.weights.map(() => 1) }, confidenceLevel),
  };
}

/** R² of the weighted regression of macro on proxy estimates, with the literature's standard error. */
function regressionR2({ proxy, macro, weights }: WeightedEstimates, confidenceLevel: number): Estimate {
  const named = { confidenceLevel, method: "two-stage" };
  const ss = weightedCovariance(proxy, proxy, weights);
  const yy = weightedCovariance(macro, macro, weights);
  if (!(ss > 0 && yy > 0)) return withinUnit(null, null, NO_CLAIM, "undetermined", named);
  const correlation = weightedCovariance(proxy, macro, weights) / Math.sqrt(ss) / Math.sqrt(yy);
  // Rounding may carry a perfect fit past 1.
  const r2 = Math.min(1, correlation ** 2);
  const freedom = proxy.length - 3;
  if (freedom === 0) return withinUnit(r2, Infinity, NO_CLAIM, "unbounded", named);
  const standardError = (2 * Math.sqrt(r2) * (1 - r2)) / Math.sqrt(freedom);
  const margin = normalUpperQuantile((1 - confidenceLevel) / 2) * standardError;
  const range = { lower: Math.max(0, r2 - margin), upper: Math.min(1, r2 + margin) };
  return withinUnit(r2, standardError, range, "ok", named);
}

function weightedCovariance(x: Float64Array, y: Float64Array, weights: Float64Array): number {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const mean = (values: Float64Array): number =>
    values.reduce((sum, value, k) => sum + (weights[k]! / total) * value, 0);
  const [meanX, meanY] = [mean(x), mean(y)];
  return x.reduce((sum, value, k) => sum + (weights[k]! / total) * (value - meanX) * (y[k]! - meanY), 0);
}

/** All that an R² can be. */
export const NO_CLAIM = { lower: 0, upper: 1 };

/** An estimate of an R², whose interval is given. */
export function withinUnit(
  estimate: number | null,
  standardError: number | null,
  { lower, upper }: { readonly lower: number; readonly upper: number },
  status: Status,
  named: { readonly confidenceLevel: number; readonly method: string },
): Estimate {
  const interval = { lower, upper, ...named, dualToTest: false, excluded: null };
  return { estimate, standardError, interval, status };
}
