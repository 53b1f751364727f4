import type { ProxyAssisted } from "../proxy/proxy-assisted.ts";
import { answers, type Block, details, lead, paragraph, section, table, title } from "./block.ts";
import { closing } from "./closing.ts";
import {
  amount,
  between,
  chance,
  effectFigure,
  effectSize,
  intervalName,
  percent,
  REAL_ENDS,
  RATIO_ENDS,
  times,
  units,
} from "./figures.ts";
import { capital, DEFAULT_LABELS, type Labels } from "./labels.ts";

/** The decision by proxy and sales together. */
export function describeProxyAssisted(result: ProxyAssisted): Block[] {
  const labels = DEFAULT_LABELS;
  const { nProxy, nMacro, macroEquivalentN, posterior, overPosterior } = result;
  const { proxy, macro } = labels;
  return [
    title("Proxy and sales together"),
    lead(headline(result, labels)),
    answers([
      [
        "Worth",
        `${units(nProxy)} units per arm of ${proxy} with ${units(nMacro)} of ${macro} decide as well as ${units(macroEquivalentN, "any number")} of ${macro} alone.`,
      ],
      [
        "How sure",
        posterior === null
          ? null
          : `${capital(intervalName(posterior.interval))} of the true effect on ${macro}: ${between(posterior.interval, effectFigure(result.scale), REAL_ENDS)}.`,
      ],
      [
        "Past tests",
        overPosterior === null
          ? null
          : `The chance that this earns more than ${macro} alone is ${chance(overPosterior.probabilityGainsMore)}; worth ${between(overPosterior.macroEquivalentN, units, RATIO_ENDS)} units of ${macro} (${intervalName(overPosterior.macroEquivalentN)}).`,
      ],
      [
        "No effect",
        posterior === null || posterior.probabilityOfNoEffect === 0
          ? null
          : `The chance that the change does nothing at all is ${chance(posterior.probabilityOfNoEffect)}.`,
      ],
      [
        "False alarms",
        `A change that does nothing for ${macro} ships with a chance of ${chance(result.falseShipRate)}, and more often the more it moves ${proxy}.`,
      ],
    ]),
    details([
      ["Share of true differences explained", percent(result.reliability)],
      ["Sales worth, over sales seen", times(result.speedupOverMacro)],
      ["Sales worth, over units of the proxy seen", times(result.speedupOverProxy)],
      ["Weight of the proxy's estimate", amount(result.weights.proxy)],
      ["Weight of the estimate of sales", amount(result.weights.macro)],
      ["Intercept", amount(result.weights.intercept)],
      ["Ships at", ruleText(result)],
      ["Of changes that ship, lose sales", percent(result.wrongShipShare)],
      ["Expected gain of a change tested", effectFigure(result.scale)(result.expectedGain)],
      ["Correlation of the estimates by chance", range(result.samplingCorrelation)],
      ["Method", result.method],
    ]),
    section("Changes that do nothing for sales, and how often they ship"),
    paragraph("By how far they move the proxy, in multiples of a typical true effect on it:"),
    table(
      ["True effect on the proxy", "Ships"],
      result.falseShipCurve.map(({ multipleOfTau, rate }) => [
        `${amount(multipleOfTau)}× typical`,
        percent(rate),
      ]),
    ),
    ...closing(result),
  ];
}

function headline(
  { posterior, decisionRule, scale, speedupOverMacro, nMacro }: ProxyAssisted,
  { proxy, macro }: Labels,
): string {
  if (posterior === null) {
    return nMacro === 0
      ? `So far only ${proxy} speaks: no ${macro} have been seen.`
      : `Reading ${proxy} beside ${macro} is worth ${times(speedupOverMacro)} the units of ${macro}.`;
  }
  const rose = `The chance that ${macro} rose is ${chance(posterior.probabilityPositive)}`;
  const verdict = posterior.ships ? "enough to ship" : "not enough to ship";
  if (decisionRule.kind === "probability")
    return `${rose}: ${verdict}, since the rule asks for more than ${percent(decisionRule.threshold)}.`;
  const loss = effectSize(scale)(posterior.expectedLoss.treatment);
  return `${rose}, and shipping is expected to lose ${loss}: ${verdict}.`;
}

function ruleText({ decisionRule, scale }: ProxyAssisted): string {
  if (decisionRule.kind === "probability")
    return `a chance of a gain above ${percent(decisionRule.threshold)}`;
  if (decisionRule.kind === "posterior-mean") return "an expected gain";
  return `an expected loss up to ${effectSize(scale)(decisionRule.thresholdOfCaring)}`;
}

function range({ lower, upper }: { readonly lower: number; readonly upper: number }): string {
  return lower === upper ? amount(lower) : `${amount(lower)} to ${amount(upper)}`;
}
