import { checkCount, checkOneOf } from "../core/checks.ts";
import { DomainError } from "../core/domain-error.ts";
import { checkMean, type Mean } from "../summaries/mean.ts";
import type { ArmFamily, ArmFamilyOptions } from "./arm-family.ts";
import { MEAN_TESTS, meanComparison, type MeanTestName } from "./compare-means.ts";
import { LEVEL_LIFT_METHODS } from "../models/level-lift-interval.ts";
import {
  commonDeviation,
  commonDeviationLevels,
  type Levels,
  meanError,
  welchLevels,
} from "../models/levels.ts";

/** Arms of means, compared by Welch's t-test or by the one with a variance that all the arms share. */
export function meanFamily(
  arms: readonly Mean[],
  fields: readonly string[],
  { test = "welch", liftMethod = "fieller" }: ArmFamilyOptions,
): ArmFamily {
  arms.forEach((arm, i) => checkMean(fields[i]!, arm));
  checkOneOf("test", test as MeanTestName, MEAN_TESTS);
  checkOneOf("liftMethod", liftMethod, LEVEL_LIFT_METHODS);
  const { levels, errors, jointDegreesOfFreedom } =
    test === "welch" ? welch(arms, fields) : pooled(arms, fields);
  return {
    test,
    errors,
    jointDegreesOfFreedom,
    compare: (control, treatment, confidence) =>
      meanComparison(
        arms[control]!,
        arms[treatment]!,
        levels(arms[control]!, arms[treatment]!),
        confidence,
        test as MeanTestName,
        liftMethod,
      ),
  };
}

interface MeanLevels {
  readonly levels: (control: Mean, treatment: Mean) => Levels;
  readonly errors: readonly number[];
  readonly jointDegreesOfFreedom: number;
}

function welch(arms: readonly Mean[], fields: readonly string[]): MeanLevels {
  arms.forEach(({ n }, i) => checkCount(`${fields[i]}.n`, n, 2));
  return { levels: welchLevels, errors: arms.map(meanError), jointDegreesOfFreedom: Infinity };
}

function pooled(arms: readonly Mean[], fields: readonly string[]): MeanLevels {
  const deviation = commonDeviation(arms);
  if (deviation.degreesOfFreedom === 0) {
    throw new DomainError(`${fields.at(-1)}.n`, arms.at(-1)!.n, "must make more units than arms together");
  }
  return {
    levels: (control, treatment) => commonDeviationLevels(control, treatment, deviation),
    errors: arms.map(({ n }) => 1 / Math.sqrt(n)),
    jointDegreesOfFreedom: deviation.degreesOfFreedom,
  };
}
