import { checkCount } from "../core/checks.ts";
import { DomainError } from "../core/domain-error.ts";
import { ratioArm } from "../models/ratio-levels.ts";
import { checkRatio, type Ratio } from "../summaries/ratio.ts";
import type { ArmFamily, ArmFamilyOptions } from "./arm-family.ts";
import { compareRatios } from "./compare-ratios.ts";

/** Arms of a ratio metric, compared by the delta method. */
export function ratioFamily(
  arms: readonly Ratio[],
  fields: readonly string[],
  { test, liftMethod }: ArmFamilyOptions,
): ArmFamily {
  arms.forEach((arm, i) => {
    checkRatio(fields[i]!, arm);
    checkCount(`${fields[i]}.n`, arm.n, 2);
  });
  if (test !== undefined) throw new DomainError("test", test, "must be left out: ratios have one test");
  return {
    test: "delta",
    // An arm without a ratio has no test either.
    errors: arms.map((arm, i) => ratioArm(fields[i]!, arm).standardError ?? 0),
    jointDegreesOfFreedom: Infinity,
    compare: (control, treatment, { alternative, confidenceLevel }) =>
      compareRatios({
        control: arms[control]!,
        treatment: arms[treatment]!,
        liftMethod,
        alternative,
        confidenceLevel,
      }),
  };
}
