import type { BetaDensity } from "../numerics/beta-density.ts";
import { logAxis, type Marginal } from "./marginal.ts";
import { type Mixture, mixtureLogs } from "./mixture.ts";
import { productMoments } from "./product-moments.ts";
import { rateFactor } from "./rate-factor.ts";
import { rateLogMarginal } from "./rate-log-marginal.ts";
import { tabulatedLogs } from "./tabulated-logs.ts";
import { hypot } from "../numerics/elementary/hypot.ts";
import { ln } from "../numerics/elementary/ln.ts";

/** A Beta distributed rate times an independent value, along the log of the product over its central value. */
export function productMarginal(rate: BetaDensity, value: Marginal): Marginal {
  const mean = rate.a / rate.total;
  const logDeviation = Math.sqrt(rate.b / rate.total / rate.a);
  const { center } = value;
  const width = hypot(logDeviation, value.width);
  // A rule over the wider of the two would have to be as fine as the other is narrow.
  const isValueNarrow = value.width < NARROW * logDeviation;
  const mixture = isValueNarrow ? overValue(rate, logDeviation, value) : overRate(rate, value);
  return {
    axis: logAxis(mean * value.axis.zero),
    center,
    width,
    ...productMoments({ mean, standardDeviation: rate.deviation }, value),
    ...tabulatedLogs((points, side) => mixtureLogs(mixture, points, side), center, width),
  };
}

/** The log-odds of the rate are smooth on the whole line, its log is not: so the rate is preferred. */
const NARROW = 0.25;

/** No value is so improbable that its log density at this distance from the centre is not finite. */
const FAR = 100;

function overRate(rate: BetaDensity, value: Marginal): Mixture {
  const factor = rateFactor(rate);
  return {
    logWeight: factor.logWeight,
    width: factor.width,
    // Far below the centre a rate that is as far below its own leaves the value at its centre.
    start: (u) => Math.min(0, u - value.center + FAR),
    given: (x) => {
      const shift = factor.logFactor(x);
      return (u, side, logs) => {
        logs.density = value.logDensity(u - shift);
        logs.tail = value.logTails(u - shift)[side];
      };
    },
  };
}

function overValue(rate: BetaDensity, logDeviation: number, value: Marginal): Mixture {
  const { logDensity, logTails } = rateLogMarginal(rate, logDeviation);
  // A little below the log of a rate of 1.
  const high = -ln(rate.a / rate.total) - Math.min(Math.LN2, 0.5 * logDeviation);
  return {
    logWeight: (x) => value.logDensity(value.center + x),
    width: value.width,
    // Where the central value would need a rate above 1, the value is higher.
    start: (u) => Math.max(0, u - value.center - high),
    given: (x) => {
      const shift = value.center + x;
      return (u, side, logs) => {
        logs.density = logDensity(u - shift);
        logs.tail = logTails(u - shift)[side];
      };
    },
  };
}
