import type { AlwaysValidPValue } from "../sequential/always-valid-p-value.ts";
import type { ConfidenceSequence } from "../sequential/confidence-sequence.ts";
import type { LiftConfidenceSequence } from "../sequential/lift-confidence-sequence.ts";
import type { ProportionConfidenceSequence } from "../sequential/proportion-confidence-sequence.ts";
import type { SequenceEstimate } from "../sequential/sequence-estimate.ts";
import { type Block, details, lead, table, title } from "./block.ts";
import { closing, lookedFor, undetermined } from "./closing.ts";
import {
  amount,
  change,
  type Ends,
  finite,
  LIFT_ENDS,
  percent,
  points,
  pValue,
  RATE_DIFFERENCE_ENDS,
  REAL_ENDS,
  signed,
  span,
  units,
} from "./figures.ts";

/** An always-valid p-value, with the intervals that go with it. */
export function describeAlwaysValidPValue(result: AlwaysValidPValue): Block[] {
  const figure = pValue(result.pValue, result.logPValue);
  const isClear = result.pValue < 1 - result.confidenceLevel;
  const { estimate } = result.difference;
  return [
    title("Always-valid test"),
    lead(
      estimate === null
        ? undetermined(result.warnings, "The difference")
        : isClear
          ? `The treatment is ${estimate > 0 ? "higher" : "lower"} (always-valid ${figure}): one may stop here, however often one has looked.`
          : `No clear difference so far (always-valid ${figure}). One may look again at any time.`,
    ),
    ...effectBlocks(result, [
      ["Always-valid p-value", figure],
      ["Of this look alone", pValue(result.instantPValue, result.logInstantPValue)],
      ["How much likelier with an effect", finite(result.likelihoodRatio)],
    ]),
  ];
}

/** Intervals that hold at all looks together. */
export function describeConfidenceSequence(result: ConfidenceSequence): Block[] {
  const { running } = result.lift.estimate === null ? result.difference : result.lift;
  return [
    title("Confidence sequence"),
    lead(
      result.difference.estimate === null
        ? undetermined(result.warnings, "The difference")
        : `The ${result.lift.estimate === null ? "difference" : "lift"} is ${span(running, result.lift.estimate === null ? signed : change, result.lift.estimate === null ? REAL_ENDS : LIFT_ENDS)}: in ${percent(result.confidenceLevel)} of tests such intervals hold the truth at every look, however often one looks.`,
    ),
    ...effectBlocks(result, []),
  ];
}

function effectBlocks(
  result: AlwaysValidPValue | ConfidenceSequence,
  rows: readonly (readonly [string, string | null])[],
): Block[] {
  const { control, treatment, tuning, isRate } = result;
  const level = ({ value }: { readonly value: number | null }): string =>
    value === null ? "none" : isRate ? percent(value) : amount(value);
  return [
    table(
      ["Arm", "Units", "Level"],
      [
        ["Control", units(control.n), level(control)],
        ["Treatment", units(treatment.n), level(treatment)],
      ],
    ),
    sequenceTable([
      ["Lift", result.lift, change, LIFT_ENDS],
      isRate
        ? ["Difference", result.difference, points, RATE_DIFFERENCE_ENDS]
        : ["Difference", result.difference, signed, REAL_ENDS],
    ]),
    details([
      ...rows,
      ["Standard errors that this look needs", finite(result.criticalValue)],
      ["Coverage, at all looks together", percent(result.confidenceLevel)],
      ["The test looks for", lookedFor(result.alternative)],
      [TUNINGS[tuning.name], amount(tuning.value)],
      ["Method", result.method],
    ]),
    ...closing(result),
  ];
}

const TUNINGS: Readonly<Record<AlwaysValidPValue["tuning"]["name"], string>> = {
  tightestN: "Tightest at so many units in control",
  mixtureVariance: "Variance of the differences expected",
  rho: "Rho",
};

type Row = readonly [name: string, estimate: SequenceEstimate, format: (value: number) => string, ends: Ends];

function sequenceTable(rows: readonly Row[]): Block {
  return table(
    ["Effect", "Estimate", "Not ruled out by any look", "By this look"],
    rows.map(([name, { estimate, interval, running }, format, ends]) => [
      name,
      estimate === null ? "cannot be determined" : estimate === Infinity ? "infinite" : format(estimate),
      span(running, format, ends),
      span(interval, format, ends),
    ]),
  );
}

/** The lift, by which arm conversions come from, however often one looks. */
export function describeLiftConfidenceSequence(result: LiftConfidenceSequence): Block[] {
  const figure = pValue(result.pValue, result.logPValue);
  const isClear = result.pValue < 1 - result.confidenceLevel;
  const { estimate } = result.lift;
  return [
    title("Lift, however often one looks"),
    lead(
      estimate !== null && isClear
        ? `The treatment converts ${estimate > 0 ? "more" : "less"} (always-valid ${figure}): one may stop here, however often one has looked.`
        : `No clear difference so far (always-valid ${figure}). One may look again at any time.`,
    ),
    table(
      ["Arm", "Units", "Conversions"],
      [
        ["Control", units(result.control.n), units(result.control.conversions)],
        ["Treatment", units(result.treatment.n), units(result.treatment.conversions)],
      ],
    ),
    sequenceTable([["Lift", result.lift, change, LIFT_ENDS]]),
    details([
      ["Always-valid p-value", figure],
      ["Of this look alone", pValue(result.instantPValue, result.logInstantPValue)],
      ["How much likelier with a lift", finite(result.likelihoodRatio)],
      ["Planned split, treatment over control", amount(result.tuning.allocation)],
      ["Tightest at so many conversions in control", amount(result.tuning.tightestConversions)],
      ["Coverage, at all looks together", percent(result.confidenceLevel)],
      ["Method", result.method],
    ]),
    ...closing(result),
  ];
}

/** One rate, however often one looks. */
export function describeProportionConfidenceSequence(result: ProportionConfidenceSequence): Block[] {
  const { rate, tuning } = result;
  return [
    title("One rate, however often one looks"),
    lead(
      `The rate is ${span(rate.running, percent, RATE_ENDS)}: in ${percent(result.confidenceLevel)} of cases such intervals hold the truth at every look.`,
    ),
    sequenceTable([["Rate", rate, percent, RATE_ENDS]]),
    details([
      ["Units", units(result.n)],
      ["Conversions", units(result.conversions)],
      [
        "Prior",
        tuning.prior === null ? null : `Beta(${amount(tuning.prior.alpha)}, ${amount(tuning.prior.beta)})`,
      ],
      ["Tightest at so many units", tuning.tightestN === null ? null : amount(tuning.tightestN)],
      ["Coverage, at all looks together", percent(result.confidenceLevel)],
      ["Method", result.method],
    ]),
    ...closing(result),
  ];
}

/** A rate is never beyond these, and an interval that ends there says nothing on that side. */
const RATE_ENDS: Ends = { lower: 0, upper: RATE_DIFFERENCE_ENDS.upper };
