/** A point of a curve with the slope that the curve has there. */
export interface CurvePoint {
  readonly x: number;
  readonly y: number;
  readonly slope: number;
}

/** What a curve is at one x. */
export interface CurveValue {
  readonly y: number;
  readonly slope: number;
}

/**
 * The polynomial that has the values and the slopes of all points: Hermite interpolation by divided differences. The
 * points have different x.
 */
export function hermiteInterpolation(points: readonly CurvePoint[]): (x: number) => CurveValue {
  const last = 2 * points.length - 1;
  const nodes: number[] = [];
  const differences: number[] = [];
  for (const { x, y } of points) {
    nodes.push(x, x);
    differences.push(y, y);
  }
  for (let order = 1; order <= last; order++) {
    for (let i = last; i >= order; i--) {
      const run = nodes[i]! - nodes[i - order]!;
      differences[i] = run === 0 ? points[i >> 1]!.slope : (differences[i]! - differences[i - 1]!) / run;
    }
  }
  return (x) => {
    let y = differences[last]!;
    let slope = 0;
    for (let i = last - 1; i >= 0; i--) {
      const distance = x - nodes[i]!;
      slope = slope * distance + y;
      y = y * distance + differences[i]!;
    }
    return { y, slope };
  };
}
