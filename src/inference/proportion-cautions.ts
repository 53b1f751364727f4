import type { Warning } from "../core/warning.ts";
import type { Proportion } from "../summaries/proportion.ts";
import type { TestBasis } from "./proportion-test.ts";
import { SMALLEST_EXPECTED_COUNT } from "./small-counts.ts";
import { waldIsDetermined } from "./wald-interval.ts";

/** A bit for each caution, so that a batch has them in a column. */
export const CAUTION = {
  NO_VARIANCE: 1,
  ZERO_CONTROL_RATE: 2,
  UNDETERMINED_LIFT: 4,
  UNDETERMINED_ODDS_RATIO: 8,
  SMALL_COUNTS: 16,
} as const;

/** Which cautions a comparison of two proportions needs, as the sum of their bits. */
export function cautionFlags(control: Proportion, treatment: Proportion, basis: TestBasis): number {
  let flags = 0;
  const isWald = basis === "unpooled-variance";
  const x1 = control.conversions;
  const x2 = treatment.conversions;
  const y1 = control.n - x1;
  const y2 = treatment.n - x2;
  if (isWald && !waldIsDetermined(control, treatment)) flags |= CAUTION.NO_VARIANCE;
  if (x1 === 0) flags |= x2 === 0 ? CAUTION.UNDETERMINED_LIFT : CAUTION.ZERO_CONTROL_RATE;
  if (y1 === 0 && y2 === 0) flags |= CAUTION.UNDETERMINED_ODDS_RATIO;
  if (basis !== "exact" && fewestUnits(control, treatment, isWald) < SMALLEST_EXPECTED_COUNT) {
    flags |= CAUTION.SMALL_COUNTS;
  }
  return flags;
}

/** What to mind when reading a comparison of two proportions. */
export function proportionCautions(control: Proportion, treatment: Proportion, basis: TestBasis): Warning[] {
  const flags = cautionFlags(control, treatment, basis);
  if (flags === 0) return [];
  return Object.entries(CAUTION)
    .filter(([, bit]) => (flags & bit) !== 0)
    .map(([code]) => ({ code, message: messageOf(code as keyof typeof CAUTION, basis) }));
}

function messageOf(code: keyof typeof CAUTION, basis: TestBasis): string {
  switch (code) {
    case "NO_VARIANCE":
      return "All units of one arm converted and none of the other: the Wald test has no variance to judge by. The score test has an answer.";
    case "ZERO_CONTROL_RATE":
      return "No unit of the control converted, so the lift is infinite; read the difference instead.";
    case "UNDETERMINED_LIFT":
      return "No unit converted in either arm, so the lift and the odds ratio cannot be known.";
    case "UNDETERMINED_ODDS_RATIO":
      return "Every unit converted in both arms, so the odds ratio cannot be known.";
    case "SMALL_COUNTS":
      return basis === "unpooled-variance"
        ? `An arm holds fewer than ${SMALLEST_EXPECTED_COUNT} conversions or units without one: the Wald test and its intervals are unreliable there; the score test is better.`
        : `Were the rates equal, an arm would be expected to hold fewer than ${SMALLEST_EXPECTED_COUNT} conversions or units without one: the p-value is rough there.`;
  }
}

/** The smallest count that the approximation rests on: seen for Wald, expected under equal rates for the score test. */
function fewestUnits(control: Proportion, treatment: Proportion, isWald: boolean): number {
  const x1 = control.conversions;
  const x2 = treatment.conversions;
  const y1 = control.n - x1;
  const y2 = treatment.n - x2;
  if (isWald) return Math.min(x1, y1, x2, y2);
  const share = Math.min(control.n, treatment.n) / (control.n + treatment.n);
  return share * Math.min(x1 + x2, y1 + y2);
}
