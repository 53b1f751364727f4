import type { AaUniformity } from "../inference/aa-uniformity.ts";
import type { FalsePositiveRisk } from "../inference/false-positive-risk.ts";
import type { BayesFactorBound, MinimumBayesFactor } from "../inference/minimum-bayes-factor.ts";
import type { TwymanCheck } from "../inference/twyman-check.ts";
import type { TypeSAndM } from "../inference/type-s-and-m.ts";
import { answers, type Block, details, lead, table, title } from "./block.ts";
import { closing } from "./closing.ts";
import { effectSentence } from "./effect-text.ts";
import { amount, finite, frequency, percent, pValue, signed, times } from "./figures.ts";
import { capital } from "./labels.ts";

/** How many significant results are false. */
export function describeFalsePositiveRisk(result: FalsePositiveRisk): Block[] {
  const { atPValue, priorProbability, significant, alpha, power, likelihoodRatio } = result;
  const share = `Of all results below p = ${amount(alpha)}, ${percent(significant)} are false alarms`;
  return [
    title("How far to trust a significant result"),
    lead(
      atPValue === null || result.pValue === null
        ? `${share}, where ${percent(priorProbability)} of the changes tested have an effect.`
        : `A result with p = ${amount(result.pValue)} is a false alarm with a chance of ${percent(atPValue)}, where ${percent(priorProbability)} of the changes tested have an effect. ${share}.`,
    ),
    details([
      ["Changes with an effect", percent(priorProbability)],
      ["Power", percent(power)],
      ["Alpha", percent(alpha)],
      [
        "This p-value is likelier with the effect by",
        likelihoodRatio === null ? null : times(likelihoodRatio),
      ],
      ["Method", result.method],
    ]),
    ...closing(result),
  ];
}

/** The most that a p-value can say. */
export function describeMinimumBayesFactor(result: MinimumBayesFactor): Block[] {
  const { sellke, goodman } = result;
  const row = (name: string, { bayesFactor, nullProbability }: BayesFactorBound): string[] => [
    name,
    amount(bayesFactor),
    percent(nullProbability),
  ];
  return [
    title("The most that a p-value can say"),
    lead(
      `Who thought "no effect" as likely as not is left with a chance of at least ${percent(sellke.nullProbability)} for it at p = ${amount(result.pValue)}.`,
    ),
    table(
      ["Bound", "Bayes factor for no effect", "Chance of no effect"],
      [row("Sellke, Bayarri and Berger", sellke), row("Goodman, for the luckiest guess", goodman)],
    ),
    ...closing(result),
  ];
}

/** What a significant estimate of a small effect looks like. */
export function describeTypeSAndM(result: TypeSAndM): Block[] {
  const { typeS, exaggerationRatio, power, effect, standardError, alpha } = result;
  return [
    title("What significance does to an estimate"),
    lead(
      `If the effect is ${signed(effect)}, a significant estimate is on average ${times(exaggerationRatio)} as large as it, and has the wrong sign in ${percent(typeS)} of cases.`,
    ),
    details([
      ["Power", percent(power)],
      ["Standard error", amount(standardError)],
      ["Alpha", percent(alpha)],
      ["Degrees of freedom", result.degreesOfFreedom === Infinity ? null : finite(result.degreesOfFreedom)],
      ["Method", result.method],
    ]),
    ...closing(result),
  ];
}

/** Whether A/A tests give the p-values that they should. */
export function describeAaUniformity(result: AaUniformity): Block[] {
  const { uniform, shareSignificant, alpha, n, statistic, logPValue } = result;
  const often = `${frequency(result.pValue)} (${pValue(result.pValue, logPValue)})`;
  return [
    title("Do A/A tests behave"),
    lead(
      uniform
        ? `Nothing is wrong with the ${amount(n)} p-values: a spread at least as uneven comes by chance ${often}.`
        : `The ${amount(n)} p-values are not spread as they must be: a spread as uneven comes by chance ${often}. Something in the experiments or their analysis is broken.`,
    ),
    answers([
      [
        `Below p = ${amount(alpha)}`,
        capital(effectSentence(shareSignificant, percent, { lower: 0, upper: 1 })),
      ],
    ]),
    details([
      ["Largest distance from uniform", amount(statistic)],
      ["Alarm below", `p = ${amount(result.threshold)}`],
      ["Method", result.method],
    ]),
    ...closing(result),
  ];
}

/** Whether an effect is too good to be true. */
export function describeTwymanCheck(result: TwymanCheck): Block[] {
  const { suspicious, posterior, statistic } = result;
  const often = `${frequency(result.pValue)} (${pValue(result.pValue, result.logPValue)})`;
  return [
    title("Too good to be true"),
    lead(
      suspicious
        ? `An estimate like this is hard to believe: sound experiments on such changes show one ${often}. Look for a fault in logging, bots or the sample ratio first.`
        : `An estimate like this is nothing strange: sound experiments on such changes show one at least as far off ${often}.`,
    ),
    answers([
      [
        "What remains of it",
        capital(effectSentence(posterior, signed, { lower: -Infinity, upper: Infinity })),
      ],
    ]),
    details([
      ["Standard deviations off the mean", finite(statistic)],
      ["Alarm below", `p = ${amount(result.threshold)}`],
      ["Method", result.method],
    ]),
    ...closing(result),
  ];
}
