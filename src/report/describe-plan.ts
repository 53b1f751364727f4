import type { MetricPlan, PlannedExperiment, ProxyPlan } from "../experiment/plan-experiment.ts";
import { answers, type Block, details, lead, nested, section, table, title } from "./block.ts";
import { closing, lookedFor, warnsOf } from "./closing.ts";
import { beliefBlocks, decisionAnswers, speedupLead } from "./describe-decision-beside.ts";
import { amount, change, days, percent, times, units } from "./figures.ts";
import { type Labels, namedLabels, quoted } from "./labels.ts";
import { ROLES } from "./roles.ts";

/** The plan of an experiment: how many units, how long, and whether a proxy makes it sooner. */
export function describePlan(plan: PlannedExperiment): Block[] {
  return [
    title(`Plan: ${plan.name}`),
    lead(headline(plan)),
    answers([
      ["What it finds", finds(plan)],
      ["What it must not miss", guards(plan)],
      ["Could it be sooner", sooner(plan)],
      ["What to do next", next(plan)],
    ]),
    section("Metrics"),
    table(
      ["Metric", "Role", "Control", "To be seen", "Units per arm", "Takes"],
      plan.metrics.map((metric) => [
        metric.name,
        ROLES[metric.role],
        metric.kind === "proportion" ? percent(metric.baseline) : amount(metric.baseline),
        change(metric.lift),
        units(metric.sampleSize.control, "unreachable"),
        metric.duration === null ? "not known" : days(metric.duration.days),
      ]),
      2,
    ),
    ...plan.proxies.flatMap((proxy) => proxyBlocks(proxy, labelsOf(plan, proxy))),
    section("Design"),
    details([
      ["Control", plan.control],
      [plan.treatments.length === 1 ? "Treatment" : "Treatments", plan.treatments.join(", ")],
      ["Units in control", units(plan.n.control)],
      ["Units in each treatment", units(plan.n.treatment)],
      ["Units in all", units(plan.n.total)],
      ["Power", percent(plan.power)],
      ["False alarms allowed (alpha)", percent(plan.alpha)],
      ["The test looks for", lookedFor(plan.alternative)],
      ["What ships a treatment", shipping(plan)],
      ["Fingerprint of the plan", plan.fingerprint],
    ]),
    ...closing(plan, ...plan.metrics.map(namedWarnings), ...plan.proxies.map(({ detection }) => detection)),
  ];
}

function headline({ n, duration, treatments }: PlannedExperiment): string {
  if (n.total === Infinity) return "This plan cannot be carried out: no number of units is enough.";
  const arms =
    n.control === n.treatment
      ? `${units(n.control)} units in each of ${treatments.length + 1} arms`
      : `${units(n.control)} units in control and ${units(n.treatment)} in each treatment`;
  const time = duration === null ? "" : `, which takes ${days(duration.days, duration.wholeWeeks)}`;
  return `The test needs ${arms}, ${units(n.total)} in all${time}.`;
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
  return rule.kind === "macro"
    ? `the test of ${macro}`
    : `a chance above ${percent(rule.threshold)} that ${macro} rose, by ${macro} and ${quoted(rule.proxy)} together`;
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

function next({ n, duration }: PlannedExperiment): string {
  if (n.total === Infinity) return "Change the plan: ask for a larger lift, or for another metric.";
  if (duration === null)
    return "Name the traffic, to see how long this takes. Then run to the planned size and read the test once.";
  return duration.days === Infinity
    ? "Find more traffic: at this rate the test never ends."
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

function fast(speedup: number | null): string {
  return speedup === null ? "cannot be told" : `${times(speedup)} as fast`;
}

/** The warnings of a metric's own sample size, with its name. */
function namedWarnings({ name, sampleSize }: MetricPlan): {
  warnings: { code: string; message: string }[];
  assumptions: readonly string[];
} {
  return {
    warnings: sampleSize.warnings.map(({ code, message }) => ({
      code,
      message: `${quoted(name)}: ${message}`,
    })),
    assumptions: sampleSize.assumptions,
  };
}
