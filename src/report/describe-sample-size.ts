import type { ProportionAssuranceSampleSize } from "../planning/sample-size-for-assurance.ts";
import type { ExactProportionSampleSize } from "../planning/exact-sample-size-for-proportions.ts";
import type { CountSampleSize } from "../planning/sample-size-for-counts.ts";
import type { EquivalenceSampleSize } from "../planning/sample-size-for-equivalence.ts";
import type { MeanSampleSize } from "../planning/sample-size-for-means.ts";
import type { NonInferioritySampleSize } from "../planning/sample-size-for-non-inferiority.ts";
import type { ProportionSampleSize } from "../planning/sample-size-for-proportions.ts";
import type { RatioSampleSize } from "../planning/sample-size-for-ratios.ts";
import type { SuperioritySampleSize } from "../planning/sample-size-for-superiority.ts";
import { type Block, details, lead, paragraph, title } from "./block.ts";
import { closing } from "./closing.ts";
import { amount, change, percent, units } from "./figures.ts";
import { designDetails } from "./planned-design.ts";
import { goalDetails, goalText } from "./planned-goal.ts";

/** The sample size of a test of any kind. */
export type AnySampleSize =
  | CountSampleSize
  | EquivalenceSampleSize
  | ExactProportionSampleSize
  | MeanSampleSize
  | NonInferioritySampleSize
  | ProportionSampleSize
  | RatioSampleSize
  | SuperioritySampleSize;

/** How many units a test needs. */
export function describeSampleSize(result: AnySampleSize): Block[] {
  const { total } = result;
  return [
    title("Sample size"),
    lead(needs(result, goalText(result))),
    ...(total === Infinity
      ? []
      : [
          paragraph(
            `At this size, ${percent(result.power)} of such tests succeed where that is so, and ${percent(falseAlarms(result))} where it is not.`,
          ),
        ]),
    details([
      ...sizeDetails(result),
      ...("exact" in result ? [beforeRounding(result)] : exactDetails(result)),
      ...goalDetails(result),
      ...designDetails(result),
    ]),
    ...closing(result),
  ];
}

/** How many units a test needs where the control's rate is known from data only. */
export function describeAssuranceSampleSize(result: ProportionAssuranceSampleSize): Block[] {
  const { total, baseline, controlInterval } = result;
  const rates = `${percent(baseline.interval.lower)} to ${percent(baseline.interval.upper)}`;
  return [
    title("Sample size, with the baseline in doubt"),
    lead(needs(result, `see a lift of ${change(result.lift)}`)),
    ...(total === Infinity
      ? []
      : [
          paragraph(
            `On average over what the past leaves open about the control's rate (${rates}), ${percent(result.assurance)} of such tests find it. Were the rate known, ${units(controlInterval.lower)} to ${units(controlInterval.upper)} units in control would do.`,
          ),
        ]),
    details([
      ...sizeDetails(result),
      beforeRounding(result),
      ["Rate of control, median", percent(baseline.median)],
      [`Rate of control, ${percent(baseline.interval.confidenceLevel)} interval`, rates],
      ["Units in control at the median", units(result.controlAtMedian)],
      ["Assurance asked for", percent(result.targetAssurance)],
      ...designDetails(result),
    ]),
    ...closing(result),
  ];
}

interface PlannedArms {
  readonly control: number;
  readonly treatment: number;
  readonly total: number;
  readonly treatments: number;
}

function needs({ control, treatment, total, treatments }: PlannedArms, goal: string): string {
  if (total === Infinity) return `No number of units is enough to ${goal}.`;
  const arms =
    control === treatment
      ? `${units(control)} units in each of ${treatments === 1 ? "two" : treatments + 1} arms`
      : `${units(control)} units in control and ${units(treatment)} in ${treatments === 1 ? "treatment" : `each of ${treatments} treatments`}`;
  return `${arms}, ${units(total)} in all, to ${goal}.`;
}

function sizeDetails({ control, treatment, total, treatments }: PlannedArms): [string, string | null][] {
  return [
    ["Units in control", units(control)],
    [treatments === 1 ? "Units in treatment" : "Units in each treatment", units(treatment)],
    ["Units in all", units(total)],
  ];
}

function beforeRounding({
  total,
  exact,
}: {
  readonly total: number;
  readonly exact: { readonly control: number; readonly treatment: number };
}): [string, string | null] {
  return [
    "Before rounding",
    total === Infinity ? null : `${amount(exact.control, 8)} and ${amount(exact.treatment, 8)}`,
  ];
}

/** What counting every table shows beside the size. */
function exactDetails({ total, first, typeIError }: ExactProportionSampleSize): [string, string | null][] {
  if (total === Infinity) return [];
  return [
    [
      "First size with the power, before it dips again",
      `${units(first.control)} and ${units(first.treatment)}`,
    ],
    ["False alarms at the baseline, counted exactly", percent(typeIError)],
  ];
}

function falseAlarms(result: AnySampleSize): number {
  return "typeIError" in result ? result.typeIError : result.alpha;
}
