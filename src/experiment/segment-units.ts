import type { Arm } from "../inference/arm-family.ts";
import type { ChiSquaredTest } from "../inference/chi-squared-test.ts";
import { tableHomogeneity } from "../inference/table-homogeneity.ts";
import { sumOf } from "../numerics/sum.ts";
import type { TwoArms } from "../summaries/two-arms.ts";
import type { Segment } from "./checked-segments.ts";

/** Units of both arms. */
export interface ArmUnits {
  readonly control: number;
  readonly treatment: number;
}

export function unitsOf(segments: readonly Segment[]): ArmUnits {
  return {
    control: sumOf(segments.map(({ control }) => control.n)),
    treatment: sumOf(segments.map(({ treatment }) => treatment.n)),
  };
}

/** Units of the whole that are in no segment; null where the whole is unknown. */
export function unitsWithout(placed: ArmUnits, overall: TwoArms<Arm> | undefined): ArmUnits | null {
  if (overall === undefined) return null;
  return {
    control: overall.control.n - placed.control,
    treatment: overall.treatment.n - placed.treatment,
  };
}

/** Test that the segments, and the units without one, have the same shares in both arms; null with a single one. */
export function sharesTest(segments: readonly Segment[], without: ArmUnits | null): ChiSquaredTest | null {
  const rows = segments.map(({ control, treatment }) => [control.n, treatment.n]);
  if (without !== null) rows.push([without.control, without.treatment]);
  const filled = rows.filter(([control, treatment]) => control! + treatment! > 0);
  return filled.length > 1 ? tableHomogeneity(filled) : null;
}
