import { DEFAULT_ALPHA, DEFAULT_POWER } from "../core/defaults.ts";
import { varianceFactor } from "../planning/variance-factor.ts";
import { baselineFaults } from "./baseline-faults.ts";
import type { ExperimentPlan, PlannedMetric } from "./experiment-plan.ts";
import { duplicateFaults, type Fault, faultsAt, notNamed } from "./fault.ts";
import { metricListFaults } from "./metric-faults.ts";
import { metricIndex } from "./metric-index.ts";
import { multiplicityFaults } from "./multiplicity-policy.ts";
import { faultsOf } from "./passing.ts";
import { planLevels } from "./plan-levels.ts";
import { isWatched, monitoringFaults } from "./planned-monitoring.ts";
import { viewFaults } from "./view-faults.ts";

/** Faults of a plan that no single field shows. */
export function planFaults(plan: ExperimentPlan): Fault[] {
  return [
    ...duplicateFaults([plan.control, ...plan.treatments], (i) => ["treatments", i - 1]),
    ...metricListFaults(plan.metrics),
    ...plan.metrics.flatMap((metric, i) =>
      faultsAt(
        ["metrics", i],
        [...baselineFaults(metric), ...delayFaults(metric, plan), ...faultsOf(() => varianceFactor(metric))],
      ),
    ),
    ...funnelFaults(plan),
    ...duplicateFaults(plan.segmentations ?? [], (i) => ["segmentations", i]),
    ...viewFaults(plan.views),
    ...multiplicityFaults(plan),
    ...macroLiftFaults(plan),
    ...powerFaults(plan),
    ...trafficFaults(plan),
    ...ruleFaults(plan),
    ...levelFaults(plan),
  ];
}

/** The lift that decides is a gain. */
function macroLiftFaults({ metrics }: ExperimentPlan): Fault[] {
  return metrics.flatMap(({ role, lift, improvesWhen = "increase" }, i): Fault[] => {
    const side = improvesWhen === "increase" ? 1 : -1;
    if (role !== "macro" || lift === undefined || side * lift >= 0) return [];
    const where = side === 1 ? "above 0" : "below 0";
    return [{ path: ["metrics", i, "lift"], message: `must be ${where}, where the metric improves` }];
  });
}

/** Power below the false alarms of its own tail asks for nothing. */
function powerFaults({ alpha = DEFAULT_ALPHA, power = DEFAULT_POWER }: ExperimentPlan): Fault[] {
  return power > alpha ? [] : [{ path: ["power"], message: `must be above alpha = ${alpha}` }];
}

function trafficFaults({ totalTraffic, totalUnitsPerDay }: ExperimentPlan): Fault[] {
  if (totalTraffic === undefined || totalUnitsPerDay === undefined) return [];
  return [{ path: ["totalTraffic"], message: "must be left out where totalUnitsPerDay is given" }];
}

/** How many conversions are in when all are read at once depends on when units entered. */
function delayFaults({ conversionDelay }: PlannedMetric, plan: ExperimentPlan): Fault[] {
  if (conversionDelay === undefined || plan.totalTraffic !== undefined || plan.totalUnitsPerDay !== undefined)
    return [];
  return [{ path: ["conversionDelay"], message: "needs totalUnitsPerDay or totalTraffic beside it" }];
}

/** What the shares of alpha, and then the looks that are made from them, say against themselves. */
function levelFaults(plan: ExperimentPlan): Fault[] {
  const faults = faultsOf(() => planLevels(plan));
  return faults.length > 0 ? faults : watchFaults(plan);
}

function watchFaults(plan: ExperimentPlan): Fault[] {
  const { monitoring, decisionRule } = plan;
  if (monitoring === undefined) return [];
  const path = ["monitoring"];
  if (isWatched(monitoring) && decisionRule !== undefined && decisionRule.kind !== "macro") {
    return [{ path, message: `must be fixed-horizon where the decision rule is ${decisionRule.kind}` }];
  }
  const { alphaPerTreatment, alternative, powerPerTest } = planLevels(plan);
  // A power that asks for nothing is a fault of its own.
  if (!(powerPerTest > alphaPerTreatment)) return [];
  if (monitoring.method === "group-sequential" && alternative !== "two-sided" && alphaPerTreatment >= 0.5) {
    const message = "must be below 0.5 for looks with a one-sided test, whose intervals are at 1 - 2 alpha";
    return [{ path: ["alpha"], message }];
  }
  return faultsAt(
    path,
    monitoringFaults(monitoring, { alpha: alphaPerTreatment, alternative, power: powerPerTest }),
  );
}

function ruleFaults({ decisionRule: rule, metrics }: ExperimentPlan): Fault[] {
  // At or below one half a treatment would ship that more probably does harm.
  if (rule?.kind === "macro-posterior" && rule.threshold !== undefined && !(rule.threshold > 0.5)) {
    return [{ path: ["decisionRule", "threshold"], message: "must be above 0.5, and below 1" }];
  }
  if (rule?.kind !== "proxy-assisted") return [];
  const path = ["decisionRule", "proxy"];
  if (metrics.some((metric) => metric.role === "macro" && metric.improvesWhen === "decrease")) {
    return [{ path, message: "may help to decide only where more of the macro metric is better" }];
  }
  const proxies = metrics.filter(({ role }) => role === "proxy").map(({ name }) => name);
  if (proxies.includes(rule.proxy)) return [];
  return [{ path, message: notNamed("a metric with the role proxy", rule.proxy, proxies) }];
}

/** Of two proportions of which one holds the other the outer is the more frequent. */
function funnelFaults({ metrics }: ExperimentPlan): Fault[] {
  const baselineOf = new Map(metrics.map(({ name, baseline }) => [name, baseline]));
  return metricIndex(metrics).nestings.flatMap(({ inner, outer, said }) => {
    const least = baselineOf.get(inner.name)!;
    if (baselineOf.get(outer.name)! > least) return [];
    const path = ["metrics", metrics.findIndex(({ name }) => name === outer.name), "baseline"];
    return [{ path, message: `must be above that of "${inner.name}", ${least}: ${said}` }];
  });
}
