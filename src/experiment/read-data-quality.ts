import { DATA_QUALITY, DATA_QUALITY_CHECKS, type DataQualityReadout } from "./data-quality.ts";
import { wholeOf } from "./data-quality-wholes.ts";
import type { ExperimentData } from "./experiment-data.ts";
import type { MetricIndex } from "./metric-index.ts";

/** The counts of rows in the order of the checks and of the metrics; null where the document has none. */
export function readDataQuality(
  data: ExperimentData,
  { all }: Pick<MetricIndex, "all">,
): DataQualityReadout[] | null {
  const counts = data.dataQuality;
  if (counts === undefined) return null;
  const names = [undefined, ...all.map(({ name }) => name)];
  return DATA_QUALITY_CHECKS.flatMap((check) => {
    const found = counts.filter((count) => count.check === check);
    const inOrder = found.toSorted((a, b) => names.indexOf(a.metric) - names.indexOf(b.metric));
    return inOrder.map((count): DataQualityReadout => {
      const whole = wholeOf(data, count);
      return {
        check,
        metric: count.metric ?? null,
        count: count.count,
        share: whole === null || whole === 0 ? null : count.count / whole,
        treatment: DATA_QUALITY[check].treatment,
      };
    });
  });
}
