import type { Alternative } from "../core/alternative.ts";
import { DEFAULT_ALPHA, DEFAULT_POWER } from "../core/defaults.ts";
import type { Result } from "../core/result.ts";
import type { MetricRole } from "../core/metric-role.ts";
import type { Warning } from "../core/warning.ts";
import { durationDays, type Duration } from "../planning/duration-days.ts";
import { sampleSizeForMeans, type MeanSampleSize } from "../planning/sample-size-for-means.ts";
import {
  sampleSizeForProportions,
  type ProportionSampleSize,
} from "../planning/sample-size-for-proportions.ts";
import { wholeUnits } from "../planning/whole-units.ts";
import { calendarSpeedup, type CalendarSpeedup } from "../proxy/calendar-speedup.ts";
import { detectionSpeedup, type DetectionSpeedup } from "../proxy/detection-speedup.ts";
import {
  type ExperimentPlan,
  type PlannedMetric,
  shippingPolicy,
  type ShippingPolicy,
} from "./experiment-plan.ts";
import { experimentPlanSchema } from "./experiment-plan-schema.ts";
import { percent, units } from "./figures.ts";
import { fingerprint } from "./fingerprint.ts";
import type { MetricKind } from "./metric-definition.ts";
import { metricEffects } from "./metric-effects.ts";
import { guardrailLift } from "./plan-faults.ts";
import { parseDocument } from "./parse-document.ts";

/** Sample size and duration that one metric would need. */
export interface MetricPlan {
  readonly name: string;
  readonly role: MetricRole;
  readonly kind: MetricKind;
  readonly baseline: number;
  /** The lift to be seen, or minus the margin of a guardrail (plus, where it improves when it decreases). */
  readonly lift: number;
  readonly sampleSize: ProportionSampleSize | MeanSampleSize;
  /** Null where the plan names no traffic. */
  readonly duration: Duration | null;
}

/** What one proxy promises: how much sooner it detects, and what a decision on it is worth. */
export interface ProxyPlan {
  readonly name: string;
  readonly detection: DetectionSpeedup;
  /** The same in days; null where the plan names no traffic. */
  readonly calendar: CalendarSpeedup | null;
}

/** A plan worked out: how many units, how many days, and what each proxy would be worth. */
export interface PlannedExperiment extends Result<"experiment-plan"> {
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
  /** Alpha of each treatment's macro test: alpha over the number of treatments. */
  readonly alphaPerTreatment: number;
  /** Power of each test that must pass: 1 − beta / (guardrails + 1). */
  readonly powerPerTest: number;
  /** Units to enrol: what the macro metric and every guardrail need, or what the plan sets by hand. */
  readonly n: { readonly control: number; readonly treatment: number; readonly total: number };
  /** Null where the plan names no traffic. */
  readonly duration: Duration | null;
  readonly metrics: readonly MetricPlan[];
  readonly proxies: readonly ProxyPlan[];
}

/**
 * Works out a plan: units per arm and days for the macro metric, its guardrails and its proxies, side by side.
 *
 * Several treatments are planned at alpha over their number, which is what the first step of Holm's method needs; each
 * of the macro metric and G guardrails gets the power 1 − beta/(G + 1), so that all pass together with the power asked
 * for. A guardrail is sized to show, in a one-sided test, that a loss of its margin did not happen.
 *
 * @param document - an `ExperimentPlan`, as an object or as it came from JSON
 * @returns sample sizes, durations, and for each proxy its detection speedup beside its decision speedup
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
  const { alpha = DEFAULT_ALPHA, power = DEFAULT_POWER, alternative = "two-sided", allocation = 1 } = plan;
  const guardrails = plan.metrics.filter((metric) => metric.role === "guardrail").length;
  const alphaPerTreatment = alpha / plan.treatments.length;
  const powerPerTest = 1 - (1 - power) / (guardrails + 1);
  const design = { alpha, alternative, allocation, alphaPerTreatment, powerPerTest };

  const metrics = plan.metrics.map((metric) => planMetric(metric, plan, design));
  const needed = Math.max(
    ...metrics
      .filter(({ role }) => role === "macro" || role === "guardrail")
      .map(({ sampleSize }) => sampleSize.control),
  );
  const control = plan.n ?? needed;
  const treatment = wholeUnits(control * allocation);
  const macro = plan.metrics.find((metric) => metric.role === "macro")!;
  return {
    kind: "experiment-plan",
    method: "fixed-horizon",
    name: plan.name,
    fingerprint: fingerprint(plan),
    control: plan.control,
    treatments: plan.treatments,
    alpha,
    power,
    alternative,
    decisionRule: shippingPolicy(plan),
    alphaPerTreatment,
    powerPerTest,
    n: { control, treatment, total: control + plan.treatments.length * treatment },
    duration: duration(plan, control, Math.max(...plan.metrics.filter(decides).map(attribution))),
    metrics,
    proxies: plan.metrics
      .filter((metric) => metric.role === "proxy" && macro.kind === "proportion")
      .map((metric) => planProxy(metric, macro, plan, design)),
    warnings: cautions(plan, macro, needed),
    assumptions: [
      ...(plan.treatments.length > 1
        ? [
            `Each of the ${plan.treatments.length} treatments is planned at alpha = ${percent(alphaPerTreatment)}, so that Holm's method across them has the power asked for.`,
          ]
        : []),
      ...(guardrails > 0
        ? [
            `The macro metric and ${guardrails === 1 ? "the guardrail" : `${guardrails} guardrails`} are each planned with power ${percent(powerPerTest)}, so that all pass together with power ${percent(power)}. Guardrails are sized as the one-sided test that would see a loss of the margin.`,
          ]
        : []),
    ],
  };
}

interface Design {
  readonly alpha: number;
  readonly alternative: Alternative;
  readonly allocation: number;
  readonly alphaPerTreatment: number;
  readonly powerPerTest: number;
}

const decides = (metric: PlannedMetric): boolean => metric.role === "macro" || metric.role === "guardrail";
const attribution = (metric: PlannedMetric): number => metric.attributionDays ?? 0;

function planMetric(metric: PlannedMetric, plan: ExperimentPlan, design: Design): MetricPlan {
  const lift = plannedLift(metric);
  const options = {
    baseline: metric.baseline,
    lift,
    allocation: design.allocation,
    power: design.powerPerTest,
    ...testOf(metric, design, lift),
  };
  const sampleSize =
    metric.kind === "proportion"
      ? sampleSizeForProportions(options)
      : sampleSizeForMeans({ ...options, standardDeviation: metric.standardDeviation! });
  return {
    name: metric.name,
    role: metric.role,
    kind: metric.kind,
    baseline: metric.baseline,
    lift,
    sampleSize,
    duration: duration(plan, sampleSize.control, attribution(metric)),
  };
}

/** A guardrail is planned for the loss that it must rule out. */
function plannedLift(metric: PlannedMetric): number {
  return metric.role === "guardrail" ? guardrailLift(metric) : metric.lift!;
}

function testOf(
  metric: PlannedMetric,
  design: Design,
  lift: number,
): { alpha: number; alternative: Alternative } {
  if (metric.role === "guardrail") return { alpha: design.alpha, alternative: lift < 0 ? "less" : "greater" };
  if (metric.role === "macro") return { alpha: design.alphaPerTreatment, alternative: design.alternative };
  return { alpha: design.alpha, alternative: design.alternative };
}

function duration(plan: ExperimentPlan, n: number, attributionDays: number): Duration | null {
  const { totalUnitsPerDay, allocation = 1, treatments } = plan;
  if (totalUnitsPerDay === undefined) return null;
  return durationDays({ n, totalUnitsPerDay, allocation, treatments: treatments.length, attributionDays });
}

function planProxy(
  proxy: PlannedMetric,
  macro: PlannedMetric,
  plan: ExperimentPlan,
  design: Design,
): ProxyPlan {
  const effects = metricEffects(proxy);
  const options = {
    microRate: proxy.baseline,
    macroRate: macro.baseline,
    microLift: proxy.lift!,
    macroLift: macro.lift!,
    alpha: design.alphaPerTreatment,
    power: design.powerPerTest,
    alternative: design.alternative,
    allocation: design.allocation,
    nested: proxy.nested ?? false,
    ...(effects === null ? {} : { effects }),
  };
  const { totalUnitsPerDay, allocation = 1, treatments } = plan;
  return {
    name: proxy.name,
    detection: detectionSpeedup(options),
    calendar:
      totalUnitsPerDay === undefined
        ? null
        : calendarSpeedup({
            ...options,
            unitsPerDay: totalUnitsPerDay / (1 + treatments.length * allocation),
            microDelay: { attributionDays: attribution(proxy) },
            macroDelay: { attributionDays: attribution(macro) },
          }),
  };
}

function cautions(plan: ExperimentPlan, macro: PlannedMetric, needed: number): Warning[] {
  const warnings: Warning[] = [];
  if (plan.n !== undefined && plan.n < needed) {
    warnings.push({
      code: "UNDERPOWERED",
      message: `The plan sets ${units(plan.n)} units per arm; the metrics that decide need ${units(needed)}. A real effect of the planned size would often be missed.`,
    });
  }
  if (macro.kind === "mean" && plan.metrics.some((metric) => metric.role === "proxy")) {
    warnings.push({
      code: "PROXY_NOT_JUDGED",
      message: `"${macro.name}" is a mean: a micro conversion can be judged as a proxy for a conversion only.`,
    });
  }
  return warnings;
}
