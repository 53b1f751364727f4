import { checkObject, checkOneOf } from "../core/checks.ts";
import { DomainError } from "../core/domain-error.ts";
import { ADJUSTMENT_METHODS, type AdjustmentMethod } from "./adjust-on.ts";
import { adjustedComparisons, type ArmPair } from "./adjusted-comparisons.ts";
import { armFamily, type ArmFamilyOptions } from "./arm-family.ts";
import { pValueAdjustment } from "./arms-adjustment.ts";
import type { AdjustedComparison, ArmsResult } from "./arms-comparison.ts";
import { armsResult } from "./arms-result.ts";
import { checkedConfidence } from "../core/confidence.ts";
import { checkNamedArms, type NamedArm } from "./named-arm.ts";
import { TUKEY } from "./tukey.ts";

/** How all pairs of several arms are accounted for. */
export type PairsAdjustmentMethod = AdjustmentMethod | "tukey";

export interface CompareAllPairsOptions extends ArmFamilyOptions {
  /** At least two arms, each with a name of its own. */
  readonly arms: readonly NamedArm[];
  /** `tukey` unless said. */
  readonly adjustment?: PairsAdjustmentMethod | undefined;
}

/** Two of the arms: the earlier in the list stands as the control. */
export interface PairComparison extends AdjustedComparison {
  readonly controlName: string;
  readonly treatmentName: string;
}

/** What `compareAllPairs` finds. */
export interface PairsComparison extends ArmsResult<"pairs-comparison"> {
  readonly method: PairsAdjustmentMethod;
  /** First and second arm, first and third, …, second and third, … */
  readonly pairs: readonly PairComparison[];
}

const METHODS: readonly PairsAdjustmentMethod[] = ["tukey", ...ADJUSTMENT_METHODS];

/**
 * Compares each two of several arms, and accounts for the number of pairs.
 *
 * H0 of each comparison: both arms have one level. H1: they differ (with `tukey`), or as `alternative` says. `tukey`
 * takes the largest difference among all arms for what it is, brings simultaneous intervals that agree with the
 * adjusted p-values, and with `pooled` means is the test of Tukey and Kramer; every other test keeps its own p-value,
 * whose normal scores are taken for those of arms that vary alike. Against one control alone use `compareArms`, which
 * asks less of the data.
 *
 * @param options.arms - `{ name, n, conversions }`, or the fields of a mean, a ratio or a count; at least two
 * @param options.adjustment - `tukey` unless said, or a method of `adjustPValues`
 * @param options.test - a test of `compareProportions` (`score` unless said), `compareMeans` (`welch`) or `compareCounts`
 * @param options.liftMethod - for means and ratios, as in `compareMeans`
 * @param options.alternative - `two-sided` unless said, and always with `tukey`
 * @param options.confidenceLevel - 1 − alpha, in (0, 1); 0.95 unless said
 * @returns each pair's comparison by itself, its adjusted p-value, and simultaneous intervals where they exist
 * @throws {DomainError} for a broken or nameless arm, a name given twice, arms of different metrics, or unknown names
 * @example
 * ```ts
 * import { compareAllPairs } from "microlift";
 * const { pairs } = compareAllPairs({
 *   arms: [
 *     { name: "blue", n: 20, mean: 10.1, variance: 4 },
 *     { name: "green", n: 20, mean: 11.2, variance: 4 },
 *     { name: "red", n: 20, mean: 12, variance: 4 },
 *   ],
 *   test: "pooled",
 * });
 * pairs[1].treatmentName; // "red"
 * pairs[1].adjustedPValue; // 0.011
 * ```
 * Tukey (1953); Kramer (1956); Hayter (1984).
 */
export function compareAllPairs(options: CompareAllPairsOptions): PairsComparison {
  checkObject("options", options);
  const { arms: named, adjustment: method = "tukey" } = options;
  checkNamedArms("arms", named, 2);
  checkOneOf("adjustment", method, METHODS);
  const confidence = checkedConfidence(options.alternative, options.confidenceLevel);
  if (method === "tukey" && confidence.alternative !== "two-sided") {
    throw new DomainError("alternative", options.alternative, 'must be "two-sided" for the adjustment tukey');
  }
  const fields = named.map((_, i) => `arms[${i}]`);
  const arms = armFamily(named, fields, options);
  const pairs = named.flatMap((_, i) => named.slice(i + 1).map((_arm, k): ArmPair => [i, i + 1 + k]));
  const adjustment = method === "tukey" ? TUKEY : pValueAdjustment(method);
  const adjusted = adjustedComparisons(arms, pairs, adjustment, confidence);
  return {
    kind: "pairs-comparison",
    method,
    ...armsResult(arms, method, adjustment, confidence, adjusted),
    pairs: adjusted.comparisons.map((comparison, k) => ({
      controlName: named[pairs[k]![0]]!.name,
      treatmentName: named[pairs[k]![1]]!.name,
      ...comparison,
    })),
  };
}
