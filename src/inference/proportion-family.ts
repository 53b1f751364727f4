import { DomainError } from "../core/domain-error.ts";
import { rateVariance } from "../models/effect-standard-errors.ts";
import { checkProportion, type Proportion } from "../summaries/proportion.ts";
import type { ArmFamily, ArmFamilyOptions } from "./arm-family.ts";
import { compareProportions, type ProportionTestName } from "./compare-proportions.ts";

/** Arms of conversions, compared by `compareProportions`. */
export function proportionFamily(
  arms: readonly Proportion[],
  fields: readonly string[],
  { test = "score", liftMethod }: ArmFamilyOptions,
): ArmFamily {
  arms.forEach((arm, i) => checkProportion(fields[i]!, arm));
  if (liftMethod !== undefined) {
    throw new DomainError(
      "liftMethod",
      liftMethod,
      "must be left out: the test of proportions brings its own",
    );
  }
  return {
    test,
    jointDegreesOfFreedom: Infinity,
    // Under H0 the arms have one rate, and all tests but Wald's take the variance from there.
    errors: arms.map((arm) => Math.sqrt(test === "wald" ? rateVariance(arm) : 1 / arm.n)),
    compare: (control, treatment, { alternative, confidenceLevel }) =>
      compareProportions({
        control: arms[control]!,
        treatment: arms[treatment]!,
        test: test as ProportionTestName,
        alternative,
        confidenceLevel,
      }),
  };
}
