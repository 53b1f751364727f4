/** A point of a curve with the slope that the curve has there. */
export interface CurvePoint {
  readonly x: number;
  readonly y: number;
  readonly slope: number;
}

/**
 * The polynomial that has the values and the slopes of all points, and its slope, at x: Hermite interpolation by divided
 * differences. The points have different x.
 */
export function hermiteInterpolation(
  points: readonly CurvePoint[],
  x: number,
): { readonly y: number; readonly slope: number } {
  const nodes = points.flatMap((point) => [point.x, point.x]);
  const differences = points.flatMap((point) => [point.y, point.y]);
  const last = nodes.length - 1;
  for (let order = 1; order <= last; order++) {
    for (let i = last; i >= order; i--) {
      const run = nodes[i]! - nodes[i - order]!;
      differences[i] = run === 0 ? points[i >> 1]!.slope : (differences[i]! - differences[i - 1]!) / run;
    }
  }
  let y = differences[last]!;
  let slope = 0;
  for (let i = last - 1; i >= 0; i--) {
    slope = slope * (x - nodes[i]!) + y;
    y = y * (x - nodes[i]!) + differences[i]!;
  }
  return { y, slope };
}
