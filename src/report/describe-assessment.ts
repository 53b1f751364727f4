import type { ProxyAssessment } from "../proxy/assess-proxy.ts";
import type { PlainPrior } from "../proxy/plain-priors.ts";
import { answers, type Block, details, lead, list, picture, section, title, type Verdict } from "./block.ts";
import { closing } from "./closing.ts";
import { beliefBlocks, ceilingSentence, crossoverSentence } from "./describe-decision-beside.ts";
import { effectSentence } from "./effect-text.ts";
import {
  amount,
  between,
  chance,
  change,
  effectFigure,
  intervalName,
  LIFT_ENDS,
  percent,
  RATIO_ENDS,
  times,
} from "./figures.ts";
import { capital, DEFAULT_LABELS, type Labels } from "./labels.ts";

/** The one-page verdict on a proxy. */
export function describeAssessment(result: ProxyAssessment): Block[] {
  const labels = DEFAULT_LABELS;
  return [
    title(`Is ${labels.proxy} a guide to ${labels.macro}?`),
    ...assessmentBlocks(result, labels, result.next.message),
    ...closing(result, result.detection.observed),
  ];
}

/**
 * The verdict without title and closing, for a part of a larger report.
 *
 * @param next - what to do about this change; null where the larger report says what was seen and what to do
 */
export function assessmentBlocks(result: ProxyAssessment, labels: Labels, next: string | null): Block[] {
  const { reasons, detection, checklist } = result;
  const further = reasons.slice(1);
  return [
    lead(assessmentHeadline(result, labels), MARKS[result.light]),
    picture(result),
    answers([
      ["What was seen", next === null ? null : seen(result, labels)],
      ["What it says about sales", meaning(result, labels)],
      ["How sure", howSure(result)],
      ["What to do next", next],
      ["From now on", fromNowOn(result, labels)],
    ]),
    ...(further.length === 0
      ? []
      : [section("Further reasons"), list(further.map(({ message }) => message))]),
    section("How much sooner, and how reliably"),
    answers(speeds(result, labels)),
    details(figures(result)),
    ...beliefBlocks(detection.observed.decision, labels),
    section("What to rule out before the proxy is believed"),
    list(checklist),
  ];
}

/** The light and the verdict. */
export function assessmentHeadline({ light, verdict }: ProxyAssessment, labels: Labels): string {
  return `${LIGHTS[light](labels)} ${VERDICTS[verdict](labels)}`;
}

type Sentence = (labels: Labels) => string;

const LIGHTS: Readonly<Record<ProxyAssessment["light"], Sentence>> = {
  green: ({ proxy }) => `Green light: ${proxy} may help to decide.`,
  amber: ({ proxy }) => `Amber light: do not decide on ${proxy} alone.`,
  red: ({ proxy }) => `Red light: do not decide by ${proxy} now.`,
};

const MARKS: Readonly<Record<ProxyAssessment["light"], Verdict>> = {
  green: "go",
  amber: "caution",
  red: "stop",
};

const VERDICTS: Readonly<Record<ProxyAssessment["verdict"], Sentence>> = {
  "proxy-agrees": ({ macro }) => `It points the same way as ${macro}.`,
  "cannot-tell": ({ macro }) => `What it shows does not settle what happens to ${macro}.`,
  "detects-only": ({ macro }) => `It only detects: it moves sooner, but is a worse guide than ${macro}.`,
  misleads: ({ macro }) => `It misleads: it is no guide to ${macro}.`,
};

const FROM_NOW_ON: Readonly<Record<ProxyAssessment["light"], Sentence>> = {
  green: ({ proxy }) =>
    `${capital(proxy)} may help to decide tests like this one, if their plans say so beforehand.`,
  amber: ({ proxy, macro }) =>
    `Past tests with both metrics would tell how far ${proxy} speaks for ${macro}.`,
  red: ({ macro }) => `Wait for ${macro}.`,
};

function fromNowOn({ light, assisted }: ProxyAssessment, labels: Labels): string {
  return light === "amber" && assisted.overPosterior !== null
    ? `More past tests with both metrics, or larger ones, and of changes like this one, would tell how far ${labels.proxy} speaks for ${labels.macro}.`
    : FROM_NOW_ON[light](labels);
}

const PATTERNS: Readonly<Record<ProxyAssessment["seen"]["pattern"], Sentence>> = {
  both: () => "Both moved the same way, further than chance does.",
  "micro-only": ({ proxy, macro }) => `Only the change of ${proxy} is clear; that of ${macro} may be chance.`,
  "macro-only": ({ proxy, macro }) => `Only the change of ${macro} is clear; that of ${proxy} may be chance.`,
  neither: () => "Either change may be chance.",
  opposite: () => "They moved in opposite directions, further than chance does.",
};

function seen({ seen: { micro, macro, pattern } }: ProxyAssessment, labels: Labels): string {
  const moved = (label: string, { control, treatment, lift }: typeof micro): string =>
    `${capital(label)} went from ${percent(control.rate)} to ${percent(treatment.rate)}. Lift ${effectSentence(lift, change, LIFT_ENDS)}`;
  return `${moved(labels.proxy, micro)} ${moved(labels.macro, macro)} ${PATTERNS[pattern](labels)}`;
}

function meaning(result: ProxyAssessment, { proxy, macro }: Labels): string {
  const { assisted, prediction } = result;
  const effect = effectFigure(result.assisted.scale);
  const together =
    assisted.posterior === null
      ? ""
      : ` Both together make the chance that ${macro} truly rose ${chance(assisted.posterior.probabilityPositive)}${result.seen.pattern === "opposite" ? "; but that they moved apart speaks against what this chance is reckoned from" : ""}.`;
  return `From ${proxy} alone one would expect ${effect(prediction.mean)} on ${macro} (${intervalName(prediction.interval)}: ${between(prediction.interval, effect)}), with a chance of ${chance(prediction.probabilityMacroLoss)} of a loss.${together}`;
}

/** The weightiest reason, and how far the belief could be off before this change would be decided otherwise. */
function howSure({ reasons, tippingRho }: ProxyAssessment): string {
  const flips =
    tippingRho.decision === null
      ? "No other correlation of true changes would turn the decision on this change."
      : `The decision on this change turns where true changes correlate at ${amount(tippingRho.decision)}.`;
  return [reasons[0]?.message, flips].filter((sentence) => sentence !== undefined).join(" ");
}

function speeds({ detection, decision }: ProxyAssessment, labels: Labels): [string, string][] {
  const { speedup, interval } = detection.observed;
  const shows =
    speedup === null
      ? "This cannot be determined."
      : `${times(speedup)} as fast as ${labels.macro}${interval === null ? "" : ` (${intervalName(interval)}: ${between(interval, times, RATIO_ENDS)})`}.`;
  const decides =
    decision.speedupProxy === null
      ? "This cannot be determined."
      : `${times(decision.speedupProxy)} as fast as ${labels.macro}; both together ${times(decision.speedupAssisted)}.`;
  return [
    ["Shows a change", shows],
    ["Decides", decides],
    ["Ceiling", ceilingSentence(decision.ceiling, labels) ?? "This cannot be determined."],
    ["Crossover", crossoverSentence(decision.crossoverN, labels) ?? "This cannot be determined."],
  ];
}

function figures(result: ProxyAssessment): [string, string][] {
  const { assisted, paradox, thresholdEffect, smallestDirectEffect, tippingRho } = result;
  const effect = effectFigure(result.assisted.scale);
  return [
    ["Wins on the proxy that lose sales", percent(paradox.probabilityMacroLossGivenWin)],
    ["Changes that do nothing for sales, and yet ship", percent(assisted.falseShipRate)],
    [
      "Effect on the proxy that foretells a gain",
      thresholdEffect.steObservedEffect === Infinity
        ? "none is large enough"
        : `${effect(thresholdEffect.steObservedEffect)} or more`,
    ],
    [
      "Effect past the proxy that would cancel the gain",
      smallestDirectEffect === 0 ? "none: no gain is foretold" : effect(smallestDirectEffect),
    ],
    ...chances(result),
    [
      "Correlation at which deciding now is as good as waiting",
      tippingRho.light === null ? "none" : amount(tippingRho.light),
    ],
  ];
}

/** What past experiments say of the policy; nothing where none were given. */
function chances({
  assisted,
  probabilityGainsMore,
  probabilityWorthwhile,
  probabilityPromising,
  lightUnderPriors,
}: ProxyAssessment): [string, string][] {
  if (assisted.overPosterior === null) return [];
  return [
    ["Chance that deciding now gains more than waiting", chance(probabilityGainsMore)],
    ["Chance that it does, and the proxy is why", chance(probabilityWorthwhile)],
    ["Chance that the proxy would be worth it, if known", chance(probabilityPromising)],
    ...lightUnderPriors.map(({ prior, light }): [string, string] => [`Light under ${PRIORS[prior]}`, light]),
  ];
}

const PRIORS: Readonly<Record<PlainPrior, string>> = {
  "uniform-correlation": "a prior that holds every correlation alike",
  "lkj-4": "a prior nearer to 0 (LKJ 4)",
};
