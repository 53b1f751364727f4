import { normalUpperQuantileOfLog } from "../numerics/normal-upper-quantile-of-log.ts";
import type { ArmsTest } from "./arm-family.ts";
import type { TestedFamily } from "./arms-adjustment.ts";
import { tPValue } from "./t-p-value.ts";

// The joint law of several tests is that of their t statistics where all arms share one variance. Elsewhere it is that
// of the normal scores of their p-values, so that each test keeps its own degrees of freedom, or its exact
// distribution, and the joint law only says how they go together (Dickhaus and Gierl 2013).

/** How far out a test lies: large where its p-value is small. −Infinity without an answer. */
export function jointScore({ statistic, logPValue }: ArmsTest, { arms, confidence }: TestedFamily): number {
  const { alternative } = confidence;
  if (statistic === null && logPValue === null) return -Infinity;
  if (arms.jointDegreesOfFreedom === Infinity) {
    return normalUpperQuantileOfLog(alternative === "two-sided" ? logPValue! - Math.LN2 : logPValue!);
  }
  if (alternative === "two-sided") return Math.abs(statistic!);
  return alternative === "greater" ? statistic! : -statistic!;
}

/** The level of a single interval that reaches as far as a critical score. */
export function levelOfScore(critical: number, { arms, confidence }: TestedFamily): number {
  const sides = confidence.alternative === "two-sided" ? "two-sided" : "greater";
  return 1 - tPValue(critical, arms.jointDegreesOfFreedom, sides);
}
