import * as z from "zod/mini";
import type { ProxyAssessment } from "../proxy/assess-proxy.ts";
import type { ObservedSpeedup } from "../proxy/observed-speedup.ts";
import type { SampleRatioCheck } from "../inference/sample-ratio-mismatch.ts";
import type { ExperimentReadout, TreatmentReadout } from "./analyze-experiment.ts";
import { DATA_QUALITY_CHECKS, type DataQualityReadout } from "./data-quality.ts";
import type { DayAnalysis } from "./day-analysis.ts";
import type { DayBasis } from "./day-series.ts";
import type { Decision, DecisionAction, DecisionStep } from "./decide.ts";
import type { DecisionReason } from "./decision-reason.ts";
import type { FunnelAnalysis } from "./funnel-analysis.ts";
import type { ProxyReadout } from "./judge-proxies.ts";
import { metricReadoutSchema } from "./metric-readout-schema.ts";
import type { FunnelReadout } from "./read-funnels.ts";
import type { SegmentationReadout } from "./read-segmentations.ts";
import type { SeriesReadout } from "./read-series.ts";
import type { SegmentAnalysis } from "./segment-analysis.ts";
import {
  numberOrNullSchema,
  numberSchema,
  partSchema,
  resultSchema,
  sentencesSchema,
  warningsSchema,
  wordSchema,
} from "./result-schemas.ts";

const decisionSchema: z.ZodMiniType<Decision> = partSchema<Decision>({
  action: wordSchema<DecisionAction>({
    blocked: true,
    "keep-running": true,
    ship: true,
    stop: true,
    "cannot-tell": true,
  }),
  step: wordSchema<DecisionStep>({
    "sample-ratio": true,
    "planned-n": true,
    maturity: true,
    looks: true,
    macro: true,
    guardrails: true,
  }),
  untilDay: numberOrNullSchema,
  reasons: z.array(partSchema<DecisionReason>({ code: z.string(), message: z.string() })),
});

const proxySchema: z.ZodMiniType<ProxyReadout> = partSchema<ProxyReadout>({
  name: z.string(),
  assessment: z.nullable(resultSchema<ProxyAssessment>({ "proxy-assessment": true })),
  observed: z.nullable(resultSchema<ObservedSpeedup>({ "observed-speedup": true })),
  reason: z.nullable(z.string()),
  isLearned: z.boolean(),
});

const funnelSchema: z.ZodMiniType<FunnelReadout> = partSchema<FunnelReadout>({
  name: z.string(),
  analysis: z.nullable(resultSchema<FunnelAnalysis>({ "funnel-analysis": true })),
  reason: z.nullable(z.string()),
});

const segmentationSchema: z.ZodMiniType<SegmentationReadout> = partSchema<SegmentationReadout>({
  name: z.string(),
  isPlanned: z.boolean(),
  metrics: z.array(
    partSchema<SegmentationReadout["metrics"][number]>({
      name: z.string(),
      analysis: resultSchema<SegmentAnalysis>({ "segment-analysis": true }),
    }),
  ),
});

const seriesSchema: z.ZodMiniType<SeriesReadout> = partSchema<SeriesReadout>({
  by: wordSchema<DayBasis>({ "day-of-entry": true, "day-of-exposure": true }),
  metrics: z.array(
    partSchema<SeriesReadout["metrics"][number]>({
      name: z.string(),
      analysis: resultSchema<DayAnalysis>({ "day-analysis": true }),
    }),
  ),
});

const treatmentSchema: z.ZodMiniType<TreatmentReadout> = partSchema<TreatmentReadout>({
  name: z.string(),
  n: numberSchema,
  decision: decisionSchema,
  metrics: z.array(metricReadoutSchema),
  proxies: z.array(proxySchema),
  funnels: z.array(funnelSchema),
  segmentations: z.array(segmentationSchema),
  dailySeries: z.array(seriesSchema),
});

const dataQualitySchema: z.ZodMiniType<DataQualityReadout> = partSchema<DataQualityReadout>({
  check: z.enum(DATA_QUALITY_CHECKS),
  metric: z.nullable(z.string()),
  count: numberSchema,
  share: numberOrNullSchema,
  treatment: z.string(),
});

/**
 * The schema of a read-out, for those who stored one: `experimentReadoutSchema.parse(fromJson(text))`. What the read-out
 * took over from other functions is known by its kind; the JSON Schema of read-outs holds all of it.
 */
export const experimentReadoutSchema: z.ZodMiniType<ExperimentReadout> = partSchema<ExperimentReadout>({
  kind: z.literal("experiment-readout"),
  method: z.string(),
  name: z.string(),
  fingerprint: z.nullable(z.string()),
  departures: warningsSchema,
  control: partSchema<ExperimentReadout["control"]>({ name: z.string(), n: numberSchema }),
  alpha: numberSchema,
  plannedN: numberOrNullSchema,
  days: numberOrNullSchema,
  sampleRatio: resultSchema<SampleRatioCheck>({ "sample-ratio-check": true }),
  treatments: z.array(treatmentSchema),
  dataQuality: z.nullable(z.array(dataQualitySchema)),
  warnings: warningsSchema,
  assumptions: sentencesSchema,
});
