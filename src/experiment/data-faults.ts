import { DEFAULT_ALPHA } from "../core/defaults.ts";
import { armFaults } from "./arm-faults.ts";
import type { ExperimentData } from "./experiment-data.ts";
import { lookFaults } from "./look-faults.ts";
import { duplicateFaults, type Fault } from "./fault.ts";
import { metricListFaults } from "./metric-faults.ts";
import { metricIndex } from "./metric-index.ts";
import { segmentationFaults } from "./segmentation-faults.ts";
import { seriesFaults } from "./series-faults.ts";

/** Faults of a data document that no single field shows. */
export function dataFaults(data: ExperimentData): Fault[] {
  const faults = duplicateFaults(
    data.arms.map((arm) => arm.name),
    (i) => ["arms", i, "name"],
  );
  const metrics = data.metrics ?? data.plan?.metrics;
  const control = data.control ?? data.plan?.control;
  if (data.metrics !== undefined) faults.push(...metricListFaults(data.metrics));
  if (metrics === undefined) faults.push({ path: ["metrics"], message: "are needed where there is no plan" });
  if (control === undefined) faults.push({ path: ["control"], message: "is needed where there is no plan" });
  else if (!data.arms.some((arm) => arm.name === control)) {
    const path = data.control === undefined ? ["plan", "control"] : ["control"];
    faults.push({ path, message: `must name one of the arms, not "${control}"` });
  }
  if (data.arms.every(({ n }) => n === 0)) {
    faults.push({ path: ["arms"], message: "must hold at least one unit" });
  }
  const alpha = data.alpha ?? data.plan?.alpha ?? DEFAULT_ALPHA;
  if (alpha >= 0.5 && metrics?.some((metric) => metric.role === "guardrail") === true) {
    faults.push({
      path: data.alpha === undefined ? ["plan", "alpha"] : ["alpha"],
      message: "must be below 0.5 where there are guardrails, which pair with the interval at 1 - 2 alpha",
    });
  }
  if (metrics === undefined) return faults;
  const index = metricIndex(metrics);
  return [
    ...faults,
    ...planFitFaults(data, control),
    ...ruleFaults(data),
    ...registrationFaults(data),
    ...data.arms.flatMap((arm, i) => armFaults(arm, index, ["arms", i])),
    ...segmentationFaults(data, index),
    ...seriesFaults(data, index),
    ...lookFaults(data, index),
  ];
}

/** A plan none of whose treatments was run is the plan of another test. */
function planFitFaults({ plan, arms }: ExperimentData, control: string | undefined): Fault[] {
  const run = arms.map(({ name }) => name).filter((name) => name !== control);
  if (plan === undefined || run.length === 0 || run.some((name) => plan.treatments.includes(name))) return [];
  const planned = plan.treatments.map((name) => `"${name}"`).join(", ");
  return [{ path: ["arms"], message: `must hold one of the planned treatments, ${planned}` }];
}

/** The proxy that helps to decide is there, and still one. */
function ruleFaults({ plan, metrics }: ExperimentData): Fault[] {
  const rule = plan?.decisionRule;
  if (rule?.kind !== "proxy-assisted" || metrics === undefined) return [];
  if (metrics.some(({ name, role }) => name === rule.proxy && role === "proxy")) return [];
  return [{ path: ["metrics"], message: `must hold the proxy "${rule.proxy}", by which the plan decides` }];
}

function registrationFaults({ plan, registeredFingerprint }: ExperimentData): Fault[] {
  if (plan !== undefined || registeredFingerprint === undefined) return [];
  return [{ path: ["registeredFingerprint"], message: "needs the plan beside it" }];
}
