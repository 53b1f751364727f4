import { productDifference } from "../models/product-difference.ts";
import { countsBelow, type CountProbabilities, runningSums } from "../numerics/beta-binomial-counts.ts";
import { type ArmAhead, likelyCounts, posteriorNow } from "./arm-ahead.ts";
import { meanDifference } from "./beta-effects.ts";
import type { EachArm } from "./each-arm.ts";

/**
 * By how much the rate of the arm chosen rises on average when the choice waits for the units to come:
 * E max(both posterior means then) − max(both posterior means now); null where their conversions are too many to list.
 *
 * A mean is expected to stay what it is, so it is what the other arm is expected to be ahead by then, where it is ahead:
 * a sum of positive terms.
 */
export function informationGain(
  { control, treatment }: EachArm<ArmAhead>,
  logNegligible?: number,
): number | null {
  const isTreatmentAhead = meanDifference(posteriorNow(control), posteriorNow(treatment)) > 0;
  const [better, other] = isTreatmentAhead ? [treatment, control] : [control, treatment];
  const ofBetter = likelyCounts(better, logNegligible);
  const ofOther = likelyCounts(other, logNegligible);
  return ofBetter === null || ofOther === null ? null : expectedLead(better, other, ofBetter, ofOther);
}

function expectedLead(
  better: ArmAhead,
  other: ArmAhead,
  ofBetter: CountProbabilities,
  ofOther: CountProbabilities,
): number {
  const ahead = posteriorNow(better);
  const behind = posteriorNow(other);
  const units = ahead.total + better.remaining;
  const otherUnits = behind.total + other.remaining;
  const below = countsBelow(ofBetter).subarray(1);
  const shortfalls = runningSums(below);
  const columns = below.length;
  let lead = 0;
  for (let row = 0; row < ofOther.pmf.length; row++) {
    // The number of conversions at which the better arm would be level, from the first one listed.
    const conversions = behind.a + (ofOther.first + row);
    const level = productDifference(conversions, units, ahead.a + ofBetter.first, otherUnits) / otherUnits;
    if (level <= 0) continue;
    const whole = Math.min(columns, Math.floor(level));
    const share = whole < columns ? below[whole]! : 1;
    lead += ofOther.pmf[row]! * (shortfalls[whole]! + (level - whole) * share);
  }
  return lead / units;
}
