import { normalLogCdf, normalLogPdf, normalLogSf } from "../numerics/normal.ts";
import { logAxis, type Marginal } from "./marginal.ts";
import { exp } from "../numerics/elementary/exp.ts";
import { expm1 } from "../numerics/elementary/expm1.ts";
import { ln } from "../numerics/elementary/ln.ts";

/** A log-normal variable, whose log has this mean and standard deviation, along its log over its median. */
export function logNormalMarginal(mu: number, sigma: number): Marginal {
  const mean = exp(mu + 0.5 * sigma * sigma);
  return {
    axis: logAxis(exp(mu)),
    center: 0,
    width: sigma,
    mean,
    standardDeviation: mean * Math.sqrt(expm1(sigma * sigma)),
    logDensity: (u) => normalLogPdf(u / sigma) - ln(sigma),
    logTails: (u) => ({ lower: normalLogCdf(u / sigma), upper: normalLogSf(u / sigma) }),
  };
}
