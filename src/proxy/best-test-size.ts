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
import { exp } from "../numerics/elementary/exp.ts";
import { ln } from "../numerics/elementary/ln.ts";

/** Steps between sizes that are tried first: gains turn over factors of n, not over a third of it. */
const LOG_STEP = 0.33;
/** Of the log of the best size: the gain there is then right to ten digits or so. */
const LOG_PRECISION = 1e-6;

/** The tests that earn a policy most in a year, of sizes between the shortest test and one of a whole year. */
export function bestTest(
  policy: ProgrammePolicy,
  setting: ProgrammeSetting,
  counting: GainCounting,
  minimumTestDays: number,
): PlannedTest {
  const { nodes, calendar } = setting;
  const planAt = (logN: number): PlannedTest => plannedTest(policy, setting, exp(logN));
  const gainAt = (logN: number): number => yearlyGain(nodes, planAt(logN), counting);
  const lower = ln(calendar.unitsPerDay * minimumTestDays);
  const upper = ln(calendar.unitsPerDay * DAYS_PER_YEAR);
  const steps = Math.ceil((upper - lower) / LOG_STEP);
  const grid = Array.from({ length: steps + 1 }, (_, i) => lower + ((upper - lower) * i) / steps);
  const gains = grid.map(gainAt);
  let best = lower;
  let most = -Infinity;
  const consider = (logN: number, gain: number): void => {
    if (gain > most) [best, most] = [logN, gain];
  };
  grid.forEach((logN, i) => consider(logN, gains[i]!));
  for (let i = 0; i <= steps; i++) {
    // Sales that start to be known in time make a second top beside the shortest test: each is climbed.
    if (gains[i]! <= (gains[i - 1] ?? -Infinity) || gains[i]! < (gains[i + 1] ?? -Infinity)) continue;
    const top = maximizeOnLine(gainAt, grid[i - 1] ?? lower, grid[i + 1] ?? upper, LOG_PRECISION);
    consider(top, gainAt(top));
  }
  // Where ideas run out the gain has a corner, which no smooth search meets to the last digit.
  const turning = ln(turningN(calendar, policyDelayDays(policy, calendar)));
  if (turning > lower && turning < upper) consider(turning, gainAt(turning));
  return planAt(best);
}
