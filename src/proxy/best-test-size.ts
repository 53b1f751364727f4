import { maximizeOnLine } from "../numerics/maximize-on-line.ts";
import { DAYS_PER_YEAR, turningN } from "./programme-calendar.ts";
import {
  type GainCounting,
  type PlannedTest,
  plannedTest,
  policyDelayDays,
  type ProgrammePolicy,
  type ProgrammeSetting,
  yearlyGain,
} from "./programme-policy.ts";

/** Steps between sizes that are tried first: gains turn over factors of n, not over a fifth of it. */
const LOG_STEP = 0.2;

/** The tests that earn a policy most in a year, of sizes between the shortest test and one of a whole year. */
export function bestTest(
  policy: ProgrammePolicy,
  setting: ProgrammeSetting,
  counting: GainCounting,
  minimumTestDays: number,
): PlannedTest {
  const { nodes, calendar } = setting;
  const planAt = (logN: number): PlannedTest => plannedTest(policy, setting, Math.exp(logN));
  const gainAt = (logN: number): number => yearlyGain(nodes, planAt(logN), counting);
  const lower = Math.log(calendar.unitsPerDay * minimumTestDays);
  const upper = Math.log(calendar.unitsPerDay * DAYS_PER_YEAR);
  const steps = Math.ceil((upper - lower) / LOG_STEP);
  const at = (i: number): number => lower + (upper - lower) * Math.min(1, Math.max(0, i / steps));
  let best = lower;
  let most = -Infinity;
  const consider = (logN: number): void => {
    const gain = gainAt(logN);
    if (gain > most) [best, most] = [logN, gain];
  };
  let coarse = 0;
  for (let i = 0; i <= steps; i++) {
    consider(at(i));
    if (best === at(i)) coarse = i;
  }
  consider(maximizeOnLine(gainAt, at(coarse - 1), at(coarse + 1)));
  // Where ideas run out the gain has a corner, which no smooth search meets to the last digit.
  const turning = Math.log(turningN(calendar, policyDelayDays(policy, calendar)));
  if (turning > lower && turning < upper) consider(turning);
  return planAt(best);
}
