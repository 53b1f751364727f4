import type { ProxyReadout, TreatmentReadout } from "../experiment/analyze-experiment.ts";
import type { Decision } from "../experiment/decide.ts";
import { type Block, list, nested, paragraph, section } from "./block.ts";
import { assessmentBlocks } from "./describe-assessment.ts";
import { dayBlocks, dayFinding } from "./describe-days.ts";
import { funnelBlocks, unreadFunnel } from "./describe-funnel.ts";
import { segmentBlocks, segmentFinding } from "./describe-segments.ts";
import { observedBlocks } from "./describe-speedups.ts";
import { type Labels, namedLabels, quoted } from "./labels.ts";
import { macroOf } from "./macro-of.ts";

/** Whether the macro metric was called better or worse: else nothing on the page may call it so. */
function isSettled({ reasons }: Decision): boolean {
  return reasons.some(({ code }) => SETTLED.has(code));
}

const SETTLED = new Set(["MACRO_IMPROVED", "MACRO_WORSENED"]);
const UNSETTLED =
  "Whether the metric that decides moved is not settled, see above; what follows is read as if it were the only look and the only treatment.";

/** The ways to the last steps that the data let one read. */
export function funnelSections({ name, funnels, decision }: TreatmentReadout, treatments: number): Block[] {
  return funnels.flatMap(({ name: last, analysis, reason }): Block[] => [
    section(`The way to ${quoted(last)}${treatments > 1 ? ` in ${quoted(name)}` : ""}`),
    ...(isSettled(decision) ? [] : [paragraph(UNSETTLED)]),
    ...(analysis === null
      ? [paragraph(unreadFunnel(reason))]
      : nested(funnelBlocks(analysis, isSettled(decision)))),
  ]);
}

/** The segments of the deciding metric, and a sentence on each other one whose effects differ between them. */
export function segmentSections(
  { name, metrics, segmentations, decision }: TreatmentReadout,
  treatments: number,
): Block[] {
  const macro = macroOf(metrics).name;
  return segmentations.flatMap(({ name: segmentation, metrics: read }): Block[] => {
    const own = read.find((metric) => metric.name === macro);
    const others = read.filter((metric) => metric !== own && metric.analysis.finding.effectsDiffer === "yes");
    if (own === undefined && others.length === 0) return [];
    return [
      section(`By ${quoted(segmentation)}${treatments > 1 ? `: ${quoted(name)}` : ""}`),
      ...(isSettled(decision) ? [] : [paragraph(UNSETTLED)]),
      ...(own === undefined ? [] : nested(segmentBlocks(own.analysis, isSettled(decision)))),
      ...(others.length === 0
        ? []
        : [list(others.map((metric) => `${quoted(metric.name)}: ${segmentFinding(metric.analysis)}`))]),
    ];
  });
}

const SERIES = {
  "day-of-entry": "Day by day of entry",
  "day-of-exposure": "Day by day of exposure",
} as const;

/** The days of the deciding metric, and a sentence on each other one whose effect changes. */
export function seriesSections(
  { name, metrics, dailySeries }: TreatmentReadout,
  treatments: number,
): Block[] {
  const macro = macroOf(metrics).name;
  return dailySeries.flatMap(({ by, metrics: read }): Block[] => {
    const own = read.find((metric) => metric.name === macro);
    const others = read.filter(
      (metric) => metric !== own && !["none-seen", "undetermined"].includes(metric.analysis.pattern),
    );
    if (own === undefined && others.length === 0) return [];
    return [
      section(`${SERIES[by]}${treatments > 1 ? `: ${quoted(name)}` : ""}`),
      ...(own === undefined ? [] : nested(dayBlocks(own.analysis))),
      ...(others.length === 0
        ? []
        : [list(others.map((metric) => `${quoted(metric.name)}: ${dayFinding(metric.analysis)}`))]),
    ];
  });
}

/** Each proxy with its verdict, or with the reason why it has none. */
export function proxySections({ name, metrics, proxies }: TreatmentReadout, treatments: number): Block[] {
  const macro = macroOf(metrics);
  return proxies.flatMap((proxy): Block[] => [
    section(
      `Is ${quoted(proxy.name)} a guide to ${quoted(macro.name)}?${treatments > 1 ? ` In ${quoted(name)}` : ""}`,
    ),
    ...(proxy.assessment === null
      ? unjudgedBlocks(proxy, namedLabels(proxy.name, macro.name))
      : nested(assessmentBlocks(proxy.assessment, namedLabels(proxy.name, macro.name), null))),
  ]);
}

/** A proxy without a verdict: why, and how much sooner it showed the change, with what one would have to believe. */
function unjudgedBlocks({ reason, observed }: ProxyReadout, labels: Labels): Block[] {
  return [
    paragraph(reason ?? "It cannot be judged from these data."),
    ...(observed === null ? [] : nested(observedBlocks(observed, labels))),
  ];
}
