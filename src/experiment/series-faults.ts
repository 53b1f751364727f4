import type { DailySeries, ExperimentData } from "./experiment-data.ts";
import { duplicateFaults, type Fault, type Path } from "./fault.ts";
import type { MetricIndex } from "./metric-index.ts";
import { overlapFaults, type Part, partFaults } from "./part-faults.ts";

/** Faults of the daily series of a document. */
export function seriesFaults(data: ExperimentData, index: MetricIndex): Fault[] {
  const { arms, dailySeries = [] } = data;
  return [
    ...duplicateFaults(
      dailySeries.map(({ by }) => by),
      (i) => ["dailySeries", i, "by"],
    ),
    ...dailySeries.flatMap((series, i) => {
      const at: Path = ["dailySeries", i];
      const parts = series.days.map(({ arms: of }, k): Part => ({ arms: of, at: [...at, "days", k] }));
      return [
        ...dayFaults(series, data, at),
        ...partFaults(parts, arms, index),
        // By day of exposure the same units come back every day.
        ...(series.by === "day-of-entry" ? overlapFaults(parts, arms, "days") : []),
      ];
    }),
  ];
}

/** Days go forwards, and not beyond the test. */
function dayFaults({ days }: DailySeries, { days: running }: ExperimentData, at: Path): Fault[] {
  const last = running === undefined ? Infinity : Math.ceil(running);
  return days.flatMap(({ day }, k): Fault[] => {
    const path = [...at, "days", k, "day"];
    const before = days[k - 1]?.day ?? 0;
    if (day <= before) return [{ path, message: `must be after day ${before}` }];
    if (day > last) return [{ path, message: `must be at most ${last}, as many days as the test has run` }];
    return [];
  });
}
