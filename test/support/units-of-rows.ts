import type { DataQualityCheck } from "../../src/experiment/data-quality.ts";
import type {
  Column,
  CovariateMeasure,
  Measure,
  MetricMeasure,
  RowFilter,
  SummarySqlOptions,
  TableName,
  TimeColumn,
} from "../../src/warehouse/summary-options.ts";
import { instantOf } from "./plain-instant.ts";

/** What a cell holds; times are texts as in ISO 8601, or numbers where the description says so. */
export type Cell = string | number | boolean | null;

export type Row = Readonly<Record<string, Cell>>;

/** Rows of tables by their names, the parts of which have dots between them. */
export type Tables = Readonly<Record<string, readonly Row[]>>;

/** What is to be summarised, whatever engine keeps it. */
export type Description = Omit<SummarySqlOptions, "dialect">;

/** A unit of the test: it was seen in one arm. */
export interface Unit {
  readonly arm: string;
  /** Microseconds since 1970; null where no column says it. */
  readonly entered: number | null;
  /** The last moment that is known of it. */
  readonly last: number | null;
  /** In the order of the segmentations; empty where it is in none. */
  readonly segments: readonly string[];
  /** By the metric: its number, or numerator and denominator. */
  readonly numbers: ReadonlyMap<string, readonly number[]>;
  readonly covariates: ReadonlyMap<string, number>;
}

/** The units of one experiment, and what was counted of its rows, by check and metric. */
export interface ExperimentUnits {
  readonly units: readonly Unit[];
  readonly counts: ReadonlyMap<string, number>;
}

const DAY = 86_400_000_000;

/** Units of every experiment that the rows name. */
export function unitsOfRows(description: Description, tables: Tables): Map<string, ExperimentUnits> {
  return "units" in description.source
    ? unitsOfWideTable(description, tables)
    : unitsOfEvents(description, tables);
}

/** The key of a count: its check, with the metric behind a colon where it is of one. */
export function countKey(check: DataQualityCheck, metric = ""): string {
  return metric === "" ? check : `${check}:${metric}`;
}

/** The numbers that metrics are made of: themselves, or numerator and denominator. */
export function measuresOf(metric: MetricMeasure): readonly Measure[] {
  return metric.kind === "ratio" ? [metric.numerator!, metric.denominator!] : [metric];
}

interface Exposure {
  readonly row: Row;
  readonly unit: Cell;
  readonly arm: string | null;
  readonly moment: number | null;
  readonly segments: readonly string[];
  readonly flaw: DataQualityCheck | null;
}

function unitsOfEvents(description: Description, tables: Tables): Map<string, ExperimentUnits> {
  const { source, metrics, covariates = [] } = description;
  if ("units" in source) throw new Error("not events");
  const exposures = exposuresOf(description, rowsOf(tables, source.exposures.table, source.exposures.where), {
    unit: source.exposures.unit ?? description.unit!,
    time: source.exposures.time ?? description.time!,
  });

  const metricEvents = new Set(metrics.flatMap(measuresOf).flatMap(eventNames));
  const covariateEvents = new Set(covariates.flatMap(eventNames));
  const readAt = readMoment(description);
  const events = rowsOf(tables, source.events.table, source.events.where)
    .map((row) => {
      const unit = cell(row, source.events.unit ?? description.unit!);
      const moment = momentOf(row, source.events.time ?? description.time!);
      const flaw: DataQualityCheck | null = isBlank(unit)
        ? "events-without-unit"
        : moment === null
          ? "events-without-time"
          : readAt !== null && moment > readAt
            ? "events-after-reading"
            : null;
      return { row, unit, moment, flaw, name: String(cell(row, source.events.event)) };
    })
    .filter(({ name }) => metricEvents.has(name) || covariateEvents.has(name));

  const exposed = new Set(exposures.filter(({ flaw }) => flaw === null).map(({ unit }) => unit));
  const orphans = events.filter(({ flaw, unit }) => flaw !== null || !exposed.has(unit));
  const nameless = description.experiment === undefined ? experimentName(description) : "";
  const byExperiment = groupBy(exposures, ({ row }) => experimentOf(description, row));
  if (orphans.length > 0 && !byExperiment.has(nameless)) byExperiment.set(nameless, []);

  return mapValues(byExperiment, (own, experiment) => {
    const counter = counterOf(description, "events");
    countExposures(counter, own);
    const units: Unit[] = [];
    const countEvents = (found: readonly (typeof events)[number][]): void => {
      counter.add(countKey("events"), found.filter(({ name }) => metricEvents.has(name)).length);
      for (const metric of metrics) {
        const names = new Set(measuresOf(metric).flatMap(eventNames));
        counter.add(
          countKey("metric-events", metric.name),
          found.filter(({ name }) => names.has(name)).length,
        );
      }
    };
    if (experiment === nameless) {
      countEvents(orphans);
      for (const { flaw, name } of orphans) {
        if (metricEvents.has(name)) counter.add(countKey(flaw ?? "events-of-others"), 1);
      }
    }
    for (const seen of soundUnits(own)) {
      const entered = Math.min(...seen.map(({ moment }) => moment!));
      const ofUnit = events
        .filter(({ flaw, unit }) => flaw === null && unit === seen[0]!.unit)
        .map((event) => ({ ...event, since: event.moment! - entered }));
      countEvents(ofUnit);
      counter.add(
        countKey("events-before-exposure"),
        ofUnit.filter(({ name, since }) => since < 0 && metricEvents.has(name) && !covariateEvents.has(name))
          .length,
      );
      for (const metric of metrics) {
        const { attributionDays } = metric;
        if (attributionDays === undefined) continue;
        const names = new Set(measuresOf(metric).flatMap(eventNames));
        const late = ofUnit.filter(({ name, since }) => names.has(name) && since >= attributionDays * DAY);
        counter.add(countKey("events-after-window", metric.name), late.length);
      }
      const arm = onlyArm(counter, seen);
      if (arm === null) continue;
      const inWindow = (measure: Measure, from: number, to: number): typeof ofUnit =>
        ofUnit.filter(({ name, since }) => eventNames(measure).includes(name) && since >= from && since < to);
      const total = (measure: Measure, from: number, to: number): number => {
        const found = inWindow(measure, from, to);
        const { value } = measure;
        if (value === undefined) return found.length;
        return found
          .map(({ row }) => numberOf(row, value))
          .filter(Number.isFinite)
          .reduce((sum, x) => sum + x, 0);
      };
      for (const metric of metrics) {
        const missing = new Set(
          measuresOf(metric).flatMap((measure) => {
            const { value } = measure;
            if (value === undefined) return [];
            return inWindow(measure, 0, windowOf(metric)).filter(
              ({ row }) => !Number.isFinite(numberOf(row, value)),
            );
          }),
        );
        if (measuresOf(metric).some(({ value }) => value !== undefined)) {
          counter.add(countKey("values-missing", metric.name), missing.size);
        }
      }
      units.push({
        arm,
        entered,
        last: Math.max(entered, ...ofUnit.map(({ moment }) => moment!)),
        segments: firstSegments(seen, entered),
        numbers: new Map(
          metrics.map((metric) => {
            const totals = measuresOf(metric).map((measure) => total(measure, 0, windowOf(metric)));
            return [metric.name, metric.kind === "proportion" ? [totals[0]! > 0 ? 1 : 0] : totals];
          }),
        ),
        covariates: new Map(
          covariates.map((covariate) => [
            covariate.name,
            total(covariate, -(covariate.days ?? Infinity) * DAY, 0),
          ]),
        ),
      });
    }
    return { units, counts: counter.counts };
  });
}

function unitsOfWideTable(description: Description, tables: Tables): Map<string, ExperimentUnits> {
  const { source, metrics, covariates = [], unit: id, time } = description;
  if (!("units" in source)) throw new Error("not a wide table");
  const rows = exposuresOf(description, rowsOf(tables, source.units, source.where), { unit: id, time });
  const valueOf = (row: Row, measure: Measure): number => {
    const value = wideNumber(row, measure);
    return Number.isFinite(value) ? value : 0;
  };
  return mapValues(
    groupBy(rows, ({ row }) => experimentOf(description, row)),
    (own) => {
      const counter = counterOf(description, "wide");
      countExposures(counter, own);
      const units: Unit[] = [];
      for (const seen of soundUnits(own, id === undefined)) {
        const arm = onlyArm(counter, seen);
        if (arm === null) continue;
        const { row, moment, segments } = seen.toSorted(byWideOrder(description))[0]!;
        for (const metric of metrics) {
          const isMissing = measuresOf(metric).some((measure) => !Number.isFinite(wideNumber(row, measure)));
          counter.add(countKey("values-missing", metric.name), isMissing ? 1 : 0);
        }
        units.push({
          arm,
          entered: moment,
          last: moment,
          segments,
          numbers: new Map(
            metrics.map((metric) => {
              const values = measuresOf(metric).map((measure) => valueOf(row, measure));
              return [metric.name, metric.kind === "proportion" ? [values[0] === 0 ? 0 : 1] : values];
            }),
          ),
          covariates: new Map(covariates.map((covariate) => [covariate.name, valueOf(row, covariate)])),
        });
      }
      return { units, counts: counter.counts };
    },
  );
}

/** A number of a wide table; of a count NaN where it is not whole, or below 0. */
function wideNumber(row: Row, measure: Measure): number {
  const value = numberOf(row, measure.column!);
  const isCount = "kind" in measure && measure.kind === "count";
  return isCount && !(Number.isInteger(value) && value >= 0) ? Number.NaN : value;
}

/** The first row of a unit; of rows at the same time the one whose numbers, then segments, are the least. */
function byWideOrder({ metrics, covariates = [] }: Description): (a: Exposure, b: Exposure) => number {
  const measures = [...covariates, ...metrics.flatMap(measuresOf)];
  return (a, b) => {
    if (a.moment !== b.moment) return a.moment! - b.moment!;
    for (const measure of measures) {
      const [x, y] = [a, b]
        .map(({ row }) => wideNumber(row, measure))
        .map((v) => (Number.isFinite(v) ? v : 1e30));
      if (x !== y) return x! - y!;
    }
    for (const [i, segment] of a.segments.entries()) {
      const order = compareBytes(segment, b.segments[i]!);
      if (order !== 0) return order;
    }
    return 0;
  };
}

function exposuresOf(
  description: Description,
  rows: readonly Row[],
  { unit, time }: { unit: Column | undefined; time: TimeColumn | undefined },
): Exposure[] {
  const { arm: armColumn, control, treatments, segmentations = [] } = description;
  const readAt = readMoment(description);
  return rows.map((row) => {
    const id = unit === undefined ? null : cell(row, unit);
    const arm = labelOf(row, armColumn);
    const moment = time === undefined ? null : momentOf(row, time);
    const isLate = readAt !== null && moment !== null && moment > readAt;
    const reasons: readonly (readonly [boolean, DataQualityCheck])[] = [
      [unit !== undefined && isBlank(id), "exposures-without-unit"],
      [arm === null, "exposures-without-arm"],
      [treatments !== undefined && arm !== control && !treatments.includes(arm!), "exposures-in-other-arms"],
      [time !== undefined && moment === null, "exposures-without-time"],
      [isLate, "exposures-after-reading"],
    ];
    return {
      row,
      unit: id,
      arm,
      moment,
      segments: segmentations.map(({ column }) => labelOf(row, column) ?? ""),
      flaw: reasons.find(([applies]) => applies)?.[1] ?? null,
    };
  });
}

/** The sound rows of each unit. */
function soundUnits(rows: readonly Exposure[], isUnitEach = false): Exposure[][] {
  const sound = rows.filter(({ flaw }) => flaw === null);
  return isUnitEach ? sound.map((row) => [row]) : [...groupBy(sound, ({ unit }) => unit).values()];
}

/** The arm of a unit, null where it was seen in several. */
function onlyArm(counter: Counter, seen: readonly Exposure[]): string | null {
  const arms = new Set(seen.map(({ arm }) => arm!));
  if (arms.size > 1) {
    counter.add(countKey("units-in-several-arms"), 1);
    return null;
  }
  counter.add(countKey("duplicate-exposures"), seen.length - 1);
  return seen[0]!.arm;
}

/** The segments at the first exposure; of several at the same time the first in the order of their bytes. */
function firstSegments(seen: readonly Exposure[], entered: number): string[] {
  const first = seen.filter(({ moment }) => moment === entered);
  return first[0]!.segments.map(
    (_, i) => first.map(({ segments }) => segments[i]!).toSorted(compareBytes)[0]!,
  );
}

function countExposures(counter: Counter, rows: readonly Exposure[]): void {
  counter.add(countKey("exposures"), rows.length);
  for (const { flaw } of rows) if (flaw !== null) counter.add(countKey(flaw), 1);
}

interface Counter {
  readonly counts: Map<string, number>;
  readonly add: (key: string, count: number) => void;
}

/** All checks that are made, at 0. */
function counterOf({ metrics, unit }: Description, source: "events" | "wide"): Counter {
  const names = metrics.map(({ name }) => name);
  const perMetric = (check: DataQualityCheck, of: readonly string[]): string[] =>
    of.map((name) => countKey(check, name));
  const checks: readonly DataQualityCheck[] = [
    "exposures",
    "exposures-without-unit",
    "exposures-without-arm",
    "exposures-in-other-arms",
    "exposures-without-time",
    "exposures-after-reading",
    ...(source === "wide" && unit === undefined
      ? []
      : (["duplicate-exposures", "units-in-several-arms"] as const)),
    ...(source === "wide"
      ? []
      : ([
          "events",
          "events-without-unit",
          "events-without-time",
          "events-after-reading",
          "events-of-others",
          "events-before-exposure",
        ] as const)),
  ];
  const windowed = metrics.filter(({ attributionDays }) => attributionDays !== undefined);
  const valued = metrics.filter((metric) => measuresOf(metric).some(({ value }) => value !== undefined));
  const keys = [
    ...checks,
    ...(source === "wide"
      ? perMetric("values-missing", names)
      : [
          ...perMetric("metric-events", names),
          ...perMetric(
            "events-after-window",
            windowed.map(({ name }) => name),
          ),
          ...perMetric(
            "values-missing",
            valued.map(({ name }) => name),
          ),
        ]),
  ];
  const counts = new Map<string, number>(keys.map((key) => [key, 0]));
  return {
    counts,
    add: (key, count) => {
      if (count !== 0) counts.set(key, (counts.get(key) ?? 0) + count);
    },
  };
}

function rowsOf(tables: Tables, table: TableName, where: readonly RowFilter[] = []): Row[] {
  const name = typeof table === "string" ? table : table.join(".");
  return tables[name]!.filter((row) =>
    where.every((filter) => {
      const held = cell(row, filter.column);
      if (held === null) return false;
      if ("in" in filter) return filter.in.includes(held);
      const { from, to } = filter;
      return (from === undefined || held >= from) && (to === undefined || held <= to);
    }),
  );
}

function windowOf({ attributionDays }: MetricMeasure): number {
  return attributionDays === undefined ? Infinity : attributionDays * DAY;
}

function eventNames({ event }: Measure | CovariateMeasure): readonly string[] {
  return typeof event === "string" ? [event] : event!;
}

function readMoment({ readAt }: Description): number | null {
  return readAt === undefined ? null : instantOf(readAt, "UTC");
}

export function experimentName({ name = "experiment" }: Description): string {
  return name;
}

function experimentOf(description: Description, row: Row): string {
  const { experiment } = description;
  return experiment === undefined ? experimentName(description) : (labelOf(row, experiment) ?? "");
}

function momentOf(row: Row, time: TimeColumn): number | null {
  if (typeof time === "string") {
    const held = cell(row, time);
    return held === null ? null : instantOf(String(held), "UTC");
  }
  const held = cell(row, time.column);
  if (held === null) return null;
  if (time.epoch === undefined) return instantOf(String(held), time.timeZone ?? "UTC");
  return Number(held) * { seconds: 1e6, milliseconds: 1e3, microseconds: 1 }[time.epoch];
}

/** A cell as text without blanks around it, null where nothing is left. */
function labelOf(row: Row, column: Column): string | null {
  const held = cell(row, column);
  const label = held === null ? "" : String(held).replaceAll(/^ +| +$/g, "");
  return label === "" ? null : label;
}

/** NaN where there is none. */
function numberOf(row: Row, column: Column): number {
  const held = cell(row, column);
  return held === null ? Number.NaN : Number(held);
}

function cell(row: Row, column: Column): Cell {
  const held = row[column as string];
  if (held === undefined) throw new Error(`no column ${JSON.stringify(column)}`);
  return held;
}

function isBlank(held: Cell): boolean {
  return held === null || String(held).replaceAll(" ", "") === "";
}

export function compareBytes(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

function groupBy<T, K>(items: readonly T[], keyOf: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return groups;
}

function mapValues<K, V, W>(map: ReadonlyMap<K, V>, change: (value: V, key: K) => W): Map<K, W> {
  return new Map([...map].map(([key, value]) => [key, change(value, key)]));
}
