import type { ParadoxRisk } from "../proxy/paradox-risk.ts";
import type { PredictMacro } from "../proxy/predict-macro.ts";
import type { SurrogateThresholdEffect } from "../proxy/surrogate-threshold-effect.ts";
import type { SurrogateThresholdFromLine } from "../proxy/surrogate-threshold-from-line.ts";
import { answers, type Block, details, lead, picture, title } from "./block.ts";
import { closing } from "./closing.ts";
import { amount, between, chance, effectFigure, intervalName, percent, signed, units } from "./figures.ts";
import { capital, DEFAULT_LABELS } from "./labels.ts";

// What an effect on the proxy foretells for sales: the prediction, the risk that a win is a loss, and the safe effect.

/** What the proxy's effect foretells for sales. */
export function describePrediction(result: PredictMacro): Block[] {
  const { mean, interval, proxyEffect, n } = result;
  const { macro } = DEFAULT_LABELS;
  const effect = effectFigure(result.scale);
  return [
    title("What the proxy foretells for sales"),
    lead(predictionHeadline(result)),
    picture(result),
    answers([
      [
        "How sure",
        `${capital(intervalName(interval))} of the true effect on ${macro}: ${between(interval, effect)}.`,
      ],
    ]),
    details([
      ["Estimated effect on the proxy", effect(proxyEffect)],
      ["Expected true effect on sales", effect(mean)],
      ["Standard deviation", amount(result.standardDeviation)],
      ["Units per arm", units(n)],
      ["Method", result.method],
    ]),
    ...closing(result),
  ];
}

/** What is expected of sales, and the chance that they fell. */
export function predictionHeadline({ scale, mean, probabilityMacroLoss }: PredictMacro): string {
  const { proxy, macro } = DEFAULT_LABELS;
  return `From ${proxy} alone, the expected effect on ${macro} is ${effectFigure(scale)(mean)}; the chance that ${macro} truly fell is ${chance(probabilityMacroLoss)}.`;
}

/** How often a win on the proxy is a loss of sales. */
export function describeParadoxRisk(result: ParadoxRisk): Block[] {
  const { proxy, macro } = DEFAULT_LABELS;
  const { probabilityMacroLossGivenWinInterval: over, probabilityMacroLossGivenEffect: given } = result;
  return [
    title("How often a win on the proxy is a loss of sales"),
    lead(
      `Of the changes that win significantly on ${proxy}, ${percent(result.probabilityMacroLossGivenWin)} lose on ${macro}.`,
    ),
    answers([
      ["This change", given === null ? null : `The chance that it loses on ${macro} is ${chance(given)}.`],
      [
        "How sure",
        over === null
          ? null
          : `${capital(intervalName(over))}, given past experiments: ${between(over, percent)}.`,
      ],
    ]),
    details([
      ["Changes that win significantly on the proxy", percent(result.probabilitySignificantProxyWin)],
      ["Changes whose proxy points the wrong way", percent(result.discordance)],
      ["Units per arm", units(result.n)],
      ["False alarms allowed (alpha)", percent(result.alpha)],
      ["Method", result.method],
    ]),
    ...closing(result),
  ];
}

/** How large an effect on the proxy must be to foretell a gain in sales. */
export function describeThresholdEffect(result: SurrogateThresholdEffect): Block[] {
  const { steObservedEffect, steTrueEffect, confidenceLevel, n } = result;
  const { proxy, macro } = DEFAULT_LABELS;
  const threshold = (effect: number): string =>
    effect === Infinity ? "none is large enough" : effectFigure(result.scale)(effect);
  return [
    title("Smallest effect on the proxy that foretells a gain in sales"),
    lead(
      steObservedEffect === Infinity
        ? `No effect on ${proxy}, however large, foretells a gain in ${macro}.`
        : `Seen with ${units(n)} units per arm, an effect on ${proxy} of at least ${threshold(steObservedEffect)} foretells a gain in ${macro}; a smaller one does not.`,
    ),
    details([
      ["Effect as it is estimated", threshold(steObservedEffect)],
      ["True effect", threshold(steTrueEffect)],
      ["Units per arm", units(n)],
      ["Coverage of the prediction", percent(confidenceLevel)],
      ["Method", result.method],
    ]),
    ...closing(result),
  ];
}

/** The same threshold from a fitted line, on the line's own scale. */
export function describeThresholdFromLine(result: SurrogateThresholdFromLine): Block[] {
  const { threshold, confidenceLevel } = result;
  const { proxy, macro } = DEFAULT_LABELS;
  return [
    title("Smallest effect on the proxy that foretells a gain in sales"),
    lead(
      threshold === Infinity
        ? `No effect on ${proxy}, however large, foretells a gain in ${macro}.`
        : `By the fitted line, an effect on ${proxy} of at least ${signed(threshold)} foretells a gain in ${macro}; a smaller one does not.`,
    ),
    details([
      ["Coverage of the prediction", percent(confidenceLevel)],
      ["Method", result.method],
    ]),
    ...closing(result),
  ];
}
