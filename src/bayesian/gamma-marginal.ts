import { productError } from "../numerics/error-free.ts";
import { logGammaPowerConstant, logGammaPrefix } from "../numerics/gamma-prefix.ts";
import { logIncompleteGamma } from "../numerics/incomplete-gamma.ts";
import { logAxis, type Marginal } from "./marginal.ts";
import { exp } from "../numerics/elementary/exp.ts";
import { expm1 } from "../numerics/elementary/expm1.ts";
import { ln } from "../numerics/elementary/ln.ts";

/** Below this part of the mean a tail is its leading power to the last digit, and the value itself may underflow. */
const POWER_BELOW = -600;
/** Beyond, no double holds the value, and of no tail anything is left. */
const NOTHING_ABOVE = 600;

/** The posterior Gamma(shape, rate) of a rate of events, along the log of the rate over its mean. */
export function gammaMarginal(shape: number, rate: number): Marginal {
  const mean = shape / rate;
  // What rounding the mean has lost, so that rate · x − shape keeps its digits at any shape.
  const lost = mean * rate - shape + productError(mean, rate, mean * rate);
  const deviationAt = (u: number): number => shape * expm1(u) + lost * exp(u);
  const logPower = (u: number): number => shape * (u + ln(shape)) + logGammaPowerConstant(shape);
  return {
    axis: logAxis(mean),
    center: 0,
    width: 1 / Math.sqrt(Math.max(shape, 1)),
    mean,
    standardDeviation: mean / Math.sqrt(shape),
    logDensity(u) {
      if (u < POWER_BELOW) return ln(shape) + logPower(u);
      if (u > NOTHING_ABOVE) return -Infinity;
      return logGammaPrefix(shape * exp(u), shape, deviationAt(u));
    },
    logTails(u) {
      if (u < POWER_BELOW) return { lower: logPower(u), upper: 0 };
      if (u > NOTHING_ABOVE) return { lower: 0, upper: -Infinity };
      return logIncompleteGamma(shape * exp(u), shape, deviationAt(u));
    },
  };
}
