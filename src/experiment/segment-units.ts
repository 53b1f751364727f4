import type { Arm } from "../inference/arm-family.ts";
import type { ChiSquaredTest } from "../inference/chi-squared-test.ts";
import { SMALLEST_EXPECTED_COUNT } from "../inference/small-counts.ts";
import { tableHomogeneity } from "../inference/table-homogeneity.ts";
import { sumOf } from "../numerics/sum.ts";
import type { TwoArms } from "../summaries/two-arms.ts";
import type { Segment } from "./checked-segments.ts";

/** Units of both arms. */
export function unitsOf(segments: readonly Segment[]): TwoArms<number> {
  return {
    control: sumOf(segments.map(({ control }) => control.n)),
    treatment: sumOf(segments.map(({ treatment }) => treatment.n)),
  };
}

/** Units of the whole that are in no segment; null where the whole is unknown. */
export function unitsWithout(
  placed: TwoArms<number>,
  overall: TwoArms<Arm> | undefined,
): TwoArms<number> | null {
  if (overall === undefined) return null;
  return {
    control: overall.control.n - placed.control,
    treatment: overall.treatment.n - placed.treatment,
  };
}

/**
 * Test that the segments, and the units without one, have the same shares in both arms; null with a single one. Segments
 * too small for the chi-squared distribution are thrown together.
 */
export function sharesTest(
  segments: readonly Segment[],
  without: TwoArms<number> | null,
): ChiSquaredTest | null {
  const rows = segments.map(({ control, treatment }) => [control.n, treatment.n]);
  if (without !== null) rows.push([without.control, without.treatment]);
  const totals = [0, 1].map((arm) => sumOf(rows.map((row) => row[arm]!)));
  const smallerShare = Math.min(...totals) / sumOf(totals);
  const isLarge = (row: readonly number[]): boolean => sumOf(row) * smallerShare >= SMALLEST_EXPECTED_COUNT;
  const small = rows.filter((row) => !isLarge(row));
  const large = rows.filter(isLarge);
  const others = [0, 1].map((arm) => sumOf(small.map((row) => row[arm]!)));
  const tested = sumOf(others) > 0 ? [...large, others] : large;
  return tested.length > 1 && smallerShare > 0 ? tableHomogeneity(tested) : null;
}
