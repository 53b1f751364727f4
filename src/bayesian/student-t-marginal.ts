import { log1mexp } from "../numerics/log1mexp.ts";
import { studentTLogDensity, studentTLogSf } from "../numerics/student-t.ts";
import { identityAxis, type Marginal } from "./marginal.ts";
import { ln } from "../numerics/elementary/ln.ts";

/** The posterior of a mean: Student's t about `location`, along the distance from there. */
export function studentTMarginal(location: number, scale: number, degreesOfFreedom: number): Marginal {
  const logScale = ln(scale);
  const logDensity = studentTLogDensity(degreesOfFreedom);
  return {
    axis: identityAxis(location),
    center: 0,
    width: scale,
    mean: degreesOfFreedom > 1 ? location : Infinity,
    standardDeviation:
      degreesOfFreedom > 2 ? scale * Math.sqrt(degreesOfFreedom / (degreesOfFreedom - 2)) : Infinity,
    logDensity: (u) => logDensity(u / scale) - logScale,
    logTails(u) {
      const outer = studentTLogSf(Math.abs(u / scale), degreesOfFreedom);
      const inner = log1mexp(outer);
      return u < 0 ? { lower: outer, upper: inner } : { lower: inner, upper: outer };
    },
  };
}
