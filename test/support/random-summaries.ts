import * as fc from "fast-check";
import type {
  MetricMeasure,
  RowFilter,
  TimeColumn,
  Winsorizing,
} from "../../src/warehouse/summary-options.ts";
import { clockAt } from "./plain-instant.ts";
import type { ColumnType, SqlTable } from "./sql-tables.ts";
import type { Cell, Description, Row } from "./units-of-rows.ts";

/** Rows of a small and dirty world, and what is to be summarised of them. */
export interface RandomSummary {
  readonly description: Description;
  readonly tables: readonly SqlTable[];
}

const DAY = 86_400_000_000;
// Three days before clocks in Berlin leap forward.
const START = Date.UTC(2024, 2, 28) * 1000;

const NAMES = [
  "macro",
  "both",
  'say "x"',
  "o'clock",
  "naïve ☕",
  "a;b--",
  "x0",
  "unit",
  "flaw",
  "r",
  "back\\slash",
];
const EVENTS = ["buy", "buy", "buy", "ad'd", "ad'd", "ad'd", "vi ew", "none"];

/** Half days after the start, now and then a microsecond or an hour beside: so that windows end on events. */
const instants = (last: number): fc.Arbitrary<number> =>
  fc
    .tuple(fc.integer({ min: 0, max: last }), fc.constantFrom(0, 0, 0, -1, 1, 3_600_000_000))
    .map(([halves, beside]) => START + (halves * DAY) / 2 + beside);

/** Of values that add up without rounding in whatever order. */
const values: fc.Arbitrary<number> = fc.oneof(
  fc.integer({ min: -8, max: 80 }).map((eighths) => eighths / 8),
  fc.constantFrom(0, 0, 1, 2.5),
);

/** Mostly the arm that a unit's id says: else every unit would be seen in several. */
const OWN = "own";
const arms: fc.Arbitrary<string | null> = fc.oneof(
  { weight: 12, arbitrary: fc.constant(OWN) },
  fc.constantFrom("A", "B", "C d'", "ä", "a", "", "  ", null),
);

function armOf(arm: string | null, unit: number | null): string | null {
  return arm === OWN ? ["A", "B", " B "][(unit ?? 0) % 3]! : arm;
}

/** How a column says when something happened, and how an instant is written there. */
interface TimeWriting {
  readonly type: ColumnType;
  readonly column: (name: string) => TimeColumn;
  readonly cell: (instant: number) => Cell;
}

const zones = fc.constantFrom("UTC", "Europe/Berlin", "America/New_York", "Asia/Kathmandu");

const timeWritings: fc.Arbitrary<TimeWriting> = fc.oneof(
  fc.constant<TimeWriting>({ type: "timestamp", column: (name) => name, cell: (at) => clockText(at) }),
  fc.constant<TimeWriting>({
    type: "timestamptz",
    column: (name) => name,
    cell: (at) => `${clockText(at)}+00`,
  }),
  fc.constant<TimeWriting>({
    type: "date",
    column: (name) => name,
    cell: (at) => clockText(at).slice(0, 10),
  }),
  fc
    .tuple(zones, fc.constantFrom<ColumnType>("timestamp", "date", "text"))
    .map(([timeZone, type]): TimeWriting => {
      const isText = type === "text";
      return {
        type,
        column: (column) => ({ column, timeZone, ...(isText ? { isText } : {}) }),
        cell: (at) => clockText(clockAt(at, timeZone)).slice(0, type === "date" ? 10 : undefined),
      };
    }),
  fc.constant<TimeWriting>({
    type: "text",
    column: (column) => ({ column, isText: true }),
    cell: (at) => `${clockText(at + 7_200_000_000).replace(" ", "T")}+02:00`,
  }),
  fc
    .constantFrom(
      ["seconds", 1_000_000, "integer"] as const,
      ["seconds", 1_000_000, "double precision"] as const,
      ["milliseconds", 1000, "bigint"] as const,
      ["microseconds", 1, "bigint"] as const,
    )
    .map(([epoch, divisor, type]): TimeWriting => {
      return {
        type,
        column: (column) => ({ column, epoch }),
        cell: (at) => (type === "double precision" ? at / divisor : Math.round(at / divisor)),
      };
    }),
);

function clockText(clock: number): string {
  const seconds = Math.floor(clock / 1_000_000);
  const fraction = String(clock - seconds * 1_000_000).padStart(6, "0");
  return `${new Date(seconds * 1000).toISOString().slice(0, 19).replace("T", " ")}.${fraction}`;
}

const days = fc.option(fc.constantFrom(0.5, 1, 2, 3.5, 3.5, 7), { nil: undefined });
const roles = fc.option(fc.constantFrom("macro", "proxy", "guardrail", "secondary"), { nil: undefined });
const winsorizings: fc.Arbitrary<Winsorizing | undefined> = fc.option(
  fc.oneof(
    fc.constantFrom(-1, 0, 2.5, 1e9).map((upper) => ({ upper })),
    fc.constantFrom(0.6, 0.75, 0.9, 0.999999).map((upperQuantile) => ({ upperQuantile })),
  ),
  { nil: undefined },
);

const events = fc.oneof(
  fc.constantFrom(...EVENTS),
  fc.uniqueArray(fc.constantFrom(...EVENTS), { minLength: 1, maxLength: 3 }),
);

/** Mostly so many rows that something is left of them, now and then a few or none. */
function rowsOf<T>(
  row: fc.Arbitrary<T>,
  { least, most }: { least: number; most: number },
): fc.Arbitrary<T[]> {
  return fc.oneof(
    { weight: 4, arbitrary: fc.array(row, { minLength: least, maxLength: most, size: "max" }) },
    fc.array(row, { maxLength: 5 }),
  );
}

/** Names of columns that an engine has to be told apart from its own words, and ours. */
function columnNames(count: number): fc.Arbitrary<string[]> {
  return fc.shuffledSubarray(NAMES, { minLength: count, maxLength: count });
}

/** Fields that are left out where they are undefined. */
function given<T extends object>(fields: T): T {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as T;
}

const common = fc.record({
  treatments: fc.option(fc.constantFrom(["B"], ["B"], ["B", "a"], ["B", "C d'"], ["missing"]), {
    nil: undefined,
  }),
  control: fc.constantFrom("A", "A", "A", "ä"),
  byDay: fc.boolean(),
  timeZone: fc.option(zones, { nil: undefined }),
  readAt: fc.option(
    fc.constantFrom(
      "2024-04-02T00:00:00Z",
      "2024-04-01T12:00:00.500+02:00",
      "2024-04-02T00:00:00Z",
      "2024-04-04T12:00:00Z",
      "2024-03-20T00:00:00Z",
      "2025-01-01T00:00:00Z",
    ),
    { nil: undefined },
  ),
  name: fc.option(fc.constantFrom("it's", "back\\slash"), { nil: undefined }),
  hasExperiments: fc.constantFrom(false, false, true),
  segmentCount: fc.integer({ min: 0, max: 2 }),
});

/** An experiment in a table of exposures and one of events. */
export const randomEvents: fc.Arbitrary<RandomSummary> = fc
  .record({
    common,
    columns: columnNames(8),
    isTextId: fc.boolean(),
    exposureTime: timeWritings,
    eventTime: timeWritings,
    metrics: fc.array(
      fc.record({
        kind: fc.constantFrom("proportion", "proportion", "count", "mean", "ratio"),
        role: roles,
        attributionDays: days,
        event: events,
        other: events,
        hasValue: fc.boolean(),
        winsorized: winsorizings,
        covariate: fc.option(fc.constantFrom("before", "be'fore"), { nil: undefined }),
      }),
      { minLength: 1, maxLength: 4 },
    ),
    covariateEvents: fc.tuple(events, events),
    filter: fc.constantFrom("none", "none", "in", "range"),
    exposures: rowsOf(
      fc.record({
        unit: fc.option(fc.integer({ min: 0, max: 12 }), { freq: 30 }),
        arm: arms,
        at: fc.option(instants(5), { freq: 30 }),
        segments: fc.tuple(segmentCells(), segmentCells()),
        experiment: fc.constantFrom("one", "one", "one", "one", "t'wo", "", null),
      }),
      { least: 15, most: 30 },
    ),
    events: rowsOf(
      fc.record({
        unit: fc.option(fc.integer({ min: 0, max: 13 }), { freq: 30 }),
        event: fc.constantFrom(
          "buy",
          "buy",
          "buy",
          "ad'd",
          "ad'd",
          "ad'd",
          "vi ew",
          "vi ew",
          "other",
          " buy",
          null,
        ),
        at: fc.option(instants(16), { freq: 30 }),
        value: fc.oneof({ weight: 30, arbitrary: values }, fc.constantFrom(null, NaN, Infinity, -Infinity)),
        whole: fc.option(fc.integer({ min: 0, max: 9 }), { freq: 20 }),
      }),
      { least: 40, most: 90 },
    ),
    offset: fc.constantFrom(0, 0, 1e9, -(2 ** 40)),
  })
  .map((drawn): RandomSummary => {
    const [unit, arm, at, first, second, event, value, whole] = drawn.columns as [
      string,
      string,
      string,
      string,
      string,
      string,
      string,
      string,
    ];
    const experiment = "expériment";
    const idOf = (id: number | null): Cell => {
      if (!drawn.isTextId || id === null) return id;
      return ["", " ", "1", " 1", "01", "ü'n\\", '"'][id] ?? `u${id}`;
    };
    const idType = drawn.isTextId ? "text" : "integer";
    const { hasExperiments, segmentCount, ...rest } = drawn.common;
    const isOne = <T>(x: readonly T[]): readonly T[] => (hasExperiments ? x : []);
    const exposures: SqlTable = {
      name: "exp'osures",
      columns: {
        [unit]: idType,
        [arm]: "text",
        [at]: drawn.exposureTime.type,
        [first]: "text",
        [second]: "integer",
        ...Object.fromEntries(isOne([experiment]).map((name) => [name, "text" as const])),
      },
      rows: drawn.exposures.map((row): Row => {
        return {
          [unit]: idOf(row.unit),
          [arm]: armOf(row.arm, row.unit),
          [at]: row.at === null ? null : drawn.exposureTime.cell(row.at),
          [first]: row.segments[0],
          [second]: row.segments[1] === null ? null : row.segments[1].length,
          ...Object.fromEntries(isOne([experiment]).map((name) => [name, row.experiment])),
        };
      }),
    };
    const eventTable: SqlTable = {
      name: "events",
      columns: {
        [unit]: idType,
        [event]: "text",
        [at]: drawn.eventTime.type,
        [value]: "double precision",
        [whole]: "integer",
      },
      rows: drawn.events.map((row): Row => {
        return {
          [unit]: idOf(row.unit),
          [event]: row.event,
          [at]: row.at === null ? null : drawn.eventTime.cell(row.at),
          [value]: row.value === null ? null : row.value + drawn.offset,
          [whole]: row.whole,
        };
      }),
    };
    const names = ["main", 'it\'s "2"', "drei", "4"];
    const metrics = drawn.metrics.map((metric, i): MetricMeasure => {
      const { kind, role, attributionDays, hasValue, winsorized, covariate } = metric;
      const isFirst = drawn.metrics.findIndex((other) => other.role === role) === i;
      const described = given({
        name: names[i]!,
        kind,
        role: role === "macro" && !isFirst ? undefined : role,
        attributionDays,
      } as MetricMeasure);
      const column = hasValue ? value : whole;
      if (kind === "ratio") {
        const numerator = { event: metric.event, value: column };
        const denominator = hasValue ? { event: metric.other } : { event: metric.other, value: whole };
        return { ...described, numerator, denominator };
      }
      if (kind !== "mean") return { ...described, event: metric.event };
      return given({
        ...described,
        event: metric.event,
        value: hasValue ? value : undefined,
        winsorized,
        covariate,
      });
    });
    const wheres: Record<string, RowFilter[] | undefined> = {
      in: [{ column: whole, in: [0, 1, 2, 3, 4] }],
      range: [
        { column: whole, from: 1, to: 7 },
        { column: event, to: "buy" },
      ],
    };
    return {
      description: given({
        ...rest,
        source: {
          exposures: { table: "exp'osures", time: drawn.exposureTime.column(at) },
          events: given({
            table: ["events"],
            event,
            time: drawn.eventTime.column(at),
            where: wheres[drawn.filter],
          }),
        },
        unit,
        arm,
        metrics,
        covariates: [
          { name: "before", event: drawn.covariateEvents[0], value, days: 2 },
          { name: "be'fore", event: drawn.covariateEvents[1], days: 0.5 },
        ],
        segmentations: [
          { name: "de'vice", column: first },
          { name: "länge", column: second },
        ].slice(0, segmentCount),
        experiment: hasExperiments ? experiment : undefined,
      }),
      tables: [exposures, eventTable],
    };
  });

function segmentCells(): fc.Arbitrary<string | null> {
  return fc.constantFrom("m", "m", "d", " d ", "D", "_", "ü", "", " ", "o'k\\", null);
}

/** An experiment in one wide table. */
export const randomUnits: fc.Arbitrary<RandomSummary> = fc
  .record({
    common,
    columns: columnNames(10),
    hasId: fc.boolean(),
    hasTime: fc.boolean(),
    time: timeWritings,
    metrics: fc.array(
      fc.record({
        kind: fc.constantFrom("proportion", "proportion", "count", "mean", "ratio"),
        role: roles,
        attributionDays: days,
        from: fc.integer({ min: 0, max: 2 }),
        winsorized: winsorizings,
        covariate: fc.option(fc.constantFrom("before", "be'fore"), { nil: undefined }),
      }),
      { minLength: 1, maxLength: 4 },
    ),
    isFiltered: fc.boolean(),
    rows: rowsOf(
      fc.record({
        unit: fc.option(fc.integer({ min: 0, max: 30 }), { freq: 30 }),
        arm: arms,
        at: fc.option(instants(8), { freq: 30 }),
        segments: fc.tuple(segmentCells(), segmentCells()),
        experiment: fc.constantFrom("one", "one", "one", "one", "t'wo", "", null),
        flags: fc.tuple(
          fc.option(fc.boolean(), { freq: 20 }),
          fc.option(fc.integer({ min: -1, max: 3 }), { freq: 20 }),
        ),
        value: fc.oneof({ weight: 30, arbitrary: values }, fc.constantFrom(null, NaN, Infinity, -Infinity)),
        whole: fc.option(fc.constantFrom(...Array.from({ length: 40 }, (_, i) => i % 5), 2 ** 45), {
          freq: 20,
        }),
      }),
      { least: 25, most: 60 },
    ),
    offset: fc.constantFrom(0, 0, 1e9, -(2 ** 40)),
  })
  .map((drawn): RandomSummary => {
    const [unit, arm, at, first, second, bool, flag, value, whole] = drawn.columns as [
      string,
      string,
      string,
      string,
      string,
      string,
      string,
      string,
      string,
    ];
    const experiment = "expériment";
    const { hasExperiments, segmentCount, byDay, readAt, ...rest } = drawn.common;
    const table: SqlTable = {
      name: 'wide "t"',
      columns: {
        [unit]: "bigint",
        [arm]: "text",
        [at]: drawn.time.type,
        [first]: "text",
        [second]: "text",
        [bool]: "boolean",
        [flag]: "integer",
        [value]: "double precision",
        [whole]: "bigint",
        [experiment]: "text",
      },
      rows: drawn.rows.map((row): Row => {
        return {
          [unit]: row.unit,
          [arm]: armOf(row.arm, row.unit),
          [at]: row.at === null ? null : drawn.time.cell(row.at),
          [first]: row.segments[0],
          [second]: row.segments[1],
          [bool]: row.flags[0],
          [flag]: row.flags[1],
          [value]: row.value === null ? null : row.value + drawn.offset,
          [whole]: row.whole,
          [experiment]: row.experiment,
        };
      }),
    };
    const names = ["main", 'it\'s "2"', "drei", "4"];
    const metrics = drawn.metrics.map((metric, i): MetricMeasure => {
      const { kind, role, attributionDays, from, winsorized, covariate } = metric;
      const isFirst = drawn.metrics.findIndex((other) => other.role === role) === i;
      const described = given({
        name: names[i]!,
        kind,
        role: role === "macro" && !isFirst ? undefined : role,
        attributionDays,
      } as MetricMeasure);
      if (kind === "ratio")
        return { ...described, numerator: { column: value }, denominator: { column: whole } };
      if (kind === "proportion") return { ...described, column: [bool, flag, value][from]! };
      if (kind === "count") return { ...described, column: [value, whole, whole][from]! };
      return given({ ...described, column: [value, value, whole][from]!, winsorized, covariate });
    });
    const { hasTime } = drawn;
    return {
      description: given({
        ...rest,
        source: given({
          units: 'wide "t"',
          where: drawn.isFiltered ? [{ column: bool, in: [true] }] : undefined,
        }),
        unit: drawn.hasId ? unit : undefined,
        time: hasTime ? drawn.time.column(at) : undefined,
        byDay: hasTime ? byDay : undefined,
        readAt: hasTime ? readAt : undefined,
        arm,
        metrics,
        covariates: [
          { name: "before", column: whole },
          { name: "be'fore", column: value },
        ],
        segmentations: [
          { name: "de'vice", column: first },
          { name: "länge", column: second },
        ].slice(0, segmentCount),
        experiment: hasExperiments ? experiment : undefined,
      }),
      tables: [table],
    };
  });
