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
  if (held.size === 0 && parts.length > 0) {
    return [{ path: [...parts[0]!.at, "arms"], message: "must hold a metric: no part of these does" }];
  }
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
    const faults: Fault[] = [];
    const report = (most: number, called: string, sum: number, path: Path): void => {
      const message = `must leave at most the ${most} ${called} of "${arm.name}" over all ${what}, not ${sum}: no unit may be in two of them`;
      faults.push({ path, message });
    };
    // Limits that were passed once are taken away, so that each is named once.
    const limits = new Map(arm.results.map((result) => [result.metric, countsOf(result, arm.n)]));
    let unitLimit = arm.n;
    const sums = new Map<string, Counts>();
    let units = 0;
    for (const { arms: of, at } of parts) {
      const i = of.findIndex(({ name }) => name === arm.name);
      if (i < 0) continue;
      const { n, results } = of[i]!;
      units += n;
      if (units > unitLimit) {
        report(unitLimit, "units", units, [...at, "arms", i, "n"]);
        unitLimit = Infinity;
      }
      results.forEach((result, k) => {
        const limit = limits.get(result.metric);
        if (limit === undefined) return;
        const sum = sums.get(result.metric) ?? {};
        sums.set(result.metric, sum);
        const own = countsOf(result, n);
        for (const count of COUNTS) {
          if (own[count] === undefined) continue;
          const total = (sum[count] ?? 0) + own[count];
          sum[count] = total;
          const most = limit[count];
          if (most === undefined || total <= most) continue;
          const { field, called } = NAMES[count];
          const path = [...at, "arms", i, "results", k, ...(result[field] === undefined ? [] : [field])];
          report(most, `${called} "${result.metric}"`, total, path);
          limit[count] = undefined;
        }
      });
    }
    return faults;
  });
}

/** What adds up over parts that share no unit, of one metric; undefined where its kind has no such count. */
type Counts = { -readonly [Count in keyof typeof NAMES]?: number | undefined };

/** Where each stands in a result, and what it is called. */
const NAMES = {
  final: { field: "n", called: "final units in" },
  conversions: { field: "conversions", called: "conversions in" },
  without: { field: "conversions", called: "units without" },
  events: { field: "events", called: "events in" },
} as const;
const COUNTS = Object.keys(NAMES) as readonly (keyof typeof NAMES)[];

function countsOf({ n, conversions, events }: MetricResult, armN: number): Counts {
  const final = n ?? armN;
  const without = conversions === undefined ? undefined : final - conversions;
  return { final, conversions, without, events };
}
