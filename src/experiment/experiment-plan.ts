import * as z from "zod/mini";
import type { Alternative } from "../core/alternative.ts";
import {
  duplicateFaults,
  metricFields,
  metricListFaults,
  report,
  type Fault,
  type MetricDefinition,
} from "./metric-definition.ts";
import { nameSchema, openUnitSchema, positiveSchema, unitsSchema } from "./summary-schemas.ts";

/** A metric with what is known of it before the test. */
export interface PlannedMetric extends MetricDefinition {
  /** Rate in (0, 1) of a proportion, or mean of a mean, in the control arm. */
  readonly baseline: number;
  /** Standard deviation between units; means only. */
  readonly standardDeviation?: number;
  /** Lift that the test shall be able to see; every role but guardrail. */
  readonly lift?: number;
}

/** What ships a treatment: the macro metric's own test, or the pre-registered posterior of macro and proxy together. */
export type ShippingPolicy =
  | { readonly kind: "macro" }
  | {
      readonly kind: "proxy-assisted";
      /** Name of the proxy metric; its effects must have been learned, not assumed. */
      readonly proxy: string;
      /** Ship where the posterior probability of a gain in the macro metric exceeds this; 0.95 unless said. */
      readonly threshold?: number;
    };

/** Posterior probability of a gain above which the proxy-assisted rule ships, unless the plan says otherwise. */
const DEFAULT_THRESHOLD = 0.95;

/** What ships a treatment under a plan, with nothing left out; the macro metric's own test where there is none. */
export function shippingPolicy(plan: ExperimentPlan | undefined): Required<ShippingPolicy> {
  const rule = plan?.decisionRule ?? { kind: "macro" };
  return rule.kind === "macro" ? rule : { ...rule, threshold: rule.threshold ?? DEFAULT_THRESHOLD };
}

/** A test before it starts: arms, metrics, and the errors it accepts. */
export interface ExperimentPlan {
  readonly name: string;
  readonly control: string;
  readonly treatments: readonly string[];
  readonly metrics: readonly PlannedMetric[];
  /** Type I error of the macro test; 0.05 unless said. */
  readonly alpha?: number;
  /** Probability of seeing the planned lift; 0.8 unless said. */
  readonly power?: number;
  readonly alternative?: Alternative;
  /** n of each treatment over n of control; 1 unless said. */
  readonly allocation?: number;
  /** Units that enter the test per day, all arms together. */
  readonly totalUnitsPerDay?: number;
  /** Units of the control arm, where they are set by hand and not by the power for the macro metric. */
  readonly n?: number;
  readonly decisionRule?: ShippingPolicy;
}

const plannedMetricSchema = z.strictObject({
  ...metricFields,
  baseline: z.number(),
  standardDeviation: z.exactOptional(positiveSchema),
  lift: z.exactOptional(z.number()),
});

const decisionRuleSchema: z.ZodMiniType<ShippingPolicy> = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("macro") }),
  z.strictObject({
    kind: z.literal("proxy-assisted"),
    proxy: nameSchema,
    threshold: z.exactOptional(openUnitSchema),
  }),
]);

/** The schema of a plan as it comes from a file; zod emits its JSON Schema. */
export const experimentPlanSchema: z.ZodMiniType<ExperimentPlan> = z
  .strictObject({
    name: nameSchema,
    control: nameSchema,
    treatments: z.array(nameSchema).check(z.minLength(1)),
    metrics: z.array(plannedMetricSchema).check(z.minLength(1)),
    alpha: z.exactOptional(openUnitSchema),
    power: z.exactOptional(openUnitSchema),
    alternative: z.exactOptional(z.enum(["two-sided", "greater", "less"])),
    allocation: z.exactOptional(positiveSchema),
    totalUnitsPerDay: z.exactOptional(positiveSchema),
    n: z.exactOptional(unitsSchema),
    decisionRule: z.exactOptional(decisionRuleSchema),
  })
  .check(z.superRefine((plan, context) => report(planFaults(plan), context)));

function planFaults(plan: ExperimentPlan): Fault[] {
  const faults = [
    ...duplicateFaults([plan.control, ...plan.treatments], (i) => ["treatments", i - 1]),
    ...metricListFaults(plan.metrics),
    ...plan.metrics.flatMap((metric, i) =>
      baselineFaults(metric).map((fault) => ({ ...fault, path: ["metrics", i, ...fault.path] })),
    ),
  ];
  const rule = plan.decisionRule;
  if (rule?.kind === "proxy-assisted") {
    const proxy = plan.metrics.find((metric) => metric.name === rule.proxy && metric.role === "proxy");
    if (proxy === undefined) {
      faults.push({
        path: ["decisionRule", "proxy"],
        message: `must name a metric with the role proxy, not "${rule.proxy}"`,
      });
    }
  }
  return faults;
}

function baselineFaults(metric: PlannedMetric): Fault[] {
  const faults: Fault[] = [];
  if (metric.role !== "guardrail" && metric.lift === undefined) {
    faults.push({ path: ["lift"], message: "is needed: the lift that the test shall be able to see" });
  }
  if (metric.role === "guardrail" && metric.lift !== undefined) {
    faults.push({
      path: ["lift"],
      message: "does not belong to a guardrail, which is planned for its margin",
    });
  }
  if (metric.kind === "proportion") {
    const treated = metric.baseline * (1 + (metric.lift ?? 0));
    if (!(metric.baseline > 0 && metric.baseline < 1)) {
      faults.push({ path: ["baseline"], message: "must lie strictly between 0 and 1" });
    } else if (!(treated > 0 && treated < 1)) {
      faults.push({
        path: ["lift"],
        message: `must leave the rate between 0 and 1; ${metric.baseline} would become ${treated}`,
      });
    }
    if (metric.standardDeviation !== undefined) {
      faults.push({
        path: ["standardDeviation"],
        message: "belongs to means; that of a proportion follows from its rate",
      });
    }
  } else {
    if (metric.standardDeviation === undefined) {
      faults.push({ path: ["standardDeviation"], message: "is needed to plan for a mean" });
    }
    if (!(metric.baseline > 0))
      faults.push({ path: ["baseline"], message: "must be above 0, so that a lift has a meaning" });
  }
  return faults;
}
