import type { ExperimentPlan, PlannedMetric } from "../../../src/experiment/experiment-plan.ts";
import type { PlannedMonitoring } from "../../../src/experiment/planned-monitoring.ts";
import type { ShippingPolicy } from "../../../src/experiment/shipping-policy.ts";
import type { MetricDefinition } from "../../../src/experiment/metric-definition.ts";

/** What is true of a simulated test, and how it is run. */
export interface World {
  readonly treatments?: number;
  readonly monitoring?: PlannedMonitoring;
  /** Looks at equal steps, the last at the planned end; 1 unless said. */
  readonly looks?: number;
  readonly rule?: ShippingPolicy;
  /** How effects on carts and orders are taken to go together; elicited unless said. */
  readonly effects?: NonNullable<MetricDefinition["effects"]>;
  /** True lifts of every treatment, by metric; 0 unless said. */
  readonly lifts?: Readonly<Record<string, number>>;
  /** Share of the one treatment's units that are lost before anybody counts them; then the split is left to chance. */
  readonly lost?: number;
}

const ELICITED = { elasticity: 0.6, tauProxy: 0.1, directEffectSd: 0.05 };

/**
 * One macro metric, a nested proxy, two guardrails whose margins need about as many units as the macro metric's lift, and
 * five secondary metrics.
 */
const METRICS: readonly PlannedMetric[] = [
  { name: "order", role: "macro", kind: "proportion", baseline: 0.05, lift: 0.1 },
  { name: "cart", role: "proxy", kind: "proportion", baseline: 0.15, lift: 0.1, nested: true },
  { name: "page view", role: "guardrail", kind: "proportion", baseline: 0.6, margin: 0.017 },
  {
    name: "load time",
    role: "guardrail",
    kind: "mean",
    improvesWhen: "decrease",
    baseline: 2,
    standardDeviation: 1.2,
    margin: 0.0125,
  },
  { name: "wishlist", role: "secondary", kind: "proportion", baseline: 0.08, lift: 0.1 },
  { name: "search", role: "secondary", kind: "proportion", baseline: 0.2, lift: 0.1 },
  { name: "newsletter", role: "secondary", kind: "proportion", baseline: 0.02, lift: 0.1 },
  { name: "revenue", role: "secondary", kind: "mean", baseline: 4, standardDeviation: 20, lift: 0.1 },
  { name: "pages", role: "secondary", kind: "mean", baseline: 5, standardDeviation: 6, lift: 0.1 },
];

/** The plan of a world's test, alike in all worlds but for what they say. */
export function planOf({ treatments = 1, monitoring, rule, effects = ELICITED }: World): ExperimentPlan {
  return {
    name: "simulated",
    control: "control",
    treatments: Array.from({ length: treatments }, (_, i) => `treatment ${i + 1}`),
    metrics: METRICS.map((metric) => (metric.role === "proxy" ? { ...metric, effects } : metric)),
    ...(monitoring !== undefined && { monitoring }),
    ...(rule !== undefined && { decisionRule: rule }),
  };
}
