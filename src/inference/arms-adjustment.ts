import type { AdjustmentMethod } from "./adjust-on.ts";
import { adjustOn } from "./adjust-on.ts";
import type { ArmFamily, ArmsTest } from "./arm-family.ts";
import type { Confidence } from "../core/confidence.ts";
import { LINEAR, LOG } from "./p-value-scale.ts";
import type { LoggedPValue } from "./logged-p-value.ts";
import { pow } from "../numerics/elementary/pow.ts";

/** Tests between arms, as they came out one by one. */
export interface TestedFamily {
  readonly arms: ArmFamily;
  readonly tests: readonly ArmsTest[];
  readonly confidence: Confidence;
}

/** A way to account for several tests. A test without an answer is one of the family all the same, with p = 1. */
export interface ArmsAdjustment {
  adjust(family: TestedFamily): LoggedPValue[];
  /**
   * The level of each single interval at which all of them hold together and agree with the adjusted p-values; null
   * for procedures in steps, which have no such intervals.
   */
  readonly level: ((family: TestedFamily) => number) | null;
  readonly assumptions: readonly string[];
}

const POSITIVE_DEPENDENCE =
  "The adjustment asks for independent or positively dependent tests; tests against one control are close to that.";

const FREE_OF_DEPENDENCE: ReadonlySet<AdjustmentMethod> = new Set([
  "none",
  "bonferroni",
  "holm",
  "benjamini-yekutieli",
]);

const LEVELS: Partial<Record<AdjustmentMethod, ArmsAdjustment["level"]>> = {
  bonferroni: ({ tests, confidence }) => 1 - (1 - confidence.confidenceLevel) / tests.length,
  sidak: ({ tests, confidence }) => pow(confidence.confidenceLevel, 1 / tests.length),
};

/** An adjustment that looks at nothing but the p-values. */
export function pValueAdjustment(method: AdjustmentMethod): ArmsAdjustment {
  return {
    adjust({ tests }) {
      const pValues = tests.map(({ pValue }) => pValue ?? 1);
      const logs = tests.map(({ logPValue }) => logPValue ?? 0);
      const adjusted = adjustOn(LINEAR, pValues, method);
      return adjustOn(LOG, logs, method).map((logPValue, i) => ({ pValue: adjusted[i]!, logPValue }));
    },
    level: LEVELS[method] ?? null,
    assumptions: FREE_OF_DEPENDENCE.has(method) ? [] : [POSITIVE_DEPENDENCE],
  };
}
