import type { Warning } from "../core/warning.ts";
import { type Dispersion, isOverdispersed } from "../models/count-dispersion.ts";
import { eventDifferenceStandardError } from "../models/count-effects.ts";
import type { Count } from "../summaries/count.ts";
import { NO_VARIANCE } from "./no-variance.ts";
import { SMALLEST_EXPECTED_COUNT } from "./small-counts.ts";

/** The share by which the standard error from one dispersion may differ from that of unequal variances. */
const HARMFUL_ERROR = 0.1;

/** What to mind when reading a comparison of two counts. */
export function countCautions(
  control: Count,
  treatment: Count,
  test: string,
  known: Dispersion | null,
  isDetermined: boolean,
): Warning[] {
  const warnings: Warning[] = [];
  const events = control.events + treatment.events;
  const isQuasi = test === "quasi-poisson";
  if (!isDetermined) warnings.push(NO_VARIANCE);
  if (events === 0) {
    warnings.push({
      code: "UNDETERMINED_LIFT",
      message: "There are no events in either arm, so the lift cannot be known.",
    });
  } else if (control.events === 0) {
    warnings.push({
      code: "ZERO_CONTROL_RATE",
      message: "The control has no events, so the lift is infinite; read the difference instead.",
    });
  }
  const share = Math.min(control.n, treatment.n) / (control.n + treatment.n);
  if (test !== "exact" && events * share < SMALLEST_EXPECTED_COUNT) {
    warnings.push({
      code: "SMALL_COUNTS",
      message: `Were the rates equal, an arm would be expected to have fewer than ${SMALLEST_EXPECTED_COUNT} events: the p-value is rough there; for Poisson counts the exact test is not.`,
    });
  }
  if (isQuasi && known?.dispersion === null) {
    warnings.push({
      code: "UNKNOWN_DISPERSION",
      message:
        "No arm with events has two units, so that the dispersion is taken for 1, that of Poisson counts.",
    });
  }
  if (!isQuasi && isOverdispersed(known)) {
    warnings.push({
      code: "OVERDISPERSED",
      message: `The units' counts vary ${known!.dispersion!.toPrecision(3)} times as much as Poisson ones, so the p-value is too small and the intervals are too narrow; use the test quasi-poisson.`,
    });
  }
  if (isQuasi && hasUnequalDispersions(control, treatment, known)) {
    warnings.push({
      code: "UNEQUAL_DISPERSION",
      message:
        "One dispersion does not fit both arms, so the standard error is off by over a tenth; compareMeans on events per unit gives each arm its own variance.",
    });
  }
  return warnings;
}

function hasUnequalDispersions(control: Count, treatment: Count, known: Dispersion | null): boolean {
  if (known === null || known.dispersion === null || known.dispersion === 0) return false;
  const pooled = Math.sqrt(known.dispersion) * eventDifferenceStandardError(control, treatment);
  const separate = Math.sqrt(control.variance! / control.n + treatment.variance! / treatment.n);
  return Math.abs(separate / pooled - 1) > HARMFUL_ERROR;
}
