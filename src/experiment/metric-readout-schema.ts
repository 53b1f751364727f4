import * as z from "zod/mini";
import type { Alternative } from "../core/alternative.ts";
import type { MetricKind } from "../core/metric-kind.ts";
import type { MetricRole } from "../core/metric-role.ts";
import type { BetaPrior } from "../models/beta-prior.ts";
import type { EachArm } from "../bayesian/each-arm.ts";
import type { GammaPrior } from "../bayesian/gamma-prior.ts";
import type { NormalInverseGammaPrior } from "../bayesian/normal-inverse-gamma-prior.ts";
import type { NormalPrior } from "../bayesian/normal-prior.ts";
import type { ArmsTest } from "../inference/arm-family.ts";
import type { ChanceMethod, MetricChance } from "./metric-chance.ts";
import type { MetricPosterior } from "./posterior-model.ts";
import type { GuardrailReading } from "./read-guardrail.ts";
import type { MetricReadout } from "./read-metrics.ts";
import {
  intervalSchema,
  numberOrNullSchema,
  numberSchema,
  partSchema,
  resultSchema,
  sentencesSchema,
  statusSchema,
  warningsSchema,
  wordSchema,
} from "./result-schemas.ts";
import type { SequentialEffect, SequentialLook, SequentialReadout } from "./sequential-readout.ts";

const eachArmSchema = partSchema<EachArm<number>>({ control: numberSchema, treatment: numberSchema });

const comparisonSchema = resultSchema<ArmsTest>({
  "proportion-comparison": true,
  "mean-comparison": true,
  "ratio-comparison": true,
  "count-comparison": true,
});

const posteriorSchema = resultSchema<MetricPosterior>({
  "beta-binomial-comparison": true,
  "normal-comparison": true,
  "gamma-poisson-comparison": true,
  "effect-prior-comparison": true,
  "shrunken-effect": true,
});

const chanceSchema: z.ZodMiniType<MetricChance> = partSchema<MetricChance>({
  method: wordSchema<ChanceMethod>({
    "beta-binomial": true,
    "normal-inverse-gamma": true,
    "gamma-poisson": true,
    "effect-prior": true,
    "normal-log-lift": true,
    normal: true,
  }),
  probabilityToBeat: numberSchema,
  logProbabilityToBeat: numberSchema,
  probabilityToLose: numberSchema,
  logProbabilityToLose: numberSchema,
  expectedLoss: eachArmSchema,
  prior: z.nullable(
    z.union([
      partSchema<BetaPrior>({ alpha: numberSchema, beta: numberSchema }),
      partSchema<NormalInverseGammaPrior>({
        mu: numberSchema,
        kappa: numberSchema,
        alpha: numberSchema,
        beta: numberSchema,
      }),
      partSchema<GammaPrior>({ shape: numberSchema, rate: numberSchema }),
    ]),
  ),
  effectPrior: z.nullable(
    partSchema<NormalPrior>({
      family: z.optional(z.literal("normal")),
      mean: numberSchema,
      standardDeviation: numberSchema,
    }),
  ),
  warnings: warningsSchema,
  assumptions: sentencesSchema,
});

const effectSchema: z.ZodMiniType<SequentialEffect> = partSchema<SequentialEffect>({
  estimate: numberOrNullSchema,
  interval: intervalSchema,
  status: statusSchema,
});

const sequentialSchema: z.ZodMiniType<SequentialReadout> = partSchema<SequentialReadout>({
  kind: wordSchema<SequentialReadout["kind"]>({ "sequential-readout": true }),
  method: wordSchema<SequentialReadout["method"]>({
    "group-sequential": true,
    "normal-mixture": true,
    asymptotic: true,
  }),
  alpha: numberSchema,
  alternative: wordSchema<Alternative>({ "two-sided": true, greater: true, less: true }),
  decision: wordSchema<SequentialReadout["decision"]>({
    continue: true,
    reject: true,
    futility: true,
    accept: true,
  }),
  stoppedAt: numberOrNullSchema,
  pValue: numberOrNullSchema,
  logPValue: numberOrNullSchema,
  difference: effectSchema,
  lift: effectSchema,
  planned: eachArmSchema,
  looks: z.array(
    partSchema<SequentialLook>({
      entered: eachArmSchema,
      matured: eachArmSchema,
      z: numberOrNullSchema,
      boundary: numberSchema,
      futility: numberOrNullSchema,
      pValue: numberOrNullSchema,
    }),
  ),
  nextLook: z.nullable(eachArmSchema),
  warnings: warningsSchema,
  assumptions: sentencesSchema,
});

const guardrailSchema: z.ZodMiniType<GuardrailReading> = partSchema<GuardrailReading>({
  margin: numberSchema,
  confidenceLevel: numberSchema,
  worstCase: numberSchema,
  bestCase: numberSchema,
  outcome: wordSchema<GuardrailReading["outcome"]>({ holds: true, violated: true, open: true }),
});

/** One metric of one treatment, as a read-out holds it. */
export const metricReadoutSchema: z.ZodMiniType<MetricReadout> = partSchema<MetricReadout>({
  name: z.string(),
  role: wordSchema<MetricRole>({ macro: true, proxy: true, guardrail: true, secondary: true }),
  kind: wordSchema<MetricKind>({ proportion: true, mean: true, ratio: true, count: true }),
  improvesWhen: wordSchema<MetricReadout["improvesWhen"]>({ increase: true, decrease: true }),
  matured: eachArmSchema,
  comparison: z.nullable(comparisonSchema),
  chance: z.nullable(chanceSchema),
  posterior: z.nullable(posteriorSchema),
  sequential: z.nullable(sequentialSchema),
  adjustedPValue: numberOrNullSchema,
  adjustment: z.nullable(
    wordSchema<NonNullable<MetricReadout["adjustment"]>>({
      none: true,
      bonferroni: true,
      sidak: true,
      holm: true,
      hochberg: true,
      hommel: true,
      "benjamini-hochberg": true,
      "benjamini-yekutieli": true,
      dunnett: true,
      "dunnett-step-down": true,
    }),
  ),
  guardrail: z.nullable(guardrailSchema),
  flags: warningsSchema,
});
