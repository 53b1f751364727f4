import { gammaMarginal } from "./gamma-marginal.ts";
import type { GammaPrior } from "./gamma-prior.ts";
import { logAxis, type Marginal } from "./marginal.ts";
import { tabulatedLogs } from "./tabulated-logs.ts";

/**
 * The mean value of gamma distributed values of a known shape, whose rate has the gamma posterior: the mean is
 * valueShape / rate, an inverse-gamma variable.
 */
export function gammaValue(valueShape: number, { shape, rate }: GammaPrior): Marginal {
  const { axis, center, width, logDensity, logTails } = gammaMarginal(shape, rate);
  const zero = valueShape / axis.zero;
  const mean = shape > 1 ? zero * (shape / (shape - 1)) : Infinity;
  return {
    axis: logAxis(zero),
    center: -center,
    width,
    mean,
    standardDeviation: shape > 2 ? mean / Math.sqrt(shape - 2) : Infinity,
    ...tabulatedLogs(
      (points, side) => ({
        densities: points.map((u) => logDensity(-u)),
        tails: points.map((u) => logTails(-u)[side === "lower" ? "upper" : "lower"]),
      }),
      -center,
      width,
    ),
  };
}
