import { newtonRoot } from "./newton-root.ts";

/** Where a function varies, and over which distance. */
export interface Spot {
  readonly center: number;
  readonly width: number;
}

/** A point and the slope there of the coordinate that leads to it. */
export interface SpreadPoint {
  readonly x: number;
  /** dx/dw. */
  readonly slope: number;
}

/** A Newton step this short, in widths, leaves an error of its square. */
const LAST_STEP = 1e-9;

/**
 * The point x with asinh((x − c₁)/w₁) + asinh((x − c₂)/w₂) = w: equal steps of w are short near both spots, each by its
 * own width, and grow with the distance from them, so that two distributions of quite different place and width are
 * sampled by one rule and tails that fall as a power fall exponentially in w.
 */
export function spreadPoint(w: number, first: Spot, second: Spot): SpreadPoint {
  const reach = Math.sinh(0.5 * w);
  const one = first.center + first.width * reach;
  const other = second.center + second.width * reach;
  const [lower, upper] = one < other ? [one, other] : [other, one];
  const start = lower + 0.5 * (upper - lower);
  const at = (x: number): [value: number, derivative: number] => [
    spreadCoordinate(x, first, second) - w,
    steepness(x, first, second),
  ];
  const tolerance = LAST_STEP * Math.min(first.width, second.width);
  const x = start > lower && start < upper ? newtonRoot(at, lower, upper, start, tolerance) : start;
  return { x, slope: 1 / steepness(x, first, second) };
}

/** The coordinate w of a point. */
export function spreadCoordinate(x: number, first: Spot, second: Spot): number {
  return Math.asinh((x - first.center) / first.width) + Math.asinh((x - second.center) / second.width);
}

/** dw/dx. */
function steepness(x: number, first: Spot, second: Spot): number {
  return 1 / distance(x, first) + 1 / distance(x, second);
}

/** From a spot, and at least its width: √((x − c)² + w²). */
function distance(x: number, { center, width }: Spot): number {
  const share = (x - center) / width;
  const square = share * share;
  return square < Infinity ? width * Math.sqrt(1 + square) : Math.abs(x - center);
}
