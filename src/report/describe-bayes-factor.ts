import type { BayesFactor, BayesFactorForProportions } from "../bayesian/bayes-factor-for-proportions.ts";
import { answers, type Block, details, lead, section, table, title } from "./block.ts";
import { closing, lookedFor } from "./closing.ts";
import { amount, chance, signed } from "./figures.ts";
import { exp } from "../numerics/elementary/exp.ts";
import { ln } from "../numerics/elementary/ln.ts";

/** Beyond this a factor reads as a power of ten. */
const LARGEST_IN_FIGURES = ln(1e6);

/** Nearer to 0 than this a log shows no difference in two digits. */
const NO_DIFFERENCE = 0.005;

/** Which of two hypotheses the data speak for: `The data are 13 times as likely under an effect as under none.` */
export function evidenceSentence(logBayesFactor: number, under: string, against: string): string {
  if (logBayesFactor < 0) return evidenceSentence(-logBayesFactor, against, under);
  const times =
    logBayesFactor > LARGEST_IN_FIGURES
      ? `about ${factor(logBayesFactor)} times as likely`
      : `${factor(logBayesFactor)} times as likely`;
  return `The data are ${logBayesFactor < NO_DIFFERENCE ? "as likely" : times} ${under} as ${against}.`;
}

/** The data for an effect, or for none. */
export function describeBayesFactor(result: BayesFactorForProportions): Block[] {
  const { logBayesFactor10, posteriorProbability, alternative, savageDickey, sensitivity } = result;
  const row = (name: string, { logBayesFactor }: BayesFactor): string[] => [
    name,
    factor(logBayesFactor),
    signed(logBayesFactor),
  ];
  const effect = { "two-sided": "an effect", greater: "an increase", less: "a decrease" }[alternative];
  return [
    title("What the data say for an effect, and against it"),
    lead(evidenceSentence(logBayesFactor10, `under ${effect}`, "under no effect")),
    answers([
      [
        "Chance of an effect",
        `${chance(posteriorProbability.alternative)}, where the odds before the data were ${amount(result.priorOdds)}.`,
      ],
    ]),
    table(
      ["Hypotheses", "Bayes factor", "Its log"],
      [
        row("An effect against none", result.twoSided),
        row("An increase against none", result.greater),
        row("A decrease against none", result.less),
        row("An increase against a decrease", result.greaterAgainstLess),
      ],
    ),
    ...(sensitivity.length === 0
      ? []
      : [
          section("For other priors of the effect"),
          table(
            ["Standard deviation", "Bayes factor", "Its log"],
            sensitivity.map(({ standardDeviation, logBayesFactor10: log }) => [
              amount(standardDeviation),
              factor(log),
              signed(log),
            ]),
          ),
        ]),
    details([
      ["Looked for", lookedFor(alternative)],
      [
        "By the density ratio at no effect",
        savageDickey === null ? null : factor(savageDickey.logBayesFactor10),
      ],
      ["Method", result.method],
    ]),
    ...closing(result),
  ];
}

/** A Bayes factor, by its power of ten where that reads better. */
function factor(logBayesFactor: number): string {
  return Math.abs(logBayesFactor) > LARGEST_IN_FIGURES
    ? `10^${Math.round(logBayesFactor / Math.LN10)}`
    : amount(exp(logBayesFactor));
}
