import {
  panelledDensity,
  type PanelledDensity,
  type PanelledDensityOptions,
} from "../numerics/panelled-density.ts";
import type { Contrast } from "./contrast.ts";
import type { EffectMoments } from "./effect-posterior.ts";
import type { EffectScale } from "./effect-scale.ts";

/** An effect known by its density alone. */
export interface PanelledContrast extends Contrast {
  readonly density: PanelledDensity;
}

/** At so large a coordinate a rate is 0 or 1 and a ratio out of what a double holds. */
const FARTHEST = 800;

/** The contrast whose density has this log, up to a constant; `options` as for its panels. */
export function panelledContrast(
  log: (coordinate: number) => number,
  options: PanelledDensityOptions,
): PanelledContrast {
  const density = panelledDensity(log, options);
  const mean = density.average((x) => x);
  const central = (power: number): number => density.average((x) => (x - mean) ** power);
  const variance = central(2);
  return {
    density,
    beside: density.beside,
    lowest: -FARTHEST,
    highest: FARTHEST,
    cumulants: { mean, variance, third: central(3), fourth: central(4) - 3 * variance ** 2 },
  };
}

/** Mean and standard deviation of what the coordinate stands for. */
export function momentsOn({ value }: EffectScale, { density }: PanelledContrast): EffectMoments {
  const mean = density.average(value);
  const variance = density.average((x) => (value(x) - mean) ** 2);
  return { mean, standardDeviation: Math.sqrt(variance) };
}
