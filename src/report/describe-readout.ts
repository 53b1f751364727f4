import type { ExperimentReadout, TreatmentReadout } from "../experiment/analyze-experiment.ts";
import type { Decision, DecisionAction } from "../experiment/decide.ts";
import type { MetricReadout } from "../experiment/read-metrics.ts";
import {
  answers,
  type Block,
  details,
  lead,
  list,
  nested,
  paragraph,
  picture,
  section,
  title,
  type Verdict,
} from "./block.ts";
import { closing } from "./closing.ts";
import { dataQualityBlocks } from "./data-quality-blocks.ts";
import { sampleRatioSentence } from "./describe-sample-ratio.ts";
import { chanceSentence, effectSentence, intervalSentence, watchedChanceSentence } from "./effect-text.ts";
import { amount, change, days, LIFT_ENDS, percent, pFigure, pValue, units } from "./figures.ts";
import { quoted } from "./labels.ts";
import { looksBlocks } from "./looks-blocks.ts";
import { macroOf } from "./macro-of.ts";
import { metricBlocks, metricValues } from "./metric-blocks.ts";
import { findingOf } from "./metric-finding.ts";
import { treatmentClosing } from "./readout-closing.ts";
import { funnelSections, proxySections, segmentSections, seriesSections } from "./readout-sections.ts";
import { ln } from "../numerics/elementary/ln.ts";

/** A finished or running experiment: the decision on each treatment, and what it rests on. */
export function describeReadout(readout: ExperimentReadout): Block[] {
  const { treatments, departures } = readout;
  // Behind a broken split no effect can be trusted, so none is shown.
  const readable = treatments.filter(({ decision }) => decision.action !== "blocked");
  return [
    title(readout.name),
    ...treatments.map((treatment) => lead(headline(treatment), MARKS[treatment.decision.action])),
    picture(readout),
    ...(departures.length === 0 ? [] : [paragraph(departuresSentence(departures.length))]),
    ...treatments.flatMap((treatment) => {
      const blocks = treatmentBlocks(treatment, treatments.length);
      return treatments.length > 1 ? [section(quoted(treatment.name)), ...nested(blocks)] : blocks;
    }),
    ...readable.flatMap((treatment) => [
      ...proxySections(treatment, treatments.length),
      ...funnelSections(treatment, treatments.length),
      ...segmentSections(treatment, treatments.length),
      ...seriesSections(treatment, treatments.length),
    ]),
    ...dataQualityBlocks(readout.dataQuality ?? []),
    section("The test itself"),
    paragraph(sampleRatioSentence(readout.sampleRatio)),
    details([
      [`Units in control (${readout.control.name})`, units(readout.control.n)],
      ...treatments.map(({ name, n }): [string, string] => [`Units in ${name}`, units(n)]),
      ["Units planned in control", readout.plannedN === null ? null : units(readout.plannedN)],
      ["Running for", readout.days === null ? null : days(readout.days)],
      ["False alarms allowed (alpha)", percent(readout.alpha)],
      ["Rule", readout.method],
      ["Fingerprint of the plan", readout.fingerprint],
    ]),
    ...(departures.length === 0
      ? []
      : [section("Departures from the plan"), list(departures.map(({ message }) => message))]),
    ...closing(
      readout,
      readout.sampleRatio,
      ...readable.flatMap((treatment) => treatmentClosing(treatment, treatments.length > 1)),
    ),
  ];
}

function departuresSentence(count: number): string {
  return `The analysis departs from its plan in ${count === 1 ? "one way" : `${count} ways`}, listed below: read the verdict with that in mind.`;
}

/** The decision in words, after the name of the treatment. */
export const VERDICTS: Readonly<Record<DecisionAction, string>> = {
  ship: "ship it",
  stop: "stop, do not ship",
  "keep-running": "keep the test running",
  "cannot-tell": "the test cannot tell",
  blocked: "the test is broken, do not read it",
};

const MARKS: Readonly<Record<DecisionAction, Verdict>> = {
  ship: "go",
  stop: "stop",
  "keep-running": "wait",
  "cannot-tell": "unclear",
  blocked: "caution",
};

/** The decision, with the effect that it stands on where the test is over. */
export function headline({ name, decision, metrics }: TreatmentReadout): string {
  const verdict = `${quoted(name)}: ${VERDICTS[decision.action]}.`;
  if (decision.action === "blocked" || decision.action === "keep-running") return verdict;
  const macro = macroOf(metrics);
  const lift = findingOf(macro)?.lift;
  if (lift === undefined || lift.estimate === null) return verdict;
  return `${verdict} Lift on ${quoted(macro.name)}: ${effectSentence(lift, change, LIFT_ENDS)}`;
}

function treatmentBlocks({ name, decision, metrics }: TreatmentReadout, treatments: number): Block[] {
  const macro = macroOf(metrics);
  const isReadable = decision.action !== "blocked";
  const shown = [macro, ...metrics.filter(({ role }) => role === "proxy")];
  return [
    answers([
      ["What we saw", isReadable ? shown.map(seen).join(" ") : null],
      ["Look twice", isReadable ? flagged(macro) : null],
      ["What it says about sales", meaning(decision)],
      ["How sure", howSure(decision, macro, treatments)],
      ["What to do next", next(name, decision, macro)],
    ]),
    ...(isReadable ? [...metricBlocks(metrics), ...looksBlocks(macro)] : []),
  ];
}

function seen(metric: MetricReadout): string {
  const { comparison } = metric;
  if (comparison === null) return `${quoted(metric.name)} has too few final outcomes to be compared.`;
  const [control, treatment] = metricValues(comparison);
  return `${quoted(metric.name)} went from ${control} to ${treatment}. Lift ${effectSentence(findingOf(metric)!.lift, change, LIFT_ENDS)}`;
}

/** Too good to be true, too small to matter: of the metric that decides, before anything is concluded. */
function flagged({ flags }: MetricReadout): string | null {
  return flags.length === 0 ? null : flags.map(({ message }) => message).join(" ");
}

function meaning({ action, reasons }: Decision): string {
  const why = reasons.map(({ message }) => message).join(" ");
  if (action === "blocked") return `Nothing. ${why}`;
  return action === "keep-running" ? `Nothing final yet. ${why}` : why;
}

function howSure({ action }: Decision, macro: MetricReadout, treatments: number): string {
  const { adjustedPValue, sequential } = macro;
  if (action === "blocked") return "Not at all: a broken split can make any effect appear.";
  if (action === "keep-running") {
    return sequential === null
      ? "Not yet: figures of a running test swing, and are no verdict."
      : "Not yet: no boundary has been passed, and figures of a running test swing.";
  }
  const finding = findingOf(macro);
  if (finding === null || finding.pValue === null) return "This cannot be determined.";
  const { pValue: p, logPValue, alternative, lift } = finding;
  const adjusted =
    treatments > 1 && adjustedPValue !== null && adjustedPValue !== p
      ? `; with ${treatments} treatments to choose from, p counts as ${pFigure(adjustedPValue, ln(adjustedPValue))}`
      : "";
  const chances = sequential === null ? chanceSentence(p, alternative) : watchedChanceSentence(p);
  return `${chances} (${pValue(p, logPValue!)}${adjusted}). ${intervalSentence(lift.interval)}`;
}

/** Effects of which a fault is likelier than what they say. */
const DOUBTS = new Set(["TOO_GOOD_TO_BE_TRUE", "ABOVE_PLANNED_LIFT"]);

function next(
  name: string,
  { action, step, untilDay }: Decision,
  { sequential, flags }: MetricReadout,
): string {
  const isDoubtful = flags.some(({ code }) => DOUBTS.has(code));
  switch (action) {
    case "ship":
      return isDoubtful
        ? `Look for a fault first. If there is none, ship ${quoted(name)} to everyone.`
        : `Ship ${quoted(name)} to everyone.`;
    case "stop":
      return step === "guardrails"
        ? `Do not ship ${quoted(name)}: it harms what must not be harmed.`
        : `Do not ship ${quoted(name)}. End the test and keep the control.`;
    case "keep-running":
      return step === "maturity" || step === "guardrails" ? wait(untilDay) : goOn(untilDay, sequential);
    case "cannot-tell":
      if (step === "guardrails") {
        return "Do not ship yet: harm is not ruled out. Plan a test that is large enough for its guardrails; going on with this one until it suits would fool you.";
      }
      return `Keep the control, or plan a larger test: this one has had its say.${sequential === null ? " Looking again and again until it wins would fool you." : ""}`;
    case "blocked":
      return "Find out why the arms are uneven, mend it, and start the test again.";
  }
}

/** The units are there, and their outcomes are not. */
function wait(untilDay: number | null): string {
  return `No more units are needed, only time: read the test ${untilDay === null ? "once all of them are final" : `on day ${amount(untilDay)}`}.`;
}

function goOn(untilDay: number | null, sequential: MetricReadout["sequential"]): string {
  const day = untilDay === null ? null : `day ${amount(untilDay)}`;
  if (sequential === null) {
    return day === null
      ? "Let the test run to its planned size, and read it then."
      : `Let the test run until ${day}, and read it then.`;
  }
  return sequential.method === "group-sequential"
    ? `Let the test run, and look again ${day === null ? "at its next look" : `on ${day}, at its next look`}.`
    : `Let the test run, and look again as often as you like. It ends ${day === null ? "at its planned size" : `on ${day}`} at the latest.`;
}
