import * as z from "zod/mini";
import type { VarianceReduction } from "../planning/variance-factor.ts";
import { trafficSchema } from "./calendar-schemas.ts";
import type { ExperimentPlan, ShippingPolicy } from "./experiment-plan.ts";
import { metricFields, report } from "./metric-definition.ts";
import { planFaults } from "./plan-faults.ts";
import { plannedMonitoringSchema } from "./planned-monitoring.ts";
import { nameSchema, openUnitSchema, positiveSchema, unitsSchema } from "./summary-schemas.ts";

const varianceReductionSchema: z.ZodMiniType<VarianceReduction> = z.strictObject({
  covariateCorrelation: z.exactOptional(z.number()),
  explainedVariance: z.exactOptional(z.number()),
});

const plannedMetricSchema = z.strictObject({
  ...metricFields,
  baseline: z.number(),
  standardDeviation: z.exactOptional(positiveSchema),
  lift: z.exactOptional(z.number()),
  varianceReduction: z.exactOptional(varianceReductionSchema),
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
    totalTraffic: z.exactOptional(trafficSchema),
    monitoring: z.exactOptional(plannedMonitoringSchema),
    n: z.exactOptional(unitsSchema),
    decisionRule: z.exactOptional(decisionRuleSchema),
  })
  .check(z.superRefine((plan, context) => report(planFaults(plan), context)));
