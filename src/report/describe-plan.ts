import type { MetricPlan, PlannedExperiment } from "../experiment/plan-experiment.ts";
import type { ProxyPlan } from "../experiment/plan-proxies.ts";
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
  table,
  title,
} from "./block.ts";
import { closing, lookedFor, named, warnsOf } from "./closing.ts";
import { beliefBlocks, decisionAnswers, speedupLead } from "./describe-decision-beside.ts";
import { amount, change, days, percent, roundShare, times, units } from "./figures.ts";
import { type Labels, namedLabels, quoted } from "./labels.ts";
import { ROLES } from "./roles.ts";
import { dayCount, watchBlocks, WATCHED } from "./watch-blocks.ts";

/** The plan of an experiment: how many units, how long, and whether a proxy makes it sooner. */
export function describePlan(plan: PlannedExperiment): Block[] {
  return [
    title(`Plan: ${plan.name}`),
    lead(planFinding(plan)),
    picture(plan),
    answers([
      ["What it finds", finds(plan)],
      ["What it must not miss", guards(plan)],
      ["Could it be sooner", sooner(plan)],
      ["What to do next", next(plan)],
    ]),
    section("Metrics"),
    metricsTable(plan.metrics),
    ...(plan.duration === null ? [] : [paragraph(POWER_BY_DAY)]),
    ...watchBlocks(plan),
    ...(plan.recommendations.length === 0
      ? []
      : [section("Before it starts"), list(plan.recommendations.map(({ message }) => message))]),
    ...plan.proxies.flatMap((proxy) => proxyBlocks(proxy, labelsOf(plan, proxy))),
    section("Design"),
    details([
      ["Control", plan.control],
      [plan.treatments.length === 1 ? "Treatment" : "Treatments", plan.treatments.join(", ")],
      [atMost(plan, "Units in control"), units(plan.n.control)],
      [atMost(plan, "Units in each treatment"), units(plan.n.treatment)],
      [atMost(plan, "Units in all"), units(plan.n.total)],
      ["Power", percent(plan.power)],
      ["False alarms allowed (alpha)", percent(plan.alpha)],
      ["Treatments share it by", plan.treatments.length === 1 ? null : plan.multiplicity.treatments],
      ["The test looks for", lookedFor(plan.alternative)],
      ["How it is watched", WATCHED[plan.monitoring.method]],
      ["What ships a treatment", shipping(plan)],
      ["Fingerprint of the plan", plan.fingerprint],
    ]),
    ...closing(
      plan,
      // The plan says itself what the sizes rest on.
      ...plan.metrics.map(({ name, sampleSize: { warnings } }) => named(name, { warnings, assumptions: [] })),
      ...plan.proxies.map(({ detection }) => detection),
    ),
  ];
}

/** What the plan comes to. */
export function planFinding(plan: PlannedExperiment): string {
  const { n, duration, treatments } = plan;
  if (n.total === Infinity) return "This plan cannot be carried out: no number of units is enough.";
  const arms =
    n.control === n.treatment
      ? `${units(n.control)} units in each of ${treatments.length + 1} arms`
      : `${units(n.control)} units in control and ${units(n.treatment)} in each treatment`;
  const time = duration === null ? "" : `, which takes ${days(duration.days, duration.wholeWeeks)}`;
  return `The test needs ${isWatched(plan) ? "at most " : ""}${arms}, ${units(n.total)} in all${time}.`;
}

const macroOf = (plan: PlannedExperiment): MetricPlan => plan.metrics.find(({ role }) => role === "macro")!;

const labelsOf = (plan: PlannedExperiment, proxy: ProxyPlan): Labels =>
  namedLabels(proxy.name, macroOf(plan).name);

function finds(plan: PlannedExperiment): string {
  const macro = macroOf(plan);
  const what = `a lift of ${change(macro.lift)} on ${quoted(macro.name)}`;
  if (macro.sampleSize.control === Infinity) return `Nothing: no number of units shows ${what}.`;
  return warnsOf(plan, "UNDERPOWERED")
    ? `Too little: ${what} would need ${units(macro.sampleSize.control)} units in control, and is often missed with ${units(plan.n.control)}.`
    : `If there is ${what}, the test finds it in ${percent(plan.power)} of cases. If there is none, it raises a false alarm in ${percent(plan.alpha)}.`;
}

function guards({ metrics }: PlannedExperiment): string | null {
  const guardrails = metrics.filter(({ role }) => role === "guardrail");
  if (guardrails.length === 0) return null;
  return `Harm to ${guardrails.map(({ name, lift }) => `${quoted(name)} by ${change(lift)}`).join(", ")}.`;
}

function shipping(plan: PlannedExperiment): string {
  const macro = quoted(macroOf(plan).name);
  const { decisionRule: rule } = plan;
  if (rule.kind === "macro") return `the test of ${macro}`;
  const likely = `a chance above ${percent(rule.threshold)} that ${macro} improved`;
  return rule.kind === "proxy-assisted"
    ? `${likely}, by ${macro} and ${quoted(rule.proxy)} together`
    : `${likely}${rule.thresholdOfCaring === Infinity ? "" : `, with an expected loss of at most ${amount(rule.thresholdOfCaring)}`}`;
}

function sooner(plan: PlannedExperiment): string | null {
  if (plan.proxies.length === 0) return null;
  return plan.proxies
    .map((proxy) => {
      const { speedup, decision, warnings } = proxy.detection;
      return speedupLead(speedup, decision, warnings, labelsOf(plan, proxy));
    })
    .join(" ");
}

function next(plan: PlannedExperiment): string {
  const { n, duration, monitoring } = plan;
  if (n.total === Infinity) return "Change the plan: ask for a larger lift, or for another metric.";
  if (duration === null)
    return `Name the traffic, to see how long this takes. Then ${READ_WITHOUT_CALENDAR[monitoring.method]}.`;
  if (duration.days === Infinity) return "Find more traffic: at this rate the test never ends.";
  if (monitoring.method === "group-sequential")
    return "Look on the days below and on no others, and stop where a boundary is passed.";
  return isWatched(plan)
    ? "Look as often as you like with the always-valid p-value, and stop where it falls below alpha."
    : `Run ${amount(duration.wholeWeeks)} whole ${duration.wholeWeeks === 1 ? "week" : "weeks"}, and read the test once, at the end.`;
}

function proxyBlocks({ detection, calendar }: ProxyPlan, labels: Labels): Block[] {
  const { speedup, decision, nMicro, nMacro } = detection;
  return [
    section(`${labels.proxy} as a proxy`),
    table(
      ["", labels.proxy, labels.macro, "The proxy is"],
      [
        [
          "Units per arm to see the change",
          units(nMicro, "unreachable"),
          units(nMacro, "unreachable"),
          fast(speedup),
        ],
        ...(calendar === null
          ? []
          : [
              [
                "Days to see the change",
                days(calendar.daysMicro),
                days(calendar.daysMacro),
                fast(calendar.speedup),
              ],
            ]),
        ["For the decision", "-", "-", fast(decision.speedup)],
      ],
    ),
    answers(decisionAnswers(decision, labels)),
    ...nested(beliefBlocks(decision, labels)),
  ];
}

/** What each metric needs, and what it would show earlier. */
function metricsTable(metrics: readonly MetricPlan[]): Block {
  const shown = metrics.find(({ powerByDay }) => powerByDay.length > 0)?.powerByDay ?? [];
  return table(
    [
      "Metric",
      "Role",
      "Control",
      "To be seen",
      "Per arm",
      "Days",
      ...shown.map(({ day }) => `Day ${amount(day)}`),
    ],
    metrics.map((metric) => [
      metric.name,
      ROLES[metric.role],
      metric.kind === "proportion" ? percent(metric.baseline) : amount(metric.baseline),
      change(metric.lift),
      units(metric.n, "unreachable"),
      metric.duration === null ? "not known" : dayCount(metric.duration.days),
      ...shown.map((_, i) => {
        const power = metric.powerByDay[i]?.power;
        if (power === undefined) return "-";
        return roundShare(power);
      }),
    ]),
    2,
  );
}

/** Beside the columns of single days. */
export const POWER_BY_DAY: string = "Under a day stands the power of a test that is read then, once.";

const isWatched = ({ monitoring }: PlannedExperiment): boolean => monitoring.method !== "fixed-horizon";

const atMost = (plan: PlannedExperiment, label: string): string =>
  isWatched(plan) ? `${label}, at most` : label;

const READ_WITHOUT_CALENDAR: Readonly<Record<PlannedExperiment["monitoring"]["method"], string>> = {
  "fixed-horizon": "run to the planned size and read the test once",
  "group-sequential": "look at the planned sizes and stop where a boundary is passed",
  "normal-mixture": "look as often as you like with the always-valid p-value",
  asymptotic: "look as often as you like with the always-valid p-value",
};

function fast(speedup: number | null): string {
  return speedup === null ? "cannot be told" : `${times(speedup)} as fast`;
}
