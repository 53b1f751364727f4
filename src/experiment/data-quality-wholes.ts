import {
  DATA_QUALITY,
  type DataQualityCheck,
  type DataQualityCount,
  type DataQualityWhole,
} from "./data-quality.ts";
import type { ExperimentData, PartData } from "./experiment-data.ts";

type Counted = Pick<ExperimentData, "arms" | "dataQuality">;

/** How many all are among which something was counted; null where the document does not say. */
export function wholeOf(data: Counted, { check, metric }: DataQualityCount): number | null {
  const whole = DATA_QUALITY[check].among;
  return whole === null ? null : countWhole(data, whole, metric);
}

function countWhole(data: Counted, whole: DataQualityWhole, metric: string | undefined): number | null {
  switch (whole) {
    case "exposures":
    case "events":
      return countOf(data, whole);
    case "events-in-test": {
      const events = countOf(data, "events");
      if (events === null) return null;
      return events - (countOf(data, "events-of-others") ?? 0) - (countOf(data, "events-without-unit") ?? 0);
    }
    case "metric-events":
      return countOf(data, whole, metric);
    case "values":
      return countOf(data, "metric-events", metric) ?? countOf(data, "exposures");
    case "units":
      return unitsIn(data);
    case "assigned-units":
      return unitsIn(data) + (countOf(data, "units-in-several-arms") ?? 0);
    case "final-units":
      return finalUnitsIn(data, metric!);
  }
}

/** What a check counted; null where it is not in the document. */
export function countOf(
  { dataQuality = [] }: Counted,
  check: DataQualityCheck,
  metric?: string,
): number | null {
  const found = dataQuality.find((count) => count.check === check && count.metric === metric);
  return found === undefined ? null : found.count;
}

/** Units of all arms together. */
export function unitsIn({ arms }: Counted): number {
  return arms.reduce((sum, { n }) => sum + n, 0);
}

/** Those of them that are in the n of a metric. */
export function finalUnitsIn({ arms }: Counted, metric: string): number {
  const finalIn = ({ n, results }: PartData): number =>
    results.find((result) => result.metric === metric)?.n ?? n;
  return arms.reduce((sum, arm) => sum + finalIn(arm), 0);
}
