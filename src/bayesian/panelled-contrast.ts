import { halvedDensity } from "../numerics/halved-density.ts";
import { panelledDensity, type PanelledDensity, type PeakGuess } from "../numerics/panelled-density.ts";
import type { Contrast } from "./contrast.ts";
import type { EffectMoments } from "./effect-posterior.ts";
import { type EffectScale, LIFT_SCALE } from "./effect-scale.ts";
import { exp } from "../numerics/elementary/exp.ts";
import { expm1 } from "../numerics/elementary/expm1.ts";
import { ln } from "../numerics/elementary/ln.ts";
import { pow } from "../numerics/elementary/pow.ts";

/** An effect known by its density alone. */
export interface PanelledContrast extends Contrast {
  readonly density: PanelledDensity;
  /** ln E e^(k · coordinate). */
  logExponentialMoment(k: number): number;
}

/** At so large a coordinate a rate is 0 or 1 and a ratio out of what a double holds. */
const FARTHEST = 700;

/** The contrast whose density has this log, up to a constant, and may have a pole or a kink at 0 if that is said. */
export function panelledContrast(
  logWithin: (coordinate: number) => number,
  guess: PeakGuess,
  hasPole = false,
): PanelledContrast {
  const log = (coordinate: number): number =>
    Math.abs(coordinate) < FARTHEST ? logWithin(coordinate) : -Infinity;
  const lay = hasPole ? halvedDensity : panelledDensity;
  const density = lay(log, guess);
  const mean = density.average((x) => x);
  const central = (power: number): number => density.average((x) => pow(x - mean, power));
  const variance = central(2);
  return {
    density,
    beside: density.beside,
    lowest: -FARTHEST,
    highest: FARTHEST,
    cumulants: { mean, variance, third: central(3), fourth: central(4) - 3 * variance ** 2 },
    logExponentialMoment: (k) => {
      const tilted = lay((x) => log(x) + k * x, { start: mean, width: Math.sqrt(variance) });
      return tilted.logTotal - density.logTotal;
    },
  };
}

/** Mean and standard deviation of what the coordinate stands for, where that grows no faster than the coordinate. */
export function momentsOn({ value }: EffectScale, { density }: PanelledContrast): EffectMoments {
  const mean = density.average(value);
  const variance = density.average((x) => (value(x) - mean) ** 2);
  return { mean, standardDeviation: Math.sqrt(variance) };
}

/** Up to this variance of the log, what matters to the variance of the exponential lies within the panels. */
const LARGEST_HELD_VARIANCE = 1;

/** The same of the exponential of the coordinate, as a ratio or, with 1 less, as a lift. */
export function momentsOfExponential(scale: EffectScale, contrast: PanelledContrast): EffectMoments {
  if (contrast.cumulants.variance < LARGEST_HELD_VARIANCE) return momentsOn(scale, contrast);
  const logMean = contrast.logExponentialMoment(1);
  const logSquare = contrast.logExponentialMoment(2);
  const standardDeviation = exp(logMean + 0.5 * ln(expm1(logSquare - 2 * logMean)));
  return { mean: exp(logMean) - (scale === LIFT_SCALE ? 1 : 0), standardDeviation };
}
