import { DEFAULT_ALPHA } from "../core/defaults.ts";
import { MOST_LOOKS } from "../sequential/information-rates.ts";
import { armFaults } from "./arm-faults.ts";
import type { ArmData, ExperimentData } from "./experiment-data.ts";
import type { Fault, Path } from "./fault.ts";
import type { MetricDefinition } from "./metric-definition.ts";
import type { MetricIndex } from "./metric-index.ts";
import { isWatched } from "./planned-monitoring.ts";

/** Faults of a document whose plan has the test watched, and of its earlier looks. */
export function lookFaults(data: ExperimentData, index: MetricIndex): Fault[] {
  const { plan, earlierLooks } = data;
  if (!isWatched(plan?.monitoring)) {
    if (earlierLooks === undefined || earlierLooks.length === 0) return [];
    const message = "belong to a plan whose monitoring is not fixed-horizon: a test without one is read once";
    return [{ path: ["earlierLooks"], message }];
  }
  return [...fixedBeforeFaults(data), ...earlierFaults(data, index)];
}

/** The boundaries were fixed before the first look, and with them what they stand for. */
function fixedBeforeFaults({ plan, alpha, alternative, arms }: ExperimentData): Fault[] {
  const faults: Fault[] = [];
  const planned = { alpha: plan!.alpha ?? DEFAULT_ALPHA, alternative: plan!.alternative ?? "two-sided" };
  const given = { alpha, alternative };
  for (const field of ["alpha", "alternative"] as const) {
    if (given[field] === undefined || given[field] === planned[field]) continue;
    const message = `must be left out, or be that of the plan, ${planned[field]}: it is fixed before the first look`;
    faults.push({ path: [field], message });
  }
  // Looks are shares of the planned units: with fewer of these, any look would be the last, and spend all of alpha.
  const shares = plan!.treatments.length;
  if (arms.length - 1 > shares) {
    const message = `must hold at most ${shares} treatments, among which the plan shares alpha out`;
    faults.push({ path: ["arms"], message });
  }
  return faults;
}

function earlierFaults(data: ExperimentData, index: MetricIndex): Fault[] {
  const { earlierLooks = [], plan } = data;
  const { macro } = index;
  if (macro === undefined) return [];
  const faults: Fault[] = [];
  if (plan?.monitoring?.method === "group-sequential" && earlierLooks.length >= MOST_LOOKS) {
    faults.push({ path: ["earlierLooks"], message: `must be at most ${MOST_LOOKS - 1}, and this one` });
  }
  const names = data.arms.map(({ name }) => name);
  earlierLooks.forEach(({ arms }, i) => {
    const at = ["earlierLooks", i, "arms"];
    const found = arms.map(({ name }) => name);
    if (found.length !== names.length || !names.every((name) => found.includes(name))) {
      faults.push({ path: at, message: `must be the arms of now: ${names.join(", ")}` });
    }
    arms.forEach((arm, j) => faults.push(...armFaults(arm, index, [...at, j], [macro])));
  });
  const looks = [
    ...earlierLooks.map(({ arms }, i) => ({ arms, at: ["earlierLooks", i, "arms"] as Path })),
    { arms: data.arms, at: ["arms"] as Path },
  ];
  looks.slice(1).forEach(({ arms, at }, i) => {
    arms.forEach((arm, j) => {
      const before = looks[i]!.arms.find(({ name }) => name === arm.name);
      if (before !== undefined) faults.push(...growthFaults(arm, before, macro, [...at, j]));
    });
  });
  return faults;
}

/** Counts are those since the start, and an outcome that is final stays what it is. */
function growthFaults(now: ArmData, before: ArmData, macro: MetricDefinition, at: Path): Fault[] {
  const counts = (arm: ArmData): { path: Path; what: string; count: number }[] => {
    const units = { path: ["n"], what: "units", count: arm.n };
    const i = arm.results.findIndex(({ metric }) => metric === macro.name);
    // That the metric is missing is a fault of its own.
    if (i < 0) return [units];
    const { n: final, conversions, events = 0 } = arm.results[i]!;
    const n = final ?? arm.n;
    const path: Path = ["results", i, "conversions"];
    return [
      units,
      { path: final === undefined ? ["n"] : ["results", i, "n"], what: "final units", count: n },
      { path, what: "conversions", count: conversions ?? 0 },
      { path, what: "units without conversion", count: conversions === undefined ? 0 : n - conversions },
      { path: ["results", i, "events"], what: "events", count: events },
    ];
  };
  const earlier = counts(before);
  return counts(now).flatMap(({ path, what, count }, i) => {
    const least = earlier[i]?.count ?? 0;
    if (count >= least) return [];
    const message = `must leave at least the ${least} ${what} of the look before: counts are those since the start`;
    return [{ path: [...at, ...path], message }];
  });
}
