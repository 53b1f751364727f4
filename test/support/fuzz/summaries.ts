import fc from "fast-check";
import { quantileSketch } from "../../../src/summaries/quantile-sketch.ts";
import { quantileSummary } from "../../../src/summaries/quantile-summary.ts";
import { between, magnitude, whole } from "./numbers-by-name.ts";

// What a type cannot say: parts of a summary that have to agree with each other.

const UNITS = fc.oneof(whole(20, 1e7), fc.integer({ min: 2, max: 300 }));
const SHARE = fc.oneof(between(0, 1), magnitude(1e-6, 1), fc.constantFrom(0, 0.01, 0.1, 1));

const proportion = fc
  .tuple(UNITS, SHARE)
  .map(([n, share]) => ({ n, conversions: Math.min(n, Math.round(n * share)) }));

const moments1 = fc.record({ mean: magnitude(1e-2, 1e3), variance: magnitude(1e-3, 1e4) });

const mean = fc
  .tuple(UNITS, fc.oneof(magnitude(1e-2, 1e3), between(-10, 10)), magnitude(1e-3, 1e4))
  .map(([n, average, variance]) => ({ n, mean: average, variance }));

const ratio = fc
  .tuple(UNITS, moments1, moments1, between(-0.95, 0.95))
  .map(([n, numerator, denominator, correlation]) => ({
    n,
    numerator,
    denominator,
    covariance: correlation * Math.sqrt(numerator.variance * denominator.variance),
  }));

const count = fc
  .tuple(UNITS, magnitude(1e-4, 20), fc.option(between(0.5, 4), { nil: undefined }))
  .map(([n, rate, dispersion]) => {
    const events = Math.round(n * rate);
    const perUnit = events / n;
    if (dispersion === undefined) return { n, events };
    return { n, events, variance: Math.min(perUnit * dispersion, events * perUnit) };
  });

const jointCounts = fc.record({
  neither: whole(1, 1e6),
  macroOnly: whole(0, 1e4),
  microOnly: whole(0, 1e5),
  both: whole(0, 1e4),
});

/** A covariance matrix by way of its factor. */
export function covarianceMatrix(size: number, scale: fc.Arbitrary<number>): fc.Arbitrary<number[][]> {
  return fc
    .tuple(
      fc.array(scale, { minLength: size, maxLength: size }),
      fc.array(fc.array(between(-1, 1), { minLength: size, maxLength: size }), {
        minLength: size,
        maxLength: size,
      }),
    )
    .map(([deviations, loadings]) => {
      // Each row keeps a part of its own, so that the matrix is far from singular.
      const rows = loadings.map((row, i) => row.map((value, j) => (i === j ? 1.5 : value)));
      const lengths = rows.map((row) => Math.hypot(...row));
      const entry = (i: number, j: number): number => {
        const product = rows[i]!.reduce((sum, value, k) => sum + value * rows[j]![k]!, 0);
        const correlation = i === j ? 1 : product / (lengths[i]! * lengths[j]!);
        return correlation * (deviations[i]! * deviations[j]!);
      };
      return rows.map((_, i) => rows.map((__, j) => entry(Math.min(i, j), Math.max(i, j))));
    });
}

const NAMES = ["a", "b", "c", "d"];

const moments = fc
  .integer({ min: 1, max: 3 })
  .chain((size) =>
    fc.tuple(
      UNITS,
      fc.array(magnitude(1e-2, 1e2), { minLength: size, maxLength: size }),
      covarianceMatrix(size, magnitude(1e-2, 30)),
    ),
  )
  .map(([n, average, covariance]) => ({
    n,
    metrics: NAMES.slice(0, average.length),
    mean: average,
    covariance,
  }));

const sketch = fc
  .tuple(
    fc.array(fc.oneof(between(-50, 200), magnitude(1e-3, 1e5), fc.constant(0)), {
      minLength: 1,
      maxLength: 30,
    }),
    fc.constantFrom(0.01, 0.01, 0.01, 0.05),
  )
  .map(([values, relativeAccuracy]) => quantileSketch(values, { relativeAccuracy }));

/** Of one probability more often than not, so that two arms can be compared. */
const quantile = fc
  .tuple(
    fc.array(fc.oneof(between(-5, 200), magnitude(1e-3, 1e5)), { minLength: 1, maxLength: 300 }),
    fc.constantFrom(0.5, 0.5, 0.5, 0.9),
  )
  .map(([values, probability]) => quantileSummary(values, { probability }));

/** By the name of a type: the shapes whose parts have to agree. */
export const BY_TYPE: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  Proportion: proportion,
  Mean: mean,
  Moments1: moments1,
  Ratio: ratio,
  Count: count,
  JointCounts: jointCounts,
  Moments: moments,
  QuantileSketch: sketch,
  QuantileSummary: quantile,
  // A stream holds functions, and each function makes its own where none is given.
  Random: fc.constant(undefined),
};
