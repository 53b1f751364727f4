import type { EffectCovarianceEstimate, LikelihoodEstimate } from "../proxy/estimate-effect-covariance.ts";
import type { PriorSensitivity } from "../proxy/prior-sensitivity.ts";
import { answers, type Block, details, lead, paragraph, picture, section, table, title } from "./block.ts";
import { closing, warnsOf } from "./closing.ts";
import {
  amount,
  between,
  chance,
  effectFigure,
  effectSize,
  intervalName,
  percent,
  roundShare,
  span,
  units,
} from "./figures.ts";
import { DEFAULT_LABELS } from "./labels.ts";

const CORRELATION_ENDS = { lower: -1, upper: 1 };
const { proxy, macro } = DEFAULT_LABELS;

/** What past experiments say of how true effects on proxy and sales go together. */
export function describeLearnedEffects(result: EffectCovarianceEstimate): Block[] {
  const { readings, scale, experiments, prior } = result;
  const { rho, slope } = readings;
  const effect = effectFigure(scale);
  const size = effectSize(scale);
  return [
    title("What past experiments say of the proxy"),
    lead(learnedHeadline(result)),
    picture(result),
    answers([
      [
        "Direction",
        `The chance that what moves ${proxy} tends to move ${macro} the same way is ${chance(result.probabilityRhoPositive)}.`,
      ],
      [
        "Passes on",
        `Of a true change of ${proxy}, ${percent(slope.median)} reaches ${macro} on average (${intervalName(slope.interval)}: ${between(slope.interval, percent)}).`,
      ],
      ["Raw figures", naive(result)],
    ]),
    section("True changes"),
    table(
      ["", "Estimate", "Interval"],
      [
        [`Typical size on ${proxy}`, size(readings.tauProxy.median), span(readings.tauProxy.interval, size)],
        [`Typical size on ${macro}`, size(readings.tauMacro.median), span(readings.tauMacro.interval, size)],
        ["Correlation (rho)", amount(rho.median), span(rho.interval, amount, CORRELATION_ENDS)],
        ["Passed on (slope)", amount(slope.median), span(slope.interval, amount)],
        ["R²", amount(readings.rSquared.median), span(readings.rSquared.interval, amount)],
      ],
    ),
    section("The correlation by other ways"),
    table(
      ["", "Correlation", "Interval", "Above 0"],
      [
        ...result.sensitivity.map((other) => [
          PRIORS[other.change],
          amount(other.rho.median),
          span(other.rho.interval, amount, CORRELATION_ENDS),
          roundShare(other.probabilityRhoPositive),
        ]),
        ...withoutPrior(result),
      ],
    ),
    paragraph("Ways without a prior are for comparison: decisions use the posterior above."),
    details([
      ["Past experiments", units(experiments)],
      [`Average true change of ${proxy}`, effect(result.meanProxy)],
      [`Average true change of ${macro}`, effect(result.meanMacro)],
      [`Largest past effect on ${proxy}`, size(result.largestPastProxyEffect)],
      [
        "Standard error of a past effect, proxy and sales",
        `${size(result.typicalErrors.proxy)}, ${size(result.typicalErrors.macro)}`,
      ],
      [
        "Prior: typical effect on proxy and sales",
        `${size(prior.typicalProxyEffect)}, ${size(prior.typicalMacroEffect)}`,
      ],
      ["Prior: the proxy is as good as unrelated", percent(prior.unrelatedShare)],
      ["Scale of the effects", scale],
    ]),
    ...closing(result),
  ];
}

/** The finding: how closely true effects go together. */
export function learnedHeadline(result: EffectCovarianceEstimate): string {
  const { rho } = result.readings;
  const lies = `${intervalName(rho.interval)}: ${between(rho.interval, amount, CORRELATION_ENDS)}`;
  return warnsOf(result, "PRIOR_DOMINATES")
    ? `${units(result.experiments)} past experiments hardly tell how true changes of ${proxy} and ${macro} go together (${lies}).`
    : `Over ${units(result.experiments)} past experiments, true changes of ${proxy} and ${macro} correlate at ${amount(rho.median)} (${lies}).`;
}

/** The trap: what estimates show by themselves. */
function naive({ naive: raw }: EffectCovarianceEstimate): string | null {
  if (raw === null) return null;
  return `The estimates themselves correlate at ${amount(raw.naive)}: ${amount(raw.fromEffects)} by what the changes do, and ${amount(raw.fromUsers)} by chance that both share, since the same users do both.`;
}

const PRIORS: Readonly<Record<PriorSensitivity["change"], string>> = {
  "uniform-correlation": "Prior: every correlation alike",
  "lkj-4": "Prior: nearer to 0 (LKJ 4)",
  "half-the-typical-effects": "Prior: half the typical effects",
  "twice-the-typical-effects": "Prior: twice the typical effects",
};

function withoutPrior({ estimates }: EffectCovarianceEstimate): string[][] {
  const { totalCovariance, ml, reml } = estimates;
  const moments = totalCovariance.relations[0]!.rho;
  const fit = (name: string, likelihood: LikelihoodEstimate | null): string[][] =>
    likelihood === null ? [] : [[name, ...likelihoodCells(likelihood), "–"]];
  return [
    ["Total covariance", moments === null ? "cannot be determined" : amount(moments), "–", "–"],
    ...fit("Maximum likelihood", ml),
    ...fit("Restricted likelihood (REML)", reml),
  ];
}

function likelihoodCells({ intervals }: LikelihoodEstimate): string[] {
  const { estimate, interval } = intervals.pairs[0]!.rho;
  return [
    estimate === null ? "cannot be determined" : amount(estimate),
    span(interval, amount, CORRELATION_ENDS),
  ];
}
