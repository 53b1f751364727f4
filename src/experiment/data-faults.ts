import { DEFAULT_ALPHA } from "../core/defaults.ts";
import { armFaults } from "./arm-faults.ts";
import type { ExperimentData } from "./experiment-data.ts";
import { lookFaults } from "./look-faults.ts";
import { duplicateFaults, type Fault } from "./fault.ts";
import { metricListFaults } from "./metric-faults.ts";

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
    faults.push({ path: ["control"], message: `must name one of the arms, not "${control}"` });
  }
  if (data.arms.every(({ n }) => n === 0)) {
    faults.push({ path: ["arms"], message: "must hold at least one unit" });
  }
  const alpha = data.alpha ?? data.plan?.alpha ?? DEFAULT_ALPHA;
  if (alpha >= 0.5 && metrics?.some((metric) => metric.role === "guardrail") === true) {
    faults.push({
      path: ["alpha"],
      message: "must be below 0.5 where there are guardrails, which pair with the interval at 1 - 2 alpha",
    });
  }
  if (metrics === undefined) return faults;
  return [
    ...faults,
    ...data.arms.flatMap((arm, i) => armFaults(arm, metrics, ["arms", i])),
    ...lookFaults(data, metrics),
  ];
}
