import { DATA_QUALITY, type DataQualityCheck } from "./data-quality.ts";
import type { ExperimentData } from "./experiment-data.ts";

/** The counts of a document, found by check and metric. */
export interface CountedRows {
  /** Null where it is not in the document. */
  readonly countOf: (check: DataQualityCheck, metric?: string) => number | null;
  /** Of all arms together. */
  readonly units: number;
}

export function countedRows({
  arms,
  dataQuality = [],
}: Pick<ExperimentData, "arms" | "dataQuality">): CountedRows {
  const counts = new Map(dataQuality.map((count) => [keyOf(count.check, count.metric), count.count]));
  return {
    countOf: (check, metric) => counts.get(keyOf(check, metric)) ?? null,
    units: arms.reduce((sum, { n }) => sum + n, 0),
  };
}

/** No two checks with their metrics have the same. */
export function keyOf(check: DataQualityCheck, metric: string | undefined): string {
  return metric === undefined ? check : `${check} ${metric}`;
}

/** How many all are among which something was counted; null where the document does not say. */
export function wholeOf(
  { countOf, units }: CountedRows,
  check: DataQualityCheck,
  metric?: string,
): number | null {
  const whole = DATA_QUALITY[check].among;
  switch (whole) {
    case null:
      return null;
    case "exposures":
    case "events":
      return countOf(whole);
    case "events-in-test": {
      const events = countOf("events");
      if (events === null) return null;
      return events - (countOf("events-of-others") ?? 0) - (countOf("events-without-unit") ?? 0);
    }
    case "metric-events":
      return countOf(whole, metric);
    case "values":
      // A wide table has no events: each of its rows is an exposure, and holds all values of its unit.
      return countOf("metric-events", metric) ?? (countOf("events") === null ? countOf("exposures") : null);
    case "units":
      return units;
    case "assigned-units":
      return units + (countOf("units-in-several-arms") ?? 0);
  }
}
