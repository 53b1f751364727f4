import type { Side } from "../numerics/beside-line.ts";
import { logAxis, type Marginal } from "./marginal.ts";
import type { Moments } from "./product-moments.ts";
import type { Factor } from "./rate-factor.ts";
import { type Logs, mixtureLogs } from "./mixture.ts";
import { tabulatedLogs } from "./tabulated-logs.ts";

/** No value is so improbable that its log density at this distance from the centre is not finite. */
const FAR = 100;

/** The product of a factor and an independent value, along the log of the product over its central value. */
export function productMarginal(
  factor: Factor,
  value: Marginal,
  zero: number,
  { mean, standardDeviation }: Moments,
): Marginal {
  const { center } = value;
  const width = Math.hypot(factor.logDeviation, value.width);
  const mixture = {
    logWeight: factor.logWeight,
    width: factor.width,
    // Far below the centre a factor that is as far below its own leaves the value at its centre.
    start: (u: number) => Math.min(0, u - center + FAR),
    given(x: number) {
      const shift = factor.logFactor(x);
      return (u: number, side: Side, logs: Logs): void => {
        logs.density = value.logDensity(u - shift);
        logs.tail = value.logTails(u - shift)[side];
      };
    },
  };
  return {
    axis: logAxis(zero),
    center,
    width,
    mean,
    standardDeviation,
    ...tabulatedLogs((points, side) => mixtureLogs(mixture, points, side), center, width),
  };
}
