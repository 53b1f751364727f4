import type { CorrectedEffect } from "../inference/corrected-effect.ts";
import type { EffectPrior } from "../bayesian/effect-prior.ts";
import type { EmpiricalBetaPrior } from "../bayesian/empirical-beta-prior.ts";
import type { EmpiricalEffectPrior } from "../bayesian/empirical-effect-prior.ts";
import type { FittedParameter } from "../bayesian/fitted-parameter.ts";
import type { ShrunkenEffect } from "../bayesian/shrink-effect.ts";
import type { ShrunkenEffects } from "../bayesian/shrink-effects.ts";
import type { WinnersCurse } from "../bayesian/winners-curse.ts";
import { betaName } from "./prior-rows.ts";
import { answers, type Block, details, lead, picture, section, table, title } from "./block.ts";
import { closing, lookedFor, undetermined } from "./closing.ts";
import { effectRow } from "./effect-text.ts";
import {
  amount,
  between,
  chance,
  intervalName,
  percent,
  pValue,
  RATIO_ENDS,
  REAL_ENDS,
  signed,
  span,
  times,
  units,
} from "./figures.ts";

/** A distribution of effects, in words. */
export function effectPriorName(prior: EffectPrior): string {
  switch (prior.family) {
    case "normal":
      return `Normal(${amount(prior.mean)}, ${amount(prior.standardDeviation)})`;
    case "student-t":
      return prior.degreesOfFreedom === Infinity
        ? `Normal(${amount(prior.mean)}, ${amount(prior.scale)})`
        : `Student's t(${amount(prior.degreesOfFreedom)}) about ${amount(prior.mean)}, scale ${amount(prior.scale)}`;
    case "spike-and-normal":
      return `${percent(prior.probabilityOfNoEffect)} exactly 0, else Normal(${amount(prior.mean)}, ${amount(prior.standardDeviation)})`;
    case "two-normals":
      return `${percent(1 - prior.wideProbability)} Normal(${amount(prior.mean)}, ${amount(prior.narrowStandardDeviation)}), else Normal(${amount(prior.mean)}, ${amount(prior.wideStandardDeviation)})`;
  }
}

/** What past rates say of the next one. */
export function describeEmpiricalBetaPrior(result: EmpiricalBetaPrior): Block[] {
  const { prior, cautiousPrior, mean, precision, count, moments } = result;
  const finding = (): string => {
    if (mean.estimate === null) return undetermined(result.warnings, "A prior");
    if (prior === null) {
      return `The ${units(count)} past rates vary no more than chance has them vary, around ${percent(mean.estimate)}.`;
    }
    return `The ${units(count)} past rates are those of a ${betaName(prior)}: ${percent(mean.estimate)}, known as if from ${amount(precision.estimate!)} units.`;
  };
  return [
    title("What past rates say about the next one"),
    lead(finding()),
    table(
      ["Prior", "Estimate", "Interval"],
      [
        effectRow("Mean rate", mean, percent, { lower: 0, upper: 1 }),
        effectRow("Counts for units", precision, amount, RATIO_ENDS),
      ],
    ),
    details([
      ["Prior", prior === null ? null : betaName(prior)],
      ["To be cautious", cautiousPrior === null ? null : betaName(cautiousPrior)],
      [
        "By moments",
        moments.precision === Infinity
          ? `${percent(moments.mean)} without variation`
          : `${percent(moments.mean)}, ${amount(moments.precision)} units`,
      ],
      ["Log likelihood", result.logLikelihood === null ? null : amount(result.logLikelihood, 6)],
      ["Method", result.method],
    ]),
    ...closing(result),
  ];
}

/** What past effects say of the next one. */
export function describeEmpiricalEffectPrior(result: EmpiricalEffectPrior): Block[] {
  const { prior, parameters, heterogeneity, count } = result;
  const { q, degreesOfFreedom, iSquared } = heterogeneity;
  return [
    title("What past effects say about the next one"),
    lead(`The true effects of ${units(count)} experiments: ${effectPriorName(prior)}.`),
    answers([
      [
        "Do effects vary",
        `Of the variation between estimates ${percent(iSquared)} is more than chance (${pValue(heterogeneity.pValue, heterogeneity.logPValue)}).`,
      ],
    ]),
    table(
      ["Parameter", "Estimate", "Interval"],
      parameters.map((parameter) => parameterRow(parameter)),
    ),
    details([
      ["Log likelihood", amount(result.logLikelihood, 6)],
      ["AIC", amount(result.aic, 6)],
      ["BIC", amount(result.bic, 6)],
      ["Cochran's Q", `${amount(q)} on ${units(degreesOfFreedom)} degrees of freedom`],
      ["Method", result.method],
    ]),
    ...closing(result),
  ];
}

const PARAMETERS: Readonly<Record<string, string>> = {
  mean: "Mean",
  standardDeviation: "Standard deviation",
  scale: "Scale",
  degreesOfFreedom: "Degrees of freedom",
  probabilityOfNoEffect: "Share without effect",
  narrowStandardDeviation: "Standard deviation, narrow",
  wideStandardDeviation: "Standard deviation, wide",
  wideProbability: "Share of the wide one",
};

function parameterRow(parameter: FittedParameter): string[] {
  return effectRow(PARAMETERS[parameter.name] ?? parameter.name, parameter, amount, REAL_ENDS);
}

/** What an estimate says, given what effects are like. */
export function describeShrunkenEffect(result: ShrunkenEffect): Block[] {
  const { observed, probabilityPositive, probabilityOfNoEffect, prior } = result;
  return [
    title("The effect, given what effects are like"),
    lead(shrunkenEffectFinding(result)),
    picture(result),
    answers([
      ["An increase", `Chance ${chance(probabilityPositive)}.`],
      ["No effect at all", probabilityOfNoEffect === 0 ? null : `Chance ${chance(probabilityOfNoEffect)}.`],
    ]),
    table(
      ["Effect", "Estimate", "Interval", "Shortest interval"],
      [effectRow("Shrunken", result, signed, REAL_ENDS, result.highestDensityInterval)],
    ),
    details([
      ["Prior of the effect", effectPriorName(prior)],
      ["Standard error of the estimate", amount(observed.standardError)],
      ["Posterior standard deviation", amount(result.standardError)],
      ["Weight of the estimate", percent(result.shrinkageFactor)],
      ["Method", result.method],
    ]),
    ...closing(result),
  ];
}

/** What a reader in a hurry takes away of one effect. */
export function shrunkenEffectFinding({ observed, estimate, interval }: ShrunkenEffect): string {
  return `An estimate of ${signed(observed.estimate)} shrinks to ${signed(estimate)}: given what effects are like, the effect lies ${between(interval, signed)} with a chance of ${percent(interval.confidenceLevel)}.`;
}

/** What a reader in a hurry takes away of many. */
export function shrunkenEffectsFinding({ effects }: ShrunkenEffects): string {
  const largest = effects.reduce((most, effect) =>
    Math.abs(effect.observed.estimate) > Math.abs(most.observed.estimate) ? effect : most,
  );
  return `Given what effects are like, the largest of the ${units(effects.length)} estimates, ${signed(largest.observed.estimate)}, shrinks to ${signed(largest.estimate)}.`;
}

/** A page has room for so many experiments. */
const MOST_EFFECTS = 50;

/** The same of many experiments. */
export function describeShrunkenEffects(result: ShrunkenEffects): Block[] {
  const { effects, prior, fit } = result;
  const shown = effects.slice(0, MOST_EFFECTS);
  const left = effects.length - shown.length;
  return [
    title("The effects, given what effects are like"),
    lead(shrunkenEffectsFinding(result)),
    picture(result),
    section("Effect by effect"),
    table(
      ["Effect", "Estimate", "Shrunken", "Interval", "Increase"],
      shown.map(({ observed, estimate, interval, probabilityPositive }, i) => [
        units(i + 1),
        signed(observed.estimate),
        signed(estimate),
        span(interval, signed),
        chance(probabilityPositive),
      ]),
    ),
    details([
      ["Not shown", left === 0 ? null : `${units(left)} more effects`],
      ["Prior of the effects", effectPriorName(prior)],
      ["Prior", fit === null ? "given" : `fitted to ${units(fit.count)} effects`],
      ["Method", result.method],
    ]),
    ...closing(result),
  ];
}

/** What significant results are like. */
export function describeWinnersCurse(result: WinnersCurse): Block[] {
  const { exaggerationRatio, probabilityWrongSign, falseDiscoveryProbability } = result;
  const isKnown = exaggerationRatio !== null && probabilityWrongSign !== null;
  return [
    title("How far significant results overstate"),
    lead(
      isKnown
        ? `Significant estimates are on average ${times(exaggerationRatio)} as large as the effects behind them; ${percent(probabilityWrongSign)} have the wrong sign.`
        : undetermined(result.warnings, "How far significant results overstate"),
    ),
    answers([
      ["Significant", `${percent(result.probabilitySignificant)} of experiments.`],
      [
        "No effect at all",
        falseDiscoveryProbability === null || falseDiscoveryProbability === 0
          ? null
          : `${percent(falseDiscoveryProbability)} of significant results.`,
      ],
    ]),
    details([
      ["Mean size of a significant estimate", known(result.estimateSize, amount)],
      ["Mean size of the effect behind it", known(result.effectSize, amount)],
      ["Mean effect in its direction", known(result.effectInDirection, signed)],
      ["Prior of the effects", effectPriorName(result.prior)],
      ["Standard error", amount(result.standardError)],
      ["Alpha", percent(result.alpha)],
      ["Looked for", lookedFor(result.alternative)],
      ["Method", result.method],
    ]),
    ...closing(result),
  ];
}

function known(value: number | null, format: (value: number) => string): string | null {
  return value === null ? null : format(value);
}

/** A significant estimate without what its selection did to it. */
export function describeCorrectedEffect(result: CorrectedEffect): Block[] {
  const { observed, medianUnbiased, conditionalLikelihood, interval } = result;
  return [
    title("A significant estimate, corrected for being one"),
    lead(
      `An estimate of ${signed(observed.estimate)} that was picked for being significant speaks for an effect of ${signed(medianUnbiased)}; ${intervalName(interval)}: ${between(interval, signed)}.`,
    ),
    details([
      ["Median-unbiased", signed(medianUnbiased)],
      ["Likeliest", signed(conditionalLikelihood)],
      ["Standard error of the estimate", amount(observed.standardError)],
      ["Method", result.method],
    ]),
    ...closing(result),
  ];
}
