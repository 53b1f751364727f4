import type { EffectScale } from "./effect-scale.ts";

/**
 * A difference of rates from its coordinate on the whole line, ln((1 + difference) / (1 − difference)): there the
 * density falls at least exponentially to both sides, and small differences are half of their coordinates.
 */
export const DIFFERENCE_FROM_COORDINATE: EffectScale = {
  value: (coordinate) => Math.tanh(0.5 * coordinate),
  logSlope: (coordinate) => Math.LN2 - Math.abs(coordinate) - 2 * Math.log1p(Math.exp(-Math.abs(coordinate))),
};
