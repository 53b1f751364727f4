import type { Side } from "../numerics/beside-line.ts";
import type { Contrast } from "./contrast.ts";
import { quantileCurve } from "./quantile-curve.ts";

/** One quantile of a contrast: of several, a curve of quantiles finds the next one sooner. */
export function contrastQuantile(contrast: Contrast, side: Side, tail: number): number {
  return quantileCurve(contrast).quantile(side, tail);
}
