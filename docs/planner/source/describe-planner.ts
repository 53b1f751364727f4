import type { DetectableLift } from "../../../src/planning/minimum-detectable-lift.ts";
import {
  answers,
  type Block,
  lead,
  list,
  nested,
  paragraph,
  picture,
  section,
  table,
  title,
} from "../../../src/report/block.ts";
import { closing, lookedFor } from "../../../src/report/closing.ts";
import {
  beliefBlocks,
  decisionAnswers,
  speedupLead,
  wayward,
} from "../../../src/report/describe-decision-beside.ts";
import { amount, change, days, percent, times, units } from "../../../src/report/figures.ts";
import { type Labels, namedLabels, quoted } from "../../../src/report/labels.ts";
import type { WorkedOut } from "./work-out.ts";

/** What the page says about a plan, and what is copied as Markdown. */
export function describePlanner(worked: WorkedOut): Block[] {
  const { input, plan } = worked;
  return [
    title(`Plan: ${input.name}`),
    ...testBlocks(worked),
    ...proxyBlocks(worked),
    ...(plan.recommendations.length === 0
      ? []
      : [section("Before it starts"), list(plan.recommendations.map(({ message }) => message))]),
    ...closing(plan, worked.proxy.detection, ...(worked.decision === null ? [] : [worked.decision])),
  ];
}

function testBlocks(worked: WorkedOut): Block[] {
  const { input } = worked;
  return [
    section("How long the test takes"),
    lead(testFinding(worked)),
    table(
      ["Visitors", "In control", "In each treatment", "In all", "Days", "Whole weeks"],
      worked.table.rows.map(({ name, control, treatment, total, days: time, wholeWeeks }) => [
        `For ${quoted(name)}`,
        units(control, "no number"),
        units(treatment, "no number"),
        units(total, "no number"),
        time === Infinity ? "never" : amount(time),
        time === Infinity ? "never" : amount(wholeWeeks),
      ]),
    ),
    paragraph(designSentence(worked)),
    picture(worked.powerByDay),
    section("What a shorter test would see"),
    paragraph(
      `The smallest lift that is seen in ${percent(input.power)} of cases, were the test read after so long. Smaller lifts are mostly missed.`,
    ),
    table(
      ["Read after", input.macro, input.micro],
      worked.detectable.map(({ weeks, macro, micro }) => [
        `${weeks} weeks`,
        detectable(macro),
        detectable(micro),
      ]),
    ),
  ];
}

function testFinding({ input, plan }: WorkedOut): string {
  const { n, duration } = plan;
  if (n.total === Infinity) return "No number of visitors is enough: without a lift there is nothing to see.";
  const time =
    duration!.days === Infinity
      ? "which never come together"
      : `${days(duration!.days, duration!.wholeWeeks)}`;
  return `A lift of ${change(input.lift)} on ${quoted(input.macro)} takes ${units(n.total)} visitors to see: ${time}.`;
}

function designSentence({ input, plan }: WorkedOut): string {
  const { treatments, alpha, power, alternative } = input;
  const shared =
    treatments === 1 ? "" : `, shared by ${treatments} treatments (${percent(plan.alphaPerTreatment)} each)`;
  const whole =
    treatments === 1
      ? ""
      : ` microlift plan reads ${quoted(input.micro)}, which does not decide, at the whole ${percent(alpha)}.`;
  return `The lift is seen in ${percent(power)} of cases if it is there; where there is none, a false alarm is raised in ${percent(alpha)}${shared}. The test looks for ${lookedFor(alternative)} and is read once, at the end.${whole}`;
}

function detectable(result: DetectableLift | null): string {
  if (result === null) return "nothing is final yet";
  return result.lift === null ? "no lift" : change(result.lift);
}

// What a proxy shows sooner is never told alone, nor first: docs/decisions/0008.
function proxyBlocks(worked: WorkedOut): Block[] {
  const { input, proxy } = worked;
  const { detection } = proxy;
  const { decision } = detection;
  const labels = namedLabels(input.micro, input.macro);
  return [
    section(`Deciding by ${labels.proxy}`),
    lead(proxyFinding(worked, labels)),
    speedupTable(worked, labels),
    ...(worked.speedups === null ? [] : [picture(worked.speedups)]),
    answers([
      ...decisionAnswers(decision, labels),
      ["In days", inDays(worked, labels)],
      ["How sure", decision.effects === null ? null : HOW_SURE],
    ]),
    ...nested(beliefBlocks(decision, labels)),
  ];
}

const HOW_SURE =
  "These figures take what was entered about true effects as certain. Past tests leave it uncertain, which costs: microlift proxy --past learns it from them and carries the uncertainty along.";

function proxyFinding({ proxy, decision }: WorkedOut, labels: Labels): string {
  const { speedup, decision: beside, warnings } = proxy.detection;
  if (decision === null || decision.speedupProxy === null || decision.speedupProxy === 0) {
    return speedupLead(speedup, beside, [...warnings, ...(decision?.warnings ?? [])], labels);
  }
  const { speedupProxy, speedupAssisted, crossoverN, n } = decision;
  const both = `by both together ${times(speedupAssisted)} as fast`;
  if (speedupProxy < 1) {
    return `${labels.macro} decides better: with ${units(n)} visitors per arm ${labels.proxy} alone decides ${times(speedupProxy)} as fast, ${both}.`;
  }
  const until =
    crossoverN === null || crossoverN === Infinity
      ? "at every size"
      : `in tests of up to ${units(crossoverN)} visitors per arm`;
  return `By ${labels.proxy} alone one decides ${times(speedupProxy)} as fast as by ${labels.macro}, ${both}, with ${units(n)} visitors per arm. ${labels.proxy} is the better guide ${until}, if what was entered about true effects holds.`;
}

function speedupTable({ proxy, decision }: WorkedOut, labels: Labels): Block {
  const { speedup, decision: beside } = proxy.detection;
  const right = (accuracy: number | undefined): string =>
    accuracy === undefined ? "not known" : percent(accuracy);
  const fast = (factor: number | null | undefined): string =>
    factor === null || factor === undefined ? "not known" : times(factor);
  const isAstray = wayward(proxy.detection.warnings, labels) !== null;
  const alone = isAstray && beside.speedup === null ? "no speedup" : fast(beside.speedup);
  return table(
    ["With the same visitors", `As fast as ${labels.macro}`, `Right about ${labels.macro}`],
    [
      [`By ${labels.proxy} alone`, alone, right(decision?.accuracyProxy)],
      ["By both together", fast(decision?.speedupAssisted), right(decision?.accuracyAssisted)],
      [`By ${labels.macro} alone`, times(1), right(decision?.accuracyMacro)],
      [`Merely seeing ${labels.proxy} move`, fast(speedup), "says nothing of it"],
    ],
  );
}

function inDays(
  { proxy: { calendar, detection }, decision }: WorkedOut,
  { proxy, macro }: Labels,
): string | null {
  const read = calendar?.decisionDays ?? null;
  // A proxy that is worth nothing is as good as no visitors at all.
  if (read === null || decision === null || detection.decision.speedup === 0) return null;
  return `${proxy} has these visitors after ${days(read.proxy)}, and is then right about ${macro} in ${percent(decision.accuracyProxy)} of cases; ${macro} would decide as well after ${days(read.macro)}.`;
}

/** The plan in a line. */
export function summaryOf({ plan, proxy, input }: WorkedOut): string {
  const { n, duration } = plan;
  const { decision, warnings } = proxy.detection;
  const needs = `${units(n.total, "No number of")} visitors, ${days(duration!.days, duration!.wholeWeeks)}`;
  const astray = wayward(warnings, namedLabels(input.micro, input.macro));
  if (astray !== null) return `${needs}. ${astray}`;
  return decision.speedup === null
    ? `${needs}; whether "${input.micro}" decides sooner is not known.`
    : `${needs}; "${input.micro}" decides ${times(decision.speedup)} as fast.`;
}
