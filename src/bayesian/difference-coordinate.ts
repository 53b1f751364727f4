import type { EffectScale } from "./effect-scale.ts";
import { exp } from "../numerics/elementary/exp.ts";
import { tanh } from "../numerics/elementary/hyperbolic.ts";
import { log1p } from "../numerics/elementary/log1p.ts";

/**
 * A difference of rates from its coordinate on the whole line, ln((1 + difference) / (1 − difference)): there the
 * density falls at least exponentially to both sides, and small differences are half of their coordinates.
 */
export const DIFFERENCE_FROM_COORDINATE: EffectScale = {
  value: (coordinate) => tanh(0.5 * coordinate),
  logSlope: (coordinate) => Math.LN2 - Math.abs(coordinate) - 2 * log1p(exp(-Math.abs(coordinate))),
};
