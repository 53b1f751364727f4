import { analyzeDays, type DayAnalysis } from "./analyze-days.ts";
import type { AnalysisTerms } from "./analysis-terms.ts";
import type { DayBasis } from "./day-series.ts";
import type { ArmData, DailySeries } from "./experiment-data.ts";
import { armDays, metricsOfSeries } from "./series-days.ts";

/** What a daily series says of one treatment. */
export interface SeriesReadout {
  readonly by: DayBasis;
  /** Every metric that the series holds. */
  readonly metrics: readonly { readonly name: string; readonly analysis: DayAnalysis }[];
}

/** Reads every daily series of a document in one treatment. */
export function readSeries(
  series: readonly DailySeries[],
  { index, control, alpha, share }: AnalysisTerms,
  arm: ArmData,
): SeriesReadout[] {
  return series.map(({ by, days }) => ({
    by,
    metrics: metricsOfSeries(days, index).map((metric) => ({
      name: metric.name,
      analysis: analyzeDays({
        by,
        days: armDays(days, metric, [control.name, arm.name]),
        confidenceLevel: 1 - alpha,
        allocation: share(arm) / share(control),
      }),
    })),
  }));
}
