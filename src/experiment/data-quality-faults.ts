import { DATA_QUALITY, DATA_QUALITY_CHECKS, type DataQualityCount } from "./data-quality.ts";
import { countOf, finalUnitsIn, unitsIn, wholeOf } from "./data-quality-wholes.ts";
import type { ExperimentData } from "./experiment-data.ts";
import { type Fault, notNamed } from "./fault.ts";
import type { MetricIndex } from "./metric-index.ts";

type Counted = Pick<ExperimentData, "arms" | "dataQuality">;

/** Faults of the counts of rows: each on its own, and against all that was read. */
export function dataQualityFaults(data: Counted, index: MetricIndex): Fault[] {
  const counts = data.dataQuality ?? [];
  const faults = [...repeatedFaults(counts), ...counts.flatMap((count, i) => metricFaults(count, index, i))];
  if (faults.length > 0) return faults;
  // What is more than all that was read is named there, and only once.
  const tooFew = limitFaults(data, "at least", leastOf);
  return tooFew.length > 0 ? tooFew : limitFaults(data, "at most", mostOf);
}

function repeatedFaults(counts: readonly DataQualityCount[]): Fault[] {
  const seen = new Set<string>();
  return counts.flatMap(({ check, metric }, i) => {
    const key = JSON.stringify([check, metric]);
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
  data: Counted,
  side: "at least" | "at most",
  limitOf: (data: Counted, count: DataQualityCount) => Limit | null,
): Fault[] {
  return (data.dataQuality ?? []).flatMap((found, i) => {
    const limited = limitOf(data, found);
    if (limited === null) return [];
    const { limit, what } = limited;
    if (side === "at least" ? found.count >= limit : found.count <= limit) return [];
    return [{ path: ["dataQuality", i, "count"], message: `must be ${side} ${limit}, ${what}` }];
  });
}

/** All that was read holds what was counted of it. */
function leastOf(data: Counted, { check, metric }: DataQualityCount): Limit | null {
  switch (check) {
    case "exposures": {
      // A unit in several arms was exposed at least twice.
      const exposed = unitsIn(data) + 2 * (countOf(data, "units-in-several-arms") ?? 0);
      return { limit: exposed + leftOut(data, [check]), what: "the units exposed and the rows left out" };
    }
    case "events":
      return { limit: leftOut(data, [check, "events-in-test"]), what: "the rows left out" };
    case "metric-events":
      return { limit: conversionsOf(data, metric!), what: `the conversions in "${metric}"` };
    default:
      return null;
  }
}

/** Rows that were left out of a whole, each of them by one check. */
function leftOut(data: Counted, wholes: readonly string[]): number {
  const checks = DATA_QUALITY_CHECKS.filter((check) => {
    const { among, isPerMetric } = DATA_QUALITY[check];
    return among !== null && wholes.includes(among) && isPerMetric === undefined;
  });
  return checks.reduce((sum, check) => sum + (countOf(data, check) ?? 0), 0);
}

/** Conversions of all arms; 0 where the metric is no proportion. */
function conversionsOf({ arms }: Counted, metric: string): number {
  const results = arms.flatMap((arm) => arm.results.filter((result) => result.metric === metric));
  return results.reduce((sum, { conversions = 0 }) => sum + conversions, 0);
}

function mostOf(data: Counted, count: DataQualityCount): Limit | null {
  if (count.check === "immature-units") {
    const open = unitsIn(data) - finalUnitsIn(data, count.metric!);
    return { limit: open, what: `the units that the results leave out of the n of "${count.metric}"` };
  }
  const whole = wholeOf(data, count);
  return whole === null ? null : { limit: whole, what: "all among which they are counted" };
}
