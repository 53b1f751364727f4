import type { ProportionAssurance } from "../planning/assurance-for-proportions.ts";
import type { ExactProportionPower } from "../planning/exact-power-for-proportions.ts";
import type { ExactTypeIError } from "../planning/exact-type-i-error-for-proportions.ts";
import type { CountPower } from "../planning/power-for-counts.ts";
import type { EquivalencePower } from "../planning/power-for-equivalence.ts";
import type { MeanPower } from "../planning/power-for-means.ts";
import type { NonInferiorityPower } from "../planning/power-for-non-inferiority.ts";
import type { ProportionPower } from "../planning/power-for-proportions.ts";
import type { RatioPower } from "../planning/power-for-ratios.ts";
import type { SuperiorityPower } from "../planning/power-for-superiority.ts";
import { type Block, details, lead, title } from "./block.ts";
import { closing } from "./closing.ts";
import { chance, change, percent, units } from "./figures.ts";
import { designDetails } from "./planned-design.ts";
import { goalDetails, goalText } from "./planned-goal.ts";

/** The power of a test of any kind. */
export type AnyPower =
  | CountPower
  | EquivalencePower
  | ExactProportionPower
  | MeanPower
  | NonInferiorityPower
  | ProportionPower
  | RatioPower
  | SuperiorityPower;

/** How probably a test finds or shows what it is for. */
export function describePower(result: AnyPower): Block[] {
  return [
    title("Power"),
    lead(`With a chance of ${chance(result.power)} the test will ${goalText(result)}.`),
    details([
      ["Units in control", units(result.control)],
      [result.treatments === 1 ? "Units in treatment" : "Units in each treatment", units(result.treatment)],
      ...goalDetails(result),
      ["Chance of a finding in the wrong direction", "farTail" in result ? chance(result.farTail) : null],
      [
        "False alarms at the baseline, counted exactly",
        "typeIError" in result ? percent(result.typeIError) : null,
      ],
      ...designDetails(result),
    ]),
    ...closing(result),
  ];
}

/** How probably a test finds a lift where the control's rate is known from data only. */
export function describeAssurance(result: ProportionAssurance): Block[] {
  const { baseline, powerInterval } = result;
  return [
    title("Power, with the baseline in doubt"),
    lead(
      `With a chance of ${chance(result.assurance)} the test will see a lift of ${change(result.lift)}, on average over what the past leaves open about the control's rate.`,
    ),
    details([
      ["Units in control", units(result.control)],
      [result.treatments === 1 ? "Units in treatment" : "Units in each treatment", units(result.treatment)],
      ["Rate of control, median", percent(baseline.median)],
      [
        `Rate of control, ${percent(baseline.interval.confidenceLevel)} interval`,
        `${percent(baseline.interval.lower)} to ${percent(baseline.interval.upper)}`,
      ],
      ["Power at the median rate", chance(result.powerAtMedian)],
      ["Power over that interval", `${chance(powerInterval.lower)} to ${chance(powerInterval.upper)}`],
      ["Chance of a finding in the wrong direction", chance(result.farTail)],
      ...designDetails(result),
    ]),
    ...closing(result),
  ];
}

/** The type I error that a test really has. */
export function describeExactTypeIError(result: ExactTypeIError): Block[] {
  const { size, rate, tailAlpha, alternative } = result;
  const nominal = alternative === "two-sided" ? 2 * tailAlpha : tailAlpha;
  return [
    title("False alarms, counted exactly"),
    lead(
      `Without an effect the test finds one in ${percent(size)} of cases at the most, ${size > nominal ? "more" : "not more"} than the ${percent(nominal)} it is made for.`,
    ),
    details([
      ["Units in control", units(result.control)],
      ["Units in treatment", units(result.treatment)],
      ["Rate of both arms where that is so", percent(rate)],
      ...designDetails(result),
    ]),
    ...closing(result),
  ];
}
