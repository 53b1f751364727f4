import { checkDays, LATEST_DAY } from "./checked-days.ts";
import type { ArmData, DailySeries, ExperimentData } from "./experiment-data.ts";
import { duplicateFaults, type Fault, type Path } from "./fault.ts";
import type { MetricIndex } from "./metric-index.ts";
import { faultsOf } from "./passing.ts";
import { metricDays } from "./series-days.ts";
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
      const ownFaults = [...dayFaults(series, data, at), ...partFaults(parts, arms, index)];
      return [
        ...ownFaults,
        // What days have in common is looked at where each is sound.
        ...(ownFaults.length === 0 ? courseFaults(series, index, at) : []),
        // By day of exposure the same units come back every day.
        ...(series.by === "day-of-entry"
          ? overlapFaults(parts, arms, "days")
          : parts.flatMap((part) => exposedFaults(part, arms))),
      ];
    }),
  ];
}

/** Units that have been in the test so long are some of those in it. */
function exposedFaults({ arms: of, at }: Part, arms: readonly ArmData[]): Fault[] {
  return of.flatMap(({ name, n }, i) => {
    const most = arms.find((arm) => arm.name === name)?.n ?? Infinity;
    if (n <= most) return [];
    return [{ path: [...at, "arms", i, "n"], message: `must be at most the ${most} units of "${name}"` }];
  });
}

/** Days go forwards, and not beyond the test. */
function dayFaults({ days }: DailySeries, { days: running }: ExperimentData, at: Path): Fault[] {
  const last = running === undefined ? Infinity : Math.ceil(running);
  return days.flatMap(({ day }, k): Fault[] => {
    const path = [...at, "days", k, "day"];
    const before = days[k - 1]?.day ?? 0;
    if (day <= before) return [{ path, message: `must be after day ${before}` }];
    if (day > LATEST_DAY) return [{ path, message: `must be at most ${LATEST_DAY}` }];
    if (day > last) return [{ path, message: `must be at most ${last}, as many days as the test has run` }];
    return [];
  });
}

/** What the analysis of days asks of each arm's course: by day of exposure, units get fewer. */
function courseFaults({ by, days: series }: DailySeries, index: MetricIndex, at: Path): Fault[] {
  // That there is no day is a fault of its own.
  return (series[0]?.arms ?? []).flatMap(({ name: arm }) =>
    metricDays(series, [arm, arm], index).flatMap(({ name, days }) =>
      faultsOf(() => checkDays(days, by)).map(({ path, message }): Fault => {
        const day = path.find((key): key is number => typeof key === "number") ?? 0;
        const { arms } = series[day]!;
        const i = arms.findIndex((candidate) => candidate.name === arm);
        const k = arms[i]!.results.findIndex(({ metric }) => metric === name);
        return { path: [...at, "days", day, "arms", i, "results", k], message: `in "${name}" ${message}` };
      }),
    ),
  );
}
