import * as z from "zod/mini";
import { dataFaults } from "./data-faults.ts";
import type { ArmData, ExperimentData, MetricResult } from "./experiment-data.ts";
import { experimentPlanSchema } from "./experiment-plan-schema.ts";
import { metricFields, report } from "./metric-definition.ts";
import {
  countSchema,
  nameSchema,
  nonNegativeSchema,
  openUnitSchema,
  positiveSchema,
  unitsSchema,
} from "./summary-schemas.ts";

const metricResultSchema: z.ZodMiniType<MetricResult> = z.strictObject({
  metric: nameSchema,
  n: z.exactOptional(countSchema),
  conversions: z.exactOptional(countSchema),
  mean: z.exactOptional(z.number()),
  variance: z.exactOptional(nonNegativeSchema),
});

const armDataSchema: z.ZodMiniType<ArmData> = z.strictObject({
  name: nameSchema,
  n: countSchema,
  share: z.exactOptional(positiveSchema),
  results: z.array(metricResultSchema),
  jointCounts: z.exactOptional(
    z.array(
      z.strictObject({
        micro: nameSchema,
        neither: countSchema,
        macroOnly: countSchema,
        microOnly: countSchema,
        both: countSchema,
      }),
    ),
  ),
});

const armsSchema = z.array(armDataSchema).check(z.minLength(2));

/** The schema of an observed test as it comes from a file; zod emits its JSON Schema. */
export const experimentDataSchema: z.ZodMiniType<ExperimentData> = z
  .strictObject({
    name: nameSchema,
    plan: z.exactOptional(experimentPlanSchema),
    control: z.exactOptional(nameSchema),
    metrics: z.exactOptional(z.array(z.strictObject(metricFields)).check(z.minLength(1))),
    alpha: z.exactOptional(openUnitSchema),
    alternative: z.exactOptional(z.enum(["two-sided", "greater", "less"])),
    plannedN: z.exactOptional(unitsSchema),
    days: z.exactOptional(nonNegativeSchema),
    arms: armsSchema,
    earlierLooks: z.exactOptional(z.array(z.strictObject({ arms: armsSchema }))),
  })
  .check(z.superRefine((data, context) => report(dataFaults(data), context)));
