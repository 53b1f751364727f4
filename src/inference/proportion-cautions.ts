import type { Warning } from "../core/warning.ts";
import type { Proportion } from "../summaries/proportion.ts";
import type { TestBasis } from "./proportion-test.ts";
import { SMALLEST_EXPECTED_COUNT } from "./small-counts.ts";
import { waldIsDetermined } from "./wald-interval.ts";

/** What to mind when reading a comparison of two proportions. */
export function proportionCautions(control: Proportion, treatment: Proportion, basis: TestBasis): Warning[] {
  const warnings: Warning[] = [];
  const isWald = basis === "unpooled-variance";
  const x1 = control.conversions;
  const x2 = treatment.conversions;
  const y1 = control.n - x1;
  const y2 = treatment.n - x2;
  if (isWald && !waldIsDetermined(control, treatment)) {
    warnings.push({
      code: "NO_VARIANCE",
      message:
        "All units of one arm converted and none of the other: the Wald test has no variance to judge by. The score test has an answer.",
    });
  }
  if (x1 === 0 && x2 > 0) {
    warnings.push({
      code: "ZERO_CONTROL_RATE",
      message: "No unit of the control converted, so the lift is infinite; read the difference instead.",
    });
  }
  if (x1 === 0 && x2 === 0) {
    warnings.push({
      code: "UNDETERMINED_LIFT",
      message: "No unit converted in either arm, so the lift and the odds ratio cannot be known.",
    });
  }
  if (y1 === 0 && y2 === 0) {
    warnings.push({
      code: "UNDETERMINED_ODDS_RATIO",
      message: "Every unit converted in both arms, so the odds ratio cannot be known.",
    });
  }
  if (basis !== "exact" && fewestUnits(control, treatment, isWald) < SMALLEST_EXPECTED_COUNT) {
    warnings.push({
      code: "SMALL_COUNTS",
      message: isWald
        ? `An arm holds fewer than ${SMALLEST_EXPECTED_COUNT} conversions or units without one: the Wald test and its intervals are unreliable there; the score test is better.`
        : `Were the rates equal, an arm would be expected to hold fewer than ${SMALLEST_EXPECTED_COUNT} conversions or units without one: the p-value is rough there.`,
    });
  }
  return warnings;
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
