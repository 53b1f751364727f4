import { DATA_QUALITY, DATA_QUALITY_CHECKS, type DataQualityReadout } from "./data-quality.ts";
import { countedRows, wholeOf } from "./counted-rows.ts";
import type { ExperimentData } from "./experiment-data.ts";
import type { MetricIndex } from "./metric-index.ts";

/** The counts of rows in the order of the checks and of the metrics; null where the document has none. */
export function readDataQuality(
  data: ExperimentData,
  { all }: Pick<MetricIndex, "all">,
): DataQualityReadout[] | null {
  if (data.dataQuality === undefined) return null;
  const rows = countedRows(data);
  const names = all.map(({ name }) => name);
  return DATA_QUALITY_CHECKS.flatMap((check) => {
    const { isPerMetric, treatment } = DATA_QUALITY[check];
    return (isPerMetric === undefined ? [undefined] : names).flatMap((metric): DataQualityReadout[] => {
      const count = rows.countOf(check, metric);
      if (count === null) return [];
      const whole = wholeOf(rows, check, metric);
      const share = whole === null || whole === 0 ? null : count / whole;
      return [{ check, metric: metric ?? null, count, share, treatment }];
    });
  });
}
