import { alwaysValidHorizon } from "../sequential/always-valid-horizon.ts";
import type { GroupSequentialDesign } from "../sequential/group-sequential-design.ts";
import type { ExperimentPlan } from "./experiment-plan.ts";
import type { PlanLevels } from "./plan-levels.ts";
import { type MonitoringLevel, plannedDesign, type PlannedMonitoring } from "./planned-monitoring.ts";

/** How the macro metric is watched, and what that costs and saves. */
export interface WatchedTest {
  readonly method: PlannedMonitoring["method"];
  /** Number of looks; Infinity where one may look at any time. */
  readonly looks: number;
  /** Largest number of units over that of a test that is read once, for the same power. */
  readonly inflation: number;
  /** The boundaries of a group-sequential design; null for others. */
  readonly design: GroupSequentialDesign | null;
  /** Shares of the largest number of units at which it may stop before the end. */
  readonly stopsAt: readonly number[];
  /** Probability of stopping there, without any effect and with the planned one. */
  readonly stops: { readonly null: readonly number[]; readonly alternative: readonly number[] };
}

/** A test that may be looked at whenever one likes is worked out at so many looks. */
const LOOKS_AT_ANY_TIME = 20;

export function watchedTest(monitoring: PlannedMonitoring, level: MonitoringLevel): WatchedTest {
  const { method } = monitoring;
  if (method === "fixed-horizon") {
    return {
      method,
      looks: 1,
      inflation: 1,
      design: null,
      stopsAt: [],
      stops: { null: [], alternative: [] },
    };
  }
  if (method === "group-sequential") {
    const design = plannedDesign(monitoring, level);
    const stops = (hypothesis: "null" | "alternative"): number[] =>
      design.looks
        .slice(0, -1)
        .map(({ reached }, k) => reached[hypothesis] - design.looks[k + 1]!.reached[hypothesis]);
    return {
      method,
      looks: design.looks.length,
      inflation: design.inflation,
      design,
      stopsAt: design.looks.slice(0, -1).map(({ information }) => information),
      stops: { null: stops("null"), alternative: stops("alternative") },
    };
  }
  const { inflation, stops } = alwaysValidHorizon({ method, looks: LOOKS_AT_ANY_TIME, ...level });
  const stopsAt = stops.null.map((_, k) => (k + 1) / LOOKS_AT_ANY_TIME);
  return { method, looks: Infinity, inflation, design: null, stopsAt, stops };
}

/** The plan's own monitoring of its macro metric. */
export function planWatch({ monitoring }: ExperimentPlan, levels: PlanLevels): WatchedTest {
  return watchedTest(monitoring ?? { method: "fixed-horizon" }, monitoringLevel(levels));
}

export function monitoringLevel({
  alphaPerTreatment,
  alternative,
  powerPerTest,
}: PlanLevels): MonitoringLevel {
  return { alpha: alphaPerTreatment, alternative, power: powerPerTest };
}

/** The mean of something that is `valueAt` a share of the units, over where the test stops. */
export function expectedAtStop(
  { stopsAt, stops }: WatchedTest,
  hypothesis: "null" | "alternative",
  valueAt: (share: number) => number,
): number {
  let remaining = 1;
  let sum = 0;
  stops[hypothesis].forEach((probability, k) => {
    remaining -= probability;
    sum += probability * valueAt(stopsAt[k]!);
  });
  return sum + Math.max(0, remaining) * valueAt(1);
}
