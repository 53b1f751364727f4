import type { ArmData, MetricResult, PartData } from "./experiment-data.ts";
import type { Fault, Path } from "./fault.ts";
import type { MetricIndex } from "./metric-index.ts";
import { missingFaults, resultListFaults } from "./result-faults.ts";

/** One part of the units of a test: a segment, or a day. */
export interface Part {
  readonly arms: readonly PartData[];
  readonly at: Path;
}

/** Faults of parts, each on its own: they hold every arm of the test, and all of them the same metrics. */
export function partFaults(parts: readonly Part[], arms: readonly ArmData[], index: MetricIndex): Fault[] {
  const names = arms.map(({ name }) => name);
  const held = new Set(
    parts.flatMap(({ arms: of }) => of.flatMap(({ results }) => results.map(({ metric }) => metric))),
  );
  const needed = index.all.filter(({ name }) => held.has(name));
  return parts.flatMap(({ arms: of, at }) => [
    ...armNameFaults(of, names, at),
    ...of.flatMap((arm, i) => [
      ...resultListFaults(arm, index, [...at, "arms", i]),
      ...missingFaults(arm, needed, [...at, "arms", i]),
    ]),
  ]);
}

function armNameFaults(parts: readonly PartData[], names: readonly string[], at: Path): Fault[] {
  const found = parts.map(({ name }) => name);
  if (found.length === names.length && names.every((name) => found.includes(name))) return [];
  return [{ path: [...at, "arms"], message: `must be the arms of the test: ${names.join(", ")}` }];
}

/**
 * Faults of parts that share no unit: together they must not hold more than the test does. The fault stands at the part
 * that is too many.
 */
export function overlapFaults(parts: readonly Part[], arms: readonly ArmData[], what: string): Fault[] {
  return arms.flatMap((arm) => {
    const whole = new Map(counts(arm).map(({ key, count }) => [key, count]));
    const sums = new Map<string, number>();
    const broken = new Set<string>();
    return parts.flatMap(({ arms: of, at }) => {
      const i = of.findIndex(({ name }) => name === arm.name);
      if (i < 0) return [];
      return counts(of[i]!).flatMap(({ key, count, path }): Fault[] => {
        const sum = (sums.get(key) ?? 0) + count;
        sums.set(key, sum);
        const most = whole.get(key);
        if (most === undefined || sum <= most || broken.has(key)) return [];
        broken.add(key);
        const message = `must leave at most the ${most} ${key} of "${arm.name}" over all ${what}, not ${sum}: no unit may be in two of them`;
        return [{ path: [...at, "arms", i, ...path], message }];
      });
    });
  });
}

/** What adds up over parts that share no unit. */
function counts(arm: PartData): { readonly key: string; readonly count: number; readonly path: Path }[] {
  return [
    { key: "units", count: arm.n, path: ["n"] },
    ...arm.results.flatMap((result, i) => resultCounts(result, arm.n, ["results", i])),
  ];
}

function resultCounts(
  { metric, n, conversions, events }: MetricResult,
  armN: number,
  at: Path,
): ReturnType<typeof counts> {
  const final = n ?? armN;
  const found = [
    { key: `final units in "${metric}"`, count: final, path: n === undefined ? at : [...at, "n"] },
  ];
  if (conversions !== undefined) {
    found.push({ key: `conversions in "${metric}"`, count: conversions, path: [...at, "conversions"] });
    found.push({
      key: `units without "${metric}"`,
      count: final - conversions,
      path: [...at, "conversions"],
    });
  }
  if (events !== undefined)
    found.push({ key: `events in "${metric}"`, count: events, path: [...at, "events"] });
  return found;
}
