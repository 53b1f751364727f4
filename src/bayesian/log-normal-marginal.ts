import { normalLogCdf, normalLogPdf, normalLogSf } from "../numerics/normal.ts";
import { logAxis, type Marginal } from "./marginal.ts";

/** A log-normal variable, whose log has this mean and standard deviation, along its log over its median. */
export function logNormalMarginal(mu: number, sigma: number): Marginal {
  const mean = Math.exp(mu + 0.5 * sigma * sigma);
  return {
    axis: logAxis(Math.exp(mu)),
    center: 0,
    width: sigma,
    mean,
    standardDeviation: mean * Math.sqrt(Math.expm1(sigma * sigma)),
    logDensity: (u) => normalLogPdf(u / sigma) - Math.log(sigma),
    logTails: (u) => ({ lower: normalLogCdf(u / sigma), upper: normalLogSf(u / sigma) }),
  };
}
