import type { Alternative } from "../core/alternative.ts";
import type { Estimate } from "../core/estimate.ts";
import type { MeanComparison } from "../inference/mean-comparison.ts";
import type { ProportionComparison } from "../inference/proportion-comparison.ts";
import { answers, type Block, details, lead, table, title } from "./block.ts";
import { closing, lookedFor, undetermined } from "./closing.ts";
import {
  amount,
  between,
  change,
  type Ends,
  finite,
  frequency,
  intervalName,
  LIFT_ENDS,
  percent,
  points,
  pValue,
  RATE_DIFFERENCE_ENDS,
  RATIO_ENDS,
  REAL_ENDS,
  signed,
  span,
  units,
} from "./figures.ts";
import { capital } from "./labels.ts";

type Comparison = ProportionComparison | MeanComparison;

/** A rate or a mean of treatment against control. */
export function describeComparison(result: Comparison): Block[] {
  const isRate = result.kind === "proportion-comparison";
  return [
    title(isRate ? "Comparison of two rates" : "Comparison of two means"),
    lead(headline(result)),
    answers([
      ["Lift", capital(effectSentence(result.lift, change, LIFT_ENDS))],
      ["How sure", howSure(result)],
    ]),
    isRate ? rateTable(result) : meanTable(result),
    table(
      ["Effect", "Estimate", "Interval"],
      [
        effectRow("Lift", result.lift, change, LIFT_ENDS),
        isRate
          ? effectRow("Difference", result.difference, points, RATE_DIFFERENCE_ENDS)
          : effectRow("Difference", result.difference, signed, REAL_ENDS),
        ...(isRate ? [effectRow("Odds ratio", result.oddsRatio, amount, RATIO_ENDS)] : []),
      ],
    ),
    details([
      ["Standard errors from 0", result.statistic === null ? null : finite(result.statistic)],
      [
        "Degrees of freedom",
        isRate || result.degreesOfFreedom === null ? null : finite(result.degreesOfFreedom),
      ],
      ["p-value", result.pValue === null ? "cannot be determined" : pValue(result.pValue, result.logPValue!)],
      ["Coverage of intervals", percent(result.confidenceLevel)],
      ["The test looks for", lookedFor(result.alternative)],
      ["Method", result.method],
    ]),
    ...closing(result),
  ];
}

function headline(result: Comparison): string {
  const values = sides(result);
  const difference = result.difference.estimate;
  if (result.pValue === null || difference === null) return undetermined(result.warnings, "The difference");
  // The two-sided reading of a one-sided test would be another test.
  const isClear = result.pValue < 1 - result.confidenceLevel;
  if (!isClear) return `No clear difference: ${values}. Chance alone could have done that.`;
  return `The treatment is ${difference > 0 ? "higher" : "lower"}: ${values}. Chance alone would hardly do that.`;
}

/** `1.25 % in the treatment against 0.573 % in the control`. */
function sides(result: Comparison): string {
  return result.kind === "proportion-comparison"
    ? `${percent(result.treatment.rate)} in the treatment against ${percent(result.control.rate)} in the control`
    : `${amount(result.treatment.mean)} in the treatment against ${amount(result.control.mean)} in the control`;
}

/** An effect with its interval as a sentence; says so where it cannot be determined. */
export function effectSentence(estimate: Estimate, format: (value: number) => string, ends: Ends): string {
  const interval = `${intervalName(estimate.interval)}: ${between(estimate.interval, format, ends)}`;
  if (estimate.estimate === null) return `cannot be determined; ${interval}.`;
  const value = estimate.estimate === Infinity ? "infinite" : format(estimate.estimate);
  return `${value}; ${interval}.`;
}

/** An effect with its interval as a row of a table. */
export function effectRow(
  name: string,
  { estimate, interval }: Estimate,
  format: (value: number) => string,
  ends: Ends,
): string[] {
  const value =
    estimate === null ? "cannot be determined" : estimate === Infinity ? "infinite" : format(estimate);
  return [name, value, span(interval, format, ends)];
}

function howSure(result: Comparison): string | null {
  if (result.pValue === null) return null;
  return `${chanceSentence(result.pValue, result.alternative)} (${pValue(result.pValue, result.logPValue!)}). ${intervalSentence(result)}`;
}

const AS_EXTREME: Readonly<Record<Alternative, string>> = {
  "two-sided": "a difference at least as large",
  greater: "a result at least as high",
  less: "a result at least as low",
};

/** What a p-value says, and no more. */
export function chanceSentence(p: number, alternative: Alternative): string {
  return `If the treatment changed nothing, ${AS_EXTREME[alternative]} would appear by chance ${frequency(p)}`;
}

/** What an interval says, and no more. */
export function intervalSentence({ confidenceLevel }: Pick<Comparison, "confidenceLevel">): string {
  return `Intervals made like these hold the truth in ${percent(confidenceLevel)} of tests.`;
}

function rateTable({ control, treatment }: ProportionComparison): Block {
  return table(
    ["Arm", "Units", "Conversions", "Rate"],
    [
      ["Control", units(control.n), amount(control.conversions), percent(control.rate)],
      ["Treatment", units(treatment.n), amount(treatment.conversions), percent(treatment.rate)],
    ],
  );
}

function meanTable({ control, treatment }: MeanComparison): Block {
  return table(
    ["Arm", "Units", "Mean", "Variance"],
    [
      ["Control", units(control.n), amount(control.mean), amount(control.variance)],
      ["Treatment", units(treatment.n), amount(treatment.mean), amount(treatment.variance)],
    ],
  );
}
