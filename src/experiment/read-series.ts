import { analyzeDays, type DayAnalysis } from "./analyze-days.ts";
import type { AnalysisTerms } from "./analysis-terms.ts";
import type { DayBasis } from "./day-series.ts";
import type { ArmData, DailySeries } from "./experiment-data.ts";
import { metricDays } from "./series-days.ts";

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
  return series.map(({ by, days: all }) => ({
    by,
    metrics: metricDays(all, [control.name, arm.name], index).map(({ name, days }) => ({
      name,
      analysis: analyzeDays({
        by,
        days,
        confidenceLevel: 1 - alpha,
        allocation: share(arm) / share(control),
      }),
    })),
  }));
}
