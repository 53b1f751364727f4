import type { Alternative } from "../core/alternative.ts";
import type { Result } from "../core/result.ts";
import type { Warning } from "../core/warning.ts";
import { INDEPENDENT_UNITS } from "../models/independent-units.ts";
import { beyond, curveDays } from "../planning/curve-grid.ts";
import type { Duration } from "../planning/duration-days.ts";
import type { PowerByDay } from "../planning/duration-row.ts";
import type { Sizes } from "../planning/sizes.ts";
import { conversionCautions } from "./conversion-cautions.ts";
import { experimentPlanSchema } from "./experiment-plan-schema.ts";
import type { ExperimentPlan, PlannedMetric } from "./experiment-plan.ts";
import { percent, units } from "./figures.ts";
import { planFingerprint } from "./fingerprint.ts";
import { monitoringPlan, type MonitoringPlan } from "./monitoring-plan.ts";
import {
  type MultiplicityPolicy,
  multiplicityPolicy,
  sharingCautions,
  sharingText,
} from "./multiplicity-policy.ts";
import { parseDocument } from "./parse-document.ts";
import { type MetricSize, powerByDay } from "./plan-metrics.ts";
import { planProxy, type ProxyPlan } from "./plan-proxies.ts";
import { type Recommendation, recommendations } from "./plan-recommendations.ts";
import { type PlannedSizes, plannedSizes } from "./planned-sizes.ts";
import { posteriorRuleAssumptions } from "./posterior-rule.ts";
import { shippingPolicy, type ShippingPolicy } from "./shipping-policy.ts";

/** What one metric would need, and what it would tell on some days. */
export interface MetricPlan extends MetricSize {
  /** Power on some days, were the metric read once, then; empty for guardrails, and where the plan names no traffic. */
  readonly powerByDay: readonly PowerByDay[];
  /** The same at some forty days, until after the test ends; empty too where it never ends. */
  readonly powerCurve: readonly PowerByDay[];
}

/** A plan worked out: how many units, how many days, and what each proxy would be worth. */
export interface PlannedExperiment extends Result<"experiment-plan"> {
  readonly method: MonitoringPlan["method"];
  readonly name: string;
  /** Changes when the plan does. */
  readonly fingerprint: string;
  readonly control: string;
  readonly treatments: readonly string[];
  readonly alpha: number;
  readonly power: number;
  readonly alternative: Alternative;
  /** What will ship a treatment. */
  readonly decisionRule: Required<ShippingPolicy>;
  /** How the treatments share alpha. */
  readonly multiplicity: Required<MultiplicityPolicy>;
  /** Alpha of each treatment's macro test, as they share it: over their number unless said. */
  readonly alphaPerTreatment: number;
  /** Power of each test that must pass: 1 − beta / (guardrails + 1). */
  readonly powerPerTest: number;
  /** Units to enrol at most: what the macro metric and every guardrail need, or what the plan sets by hand. */
  readonly n: Sizes;
  /** Null where the plan names no traffic. */
  readonly duration: Duration | null;
  readonly metrics: readonly MetricPlan[];
  /** How the macro metric is watched. */
  readonly monitoring: MonitoringPlan;
  readonly proxies: readonly ProxyPlan[];
  /** What to think of before the test starts. */
  readonly recommendations: readonly Recommendation[];
}

/**
 * Works out a plan: units per arm and days for the macro metric, its guardrails and its proxies, side by side.
 *
 * Several treatments are planned at alpha over their number, which is what the first step of Holm's method needs, or as
 * the plan's `multiplicity` shares alpha out; each of the macro metric and G guardrails gets the power 1 − beta/(G + 1),
 * so that all pass together with the power asked for. A guardrail is sized for the non-inferiority test that will read it.
 * Where the macro metric is looked at several times, its largest number of units grows so that the power stays.
 *
 * @param document - an `ExperimentPlan`, as an object or as it came from JSON
 * @returns sample sizes, durations, looks, what other ways of watching cost and save, recommendations, and for each
 *   proxy its detection speedup beside its decision speedup
 * @throws {DomainError} naming every field of the document that is wrong
 * @example
 * ```ts
 * import { planExperiment } from "microlift";
 * const plan = planExperiment({
 *   name: "Green button",
 *   control: "grey",
 *   treatments: ["green"],
 *   totalUnitsPerDay: 4000,
 *   metrics: [
 *     { name: "order", role: "macro", kind: "proportion", baseline: 0.02, lift: 0.1 },
 *     { name: "add to cart", role: "proxy", kind: "proportion", baseline: 0.1, lift: 0.1, nested: true },
 *   ],
 * });
 * plan.n.control; // 80682
 * ```
 * Schultzberg, Ankargren and Frånberg (2024) for the power with guardrails.
 */
export function planExperiment(document: ExperimentPlan): PlannedExperiment {
  const plan = parseDocument("plan", experimentPlanSchema, document);
  const sizes = plannedSizes(plan);
  const { levels, macro, n, duration } = sizes;
  const isEnding = duration !== null && duration.days < Infinity;
  const days = isEnding ? curveDays(beyond(duration.days)) : [];
  const metrics = sizes.metrics.map((metric, i) => ({
    ...metric,
    powerByDay: powerByDay(plan.metrics[i]!, plan, levels),
    powerCurve: isEnding ? powerByDay(plan.metrics[i]!, plan, levels, days) : [],
  }));
  const monitoring = monitoringPlan({ plan, ...sizes });
  const proxies = plan.metrics
    .filter((metric) => metric.role === "proxy" && macro.kind === "proportion")
    .map((metric) => planProxy(metric, macro, plan, levels));
  const { alpha, power, alternative, alphaPerTreatment, powerPerTest } = levels;
  return {
    kind: "experiment-plan",
    method: monitoring.method,
    name: plan.name,
    fingerprint: planFingerprint(plan),
    control: plan.control,
    treatments: plan.treatments,
    alpha,
    power,
    alternative,
    decisionRule: shippingPolicy(plan),
    multiplicity: multiplicityPolicy(plan),
    alphaPerTreatment,
    powerPerTest,
    n,
    duration,
    metrics,
    monitoring,
    proxies,
    recommendations: recommendations({ plan, ...sizes, monitoring, proxies }),
    warnings: cautions(plan, macro, sizes.needed),
    assumptions: assumptions(plan, sizes),
  };
}

const WATCHED_UNITS =
  "Units are independent of each other, and one looks as planned: the macro metric by its rule, the others at the end.";

function assumptions(plan: ExperimentPlan, sizes: PlannedSizes): string[] {
  const { treatments, metrics } = plan;
  const { levels, watch } = sizes;
  const isWatched = watch.method !== "fixed-horizon";
  const { alphaPerTreatment, power, powerPerTest } = levels;
  const guardrails = metrics.filter(({ role }) => role === "guardrail").length;
  const rule = shippingPolicy(plan);
  const said: string[] =
    rule.kind === "macro-posterior" ? posteriorRuleAssumptions(rule, sizes, treatments.length) : [];
  if (treatments.length > 1) {
    said.push(
      `Each of the ${treatments.length} treatments is planned at alpha = ${percent(alphaPerTreatment)}, ${sharingText(plan)}.`,
    );
  }
  if (guardrails > 0) {
    said.push(
      `The macro metric and ${guardrails === 1 ? "the guardrail" : `${guardrails} guardrails`} are each planned with power ${percent(powerPerTest)}, so that all pass together with power ${percent(power)}. Guardrails are sized for a test of non-inferiority, where the change does nothing to them.`,
    );
  }
  if (guardrails > 0 && isWatched) {
    said.push("A test that stops early has fewer units for its guardrails, which then hold less often.");
  }
  if (metrics.some(({ varianceReduction }) => varianceReduction !== undefined)) {
    said.push(
      "The sizes count on the variance reduction stated: the analysis has to adjust, or its power is less.",
    );
  }
  const ofTests = sizes.metrics.flatMap(({ sampleSize }) => sampleSize.assumptions);
  return [
    ...said,
    ...new Set(
      ofTests.map((sentence) => (isWatched && sentence === INDEPENDENT_UNITS ? WATCHED_UNITS : sentence)),
    ),
  ];
}

function cautions(plan: ExperimentPlan, macro: PlannedMetric, needed: number): Warning[] {
  const warnings = sharingCautions(multiplicityPolicy(plan), plan.treatments.length);
  if (plan.n !== undefined && plan.n < needed) {
    warnings.push({
      code: "UNDERPOWERED",
      message: `The plan sets ${units(plan.n)} units of control; the metrics that decide need ${units(needed)}. A real effect of the planned size would often be missed.`,
    });
  }
  if (macro.kind !== "proportion" && plan.metrics.some((metric) => metric.role === "proxy")) {
    warnings.push({
      code: "PROXY_NOT_JUDGED",
      message: `"${macro.name}" is a ${macro.kind}: a micro conversion can be judged as a proxy for a conversion only.`,
    });
  }
  return [...warnings, ...conversionCautions(plan.metrics)];
}
