import * as z from "zod/mini";
import { ADJUSTMENT_METHODS } from "../inference/adjust-on.ts";
import type { VarianceReduction } from "../planning/variance-factor.ts";
import { trafficSchema } from "./calendar-schemas.ts";
import type { ExperimentPlan, View } from "./experiment-plan.ts";
import { report } from "./fault.ts";
import { metricFields } from "./metric-schema.ts";
import { planFaults } from "./plan-faults.ts";
import { type MultiplicityPolicy, TREATMENTS_ADJUSTMENTS } from "./multiplicity-policy.ts";
import { plannedMonitoringSchema } from "./planned-monitoring.ts";
import type { ShippingPolicy } from "./shipping-policy.ts";
import {
  alphaSchema,
  listOf,
  nameSchema,
  nonNegativeSchema,
  openUnitSchema,
  positiveSchema,
  unitsSchema,
} from "./summary-schemas.ts";

const varianceReductionSchema: z.ZodMiniType<VarianceReduction> = z.strictObject({
  covariateCorrelation: z.exactOptional(z.number()),
  explainedVariance: z.exactOptional(z.number()),
});

const plannedMetricSchema = z.strictObject({
  ...metricFields,
  baseline: z.number(),
  standardDeviation: z.exactOptional(positiveSchema),
  dispersion: z.exactOptional(positiveSchema),
  lift: z.exactOptional(z.number()),
  varianceReduction: z.exactOptional(varianceReductionSchema),
});

const decisionRuleSchema: z.ZodMiniType<ShippingPolicy> = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("macro") }),
  z.strictObject({
    kind: z.literal("macro-posterior"),
    threshold: z.exactOptional(openUnitSchema),
    thresholdOfCaring: z.exactOptional(nonNegativeSchema),
  }),
  z.strictObject({
    kind: z.literal("proxy-assisted"),
    proxy: nameSchema,
    threshold: z.exactOptional(openUnitSchema),
  }),
]);

const multiplicitySchema: z.ZodMiniType<MultiplicityPolicy> = z.strictObject({
  treatments: z.exactOptional(z.enum(TREATMENTS_ADJUSTMENTS)),
  secondary: z.exactOptional(z.enum(ADJUSTMENT_METHODS)),
  segments: z.exactOptional(z.enum(ADJUSTMENT_METHODS)),
});

/** What to show. */
export const viewsSchema: z.ZodMiniType<readonly View[]> = z
  .array(z.enum(["frequentist", "bayesian"]))
  .check(z.minLength(1));

/** The schema of a plan as it comes from a file; zod emits its JSON Schema. */
export const experimentPlanSchema: z.ZodMiniType<ExperimentPlan> = z
  .strictObject({
    $schema: z.exactOptional(z.string()),
    name: nameSchema,
    control: nameSchema,
    treatments: listOf(nameSchema).check(z.minLength(1)),
    metrics: listOf(plannedMetricSchema).check(z.minLength(1)),
    alpha: z.exactOptional(alphaSchema),
    power: z.exactOptional(openUnitSchema),
    alternative: z.exactOptional(z.enum(["two-sided", "greater", "less"])),
    allocation: z.exactOptional(positiveSchema),
    totalUnitsPerDay: z.exactOptional(positiveSchema),
    totalTraffic: z.exactOptional(trafficSchema),
    monitoring: z.exactOptional(plannedMonitoringSchema),
    n: z.exactOptional(unitsSchema),
    decisionRule: z.exactOptional(decisionRuleSchema),
    multiplicity: z.exactOptional(multiplicitySchema),
    segmentations: z.exactOptional(listOf(nameSchema)),
    views: z.exactOptional(viewsSchema),
  })
  .check(z.superRefine((plan, context) => report(planFaults(plan), context)));
