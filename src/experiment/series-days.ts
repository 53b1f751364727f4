import { partSummaries } from "./arm-results.ts";
import type { DayArms } from "./checked-days.ts";
import type { DayData } from "./experiment-data.ts";
import type { MetricIndex } from "./metric-index.ts";

/** One metric of a series, day by day in two arms. */
export interface MetricDays {
  readonly name: string;
  readonly days: readonly DayArms[];
}

/** Every metric that a series holds, in the order of the document. */
export function metricDays(
  series: readonly DayData[],
  [control, treatment]: readonly [control: string, treatment: string],
  index: MetricIndex,
): MetricDays[] {
  const days = series.map(({ day, arms }) => ({
    day,
    control: partSummaries(arms, control, index),
    treatment: partSummaries(arms, treatment, index),
  }));
  const held = index.all.filter(({ name }) => days[0]!.control.has(name));
  return held.map(({ name }) => ({
    name,
    days: days.map((day) => ({
      day: day.day,
      control: day.control.get(name)!,
      treatment: day.treatment.get(name)!,
    })),
  }));
}
