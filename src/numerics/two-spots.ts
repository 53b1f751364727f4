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
  const at = (x: number): [value: number, derivative: number] => {
    const a = (x - first.center) / first.width;
    const b = (x - second.center) / second.width;
    return [
      Math.asinh(a) + Math.asinh(b) - w,
      1 / (first.width * Math.hypot(1, a)) + 1 / (second.width * Math.hypot(1, b)),
    ];
  };
  const start = lower + 0.5 * (upper - lower);
  const tolerance = LAST_STEP * Math.min(first.width, second.width);
  const x = start > lower && start < upper ? newtonRoot(at, lower, upper, start, tolerance) : start;
  return { x, slope: 1 / at(x)[1] };
}

/** The coordinate w of a point. */
export function spreadCoordinate(x: number, first: Spot, second: Spot): number {
  return Math.asinh((x - first.center) / first.width) + Math.asinh((x - second.center) / second.width);
}
