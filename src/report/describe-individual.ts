import type { IndividualSurrogacy } from "../proxy/individual-surrogacy.ts";
import type { LikelihoodRatioTest } from "../proxy/likelihood-ratio-of-strata.ts";
import type { SurrogateIndex } from "../proxy/surrogate-index.ts";
import { answers, type Block, details, lead, section, table, title } from "./block.ts";
import { closing, undetermined } from "./closing.ts";
import { effectRow, effectSentence } from "./effect-text.ts";
import {
  amount,
  between,
  finite,
  intervalName,
  percent,
  pFigure,
  points,
  pValue,
  RATE_DIFFERENCE_ENDS,
  RATIO_ENDS,
  REAL_ENDS,
  span,
} from "./figures.ts";
import { capital, DEFAULT_LABELS } from "./labels.ts";

const UP_TO_ONE = { lower: 0, upper: 1 };

/** What one experiment says of a proxy, unit by unit. */
export function describeIndividualSurrogacy(result: IndividualSurrogacy): Block[] {
  const { proxy, macro } = DEFAULT_LABELS;
  const { association, prentice, mediation, confounding, opposedUnits } = result;
  const { phi, macroGivenMicro, macroGivenNoMicro } = association;
  return [
    title("The proxy within one experiment"),
    lead(
      phi.estimate === null
        ? `How closely ${proxy} and ${macro} go together between units cannot be determined: one of them never varied.`
        : `Between units ${proxy} and ${macro} go together with a correlation of ${amount(phi.estimate)} (${intervalName(phi.interval)}: ${between(phi.interval, amount, RATE_DIFFERENCE_ENDS)}). Whether changes that move the one move the other, only past experiments tell.`,
    ),
    answers([
      [
        "Link",
        macroGivenMicro.estimate === null || macroGivenNoMicro.estimate === null
          ? null
          : `Of units with ${proxy} ${percent(macroGivenMicro.estimate)} came to ${macro}, of all others ${percent(macroGivenNoMicro.estimate)}.`,
      ],
      [
        "Through the proxy",
        mediation.indirect.estimate === null
          ? null
          : `Of the effect on ${macro}, ${points(mediation.total.estimate!)}, the shift of ${proxy} accounts for ${points(mediation.indirect.estimate)} and the rest for ${points(mediation.direct.estimate!)}, if nothing unseen drives both.`,
      ],
      [
        "Past the proxy",
        mediation.direct.estimate === null
          ? null
          : `The effect past ${proxy} lies ${between(mediation.directAtEquivalenceLevel.interval, points, RATE_DIFFERENCE_ENDS)} (${intervalName(mediation.directAtEquivalenceLevel.interval)}): what lies outside is ruled out in both directions at ${percent(result.alpha)} each.`,
      ],
      [
        "How sure",
        confounding === null
          ? null
          : confounding.eValue === Infinity
            ? `Nobody without ${proxy} came to ${macro}, so no unseen cause of both explains the link away.`
            : `An unseen cause of both would explain the link away if it went with each by a relative risk of ${amount(confounding.eValue)}.`,
      ],
    ]),
    section("Effect on sales, in parts"),
    table(
      ["", "Effect", "Interval"],
      [
        effectRow("In all", mediation.total, points, RATE_DIFFERENCE_ENDS),
        effectRow(`Through ${proxy}`, mediation.indirect, points, RATE_DIFFERENCE_ENDS),
        effectRow(`Past ${proxy}`, mediation.direct, points, RATE_DIFFERENCE_ENDS),
        effectRow(`Share through ${proxy}`, mediation.proportionExplained, percent, REAL_ENDS),
      ],
    ),
    section("Prentice's criteria"),
    table(
      ["", "G²", "p", "Wanted"],
      [
        criterion(`the change moves ${proxy}`, prentice.treatmentOnMicro, "yes"),
        criterion(`the change moves ${macro}`, prentice.treatmentOnMacro, "yes"),
        criterion(`${proxy} goes with ${macro}`, prentice.microOnMacro, "yes"),
        criterion(`the change moves ${macro} past ${proxy}`, prentice.treatmentOnMacroGivenMicro, "no"),
      ],
    ),
    section("Association between units"),
    table(
      ["", "Estimate", "Interval"],
      [
        effectRow("Correlation (phi)", phi, amount, RATE_DIFFERENCE_ENDS),
        effectRow("Difference of shares", association.riskDifference, points, RATE_DIFFERENCE_ENDS),
        effectRow("Relative risk", association.relativeRisk, finite, RATIO_ENDS),
        effectRow("Share of sales due to it", association.attributableFraction, percent, REAL_ENDS),
        effectRow("Sensitivity", association.sensitivity, percent, UP_TO_ONE),
        effectRow("Specificity", association.specificity, percent, UP_TO_ONE),
        effectRow("Youden's index", association.youden, amount, RATE_DIFFERENCE_ENDS),
        effectRow("Information R²", association.informationR2, amount, UP_TO_ONE),
      ],
    ),
    details([
      ["Information on sales, bits per unit", amount(association.mutualInformation.bits)],
      [
        "Share of the uncertainty about sales it takes away",
        association.uncertaintyCoefficient === null ? null : percent(association.uncertaintyCoefficient),
      ],
      [
        "Information R², of the most there can be",
        association.informationR2OfMaximum === null ? null : percent(association.informationR2OfMaximum),
      ],
      [
        "Units moved in opposite directions",
        `${percent(opposedUnits.lower)} to ${percent(opposedUnits.upper)}`,
      ],
    ]),
    ...closing(result),
  ];
}

function criterion(
  question: string,
  { statistic, degreesOfFreedom, pValue: p, logPValue }: LikelihoodRatioTest,
  wanted: string,
): string[] {
  return degreesOfFreedom === 0
    ? [capital(question), "0", "nothing to compare", wanted]
    : [capital(question), amount(statistic), pFigure(p, logPValue), wanted];
}

/** The effect that surrogates foretell. */
export function describeSurrogateIndex(result: SurrogateIndex): Block[] {
  const { macro } = DEFAULT_LABELS;
  const { effect, variance, resilience, checks, pValue: p, logPValue } = result;
  const error = variance.within + variance.bridge;
  return [
    title("Sales foretold by surrogates"),
    lead(
      p === null
        ? undetermined(result.warnings, "The foretold effect")
        : `The surrogates foretell an effect on ${macro} of ${effectSentence(effect, amount, REAL_ENDS)}`,
    ),
    answers([
      [
        "By chance",
        p === null
          ? null
          : `If both arms had the same index, as much would appear by chance with ${pValue(p, logPValue!)}.`,
      ],
      [
        "Resilience",
        resilience.worstShift === Infinity
          ? null
          : `The sign holds while each cell's expected ${macro} are within ${amount(resilience.worstShift)} of the past (${percent(resilience.worstRelativeShift)} of each), and while nothing past the surrogates moves ${macro} by ${amount(Math.abs(resilience.directEffect))} or more the other way.`,
      ],
      [
        "Against outcomes",
        checks === null
          ? null
          : `Units that have matured show ${effectSentence(checks.maturedEffect, amount, RATE_DIFFERENCE_ENDS)}`,
      ],
    ]),
    details([
      ["Standard error", effect.standardError === null ? null : amount(effect.standardError)],
      [
        "Of its variance, from the past the index is taken from",
        error > 0 ? percent(variance.bridge / error) : null,
      ],
      [
        "Random shifts (sd) at which the sign may be wrong",
        resilience.randomShift === Infinity ? null : amount(resilience.randomShift),
      ],
      ["Within cells both arms convert alike (surrogacy)", checks === null ? null : pText(checks.surrogacy)],
      [
        "Within cells the control converts as in the past",
        checks === null || checks.comparability === null ? null : pText(checks.comparability),
      ],
      ["Interval", span(effect.interval, amount, REAL_ENDS)],
    ]),
    ...closing(result),
  ];
}

function pText({ pValue: p, logPValue }: LikelihoodRatioTest): string {
  return pValue(p, logPValue);
}
