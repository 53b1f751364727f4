import type { BetaBinomialAssurance } from "../bayesian/assurance-for-beta-binomial.ts";
import type { Assurance } from "../bayesian/assurance.ts";
import type { PredictiveProbability } from "../bayesian/predictive-probability.ts";
import type { ExpectedLossSampleSize } from "../bayesian/sample-size-for-expected-loss.ts";
import type { PosteriorWidthSampleSize } from "../bayesian/sample-size-for-posterior-width.ts";
import type { CheckedCriterion } from "../bayesian/success-criterion.ts";
import type { SuccessProbability } from "../bayesian/success-probability.ts";
import type { RunningOn, ValueOfInformation } from "../bayesian/value-of-information.ts";
import { answers, type Block, details, lead, table, title } from "./block.ts";
import { betaPriorRows } from "./prior-rows.ts";
import { closing } from "./closing.ts";
import { effectPriorName } from "./describe-effect-priors.ts";
import { amount, chance, days, percent, points, shortfall, signed, units } from "./figures.ts";

/** What makes an experiment a success, in words. */
function criterionText(criterion: CheckedCriterion): string {
  switch (criterion.kind) {
    case "significance":
      return `significant at ${percent(criterion.alpha)}, ${criterion.alternative === "two-sided" ? "two-sided" : `for ${criterion.alternative === "greater" ? "an increase" : "a decrease"} only`}`;
    case "posterior-probability":
      return `one arm better with a chance of at least ${percent(criterion.probability)}`;
    case "expected-loss":
      return `one arm chosen at an expected loss of at most ${shortfall(criterion.thresholdOfCaring)}`;
  }
}

function sidesTable({ probability, sides }: SuccessProbability): Block {
  return table(
    ["Success", "Chance"],
    [
      ["For the treatment", chance(sides.greater)],
      ["For the control", chance(sides.less)],
      ["For either", chance(probability)],
    ],
  );
}

/** How the experiment will end. */
export function describePredictiveProbability(result: PredictiveProbability): Block[] {
  const { remaining, criterion } = result;
  return [
    title("How the experiment will probably end"),
    lead(
      `Given the data so far, the chance that the experiment ends as a success for the treatment is ${chance(result.sides.greater)}.`,
    ),
    sidesTable(result),
    details([
      ["Success", criterionText(criterion)],
      ["Still to come, control", units(remaining.control)],
      ["Still to come, treatment", units(remaining.treatment)],
      ...betaPriorRows(result.prior),
      ["Method", result.method],
    ]),
    ...closing(result),
  ];
}

/** The chance of success, before any data. */
export function describeNormalAssurance(result: Assurance): Block[] {
  const { sides, probabilityOfBenefit, atPriorMean } = result;
  return [
    title("How probably the experiment will be a success"),
    lead(
      `Before any data, the chance that the experiment ends as a success for the treatment is ${chance(sides.greater)}.`,
    ),
    answers([
      [
        "At most",
        `${chance(probabilityOfBenefit)}, however large the experiment: the chance that the change is any good.`,
      ],
      ["If the effect is as expected", `${chance(atPriorMean.sides.greater)}.`],
    ]),
    sidesTable(result),
    details([
      ["Success", criterionText(result.criterion)],
      ["Prior of the effect", effectPriorName({ ...result.prior, family: "normal" })],
      ["Standard error", amount(result.standardError)],
      ["Method", result.method],
    ]),
    ...closing(result),
  ];
}

/** The same of two rates that are both uncertain. */
export function describeBetaBinomialAssurance(result: BetaBinomialAssurance): Block[] {
  return [
    title("How probably the experiment will be a success"),
    lead(
      `Before any data, the chance that the experiment ends as a success for the treatment is ${chance(result.sides.greater)}.`,
    ),
    answers([
      [
        "At most",
        `${chance(result.probabilityOfBenefit)}, however large the experiment: the chance that the treatment is better.`,
      ],
    ]),
    sidesTable(result),
    details([
      ["Success", criterionText(result.criterion)],
      ["Units of the control", units(result.units.control)],
      ["Units of the treatment", units(result.units.treatment)],
      ...betaPriorRows(result.prior),
      ["Method", result.method],
    ]),
    ...closing(result),
  ];
}

/** Units until a choice is expected to lose little. */
export function describeExpectedLossSampleSize(result: ExpectedLossSampleSize): Block[] {
  const { control, treatment, total, expectedLoss, expectedLossNow, thresholdOfCaring } = result;
  return [
    title("How many units a safe choice needs"),
    lead(
      total === 0
        ? `No units: the choice is expected to lose ${shortfall(expectedLossNow)} without any data.`
        : `${units(total)} units in all: the choice after them is expected to lose ${shortfall(expectedLoss)}.`,
    ),
    details([
      ["Units of the control", units(control)],
      ["Units of the treatment", units(treatment)],
      ["Loss that does not matter", shortfall(thresholdOfCaring)],
      ["Expected loss without data", shortfall(expectedLossNow)],
      ...betaPriorRows(result.prior),
      ["Method", result.method],
    ]),
    ...closing(result),
  ];
}

const WIDTH_CRITERIA: Readonly<Record<PosteriorWidthSampleSize["method"], string>> = {
  "average-length": "intervals are this short on average",
  "average-coverage": "intervals of this length hold the level on average",
  "worst-outcome": "intervals are this short whatever is seen",
};

/** Units until the posterior is narrow. */
export function describePosteriorWidthSampleSize(result: PosteriorWidthSampleSize): Block[] {
  const { effect, control, treatment, total, length, width } = result;
  const text = (value: number): string => (effect === "lift" ? percent(value) : shortfall(value));
  const what = { difference: "difference", lift: "lift", rate: "rate of each arm" }[effect];
  return [
    title("How many units an estimate needs"),
    lead(`${units(total)} units in all: the interval of the ${what} is then ${text(length)} long.`),
    details([
      ["Units of the control", units(control)],
      ["Units of the treatment", units(treatment)],
      ["Length aimed at", text(width)],
      ["Aim", WIDTH_CRITERIA[result.method]],
      ["Coverage of intervals", percent(result.confidenceLevel)],
      ["Average coverage", percent(result.coverage)],
      ...betaPriorRows(result.prior),
      ["Method", result.method],
    ]),
    ...closing(result),
  ];
}

/** Whether to run on. */
export function describeValueOfInformation(result: ValueOfInformation): Block[] {
  const { best, choices, perfectInformation, population } = result;
  const runsOn = best.units.control > 0;
  const length = best.days === null ? "" : `, ${days(best.days)}`;
  return [
    title("Whether to run the experiment on"),
    lead(
      runsOn
        ? `Run on for ${units(best.units.control + best.units.treatment)} more units${length}: that is worth ${amount(best.netGain)} more than stopping now.`
        : "Stop now: what more data could tell is worth no more than it costs.",
    ),
    answers([
      [
        "At most",
        `Knowing both rates for certain would be worth ${amount(perfectInformation.gain)} over ${units(population)} visitors.`,
      ],
    ]),
    table(
      ["More units", ...(best.days === null ? [] : ["Takes"]), "Rate gained", "Worth", "Cost", "Net gain"],
      choices.map((choice) => runningOnRow(choice)),
    ),
    details([...betaPriorRows(result.prior), ["Method", result.method]]),
    ...closing(result),
  ];
}

function runningOnRow({
  units: more,
  days: takes,
  gainPerVisitor,
  gain,
  cost,
  netGain,
}: RunningOn): string[] {
  return [
    units(more.control + more.treatment),
    ...(takes === null ? [] : [days(takes)]),
    points(gainPerVisitor),
    amount(gain),
    amount(cost),
    signed(netGain),
  ];
}
