import type { BrownianLook } from "./brownian-look.ts";
import { INVERSE_SQRT_TWO_PI } from "./normal-tail.ts";
import { exp } from "./elementary/exp.ts";

/** A log-concave product of a density and exp(−x²/2) has fallen below 1e-16 of its peak here. */
const WINDOW = 8.6;

/** Density of a walk at a look, not having been stopped before, at increasing points. */
export function densitiesOnGrid(
  look: BrownianLook,
  points: readonly number[],
  isSymmetric: boolean,
): readonly number[] {
  const densities = look.isConnected ? densitiesInWindows : densitiesOfAll;
  if (!isSymmetric) return densities(look, points);
  const half = densities(look, points.slice(0, Math.ceil(points.length / 2)));
  return [...half, ...half.slice(0, Math.floor(points.length / 2)).toReversed()];
}

function densitiesOfAll(look: BrownianLook, at: readonly number[]): number[] {
  return at.map((point) => density(look, point, 0, look.points.length - 1));
}

/**
 * The same where the density before is log-concave: its product with a transition density has one peak, which moves
 * with `at`, and falls at least as fast as the transition density does; what lies outside of a window is left out.
 */
function densitiesInWindows(look: BrownianLook, at: readonly number[]): number[] {
  const { points, logDensities, drift } = look;
  const step = look.information - look.previousInformation;
  const reach = WINDOW * Math.sqrt(step);
  const last = points.length - 1;
  let peak = 0;
  let from = 0;
  let to = 0;
  return at.map((point) => {
    const slope = point / step - drift;
    while (peak < last && rises(points, logDensities, peak, slope, step)) peak++;
    while (points[from]! < points[peak]! - reach) from++;
    while (to < last && points[to + 1]! <= points[peak]! + reach) to++;
    return density(look, point, from, to);
  });
}

/** Whether density times transition density is larger at the next point. */
function rises(
  points: readonly number[],
  logDensities: readonly number[],
  i: number,
  slope: number,
  step: number,
): boolean {
  const width = points[i + 1]! - points[i]!;
  const middle = 0.5 * (points[i + 1]! + points[i]!);
  return logDensities[i + 1]! - logDensities[i]! + width * (slope - middle / step) >= 0;
}

/** Density at one point, of the walks that were at some of the points before. */
function density(look: BrownianLook, point: number, from: number, to: number): number {
  const { points, masses } = look;
  const step = look.information - look.previousInformation;
  const target = point - look.drift * step;
  const precision = 1 / Math.sqrt(step);
  let sum = 0;
  for (let i = from; i <= to; i++) {
    const u = (target - points[i]!) * precision;
    sum += masses[i]! * exp(-0.5 * u * u);
  }
  return sum * INVERSE_SQRT_TWO_PI * precision;
}
