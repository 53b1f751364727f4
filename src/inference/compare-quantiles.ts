import { checkObject, checkOneOf } from "../core/checks.ts";
import { DomainError } from "../core/domain-error.ts";
import type { Interval } from "../core/interval.ts";
import { INDEPENDENT_UNITS } from "../models/independent-units.ts";
import { normalUpperQuantile } from "../numerics/normal.ts";
import { checkQuantileSummary, type QuantileSummary } from "../summaries/quantile-summary.ts";
import type { Comparison } from "./comparison.ts";
import { checkedConfidence, type ConfidenceOptions } from "../core/confidence.ts";
import { levelLiftError } from "../models/level-lift-interval.ts";
import { independentLevels, type Levels } from "../models/levels.ts";
import { makeEstimate } from "../core/make-estimate.ts";
import { normalLogPValue, normalPValue } from "./normal-p-value.ts";
import { quantileCautions } from "./quantile-cautions.ts";
import { woodruffInterval } from "./quantile-interval.ts";
import { quantileLiftInterval, type QuantileLiftMethod } from "./quantile-lift-interval.ts";
import { checkReach, quantileSpread, type QuantileTestName } from "./quantile-spread.ts";
import { twoSidedInterval, twoSidedLevels, twoSidedStatistic } from "./two-sided-levels.ts";
import { wholeLine } from "../core/whole-line.ts";

export interface CompareQuantilesOptions extends ConfidenceOptions {
  readonly control: QuantileSummary;
  /** Of the same probability as the control's. */
  readonly treatment: QuantileSummary;
  /** `mover` unless said. */
  readonly test?: QuantileTestName | undefined;
  /** `fieller` unless said. */
  readonly liftMethod?: QuantileLiftMethod | undefined;
}

/** A quantile of one arm, with an interval of its own. */
export interface ArmQuantile {
  readonly n: number;
  readonly quantile: number;
  /** Woodruff's. */
  readonly interval: Interval;
}

/** What `compareQuantiles` finds: the test, and the effect on two scales. */
export interface QuantileComparison extends Comparison<"quantile-comparison", ArmQuantile> {
  /** Which quantile was compared. */
  readonly probability: number;
}

const TESTS: readonly QuantileTestName[] = ["mover", "price-bonett"];
const LIFT_METHODS: readonly QuantileLiftMethod[] = ["fieller", "log"];

/**
 * Compares a quantile of a metric in two arms, such as the median order value or the 90th percentile of load times.
 *
 * H0: both quantiles are equal. H1: they differ (`two-sided`), or the treatment's is larger (`greater`) or smaller
 * (`less`). No density is estimated: how many standard errors an order statistic lies from the quantile is known from
 * the binomial distribution of ranks.
 *
 * - `mover`: each side of each quantile has its own error, so that skewed and tied values (prices, counts) are covered
 *   as often as said. Fieller's lift takes the same errors. Both invert the test.
 * - `price-bonett`: one error for both sides. It covers too seldom where many units share a value near the quantile.
 *
 * The lift by `log` takes the errors of the logs of the values, for values above 0, and does not invert the test. Values
 * from sketches widen every interval by their accuracy, and the test allows for it. Values must be one for each
 * randomised unit; several events a unit need their `designEffect` (see `quantileDesignEffect`), or errors are too small.
 *
 * @param options.control - the control arm's quantile with its order statistics, from `quantileSummary`,
 *   `sketchQuantile` or a warehouse
 * @param options.treatment - the same of the treatment arm
 * @param options.test - `mover` unless said
 * @param options.liftMethod - `fieller` unless said
 * @param options.alternative - `two-sided` unless said; one-sided alternatives give one-sided intervals
 * @param options.confidenceLevel - coverage of the intervals, in (0, 1); 0.95 unless said
 * @returns test and estimates, and each arm's quantile with Woodruff's interval; `statistic` and the p-values are null
 *   only where tied values leave no error to judge by
 * @throws {DomainError} for a broken summary, two probabilities, an unknown name, or a level outside (0, 1)
 * @example
 * ```ts
 * import { compareQuantiles } from "microlift";
 * const result = compareQuantiles({
 *   control: {
 *     n: 10_000, probability: 0.9, value: 912,
 *     lower: { rank: 8941, value: 897 }, upper: { rank: 9060, value: 928 },
 *   },
 *   treatment: {
 *     n: 10_000, probability: 0.9, value: 881,
 *     lower: { rank: 8941, value: 866 }, upper: { rank: 9060, value: 897 },
 *   },
 * });
 * result.difference.interval.upper; // -9.4
 * result.pValue; // 0.005
 * ```
 * Price and Bonett (2002), for any quantile; Zou and Donner (2008) for the two-sided errors; Fieller (1954).
 */
export function compareQuantiles(options: CompareQuantilesOptions): QuantileComparison {
  checkObject("options", options);
  const { control, treatment, test = "mover", liftMethod = "fieller" } = options;
  checkArms(control, treatment);
  checkOneOf("test", test, TESTS);
  checkOneOf("liftMethod", liftMethod, LIFT_METHODS);
  const confidence = checkedConfidence(options.alternative, options.confidenceLevel);
  const { alternative, confidenceLevel } = confidence;
  const critical = normalUpperQuantile(confidence.tail);
  const spreads = [quantileSpread(control, test), quantileSpread(treatment, test)] as const;
  const levels = twoSidedLevels(...spreads);
  const statistic = twoSidedStatistic(levels, confidence);
  const isDetermined = statistic !== null;
  const middle = independentLevels(
    control.value,
    treatment.value,
    spreads[0].error,
    spreads[1].error,
    Infinity,
  );
  const difference = isDetermined
    ? twoSidedInterval(levels, critical, confidence, test)
    : wholeLine(test, confidence);
  const hasLift = control.value > 0;
  const lift =
    isDetermined && hasLift
      ? quantileLiftInterval(control, treatment, test, critical, confidence, liftMethod)
      : wholeLine(liftMethod, confidence);
  return {
    kind: "quantile-comparison",
    method: test,
    alternative,
    confidenceLevel,
    probability: control.probability,
    control: armQuantile(control, confidenceLevel),
    treatment: armQuantile(treatment, confidenceLevel),
    statistic,
    pValue: isDetermined ? normalPValue(statistic, alternative) : null,
    logPValue: isDetermined ? normalLogPValue(statistic, alternative) : null,
    difference: isDetermined
      ? makeEstimate(middle.difference, middle.standardError, difference, alternative)
      : {
          estimate: middle.difference,
          standardError: middle.standardError,
          interval: difference,
          status: "undetermined",
        },
    lift: makeEstimate(
      hasLift ? middle.difference / control.value : null,
      hasLift ? liftError(middle) : null,
      lift,
      alternative,
    ),
    status: isDetermined ? "ok" : "undetermined",
    warnings: quantileCautions(control, treatment, levels, isDetermined, lift, confidence),
    assumptions: [
      INDEPENDENT_UNITS,
      "There is one value for each unit, or the design effect says what several are worth.",
    ],
  };
}

function checkArms(control: QuantileSummary, treatment: QuantileSummary): void {
  checkObject("control", control);
  checkObject("treatment", treatment);
  checkQuantileSummary("control.", control);
  checkQuantileSummary("treatment.", treatment);
  if (control.probability !== treatment.probability) {
    throw new DomainError(
      "treatment.probability",
      treatment.probability,
      `must be the control's ${control.probability}`,
    );
  }
  checkReach("control.", control);
  checkReach("treatment.", treatment);
}

function armQuantile(arm: QuantileSummary, confidenceLevel: number): ArmQuantile {
  const interval = woodruffInterval(arm, checkedConfidence("two-sided", confidenceLevel));
  return { n: arm.n, quantile: arm.value, interval };
}

function liftError(levels: Levels): number {
  return levels.standardError === Infinity ? Infinity : levelLiftError(levels);
}
