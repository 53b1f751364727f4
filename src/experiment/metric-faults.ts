import { didYouMean } from "../core/did-you-mean.ts";
import { conversionType, conversionTypes } from "./conversion-types.ts";
import { duplicateFaults, type Fault, faultsAt, notNamed } from "./fault.ts";
import type { MetricDefinition } from "./metric-definition.ts";
import { priorFaults } from "./prior-faults.ts";

/** Faults of one metric that no single field shows. */
function metricFaults(metric: MetricDefinition): Fault[] {
  const faults: Fault[] = [];
  if (typeof metric.conversion === "string" && conversionType(metric.conversion) === null) {
    const message = `must be a name in conversionCatalog, or its own tier, stage, kind and path; not "${metric.conversion}"${didYouMean(metric.conversion, catalogNames())}`;
    faults.push({ path: ["conversion"], message });
  }
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
  for (const field of ["conversionDelay", "previousStep"] as const) {
    if (metric[field] !== undefined && metric.kind !== "proportion") {
      faults.push({ path: [field], message: "belongs to proportions only" });
    }
  }
  for (const field of ["proxyFor", "nested", "effects"] as const) {
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
  return [...faults, ...priorFaults(metric)];
}

function catalogNames(): string[] {
  return conversionTypes().map(({ name }) => name);
}

/** Faults of a list of metrics: of each one, names given twice, and a number of macro metrics other than one. */
export function metricListFaults(metrics: readonly MetricDefinition[]): Fault[] {
  const faults: Fault[] = metrics.flatMap((metric, i) => faultsAt(["metrics", i], metricFaults(metric)));
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
  return [...faults, ...lateProxyFaults(metrics), ...proxyForFaults(metrics), ...stepFaults(metrics)];
}

/** A proxy stands in for the metric that decides, and for no other. */
function proxyForFaults(metrics: readonly MetricDefinition[]): Fault[] {
  const macro = metrics.find(({ role }) => role === "macro");
  return metrics.flatMap(({ name, proxyFor }, i) => {
    if (proxyFor === undefined || proxyFor === macro?.name) return [];
    const path = ["metrics", i, "proxyFor"];
    if (proxyFor === name)
      return [{ path, message: "must not be the proxy itself: nothing stands in for itself" }];
    return [
      {
        path,
        message: `must name the macro metric${macro === undefined ? "" : `, "${macro.name}"`}, not "${proxyFor}"`,
      },
    ];
  });
}

/** Every step before is a proportion of the document, and no step comes before itself. */
function stepFaults(metrics: readonly MetricDefinition[]): Fault[] {
  const byName = new Map(metrics.map((metric) => [metric.name, metric]));
  return metrics.flatMap(({ name, previousStep }, i) => {
    if (previousStep === undefined) return [];
    const path = ["metrics", i, "previousStep"];
    if (byName.get(previousStep)?.kind !== "proportion") {
      const proportions = metrics.flatMap((metric) => (metric.kind === "proportion" ? [metric.name] : []));
      return [{ path, message: notNamed("a metric that is a proportion", previousStep, proportions) }];
    }
    const way = [name];
    for (let step: string | undefined = previousStep; step !== undefined;) {
      if (step === name) {
        return [{ path, message: `must not lead back to "${name}": ${[...way, name].join(" ← ")}` }];
      }
      // A circle that this metric only leads into is a fault of those in it.
      if (way.includes(step)) return [];
      way.push(step);
      step = byName.get(step)?.previousStep;
    }
    return [];
  });
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
            message:
              macro.attributionDays === undefined
                ? `needs attributionDays of "${macro.name}" too, at least as many: without them it is final at once, and what is known after it is no proxy for it`
                : `must be at most the ${known} days of "${macro.name}": what is known after it is no proxy for it`,
          },
        ]
      : [],
  );
}
