import type { DirichletMultinomialComparison } from "../bayesian/compare-dirichlet-multinomial.ts";
import type { BetaBinomialComparison } from "../bayesian/compare-beta-binomial.ts";
import type { ProbabilityBest } from "../bayesian/probability-best.ts";
import type { ThompsonAllocation } from "../bayesian/thompson-allocation.ts";
import type { TopTwoAllocation } from "../bayesian/top-two-allocation.ts";
import { answers, type Block, details, lead, picture, section, table, title } from "./block.ts";
import { closing } from "./closing.ts";
import { amount, chance, change, LIFT_ENDS, percent, shortfall, span } from "./figures.ts";
import { quoted } from "./labels.ts";
import { evidenceSentence } from "./describe-bayes-factor.ts";

type OneOfSeveral = ProbabilityBest["arms"][number];

function bestOf({ arms }: ProbabilityBest): OneOfSeveral {
  return arms.reduce((leading, arm) => (arm.logProbabilityBest > leading.logProbabilityBest ? arm : leading));
}

/** What a reader in a hurry takes away of several arms. */
export function bestFinding(result: ProbabilityBest): string {
  const { name, probabilityBest } = bestOf(result);
  return `Given the data and the prior, the chance that ${quoted(name)} is the best of the ${result.arms.length} arms is ${chance(probabilityBest)}.`;
}

/** Which of several arms is best. */
export function describeProbabilityBest(result: ProbabilityBest): Block[] {
  const { arms, choice, model } = result;
  const isRate = model === "beta-binomial";
  const value = isRate ? percent : amount;
  const loss = isRate ? shortfall : amount;
  const best = bestOf(result);
  return [
    title("Which arm is best"),
    lead(bestFinding(result)),
    picture(result),
    answers([
      [
        "At stake",
        `Choosing ${quoted(best.name)} is expected to lose ${loss(best.expectedLoss)} against the best.`,
      ],
      [
        "May be chosen",
        choice === null
          ? null
          : choice.arms.length === 0
            ? `No arm is expected to lose as little as ${loss(choice.thresholdOfCaring)}.`
            : `Expected to lose at most ${loss(choice.thresholdOfCaring)}: ${choice.arms.map(quoted).join(", ")}.`,
      ],
    ]),
    table(
      ["Arm", "Chance to be best", "Expected loss", "Chance to beat the first"],
      arms.map(({ name, probabilityBest, expectedLoss, againstFirst }) => [
        name,
        chance(probabilityBest),
        loss(expectedLoss),
        againstFirst === null ? "" : chance(againstFirst.probabilityToBeat),
      ]),
    ),
    table(
      ["Arm", isRate ? "Expected rate" : "Expected events per unit", "Interval"],
      arms.map(({ name, posterior }) => [name, value(posterior.mean), span(posterior.interval, value)]),
    ),
    details([
      ["Coverage of intervals", percent(result.confidenceLevel)],
      ["Method", result.method],
    ]),
    ...closing(result),
  ];
}

/** The shares of traffic that follow the data. */
export function describeAllocation(result: ThompsonAllocation | TopTwoAllocation): Block[] {
  const { arms, floor } = result;
  const leading = arms.reduce((most, arm) => (arm.share > most.share ? arm : most));
  const rule = result.kind === "thompson-allocation" ? "Thompson sampling" : "Top-two Thompson sampling";
  return [
    title("How the next traffic would be divided"),
    lead(
      `${rule} gives ${quoted(leading.name)} the largest share of the next units, ${percent(leading.share)}.`,
    ),
    table(
      ["Arm", "Share of traffic", "Chance to be best"],
      arms.map(({ name, share, probabilityBest }) => [name, percent(share), chance(probabilityBest)]),
    ),
    details([
      ["Smallest share of an arm", floor === 0 ? null : percent(floor)],
      [
        "Chance that a unit gets the first arm drawn",
        result.kind === "top-two-allocation" ? percent(result.beta) : null,
      ],
      ["Method", result.method],
    ]),
    ...closing(result),
  ];
}

/** What a reader in a hurry takes away of units in categories. */
export function dirichletFinding({ logBayesFactor10 }: DirichletMultinomialComparison): string {
  return evidenceSentence(logBayesFactor10, "if the arms differ", "if the arms are alike");
}

/** How units divide into categories, or go through a funnel. */
export function describeDirichletMultinomial(result: DirichletMultinomialComparison): Block[] {
  const { categories, steps } = result;
  const row = (name: string, { posterior, lift, probabilityToBeat }: BetaBinomialComparison): string[] => [
    name,
    percent(posterior.control.mean),
    percent(posterior.treatment.mean),
    change(lift.estimate),
    span(lift.interval, change, LIFT_ENDS),
    chance(probabilityToBeat),
  ];
  const columns = ["Control", "Treatment", "Lift", "Interval", "Higher"];
  return [
    title(steps.length > 0 ? "How units go through the funnel" : "How units divide into categories"),
    lead(dirichletFinding(result)),
    picture(result),
    ...(steps.length === 0
      ? []
      : [
          section("How many come this far, of all"),
          table(
            ["Step", ...columns],
            steps.map(({ name, reach }) => row(name, reach)),
          ),
          section("How many come this far, of those at the step before"),
          table(
            ["Step", ...columns],
            steps.map(({ name, continuation }) => row(name, continuation)),
          ),
        ]),
    section(steps.length > 0 ? "How many end here" : "Shares"),
    table(
      [steps.length > 0 ? "Step" : "Category", ...columns],
      categories.map(({ name, share }) => row(name, share)),
    ),
    details([
      ["Higher", "the chance that the treatment's share is the higher one"],
      ["Prior concentrations", result.prior.map((concentration) => amount(concentration)).join(", ")],
      ["Coverage of intervals", percent(result.confidenceLevel)],
      ["Method", result.method],
    ]),
    ...closing(result),
  ];
}
