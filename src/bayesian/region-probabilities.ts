import { integrate } from "../numerics/integrate.ts";
import { log1mexp } from "../numerics/log1mexp.ts";
import { logAdd } from "../numerics/log-sum.ts";
import type { Side } from "../numerics/beside-line.ts";
import type { Contrast } from "./contrast.ts";
import { exp } from "../numerics/elementary/exp.ts";
import { ln } from "../numerics/elementary/ln.ts";

/** ln of the probabilities of an effect below, inside and above a region. */
export interface RegionProbabilities {
  readonly below: number;
  readonly inside: number;
  readonly above: number;
}

/** A complement or a difference that is at least this share of what it is taken from keeps its digits. */
const LOG_SAFE_SHARE = ln(0.1);

/** Each on its own; `lower` and `upper` may lie at or beyond the ends of the contrast. */
export function logRegionProbabilities(
  contrast: Contrast,
  lower: number,
  upper: number,
): RegionProbabilities {
  const below = logTail(contrast, lower, "lower");
  const above = logTail(contrast, upper, "upper");
  return { below, inside: logInside(contrast, lower, upper, below, above), above };
}

function logTail(contrast: Contrast, value: number, side: Side): number {
  const { lowest, highest } = contrast;
  if (value > lowest && value < highest) return Math.min(0, contrast.beside(value, side).logProbability);
  const end = value <= lowest ? "lower" : "upper";
  const beyond = logTailBeyond(contrast, value, end);
  return side === end ? beyond : log1mexp(beyond);
}

/** Of a value at an end of the contrast or beyond, where an effect that is a log has tails that fall as powers of it. */
function logTailBeyond(contrast: Contrast, value: number, end: Side): number {
  const isOpen = contrast.quantileBeyond !== undefined && Number.isFinite(value);
  if (!isOpen) return -Infinity;
  const farthest = end === "lower" ? contrast.lowest : contrast.highest;
  const { logProbability, logDensity } = contrast.beside(farthest, end);
  if (logProbability === -Infinity) return -Infinity;
  return Math.min(0, logProbability) - Math.abs(value - farthest) * exp(logDensity - logProbability);
}

function logInside(contrast: Contrast, lower: number, upper: number, below: number, above: number): number {
  // The region with one end open is a tail itself.
  if (below === -Infinity) return logTail(contrast, upper, "lower");
  if (above === -Infinity) return logTail(contrast, lower, "upper");
  const inside = log1mexp(Math.min(0, logAdd(below, above)));
  if (inside > LOG_SAFE_SHARE) return inside;
  // What lies beyond the nearer end of the region, less what lies beyond the farther one, on the emptier side.
  const isAboveEmptier = above < below;
  const nearer = isAboveEmptier ? logTail(contrast, lower, "upper") : logTail(contrast, upper, "lower");
  const share = log1mexp(Math.min(0, (isAboveEmptier ? above : below) - nearer));
  return share > LOG_SAFE_SHARE ? nearer + share : logOfDensity(contrast, lower, upper);
}

/** ln of the integral of the density over a region so narrow that it is nearly flat, but perhaps for a peak at 0. */
function logOfDensity(contrast: Contrast, lower: number, upper: number): number {
  const height = contrast.beside(upper, "upper").logDensity;
  const relative = (value: number): number =>
    exp(contrast.beside(value, value > contrast.cumulants.mean ? "upper" : "lower").logDensity - height);
  const cuts = lower < 0 && upper > 0 ? [0] : [];
  return height + ln(integrate(relative, lower, upper, { cuts }).value);
}
