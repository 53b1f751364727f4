import * as z from "zod/mini";
import { dataFaults } from "./data-faults.ts";
import { DATA_QUALITY_CHECKS, type DataQualityCount } from "./data-quality.ts";
import { DAY_BASES } from "./day-series.ts";
import type {
  ArmData,
  DailySeries,
  ExperimentData,
  MetricResult,
  PartData,
  SegmentationData,
} from "./experiment-data.ts";
import { experimentPlanSchema, viewsSchema } from "./experiment-plan-schema.ts";
import { report } from "./fault.ts";
import { metricFields } from "./metric-schema.ts";
import {
  alphaSchema,
  countSchema,
  listOf,
  moments1Schema,
  nameSchema,
  nonNegativeSchema,
  positiveSchema,
  unitsSchema,
} from "./summary-schemas.ts";

const metricResultSchema: z.ZodMiniType<MetricResult> = z.strictObject({
  metric: nameSchema,
  n: z.exactOptional(countSchema),
  conversions: z.exactOptional(countSchema),
  mean: z.exactOptional(z.number()),
  variance: z.exactOptional(nonNegativeSchema),
  numerator: z.exactOptional(moments1Schema),
  denominator: z.exactOptional(moments1Schema),
  covariance: z.exactOptional(z.number()),
  events: z.exactOptional(countSchema),
});

const partFields = { name: nameSchema, n: countSchema, results: listOf(metricResultSchema) };
const partSchema: z.ZodMiniType<PartData> = z.strictObject(partFields);
const partsSchema = listOf(partSchema).check(z.minLength(2));

const armDataSchema: z.ZodMiniType<ArmData> = z.strictObject({
  ...partFields,
  share: z.exactOptional(positiveSchema),
  jointCounts: z.exactOptional(
    listOf(
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

const armsSchema = listOf(armDataSchema).check(z.minLength(2));

const segmentationSchema: z.ZodMiniType<SegmentationData> = z.strictObject({
  name: nameSchema,
  measured: z.enum(["before-exposure", "after-exposure"]),
  basedOn: z.exactOptional(nameSchema),
  segments: listOf(z.strictObject({ name: nameSchema, arms: partsSchema })).check(z.minLength(1)),
});

const dailySeriesSchema: z.ZodMiniType<DailySeries> = z.strictObject({
  by: z.enum(DAY_BASES),
  days: listOf(z.strictObject({ day: unitsSchema, arms: partsSchema })).check(z.minLength(1)),
});

const dataQualitySchema: z.ZodMiniType<DataQualityCount> = z.strictObject({
  check: z.enum(DATA_QUALITY_CHECKS),
  count: countSchema,
  metric: z.exactOptional(nameSchema),
});

/** The schema of an observed test as it comes from a file; zod emits its JSON Schema. */
export const experimentDataSchema: z.ZodMiniType<ExperimentData> = z
  .strictObject({
    $schema: z.exactOptional(z.string()),
    name: nameSchema,
    plan: z.exactOptional(experimentPlanSchema),
    control: z.exactOptional(nameSchema),
    metrics: z.exactOptional(listOf(z.strictObject(metricFields)).check(z.minLength(1))),
    alpha: z.exactOptional(alphaSchema),
    alternative: z.exactOptional(z.enum(["two-sided", "greater", "less"])),
    plannedN: z.exactOptional(unitsSchema),
    days: z.exactOptional(nonNegativeSchema),
    arms: armsSchema,
    segmentations: z.exactOptional(listOf(segmentationSchema)),
    dailySeries: z.exactOptional(listOf(dailySeriesSchema)),
    views: z.exactOptional(viewsSchema),
    registeredFingerprint: z.exactOptional(nameSchema),
    earlierLooks: z.exactOptional(listOf(z.strictObject({ arms: armsSchema }))),
    dataQuality: z.exactOptional(listOf(dataQualitySchema)),
  })
  .check(z.superRefine((data, context) => report(dataFaults(data), context)));
