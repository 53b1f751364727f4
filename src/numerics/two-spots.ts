import { newtonRoot } from "./newton-root.ts";
import { sinh } from "./elementary/hyperbolic.ts";
import { asinh } from "./elementary/inverse-hyperbolic.ts";

/** Where a function varies, and over which distance. */
export interface Spot {
  readonly center: number;
  readonly width: number;
}

/** A point and the slope there of the coordinate that leads to it. */
export interface SpreadPoint {
  /** How far the point lies from the first spot, and from the second: each keeps its digits next to its own spot. */
  readonly fromFirst: number;
  readonly fromSecond: number;
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
  const gap = second.center - first.center;
  const half = 0.5 * gap;
  const isBelow = w < coordinate(half, first.width, half - gap, second.width);
  if (isBelow === gap > 0) {
    const { offset, slope } = pointBeside(w, first.width, second.width, gap);
    return { fromFirst: offset, fromSecond: offset - gap, slope };
  }
  const { offset, slope } = pointBeside(w, second.width, first.width, -gap);
  return { fromFirst: offset + gap, fromSecond: offset, slope };
}

/** The point as an offset from the spot nearer to it, from which the other one lies a gap away. */
function pointBeside(
  w: number,
  width: number,
  otherWidth: number,
  gap: number,
): { offset: number; slope: number } {
  const reach = sinh(0.5 * w);
  const one = width * reach;
  const other = gap + otherWidth * reach;
  const [lower, upper] = one < other ? [one, other] : [other, one];
  const start = lower + 0.5 * (upper - lower);
  const steepness = (x: number): number => 1 / distance(x, width) + 1 / distance(x - gap, otherWidth);
  const at = (x: number): [value: number, derivative: number] => [
    coordinate(x, width, x - gap, otherWidth) - w,
    steepness(x),
  ];
  const tolerance = LAST_STEP * Math.min(width, otherWidth);
  const offset = start > lower && start < upper ? newtonRoot(at, lower, upper, start, tolerance) : start;
  return { offset, slope: 1 / steepness(offset) };
}

/** The coordinate w of a point. */
export function spreadCoordinate(x: number, first: Spot, second: Spot): number {
  return coordinate(x - first.center, first.width, x - second.center, second.width);
}

/** The same from how far the point lies from each spot. */
function coordinate(fromFirst: number, firstWidth: number, fromSecond: number, secondWidth: number): number {
  return asinh(fromFirst / firstWidth) + asinh(fromSecond / secondWidth);
}

/** From a spot, and at least its width: √(offset² + width²). */
function distance(offset: number, width: number): number {
  const share = offset / width;
  const square = share * share;
  return square < Infinity ? width * Math.sqrt(1 + square) : Math.abs(offset);
}
