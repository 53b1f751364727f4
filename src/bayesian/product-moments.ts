/** Mean and standard deviation, infinite where they do not exist. */
export interface Moments {
  readonly mean: number;
  readonly standardDeviation: number;
}

/** Of a product of two independent positive variables. */
export function productMoments(x: Moments, y: Moments): Moments {
  return {
    mean: x.mean * y.mean,
    standardDeviation: Math.hypot(
      x.standardDeviation * y.mean,
      x.mean * y.standardDeviation,
      x.standardDeviation * y.standardDeviation,
    ),
  };
}
