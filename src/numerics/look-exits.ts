import type { BrownianLook } from "./brownian-look.ts";
import { normalPdf, normalSf } from "./normal.ts";
import { normalBetween } from "./normal-between.ts";
import { exp } from "./elementary/exp.ts";

/** Sums `part` of where the walk stands at this look, in standard deviations of its last step, over where it was. */
function sumOverPaths(look: BrownianLook, z: number, drift: number, part: (u: number) => number): number {
  const { points, masses, startValue } = look;
  const step = look.information - look.previousInformation;
  const root = Math.sqrt(step);
  const target = z * Math.sqrt(look.information) - drift * step;
  // The likelihood ratio of another drift at the look before; it is 1 for the walk's own.
  const tilt = drift - look.drift;
  const elapsed = look.previousInformation - look.startInformation;
  const offset = startValue + 0.5 * (drift + look.drift) * elapsed;
  let sum = 0;
  for (let i = 0; i < points.length; i++) {
    const ratio = tilt === 0 ? 1 : exp(tilt * (points[i]! - offset));
    sum += masses[i]! * ratio * part((target - points[i]!) / root);
  }
  return sum;
}

/** P(not stopped before this look), under the walk's drift or another one. */
export function reachProbability(look: BrownianLook, drift: number = look.drift): number {
  return sumOverPaths(look, 0, drift, () => 1);
}

/** P(z or more at this look, not stopped before), under the walk's drift or another one. */
export function upperExit(look: BrownianLook, z: number, drift: number = look.drift): number {
  return z === Infinity ? 0 : sumOverPaths(look, z, drift, normalSf);
}

/** P(z or less at this look, not stopped before), under the walk's drift or another one. */
export function lowerExit(look: BrownianLook, z: number, drift: number = look.drift): number {
  return z === -Infinity ? 0 : sumOverPaths(look, z, drift, (u) => normalSf(-u));
}

/** Density of z at this look, not stopped before: minus the slope of `upperExit`. */
export function exitDensity(look: BrownianLook, z: number, drift: number = look.drift): number {
  const step = look.information - look.previousInformation;
  return sumOverPaths(look, z, drift, normalPdf) * Math.sqrt(look.information / step);
}

/** P(z between lower and upper at this look, not stopped before), under the walk's drift or another one. */
export function exitBetween(
  look: BrownianLook,
  lower: number,
  upper: number,
  drift: number = look.drift,
): number {
  if (upper === Infinity) return upperExit(look, lower, drift);
  if (lower === -Infinity) return lowerExit(look, upper, drift);
  const step = look.information - look.previousInformation;
  const width = (upper - lower) * Math.sqrt(look.information / step);
  return sumOverPaths(look, lower, drift, (u) => normalBetween(u, u + width, width));
}
