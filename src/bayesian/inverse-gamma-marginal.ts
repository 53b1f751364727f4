import { gammaMarginal } from "./gamma-marginal.ts";
import { logAxis, type Marginal } from "./marginal.ts";

/** The inverse of a Gamma(shape, scale) variable, along the log of its value over scale / shape. */
export function inverseGammaMarginal(shape: number, scale: number): Marginal {
  const { axis, center, width, logDensity, logTails } = gammaMarginal(shape, scale);
  const mean = shape > 1 ? scale / (shape - 1) : Infinity;
  return {
    axis: logAxis(1 / axis.zero),
    center: -center,
    width,
    mean,
    standardDeviation: shape > 2 ? mean / Math.sqrt(shape - 2) : Infinity,
    logDensity: (u) => logDensity(-u),
    logTails(u) {
      const { lower, upper } = logTails(-u);
      return { lower: upper, upper: lower };
    },
  };
}
