import type { MetricMeasure } from "../../src/warehouse/summary-options.ts";
import type { SummaryRow } from "../../src/warehouse/summary-row.ts";
import { BLANK_ROW } from "./blank-row.ts";
import { clockAt } from "./plain-instant.ts";
import { plainCovariance, plainMean } from "./plain-moments.ts";
import {
  type Description,
  type ExperimentUnits,
  measuresOf,
  type Tables,
  type Unit,
  unitsOfRows,
} from "./units-of-rows.ts";

const DAY = 86_400_000_000;

const NOTHING: PlainRow = { ...BLANK_ROW, reach: 0, otherReach: 0 };

/** A row with how far the farthest unit of all is from the mean of all: the size of what engines add up. */
export interface PlainRow extends SummaryRow {
  readonly reach: number;
  readonly otherReach: number;
}

/**
 * The rows that the statement of `summarySql` is to return, in no order: counted by plain loops over the rows of tables,
 * from what the description's doc comments and the checks of data quality say.
 */
export function aggregateRows(description: Description, tables: Tables): PlainRow[] {
  return [...unitsOfRows(description, tables)].flatMap(([experiment, found]) =>
    rowsOfExperiment(description, found).map((row) => ({ ...row, experiment })),
  );
}

type Made = Omit<PlainRow, "experiment">;

function rowsOfExperiment(description: Description, { units, counts }: ExperimentUnits): Made[] {
  const { segmentations = [], byDay = false, timeZone = "UTC", control } = description;
  const hasTime = !("units" in description.source) || description.time !== undefined;
  const entries = units.map(({ entered }) => entered!);
  const lasts = units.map(({ last }) => last!);
  const isClock = hasTime && units.length > 0;
  const named = description.readAt === undefined ? null : Date.parse(description.readAt) * 1000;
  const readAt = isClock ? (named ?? Math.max(...entries, ...lasts)) : null;

  const metrics = withRoles(description.metrics);
  const isMature = (unit: Unit, days: number | undefined): boolean =>
    days === undefined || readAt === null || unit.entered! + days * DAY <= readAt;
  const matureIn = ({ attributionDays }: MetricMeasure): Unit[] =>
    units.filter((unit) => isMature(unit, attributionDays));
  const caps = new Map(metrics.map((metric) => [metric.name, capOf(metric, matureIn(metric))]));
  const numbersOf = (unit: Unit, metric: MetricMeasure): readonly number[] => {
    const numbers = unit.numbers.get(metric.name)!;
    const cap = caps.get(metric.name);
    return cap === undefined || cap === null ? numbers : numbers.map((x) => Math.min(x, cap));
  };
  /** Mean, variance and covariance of one number of some units, or of two. */
  const momentsOf = (of: readonly Unit[], ...numbers: readonly ((unit: Unit) => number)[]): Partial<Made> => {
    const [x, y] = numbers.map((number) => of.map(number));
    const [reach, otherReach = 0] = numbers.map((number) => reachOf(units.map(number)));
    return { n: of.length, ...momentCells(x!, y), reach: reach!, otherReach };
  };
  const describe = (metric: MetricMeasure): Pick<Made, "metric" | "kind" | "role" | "attribution_days"> => ({
    metric: metric.name,
    kind: metric.kind,
    role: metric.role!,
    attribution_days: metric.attributionDays ?? null,
  });

  const quality = [...counts].map(([key, n]): Made => {
    const [check, ...rest] = key.split(":");
    return { ...NOTHING, measure: "quality", other: check!, metric: rest.join(":"), n };
  });
  const capped = metrics.flatMap((metric): Made[] => {
    if (metric.winsorized === undefined) return [];
    const cap = caps.get(metric.name)!;
    const n = matureIn(metric).filter(
      (unit) => cap !== null && unit.numbers.get(metric.name)![0]! > cap,
    ).length;
    return [{ ...NOTHING, measure: "quality", other: "values-capped", metric: metric.name, n, mean: cap }];
  });
  const clock: Made = {
    ...NOTHING,
    measure: "clock",
    sum: isClock ? Math.min(...entries) : null,
    other_sum: readAt,
  };

  /** What every group of an arm's units says. */
  const partRows = (of: readonly Unit[], place: Partial<Made>): Made[] => {
    const at = { ...NOTHING, ...place };
    const role = place.arm === control ? "control" : "treatment";
    return [
      { ...at, measure: "arm", role, n: of.length },
      ...metrics.map((metric): Made => {
        const mature = of.filter((unit) => isMature(unit, metric.attributionDays));
        const numbers = measuresOf(metric).map((_, i) => (unit: Unit) => numbersOf(unit, metric)[i]!);
        const sum = mature.map(numbers[0]!).reduce((total, value) => total + value, 0);
        const common = { ...at, ...describe(metric), measure: "result" as const, n: mature.length };
        if (metric.kind === "proportion") return { ...common, sum };
        return { ...common, ...momentsOf(mature, ...numbers), ...(metric.kind === "count" ? { sum } : {}) };
      }),
      ...metrics.flatMap((metric): Made[] => {
        const { covariate } = metric;
        if (covariate === undefined) return [];
        const mature = of.filter((unit) => isMature(unit, metric.attributionDays));
        const x = (unit: Unit): number => numbersOf(unit, metric)[0]!;
        const y = (unit: Unit): number => unit.covariates.get(covariate)!;
        return [
          {
            ...at,
            ...describe(metric),
            measure: "covariate",
            other: covariate,
            ...momentsOf(mature, x, y),
          },
        ];
      }),
    ];
  };

  const macro = metrics.find(({ role }) => role === "macro");
  const armRows = (of: readonly Unit[], arm: string): Made[] =>
    metrics.flatMap((metric): Made[] => {
      if (macro === undefined || metric === macro || metric.role === "guardrail") return [];
      if (metric.kind === "ratio" || macro.kind === "ratio") return [];
      const mature = of.filter(
        (unit) => isMature(unit, metric.attributionDays) && isMature(unit, macro.attributionDays),
      );
      const x = (unit: Unit): number => numbersOf(unit, metric)[0]!;
      const y = (unit: Unit): number => numbersOf(unit, macro)[0]!;
      const common = { ...NOTHING, arm, ...describe(metric), other: macro.name, n: mature.length };
      if (metric.kind !== "proportion" || macro.kind !== "proportion") {
        return [{ ...common, measure: "moments", ...momentsOf(mature, x, y) }];
      }
      return [
        {
          ...common,
          measure: "joint",
          sum: mature.filter((unit) => x(unit) === 1).length,
          other_sum: mature.filter((unit) => y(unit) === 1).length,
          both: mature.filter((unit) => x(unit) === 1 && y(unit) === 1).length,
        },
      ];
    });

  const arms = [...new Set(units.map(({ arm }) => arm))];
  const parted = arms.flatMap((arm) => {
    const of = units.filter((unit) => unit.arm === arm);
    const segments = segmentations.flatMap(({ name }, i) =>
      [...new Set(of.map((unit) => unit.segments[i]!))].flatMap((segment) =>
        partRows(
          of.filter((unit) => unit.segments[i] === segment),
          { part: "segment", segmentation: name, segment, arm },
        ),
      ),
    );
    const dayOf = (unit: Unit): number => Math.floor(clockAt(unit.entered!, timeZone) / DAY);
    const days = byDay ? [...new Set(of.map(dayOf))] : [];
    const daily = days.flatMap((day) =>
      partRows(
        of.filter((unit) => dayOf(unit) === day),
        { part: "day", day, arm },
      ),
    );
    return [...partRows(of, { part: "all", arm }), ...armRows(of, arm), ...segments, ...daily];
  });
  return [clock, ...quality, ...capped, ...parted];
}

function reachOf(values: readonly number[]): number {
  const centre = plainMean(values);
  return Math.max(...values.map((value) => Math.abs(value - centre)));
}

function momentCells(x: readonly number[], y: readonly number[] | undefined): Partial<Made> {
  const mean = (of: readonly number[]): number | null => (of.length === 0 ? null : plainMean(of));
  return {
    mean: mean(x),
    variance: plainCovariance(x, x),
    ...(y === undefined
      ? {}
      : { other_mean: mean(y), other_variance: plainCovariance(y, y), covariance: plainCovariance(x, y) }),
  };
}

/** A number given, or the smallest number that at least a share of the units does not pass; null where there are none. */
function capOf({ name, winsorized }: MetricMeasure, units: readonly Unit[]): number | null {
  if (winsorized === undefined) return null;
  const { upper, upperQuantile } = winsorized;
  if (upper !== undefined) return upper;
  const values = units.map(({ numbers }) => numbers.get(name)![0]!).toSorted((a, b) => a - b);
  const millionths = Math.round(upperQuantile! * 1e6);
  return values.find((_, i) => (i + 1) * 1e6 >= values.length * millionths) ?? null;
}

/** The first metric is the macro one where none is said to be. */
function withRoles(metrics: readonly MetricMeasure[]): MetricMeasure[] {
  const hasMacro = metrics.some(({ role }) => role === "macro");
  return metrics.map((metric, i) => {
    return { ...metric, role: metric.role ?? (i === 0 && !hasMacro ? "macro" : "secondary") };
  });
}
