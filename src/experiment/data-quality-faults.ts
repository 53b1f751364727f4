import { DATA_QUALITY, DATA_QUALITY_CHECKS, type DataQualityCount } from "./data-quality.ts";
import { type CountedRows, countedRows, keyOf, wholeOf } from "./counted-rows.ts";
import type { ArmData, ExperimentData } from "./experiment-data.ts";
import { type Fault, notNamed } from "./fault.ts";
import type { MetricIndex } from "./metric-index.ts";

/** Faults of the counts of rows: each on its own, and against all that was read. */
export function dataQualityFaults(data: ExperimentData, index: MetricIndex): Fault[] {
  const counts = data.dataQuality ?? [];
  const faults = [...repeatedFaults(counts), ...counts.flatMap((count, i) => metricFaults(count, index, i))];
  if (faults.length > 0) return faults;
  const rows = countedRows(data);
  const shown = shownOf(data.arms);
  // What is more than all that was read is named there, and only once.
  const tooFew = counts.flatMap((count, i) => limitFaults(count, i, "at least", leastOf(count, rows, shown)));
  if (tooFew.length > 0) return tooFew;
  return counts.flatMap((count, i) => limitFaults(count, i, "at most", mostOf(count, rows, shown)));
}

function repeatedFaults(counts: readonly DataQualityCount[]): Fault[] {
  const seen = new Set<string>();
  return counts.flatMap(({ check, metric }, i) => {
    const key = keyOf(check, metric);
    if (!seen.has(key)) {
      seen.add(key);
      return [];
    }
    const of = metric === undefined ? "" : ` of "${metric}"`;
    return [{ path: ["dataQuality", i], message: `is given twice: "${check}"${of}` }];
  });
}

function metricFaults({ check, metric }: DataQualityCount, { byName }: MetricIndex, i: number): Fault[] {
  const path = ["dataQuality", i, "metric"];
  if (DATA_QUALITY[check].isPerMetric === undefined) {
    return metric === undefined ? [] : [{ path, message: `does not belong to "${check}"` }];
  }
  if (metric === undefined) return [{ path, message: `is needed: "${check}" is counted for each metric` }];
  return byName.has(metric) ? [] : [{ path, message: notNamed("one of the metrics", metric, byName.keys()) }];
}

interface Limit {
  readonly limit: number;
  /** What the limit is. */
  readonly what: string;
}

function limitFaults(
  { count }: DataQualityCount,
  i: number,
  side: "at least" | "at most",
  limited: Limit | null,
): Fault[] {
  if (limited === null) return [];
  const { limit, what } = limited;
  if (side === "at least" ? count >= limit : count <= limit) return [];
  return [{ path: ["dataQuality", i, "count"], message: `must be ${side} ${limit}, ${what}` }];
}

/** All that was read holds what was counted of it. */
function leastOf({ check, metric }: DataQualityCount, rows: CountedRows, shown: Shown): Limit | null {
  switch (check) {
    case "exposures": {
      // A unit in several arms was exposed at least twice.
      const exposed = rows.units + 2 * (rows.countOf("units-in-several-arms") ?? 0);
      return {
        limit: exposed + leftOut(rows, ["exposures"]),
        what: "the units exposed and the rows left out",
      };
    }
    case "events":
      return { limit: leftOut(rows, ["events", "events-in-test"]), what: "the rows left out" };
    case "metric-events":
      return { limit: shown.get(metric!)?.conversions ?? 0, what: `the conversions in "${metric}"` };
    default:
      return null;
  }
}

function mostOf({ check, metric }: DataQualityCount, rows: CountedRows, shown: Shown): Limit | null {
  if (check === "immature-units") {
    const what = `the units that the results leave out of the n of "${metric}"`;
    return { limit: shown.get(metric!)?.open ?? 0, what };
  }
  const whole = wholeOf(rows, check, metric);
  return whole === null ? null : { limit: whole, what: "all among which they are counted" };
}

/** Rows that were left out of a whole, each of them by one check. */
function leftOut({ countOf }: CountedRows, wholes: readonly string[]): number {
  return DATA_QUALITY_CHECKS.reduce((sum, check) => {
    const { among, isPerMetric } = DATA_QUALITY[check];
    const isPart = among !== null && wholes.includes(among) && isPerMetric === undefined;
    return isPart ? sum + (countOf(check) ?? 0) : sum;
  }, 0);
}

/** Of each metric, conversions in all arms, and units that are not in its n. */
type Shown = ReadonlyMap<string, { readonly conversions: number; readonly open: number }>;

function shownOf(arms: readonly ArmData[]): Shown {
  const shown = new Map<string, { conversions: number; open: number }>();
  for (const { n: all, results } of arms) {
    for (const { metric, n = all, conversions = 0 } of results) {
      const before = shown.get(metric) ?? { conversions: 0, open: 0 };
      shown.set(metric, { conversions: before.conversions + conversions, open: before.open + all - n });
    }
  }
  return shown;
}
