import type { EquivalenceTest } from "../inference/test-equivalence.ts";
import type { NonInferiorityTest } from "../inference/test-non-inferiority.ts";
import type { SuperiorityTest } from "../inference/test-superiority.ts";
import { answers, type Block, details, lead, picture, table, title } from "./block.ts";
import { closing, undetermined } from "./closing.ts";
import { effectSentence } from "./effect-text.ts";
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
  RATIO_ENDS,
  REAL_ENDS,
  signed,
  units,
} from "./figures.ts";
import { capital } from "./labels.ts";

/** Every test against a margin. */
export type MarginResult = EquivalenceTest | NonInferiorityTest | SuperiorityTest;

/** Whether the treatment is not worse, or better, by a margin. */
export function describeMarginTest(result: NonInferiorityTest | SuperiorityTest): Block[] {
  const isSuperiority = result.kind === "superiority-test";
  return page(result, isSuperiority ? "Better by a margin" : "Not worse by a margin", [
    ["Margin", `${nullText(result, result.nullValue)} (${scaleName(result)})`],
    ["Standard errors from the margin", result.statistic === null ? null : finite(result.statistic)],
    ["Less is better", result.improvesWhen === "decrease" ? "yes" : null],
  ]);
}

/** Whether the effect is too small to matter. */
export function describeEquivalence(result: EquivalenceTest): Block[] {
  return page(result, "No difference that matters", [
    ["Bounds", `${boundsText(result)} (${scaleName(result)})`],
  ]);
}

function page(
  result: MarginResult,
  name: string,
  rows: readonly (readonly [string, string | null])[],
): Block[] {
  const { format, ends } = scaleOf(result);
  return [
    title(name),
    lead(marginFinding(result)),
    picture(result),
    answers([["Effect", capital(effectSentence(result.effect, format, ends))]]),
    armTable(result),
    details([
      ...rows,
      ["p-value", result.pValue === null ? "cannot be determined" : pValue(result.pValue, result.logPValue!)],
      ["Type I error", percent(result.alpha)],
      ["Degrees of freedom", result.degreesOfFreedom === Infinity ? null : finite(result.degreesOfFreedom)],
      ["Method", result.method],
    ]),
    ...closing(result),
  ];
}

/** What a reader in a hurry takes away. */
export function marginFinding(result: MarginResult): string {
  if (result.pValue === null) return undetermined(result.warnings, "The effect");
  switch (result.kind) {
    case "non-inferiority-test":
      return nonInferiority(result);
    case "superiority-test":
      return superiority(result);
    case "equivalence-test":
      return equivalence(result);
  }
}

function nonInferiority(result: NonInferiorityTest): string {
  const margin = nullText(result, result.nullValue);
  return result.nonInferior
    ? `The treatment is not worse by the margin: an effect of ${margin} or worse is ruled out.`
    : `Not shown: an effect of ${margin} or worse cannot be ruled out. That does not mean that there is one.`;
}

function superiority(result: SuperiorityTest): string {
  const margin = nullText(result, result.nullValue);
  return result.superior
    ? `The treatment is better by more than the margin: an effect of only ${margin} is ruled out.`
    : `Not shown: an effect of ${margin} or less good cannot be ruled out.`;
}

function equivalence(result: EquivalenceTest): string {
  const bounds = boundsText(result);
  return result.equivalent
    ? `The difference does not matter: effects outside of ${bounds} are ruled out.`
    : `Not shown: an effect outside of ${bounds} cannot be ruled out. That does not mean that there is one.`;
}

interface Scale {
  readonly format: (value: number) => string;
  readonly ends: Ends;
}

function scaleOf({ scale, control }: MarginResult): Scale {
  if (scale === "lift") return { format: change, ends: LIFT_ENDS };
  if (scale === "odds-ratio") return { format: (value) => amount(value), ends: RATIO_ENDS };
  return "conversions" in control
    ? { format: points, ends: RATE_DIFFERENCE_ENDS }
    : { format: (value) => signed(value), ends: REAL_ENDS };
}

function scaleName({ scale }: MarginResult): string {
  return scale === "odds-ratio" ? "odds ratio" : scale;
}

function nullText(result: MarginResult, value: number): string {
  return scaleOf(result).format(value);
}

function boundsText(result: EquivalenceTest): string {
  return `${nullText(result, result.lower.nullValue)} and ${nullText(result, result.upper.nullValue)}`;
}

function armTable(result: MarginResult): Block {
  return table(
    ["Arm", "Units", ...armColumns(result.control)],
    [
      ["Control", ...armCells(result.control)],
      ["Treatment", ...armCells(result.treatment)],
    ],
  );
}

function armColumns(arm: MarginResult["control"]): string[] {
  if ("conversions" in arm) return ["Conversions", "Rate"];
  if ("mean" in arm) return ["Mean", "Variance"];
  return "events" in arm ? ["Events", "Events per unit"] : ["Ratio", "Standard error"];
}

function armCells(arm: MarginResult["control"]): string[] {
  const n = units(arm.n);
  if ("conversions" in arm) return [n, amount(arm.conversions), percent(arm.conversions / arm.n)];
  if ("mean" in arm) return [n, amount(arm.mean), amount(arm.variance)];
  if ("events" in arm) return [n, amount(arm.events), amount(arm.rate)];
  return [n, arm.ratio === null ? "unknown" : amount(arm.ratio), amount(arm.standardError ?? 0)];
}
