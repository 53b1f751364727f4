import type { GammaPrior } from "./gamma-prior.ts";
import { inverseGammaMarginal } from "./inverse-gamma-marginal.ts";
import type { Marginal } from "./marginal.ts";
import { tabulatedLogs } from "./tabulated-logs.ts";

/**
 * The mean value of gamma distributed values of a known shape, whose rate has the gamma posterior: the mean is
 * valueShape / rate, an inverse-gamma variable.
 */
export function gammaValue(valueShape: number, { shape, rate }: GammaPrior): Marginal {
  const mean = inverseGammaMarginal(shape, valueShape * rate);
  return {
    ...mean,
    ...tabulatedLogs(
      (points, side) => ({
        densities: points.map((u) => mean.logDensity(u)),
        tails: points.map((u) => mean.logTails(u)[side]),
      }),
      mean.center,
      mean.width,
    ),
  };
}
