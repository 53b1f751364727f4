import type { Alternative } from "../core/alternative.ts";
import { DEFAULT_ALPHA } from "../core/defaults.ts";
import { wholeUnits } from "../models/whole-units.ts";
import type { ArmData, EarlierLook, ExperimentData } from "./experiment-data.ts";
import type { ExperimentPlan, PlannedMetric, View } from "./experiment-plan.ts";
import type { MetricDefinition } from "./metric-definition.ts";
import { planFingerprint } from "./fingerprint.ts";
import { metricIndex, type MetricIndex } from "./metric-index.ts";
import { type MetricEffectPrior, metricEffectPrior } from "./metric-effect-prior.ts";
import { metricEffects, type MetricEffects } from "./metric-effects.ts";
import { type MultiplicityPolicy, multiplicityPolicy } from "./multiplicity-policy.ts";
import { isWatched } from "./planned-monitoring.ts";
import { type PlannedSizes, plannedSizes } from "./planned-sizes.ts";
import { shippingPolicy, type ShippingPolicy } from "./shipping-policy.ts";
import type { WatchedTest } from "./watched-test.ts";

/** Everything an analysis is held to, taken from the data document and, where it is silent, from its plan. */
export interface AnalysisTerms {
  readonly metrics: readonly MetricDefinition[];
  readonly index: MetricIndex;
  readonly macro: MetricDefinition;
  readonly control: ArmData;
  readonly treatments: readonly ArmData[];
  readonly alpha: number;
  readonly alternative: Alternative;
  readonly rule: Required<ShippingPolicy>;
  readonly multiplicity: Required<MultiplicityPolicy>;
  readonly views: readonly View[];
  /** How true effects on each proxy and on the macro metric go together, by the proxy's name; null where nothing says. */
  readonly effects: ReadonlyMap<string, MetricEffects | null>;
  /** What true effects on each metric are like, in log-lift, by its name; null where nothing says. */
  readonly effectPriors: ReadonlyMap<string, MetricEffectPrior | null>;
  readonly plan: ExperimentPlan | null;
  /** The metrics of the plan by their names; none where there was no plan. */
  readonly plannedMetrics: ReadonlyMap<string, PlannedMetric>;
  readonly planned: PlannedSizes | null;
  /** How the macro metric is watched; null where the test is read once. */
  readonly watch: WatchedTest | null;
  readonly earlierLooks: readonly EarlierLook[];
  /** Of the plan; null where there was none. */
  readonly fingerprint: string | null;
  /** Units that an arm should have, by its name; null where nobody planned. */
  readonly plannedN: (arm: ArmData) => number | null;
  /** Planned share of the traffic, on any scale. */
  readonly share: (arm: ArmData) => number;
}

const DEFAULT_VIEWS: readonly View[] = ["frequentist"];

export function analysisTerms(data: ExperimentData): AnalysisTerms {
  const { plan } = data;
  const planned = plan === undefined ? null : plannedSizes(plan);
  const metrics = (data.metrics ?? plan?.metrics)!;
  const index = metricIndex(metrics);
  const controlName = (data.control ?? plan?.control)!;
  const control = data.arms.find((arm) => arm.name === controlName)!;
  const allocation = plan?.allocation ?? 1;
  const share = (arm: ArmData): number => arm.share ?? (arm === control ? 1 : allocation);
  const controlN = data.plannedN ?? planned?.n.control ?? null;
  return {
    metrics,
    index,
    macro: index.macro!,
    control,
    treatments: data.arms.filter((arm) => arm !== control),
    alpha: data.alpha ?? plan?.alpha ?? DEFAULT_ALPHA,
    alternative: data.alternative ?? plan?.alternative ?? "two-sided",
    rule: shippingPolicy(plan),
    multiplicity: multiplicityPolicy(plan),
    views: data.views ?? plan?.views ?? DEFAULT_VIEWS,
    effects: new Map(
      metrics.filter(({ role }) => role === "proxy").map((proxy) => [proxy.name, metricEffects(proxy)]),
    ),
    effectPriors: new Map(metrics.map((metric) => [metric.name, metricEffectPrior(metric)])),
    plan: plan ?? null,
    plannedMetrics: new Map(plan?.metrics.map((metric) => [metric.name, metric])),
    planned,
    watch: isWatched(plan?.monitoring) ? planned!.watch : null,
    earlierLooks: data.earlierLooks ?? [],
    fingerprint: plan === undefined ? null : planFingerprint(plan),
    plannedN: (arm) => (controlN === null ? null : wholeUnits((controlN * share(arm)) / share(control))),
    share,
  };
}
