import type { Interval } from "../core/interval.ts";
import { curveSizes } from "./curve-sizes.ts";
import { posteriorInterval } from "./posterior-interval.ts";
import { DAYS_PER_YEAR } from "./programme-calendar.ts";
import {
  type GainCounting,
  plannedTest,
  POLICIES,
  type ProgrammePolicy,
  type ProgrammeSetting,
  testsCounted,
  yearlyGain,
} from "./programme-policy.ts";
import { nodeGain } from "./shipping-rule.ts";

/** What a year of tests of one size gains under each policy. */
export interface ProgrammePoint {
  /** Units per arm of every test. */
  readonly n: number;
  /** Days until so many units have entered an arm. */
  readonly testDays: number;
  /** In the order of the policies. */
  readonly gains: readonly ProgrammePointGain[];
}

/** What one policy gains at one size of test. */
export interface ProgrammePointGain {
  readonly policy: ProgrammePolicy;
  /** The gain of a year as it is counted, on the scale of the effects. */
  readonly gain: number;
  /** The same over the posterior; null without one. */
  readonly interval: Interval | null;
}

/** Gains turn slowly with n: so many sizes draw them. */
const POINTS = 11;

/**
 * The gain of a year against the size of its tests, from the shortest test to one of half a year.
 *
 * @param marks - sizes to have points at
 * @param confidenceLevel - of the intervals over the nodes; null where they are no posterior
 */
export function programmeCurve(
  setting: ProgrammeSetting,
  counting: GainCounting,
  minimumTestDays: number,
  marks: readonly number[],
  confidenceLevel: number | null,
): ProgrammePoint[] {
  const { nodes, calendar } = setting;
  const lower = calendar.unitsPerDay * minimumTestDays;
  const upper = calendar.unitsPerDay * Math.max(2 * minimumTestDays, 0.5 * DAYS_PER_YEAR);
  return curveSizes({ lower, upper }, POINTS, marks).map((n) => ({
    n,
    testDays: n / calendar.unitsPerDay,
    gains: POLICIES.map((policy) => {
      const test = plannedTest(policy, setting, n);
      const tests = testsCounted(test, counting);
      return {
        policy,
        gain: yearlyGain(nodes, test, counting),
        interval:
          confidenceLevel === null
            ? null
            : posteriorInterval(
                nodes,
                nodes.map((node) => nodeGain(node, test.rule) * tests),
                confidenceLevel,
              ),
      };
    }),
  }));
}
