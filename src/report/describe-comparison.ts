import { answers, type Block, details, lead, picture, table, title } from "./block.ts";
import { closing, lookedFor, undetermined } from "./closing.ts";
import { type AnyComparison, type ComparisonReading, readComparison } from "./comparison-reading.ts";
import { chanceSentence, effectRow, effectSentence, intervalSentence } from "./effect-text.ts";
import { strataBlocks } from "./describe-strata.ts";
import { triggeredBlocks } from "./describe-trigger.ts";
import { amount, change, finite, LIFT_ENDS, percent, pValue, RATIO_ENDS } from "./figures.ts";
import { capital } from "./labels.ts";

/** A level of treatment against control. */
export function describeComparison(result: AnyComparison): Block[] {
  const reading = readComparison(result);
  return [
    title(reading.title),
    lead(headline(result, reading)),
    picture(result),
    answers([
      ["Lift", capital(effectSentence(result.lift, change, LIFT_ENDS))],
      ["How sure", howSure(result)],
    ]),
    table(
      ["Arm", ...reading.columns],
      [
        ["Control", ...reading.cells("control")],
        ["Treatment", ...reading.cells("treatment")],
      ],
    ),
    effectTable(result, reading),
    ...furtherBlocks(result),
    details([
      [reading.statistic, result.statistic === null ? null : finite(result.statistic)],
      ["Degrees of freedom", degreesOfFreedom(reading)],
      ["p-value", result.pValue === null ? "cannot be determined" : pValue(result.pValue, result.logPValue!)],
      ["Coverage of intervals", percent(result.confidenceLevel)],
      ["The test looks for", lookedFor(result.alternative)],
      ["Method", result.method],
      ...reading.details,
    ]),
    ...closing(result),
  ];
}

/** Infinite ones are those of the normal distribution, and say nothing. */
function degreesOfFreedom(reading: ComparisonReading): string | null {
  const df = reading.degreesOfFreedom;
  return df === null || df === Infinity ? null : amount(df);
}

function effectTable({ lift, difference }: AnyComparison, reading: ComparisonReading): Block {
  return table(
    ["Effect", "Estimate", "Interval"],
    [
      effectRow("Lift", lift, change, LIFT_ENDS),
      effectRow("Difference", difference, reading.difference.format, reading.difference.ends),
      ...(reading.oddsRatio === null ? [] : [effectRow("Odds ratio", reading.oddsRatio, amount, RATIO_ENDS)]),
    ],
  );
}

/** What only some kinds bring. */
function furtherBlocks(result: AnyComparison): Block[] {
  if (result.kind === "stratified-comparison") return strataBlocks(result);
  if (result.kind === "triggered-comparison") return triggeredBlocks(result);
  return [];
}

/** What a reader in a hurry takes away. */
export function headline(result: AnyComparison, reading: ComparisonReading): string {
  const values = `${reading.level("treatment")} in the treatment against ${reading.level("control")} in the control`;
  const difference = result.difference.estimate;
  if (result.pValue === null || difference === null) return undetermined(result.warnings, "The difference");
  // The two-sided reading of a one-sided test would be another test.
  const isClear = result.pValue < 1 - result.confidenceLevel;
  if (!isClear) return `No clear difference: ${values}. Chance alone could have done that.`;
  return `The treatment is ${difference > 0 ? "higher" : "lower"}: ${values}. Chance alone would hardly do that.`;
}

function howSure(result: AnyComparison): string | null {
  if (result.pValue === null) return null;
  return `${chanceSentence(result.pValue, result.alternative)} (${pValue(result.pValue, result.logPValue!)}). ${intervalSentence(result)}`;
}
