import { DEFAULT_ALPHA } from "../core/defaults.ts";
import { SMALLEST_WEIGHT } from "../inference/planned-split.ts";
import { armFaults } from "./arm-faults.ts";
import { dataQualityFaults } from "./data-quality-faults.ts";
import type { ExperimentData } from "./experiment-data.ts";
import { lookFaults } from "./look-faults.ts";
import { duplicateFaults, type Fault, notNamed } from "./fault.ts";
import { metricListFaults } from "./metric-faults.ts";
import { metricIndex } from "./metric-index.ts";
import { segmentationFaults } from "./segmentation-faults.ts";
import { seriesFaults } from "./series-faults.ts";
import { viewFaults } from "./view-faults.ts";

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
    const names = data.arms.map(({ name }) => name);
    faults.push({ path, message: notNamed("one of the arms", control, names) });
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
    ...plannedNFaults(data),
    ...guardrailFaults(data),
    ...ruleFaults(data),
    ...registrationFaults(data),
    ...viewFaults(data.views),
    ...shareFaults(data, control),
    ...data.arms.flatMap((arm, i) => armFaults(arm, index, ["arms", i])),
    ...segmentationFaults(data, index),
    ...seriesFaults(data, index),
    ...lookFaults(data, index),
    ...dataQualityFaults(data, index),
  ];
}

/** A plan none of whose treatments was run is the plan of another test. */
function planFitFaults({ plan, arms }: ExperimentData, control: string | undefined): Fault[] {
  const run = arms.map(({ name }) => name).filter((name) => name !== control);
  if (plan === undefined || run.length === 0 || run.some((name) => plan.treatments.includes(name))) return [];
  const planned = plan.treatments.map((name) => `"${name}"`).join(", ");
  return [{ path: ["arms"], message: `must hold one of the planned treatments, ${planned}` }];
}

/** The plan says how many units it takes: with fewer, the test would end when it looks good. */
function plannedNFaults({ plan, plannedN }: ExperimentData): Fault[] {
  if (plan === undefined || plannedN === undefined || plannedN === plan.n) return [];
  return [{ path: ["plannedN"], message: "must be left out where there is a plan, which sets it" }];
}

/** What keeps a plan from shipping harm: it is there, and asks for no less. */
function guardrailFaults({ plan, metrics }: ExperimentData): Fault[] {
  if (plan === undefined || metrics === undefined) return [];
  return plan.metrics.flatMap(({ name, role, kind, margin = 0, improvesWhen = "increase" }): Fault[] => {
    if (role !== "guardrail") return [];
    const i = metrics.findIndex((metric) => metric.name === name);
    const used = metrics[i];
    if (used === undefined)
      return [{ path: ["metrics"], message: `must hold the planned guardrail "${name}"` }];
    const fault = (field: string, planned: string): Fault => {
      return {
        path: ["metrics", i, field],
        message: `must be that of the plan, ${planned}: "${name}" is a planned guardrail`,
      };
    };
    if (used.role !== role) return [fault("role", role)];
    if (used.kind !== kind) return [fault("kind", kind)];
    if ((used.improvesWhen ?? "increase") !== improvesWhen) return [fault("improvesWhen", improvesWhen)];
    return (used.margin ?? 0) > margin ? [fault("margin", `at most ${margin}`)] : [];
  });
}

/** The proxy that helps to decide is there, and still one. */
function ruleFaults({ plan, metrics }: ExperimentData): Fault[] {
  const rule = plan?.decisionRule;
  if (rule?.kind !== "proxy-assisted" || metrics === undefined) return [];
  if (metrics.some(({ name, role }) => name === rule.proxy && role === "proxy")) return [];
  return [{ path: ["metrics"], message: `must hold the proxy "${rule.proxy}", by which the plan decides` }];
}

/** Shares are weights of the check of the split, which asks for as much. */
function shareFaults({ arms, plan }: ExperimentData, control: string | undefined): Fault[] {
  const shares = arms.map(({ name, share }) => share ?? (name === control ? 1 : (plan?.allocation ?? 1)));
  const largest = Math.max(...shares);
  const message = `must be at least ${SMALLEST_WEIGHT} of the largest share, ${largest}: no smaller one gets a unit`;
  return shares.flatMap((share, i) =>
    share < SMALLEST_WEIGHT * largest ? [{ path: ["arms", i, "share"], message }] : [],
  );
}

function registrationFaults({ plan, registeredFingerprint }: ExperimentData): Fault[] {
  if (plan !== undefined || registeredFingerprint === undefined) return [];
  return [{ path: ["registeredFingerprint"], message: "needs the plan beside it" }];
}
