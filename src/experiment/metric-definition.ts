import * as z from "zod/mini";
import type { ConversionDelay } from "../models/conversion-delay.ts";
import type { MetricRole } from "../core/metric-role.ts";
import type { EffectCovariance } from "../proxy/effect-covariance.ts";
import { conversionDelaySchema } from "./calendar-schemas.ts";
import { effectCovarianceSchema, magnitudeSchema, nameSchema, nonNegativeSchema } from "./summary-schemas.ts";

export type MetricKind = "proportion" | "mean";

/** What is believed about true effects where no past experiments tell: see `elicitEffectCovariance`. */
export interface ElicitedEffects {
  /** How much of a relative change of the proxy reaches the macro metric. */
  readonly elasticity: number;
  /** Standard deviation of true log-lifts of the proxy over the changes one tests. */
  readonly tauProxy: number;
  /** Standard deviation of what changes do to the macro metric past the proxy, in log-lift. */
  readonly directEffectSd: number;
}

/** A metric as documents describe it. */
export interface MetricDefinition {
  readonly name: string;
  readonly role: MetricRole;
  readonly kind: MetricKind;
  /** Days after exposure until a unit's outcome counts as final; 0 unless said. */
  readonly attributionDays?: number;
  /** When its conversions come in, where all who entered are read at once; proportions only, instead of `attributionDays`. */
  readonly conversionDelay?: ConversionDelay;
  /** Whether more of it is better; `increase` unless said. */
  readonly improvesWhen?: "increase" | "decrease";
  /** Guardrails only: the relative worsening that is still tolerated, above 0 and below 1. */
  readonly margin?: number;
  /** Proxies only: whether every unit that did the macro conversion did this one too. */
  readonly nested?: boolean;
  /** Proxies only: how true effects on proxy and macro go together, learned or believed. */
  readonly effects?: EffectCovariance | ElicitedEffects;
}

const elicitedEffectsSchema: z.ZodMiniType<ElicitedEffects> = z.strictObject({
  elasticity: z.number(),
  tauProxy: magnitudeSchema,
  directEffectSd: nonNegativeSchema,
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
  role: z.enum(["macro", "proxy", "guardrail", "secondary"]),
  kind: z.enum(["proportion", "mean"]),
  attributionDays: z.exactOptional(nonNegativeSchema),
  conversionDelay: z.exactOptional(conversionDelaySchema),
  improvesWhen: z.exactOptional(z.enum(["increase", "decrease"])),
  margin: z.exactOptional(z.number().check(z.gt(0), z.lt(1))),
  nested: z.exactOptional(z.boolean()),
  effects: z.exactOptional(z.union([effectCovarianceSchema, elicitedEffectsSchema])),
};

/** One fault in a document: where, and what was expected. */
export interface Fault {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** Faults of one metric that no single field shows. */
export function metricFaults(metric: MetricDefinition): Fault[] {
  const faults: Fault[] = [];
  if (metric.role === "guardrail" && metric.margin === undefined) {
    faults.push({ path: ["margin"], message: "is needed: how much worsening a guardrail tolerates" });
  }
  if (metric.role !== "guardrail" && metric.margin !== undefined) {
    faults.push({ path: ["margin"], message: "belongs to guardrails only" });
  }
  if (metric.conversionDelay !== undefined && metric.attributionDays !== undefined) {
    faults.push({ path: ["conversionDelay"], message: "must be left out where attributionDays is given" });
  }
  if (metric.conversionDelay !== undefined && "attributionDays" in metric.conversionDelay) {
    faults.push({
      path: ["conversionDelay"],
      message: "must have a curve; attributionDays belongs to the metric",
    });
  }
  if (metric.conversionDelay !== undefined && metric.kind !== "proportion") {
    faults.push({ path: ["conversionDelay"], message: "belongs to proportions only" });
  }
  for (const field of ["nested", "effects"] as const) {
    if (metric.role !== "proxy" && metric[field] !== undefined) {
      faults.push({ path: [field], message: "belongs to proxies only" });
    }
  }
  if (metric.effects !== undefined && "elasticity" in metric.effects) {
    const { elasticity, directEffectSd } = metric.effects;
    if (elasticity === 0 && directEffectSd === 0) {
      faults.push({
        path: ["effects", "directEffectSd"],
        message: "must be above 0 where the elasticity is 0: nothing would ever move sales",
      });
    }
  }
  if (metric.role === "proxy" && metric.kind !== "proportion") {
    faults.push({ path: ["kind"], message: "must be proportion: a proxy is a micro conversion" });
  }
  return faults;
}

/** Faults of a list of metrics: of each one, names given twice, and a number of macro metrics other than one. */
export function metricListFaults(metrics: readonly MetricDefinition[]): Fault[] {
  const faults: Fault[] = metrics.flatMap((metric, i) =>
    metricFaults(metric).map((fault) => ({ ...fault, path: ["metrics", i, ...fault.path] })),
  );
  faults.push(
    ...duplicateFaults(
      metrics.map((metric) => metric.name),
      (i) => ["metrics", i, "name"],
    ),
  );
  const macros = metrics.filter((metric) => metric.role === "macro").length;
  if (macros !== 1) {
    faults.push({
      path: ["metrics"],
      message: `must hold exactly one metric with the role macro, the one that decides; there are ${macros}`,
    });
  }
  return [...faults, ...lateProxyFaults(metrics)];
}

/** What is known only after the macro metric cannot stand in for it. */
function lateProxyFaults(metrics: readonly MetricDefinition[]): Fault[] {
  const macro = metrics.find((metric) => metric.role === "macro");
  if (macro === undefined || macro.conversionDelay !== undefined) return [];
  const { attributionDays: known = 0 } = macro;
  return metrics.flatMap(({ role, attributionDays = 0 }, i) =>
    role === "proxy" && attributionDays > known
      ? [
          {
            path: ["metrics", i, "attributionDays"],
            message: `must be at most the ${known} days of "${macro.name}": what is known after it is no proxy for it`,
          },
        ]
      : [],
  );
}

/** A fault for each name that stood in the list before. */
export function duplicateFaults(
  names: readonly string[],
  pathOf: (i: number) => (string | number)[],
): Fault[] {
  return names.flatMap((name, i) =>
    names.indexOf(name) < i ? [{ path: pathOf(i), message: `is a name given twice: "${name}"` }] : [],
  );
}

/** Hands faults to zod. */
export function report(faults: readonly Fault[], context: z.core.$RefinementCtx): void {
  for (const fault of faults)
    context.addIssue({ code: "custom", path: [...fault.path], message: fault.message });
}
