import { type ChiSquaredTest, chiSquaredTest } from "../inference/chi-squared-test.ts";
import type { ProportionComparison } from "../inference/proportion-comparison.ts";

/**
 * Whether anything differs anywhere in a funnel. The squares of the conditional statistics are independent and add up; a
 * step that all units took, or none, has nothing to say.
 */
export function funnelTest(conditionals: readonly (ProportionComparison | null)[]): ChiSquaredTest {
  let statistic = 0;
  let degreesOfFreedom = 0;
  for (const conditional of conditionals) {
    if (conditional === null) continue;
    const { control, treatment } = conditional;
    const converted = control.conversions + treatment.conversions;
    if (converted === 0 || converted === control.n + treatment.n) continue;
    statistic += conditional.statistic! ** 2;
    degreesOfFreedom += 1;
  }
  return chiSquaredTest(statistic, degreesOfFreedom);
}
