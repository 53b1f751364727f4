import * as z from "zod/mini";
import { METRIC_KINDS } from "../core/metric-kind.ts";
import { METRIC_ROLES } from "../core/metric-role.ts";
import type { NormalPrior } from "../bayesian/normal-prior.ts";
import { BETTER_DIRECTIONS } from "../core/better-direction.ts";
import type { PastExperiment } from "../proxy/past-experiment.ts";
import { conversionDelaySchema } from "./calendar-schemas.ts";
import {
  CONVERSION_KINDS,
  CONVERSION_PATHS,
  CONVERSION_STAGES,
  CONVERSION_TIERS,
  type ConversionPlace,
} from "./conversion-type.ts";
import type {
  ElicitedEffects,
  MetricDefinition,
  MetricPrior,
  PastEffectEstimates,
  PastEffectsSource,
} from "./metric-definition.ts";
import {
  effectCovarianceSchema,
  jointCountsSchema,
  listOf,
  magnitudeSchema,
  nameSchema,
  nonNegativeSchema,
  positiveSchema,
} from "./summary-schemas.ts";

const conversionPlaceSchema: z.ZodMiniType<ConversionPlace> = z.strictObject({
  tier: z.enum(CONVERSION_TIERS),
  stage: z.enum(CONVERSION_STAGES),
  kind: z.enum(CONVERSION_KINDS),
  path: z.enum(CONVERSION_PATHS),
});

// The ranges are those of the functions that take the prior: see metric-faults.ts.
const metricPriorSchema: z.ZodMiniType<MetricPrior> = z.union([
  z.enum(["uniform", "jeffreys", "reference"]),
  z.strictObject({ alpha: z.number(), beta: z.number() }),
  z.strictObject({ shape: z.number(), rate: z.number() }),
  z.strictObject({ mu: z.number(), kappa: z.number(), alpha: z.number(), beta: z.number() }),
]);

const effectPriorSchema: z.ZodMiniType<NormalPrior | PastEffectEstimates> = z.union([
  z.strictObject({
    family: z.exactOptional(z.literal("normal")),
    mean: z.number(),
    standardDeviation: positiveSchema,
  }),
  z.strictObject({
    pastEffects: listOf(z.strictObject({ estimate: z.number(), standardError: positiveSchema })),
  }),
]);

const elicitedEffectsSchema: z.ZodMiniType<ElicitedEffects> = z.strictObject({
  elasticity: z.number(),
  tauProxy: magnitudeSchema,
  directEffectSd: nonNegativeSchema,
});

const scaleSchema = z.enum(["difference", "log-lift"]);
const labels = { name: z.exactOptional(nameSchema), cluster: z.exactOptional(nameSchema) };
const matrixSchema = listOf(listOf(z.number()));
const pastExperimentSchema: z.ZodMiniType<PastExperiment> = z.union([
  z.strictObject({ ...labels, control: jointCountsSchema, treatment: jointCountsSchema }),
  z.strictObject({
    ...labels,
    proxyEffect: z.number(),
    macroEffect: z.number(),
    covariance: matrixSchema,
    controlCovariance: z.exactOptional(matrixSchema),
    scale: z.exactOptional(scaleSchema),
  }),
]);

const pastEffectsSchema: z.ZodMiniType<PastEffectsSource> = z.strictObject({
  pastExperiments: listOf(pastExperimentSchema),
  scale: z.exactOptional(scaleSchema),
});

/** A schema for each field; those that may be left out are exact: left out, not undefined. */
type MetricFields = {
  readonly [Field in keyof MetricDefinition]-?: object extends Pick<MetricDefinition, Field>
    ? z.ZodMiniExactOptional<z.ZodMiniType<NonNullable<MetricDefinition[Field]>>>
    : z.ZodMiniType<MetricDefinition[Field]>;
};

/** The fields of a metric definition, for schemas that add to them. */
export const metricFields: MetricFields = {
  name: nameSchema,
  role: z.enum(METRIC_ROLES),
  kind: z.enum(METRIC_KINDS),
  conversion: z.exactOptional(z.union([nameSchema, conversionPlaceSchema])),
  previousStep: z.exactOptional(nameSchema),
  attributionDays: z.exactOptional(nonNegativeSchema),
  conversionDelay: z.exactOptional(conversionDelaySchema),
  improvesWhen: z.exactOptional(z.enum(BETTER_DIRECTIONS)),
  margin: z.exactOptional(z.number().check(z.gt(0), z.lt(1))),
  worthwhileLift: z.exactOptional(positiveSchema),
  prior: z.exactOptional(metricPriorSchema),
  effectPrior: z.exactOptional(effectPriorSchema),
  proxyFor: z.exactOptional(nameSchema),
  nested: z.exactOptional(z.boolean()),
  effects: z.exactOptional(z.union([effectCovarianceSchema, elicitedEffectsSchema, pastEffectsSchema])),
};
