import type { PairComparison, PairsComparison } from "../inference/compare-all-pairs.ts";
import type { ArmsComparison, TreatmentComparison } from "../inference/compare-arms.ts";
import { answers, type Block, details, lead, picture, table, title } from "./block.ts";
import { closing, lookedFor } from "./closing.ts";
import { change, LIFT_ENDS, percent, pFigure, span } from "./figures.ts";
import { quoted } from "./labels.ts";

/** Several arms, each against one control or against each other. */
export function describeArms(result: ArmsComparison | PairsComparison): Block[] {
  const comparisons = result.kind === "arms-comparison" ? result.treatments : result.pairs;
  const hasSimultaneous = result.noIntervalsReason === null;
  return [
    title(result.kind === "arms-comparison" ? "Comparison of several treatments" : "Comparison of all pairs"),
    lead(headline(comparisons)),
    picture(result),
    answers([
      ["What is held", held(result)],
      ["Intervals", hasSimultaneous ? "They hold for all comparisons at once." : result.noIntervalsReason],
    ]),
    table(
      [
        "Comparison",
        "Lift",
        hasSimultaneous ? "Interval for all at once" : "Interval by itself",
        "p",
        "Adjusted p",
      ],
      comparisons.map((one) => row(one)),
    ),
    details([
      ["Coverage of intervals", percent(result.confidenceLevel)],
      ["The tests look for", lookedFor(result.alternative)],
      ["Test", result.test],
      ["Method", result.method],
      [
        "Level of one interval",
        result.singleConfidenceLevel === null ? null : percent(result.singleConfidenceLevel),
      ],
    ]),
    ...closing(result, ...comparisons.map(({ comparison }) => comparison)),
  ];
}

export type OneComparison = TreatmentComparison | PairComparison;

/** What a comparison of two of several arms is called. */
export function nameOf(one: OneComparison): string {
  return "name" in one ? one.name : `${one.treatmentName} against ${one.controlName}`;
}

/** What a reader in a hurry takes away. */
export function headline(comparisons: readonly OneComparison[]): string {
  const clear = comparisons.filter(({ rejected }) => rejected);
  const count = comparisons.length === 1 ? "the only comparison" : `${comparisons.length} comparisons`;
  if (clear.length === 0) return `No clear difference in ${count}. Chance alone could have done that.`;
  const names = clear.map((one) => {
    const direction = isHigher(one) ? "higher" : "lower";
    return "name" in one
      ? `${quoted(one.name)} is ${direction}`
      : `${quoted(one.treatmentName)} is ${direction} than ${quoted(one.controlName)}`;
  });
  return `Clear differences in ${clear.length} of ${count}: ${names.join(", ")}.`;
}

function isHigher({ comparison }: OneComparison): boolean {
  return (comparison.difference.estimate ?? 0) > 0;
}

function held({ controls, confidenceLevel }: ArmsComparison | PairsComparison): string {
  const share = percent(1 - confidenceLevel);
  switch (controls) {
    case "family-wise-error-rate":
      return `The chance of even one false alarm among all comparisons is at most ${share}.`;
    case "false-discovery-rate":
      return `On average at most ${share} of the differences called clear are false alarms.`;
    case null:
      return `Nothing: each comparison alone has a chance of ${share} of a false alarm, and together they have more.`;
  }
}

function row(one: OneComparison): string[] {
  const { comparison, adjustedPValue, adjustedLogPValue, simultaneous } = one;
  const { lift, pValue, logPValue } = comparison;
  return [
    nameOf(one),
    lift.estimate === null ? "cannot be determined" : change(lift.estimate),
    span((simultaneous ?? { lift: lift.interval }).lift, change, LIFT_ENDS),
    pValue === null ? "none" : pFigure(pValue, logPValue!),
    adjustedPValue === null ? "none" : pFigure(adjustedPValue, adjustedLogPValue!),
  ];
}
