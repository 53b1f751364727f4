import { checkCount } from "../core/checks.ts";
import { DomainError } from "../core/domain-error.ts";
import { checkEventCount, type Count } from "../summaries/count.ts";
import type { ArmFamily, ArmFamilyOptions } from "./arm-family.ts";
import { compareCounts, type CountTestName } from "./compare-counts.ts";

/** Arms of counts of events, compared by `compareCounts`. */
export function countFamily(
  arms: readonly Count[],
  fields: readonly string[],
  { test, liftMethod }: ArmFamilyOptions,
): ArmFamily {
  arms.forEach((arm, i) => checkEventCount(fields[i]!, arm));
  if (liftMethod !== undefined) {
    throw new DomainError("liftMethod", liftMethod, "must be left out: the test of counts brings its own");
  }
  // One test for all pairs, whichever arms know their variance.
  const allKnown = arms.every(({ n, variance }) => variance !== undefined && n > 1);
  const chosen = test ?? (allKnown ? "quasi-poisson" : "score");
  if (chosen === "quasi-poisson") arms.forEach((arm, i) => checkSpread(fields[i]!, arm));
  return {
    test: chosen,
    jointDegreesOfFreedom: Infinity,
    // Under H0 the arms have one rate, and the tests take the variance from there.
    errors: arms.map(({ n }) => 1 / Math.sqrt(n)),
    compare: (control, treatment, { alternative, confidenceLevel }) =>
      compareCounts({
        control: arms[control]!,
        treatment: arms[treatment]!,
        test: chosen as CountTestName,
        alternative,
        confidenceLevel,
      }),
  };
}

function checkSpread(field: string, { n, variance }: Count): void {
  checkCount(`${field}.n`, n, 2);
  if (variance === undefined) {
    throw new DomainError(`${field}.variance`, variance, 'must be given for the test "quasi-poisson"');
  }
}
