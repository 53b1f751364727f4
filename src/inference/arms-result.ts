import type { Warning } from "../core/warning.ts";
import type { AdjustmentMethod } from "./adjust-on.ts";
import type { AdjustedComparisons } from "./adjusted-comparisons.ts";
import type { ArmFamily } from "./arm-family.ts";
import type { ArmsAdjustment } from "./arms-adjustment.ts";
import type { ArmsResult } from "./arms-comparison.ts";
import type { Confidence } from "../core/confidence.ts";

const FALSE_DISCOVERY: readonly string[] = [
  "benjamini-hochberg",
  "benjamini-yekutieli",
] satisfies readonly AdjustmentMethod[];

/** What a result says about all of its comparisons together. */
export function armsResult(
  arms: ArmFamily,
  method: string,
  adjustment: ArmsAdjustment,
  { alternative, confidenceLevel }: Confidence,
  { comparisons, singleConfidenceLevel }: AdjustedComparisons,
): Omit<ArmsResult<string>, "kind" | "method"> {
  const isUnadjusted = method === "none";
  return {
    test: arms.test,
    alternative,
    confidenceLevel,
    controls: isUnadjusted
      ? null
      : FALSE_DISCOVERY.includes(method)
        ? "false-discovery-rate"
        : "family-wise-error-rate",
    singleConfidenceLevel,
    noIntervalsReason: singleConfidenceLevel === null ? reason(method) : null,
    warnings: isUnadjusted && comparisons.length > 1 ? [unadjusted(comparisons.length)] : [],
    assumptions: [...new Set([...comparisons[0]!.comparison.assumptions, ...adjustment.assumptions])],
  };
}

function reason(method: string): string {
  if (method === "none") return "Without adjustment each interval holds by itself only.";
  if (FALSE_DISCOVERY.includes(method)) {
    return "A bound on the share of false rejections has no intervals that hold for all comparisons at once.";
  }
  return "A procedure in steps has no simultaneous intervals that agree with it; bonferroni and sidak have them, and so has the joint test of all arms.";
}

function unadjusted(tests: number): Warning {
  return {
    code: "UNADJUSTED",
    message: `The p-values of ${tests} comparisons are not adjusted, so that one of them is small by chance more often than alpha says.`,
  };
}
