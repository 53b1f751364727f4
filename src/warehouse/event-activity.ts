import { type Activity, qualityColumns } from "./activity.ts";
import { EXPOSURE_FLAWS, exposureTables } from "./exposure-tables.ts";
import type { DataQualityCheck } from "../experiment/data-quality.ts";
import { notFinite } from "./not-finite.ts";
import { micros, type SummaryContext, type TableExpression } from "./summary-context.ts";
import type { EventTable, ExposureTable, Measure } from "./summary-options.ts";
import type { UnitValue } from "./unit-values.ts";

/** Why an event is left out, as `EXPOSURE_FLAWS` for exposures. */
const EVENT_FLAWS: readonly DataQualityCheck[] = [
  "events-without-unit",
  "events-without-time",
  "events-after-reading",
];

/** What units did, from a table of exposures and one of events. */
export function eventActivity(
  context: SummaryContext,
  { exposures, events }: { exposures: ExposureTable; events: EventTable },
): Activity {
  const { sql, values, metrics, options } = context;
  const { name: q } = sql;
  const named = new EventNames(context);
  const { segmentations = [] } = options;

  // In the group of events that belong to nobody, `flaw` says why; it is 0 for units.
  const inGroup = (condition: string, count: string): string =>
    `CASE WHEN ${condition} THEN ${count} ELSE 0 END`;
  const isUnit = `p.${q("unit")} IS NOT NULL`;
  const exposed = `MAX(p.${q("exposures")})`;
  const eventCount = `COUNT(CASE WHEN ${named.isOfMetric()} THEN 1 END)`;
  const isSplit = `MAX(p.${q("arm")}) IS NULL`;
  const quality = qualityColumns([
    { check: "exposures", expression: `COALESCE(${exposed}, 0)` },
    {
      check: "duplicate-exposures",
      expression: inGroup(`${isUnit} AND NOT (${isSplit})`, `${exposed} - 1`),
    },
    { check: "units-in-several-arms", expression: inGroup(`${isUnit} AND ${isSplit}`, "1") },
    ...EXPOSURE_FLAWS.map((check, i) => ({ check, expression: `COALESCE(MAX(p.${q(`flaw${i + 1}`)}), 0)` })),
    { check: "events", expression: eventCount },
    ...EVENT_FLAWS.map((check, i) => ({
      check,
      expression: inGroup(`p.${q("flaw")} = ${i + 1}`, eventCount),
    })),
    {
      check: "events-of-others",
      expression: inGroup(`p.${q("unit")} IS NULL AND p.${q("flaw")} = 0`, eventCount),
    },
    {
      check: "events-before-exposure",
      expression: `COUNT(CASE WHEN ${named.isOfMetricAlone()} AND p.${q("since")} < 0 THEN 1 END)`,
    },
    ...metrics.map(({ metric, values: own }) => ({
      check: "metric-events" as const,
      metric: metric.name,
      expression: `COUNT(CASE WHEN ${own.map(({ alias }) => named.is(alias)).join(" OR ")} THEN 1 END)`,
    })),
    ...metrics.flatMap(({ metric, values: own }) => {
      const { attributionDays } = metric;
      if (attributionDays === undefined) return [];
      const isLate = own.map(
        ({ alias }) => `${named.is(alias)} AND p.${q("since")} >= ${micros(attributionDays)}`,
      );
      return [
        {
          check: "events-after-window" as const,
          metric: metric.name,
          expression: `COUNT(CASE WHEN ${isLate.join(" OR ")} THEN 1 END)`,
        },
      ];
    }),
    ...metrics.flatMap(({ metric, values: own }) => {
      const isMissing = own
        .filter(({ measure }) => measure.value !== undefined)
        .map(
          (value) =>
            `${inWindow(context, named, value)} AND ${notFinite(`p.${q(named.valueOf(value.alias)!)}`)}`,
        );
      if (isMissing.length === 0) return [];
      return [
        {
          check: "values-missing" as const,
          metric: metric.name,
          expression: `COUNT(CASE WHEN ${isMissing.join(" OR ")} THEN 1 END)`,
        },
      ];
    }),
  ]);

  const activity = [
    `SELECT COALESCE(p.${q("experiment")}, ${context.experiment}) AS ${q("experiment")},`,
    `  MAX(p.${q("arm")}) AS ${q("arm")},`,
    `  MAX(p.${q("entered")}) AS ${q("entered")},`,
    `  MAX(CASE WHEN ${isUnit} THEN p.${q("moment")} END) AS ${q("last")},`,
    ...segmentations.map((_, i) => `  MAX(p.${q(`segment${i}`)}) AS ${q(`segment${i}`)},`),
    ...values.map((value) => `  ${unitSum(context, named, value)} AS ${q(value.alias)},`),
    quality.map(({ alias, expression }) => `  ${sql.integer(expression)} AS ${q(alias)}`).join(",\n"),
    `FROM ${sql.step("placed")} AS p`,
    `GROUP BY COALESCE(p.${q("experiment")}, ${context.experiment}), p.${q("unit")}, p.${q("flaw")}`,
  ];
  return {
    tables: [
      ...exposureTables(context, exposures),
      eventTable(context, events, named),
      placedTable(context, named),
      { name: "activity", query: activity.join("\n") },
    ],
    quality,
    hasTime: true,
  };
}

/** The rows of events that some metric or covariate counts. */
function eventTable(
  { options, sql, readAt }: SummaryContext,
  table: EventTable,
  named: EventNames,
): TableExpression {
  const { name: q } = sql;
  const field = "source.events";
  const unit = sql.column(
    "r",
    table.unit ?? options.unit!,
    table.unit === undefined ? "unit" : `${field}.unit`,
  );
  const time = sql.instant(
    "r",
    table.time ?? options.time!,
    table.time === undefined ? "time" : `${field}.time`,
  );
  const event = `CAST(${sql.column("r", table.event, `${field}.event`)} AS ${sql.syntax.textType})`;
  const late = readAt === null ? "" : ` WHEN ${time} > ${readAt} THEN 3`;
  const flaw = `CASE WHEN ${unit} IS NULL THEN 1 WHEN ${time} IS NULL THEN 2${late} ELSE 0 END`;
  const query = [
    `SELECT CASE WHEN ${flaw} = 0 THEN ${unit} END AS ${q("unit")},`,
    `  ${time} AS ${q("moment")},`,
    `  ${event} AS ${q("event")},`,
    ...named.columns.map(
      ({ alias, column, field: path }) => `  ${sql.number("r", column, path)} AS ${q(alias)},`,
    ),
    `  ${flaw} AS ${q("flaw")}`,
    `FROM ${sql.table(table.table, `${field}.table`)} AS r`,
    `WHERE ${event} IN (${named.all.join(", ")})`,
    ...(table.where === undefined ? [] : [`  AND ${sql.filter("r", table.where, `${field}.where`)}`]),
  ];
  return { name: "events", query: query.join("\n") };
}

/** Events beside the first exposure of their unit; units without events and events of nobody stay. */
function placedTable({ options, sql }: SummaryContext, named: EventNames): TableExpression {
  const { name: q } = sql;
  const own = [
    "experiment",
    "unit",
    "arm",
    "entered",
    "exposures",
    ...EXPOSURE_FLAWS.map((_, i) => `flaw${i + 1}`),
  ];
  const segments = (options.segmentations ?? []).map((_, i) => `segment${i}`);
  const query = [
    `SELECT ${[...own, ...segments].map((column) => `a.${q(column)} AS ${q(column)}`).join(", ")},`,
    `  e.${q("event")} AS ${q("event")}, e.${q("moment")} AS ${q("moment")},`,
    ...named.columns.map(({ alias }) => `  e.${q(alias)} AS ${q(alias)},`),
    `  COALESCE(e.${q("flaw")}, 0) AS ${q("flaw")},`,
    `  e.${q("moment")} - a.${q("entered")} AS ${q("since")}`,
    `FROM ${sql.step("assigned")} AS a FULL JOIN ${sql.step("events")} AS e ON a.${q("unit")} = e.${q("unit")}`,
  ];
  return { name: "placed", query: query.join("\n") };
}

/** A number of a unit, from the rows of `placed` that are its. */
function unitSum(context: SummaryContext, named: EventNames, value: UnitValue): string {
  const condition = inWindow(context, named, value);
  if (value.type === "flag") return `MAX(CASE WHEN ${condition} THEN 1 ELSE 0 END)`;
  const column = named.valueOf(value.alias);
  if (column === null) return `COUNT(CASE WHEN ${condition} THEN 1 END)`;
  const given = `p.${context.sql.name(column)}`;
  return `SUM(CASE WHEN ${condition} AND NOT (${notFinite(given)}) THEN ${given} ELSE 0 END)`;
}

function inWindow(
  { sql }: SummaryContext,
  named: EventNames,
  { alias, fromDays, toDays }: UnitValue,
): string {
  const since = `p.${sql.name("since")}`;
  const end = toDays === null ? "" : ` AND ${since} < ${micros(toDays)}`;
  return `${named.is(alias)} AND ${since} >= ${micros(fromDays)}${end}`;
}

/** Which events and which of their columns the numbers of units are made of. */
class EventNames {
  readonly all: readonly string[];
  readonly columns: readonly { alias: string; column: NonNullable<Measure["value"]>; field: string }[];
  readonly #ofMetrics: readonly string[];
  readonly #ofMetricsAlone: readonly string[];
  readonly #literals: ReadonlyMap<string, readonly string[]>;
  readonly #values: ReadonlyMap<string, string>;
  readonly #event: string;

  constructor({ sql, values }: SummaryContext) {
    const literals = new Map(
      values.map(({ alias, measure, field }) => {
        const names = typeof measure.event === "string" ? [measure.event] : measure.event!;
        return [alias, names.map((name) => sql.text(name, `${field}.event`))] as const;
      }),
    );
    const columns = new Map<
      string,
      { alias: string; column: NonNullable<Measure["value"]>; field: string }
    >();
    const valueAliases = new Map<string, string>();
    for (const { alias, measure, field } of values) {
      if (measure.value === undefined) continue;
      const key = JSON.stringify(measure.value);
      const found = columns.get(key) ?? {
        alias: `v${columns.size}`,
        column: measure.value,
        field: `${field}.value`,
      };
      columns.set(key, found);
      valueAliases.set(alias, found.alias);
    }
    this.all = [...new Set([...literals.values()].flat())];
    this.#ofMetrics = [
      ...new Set(values.filter(({ toDays }) => toDays !== 0).flatMap(({ alias }) => literals.get(alias)!)),
    ];
    const ofCovariates = new Set(
      values.filter(({ toDays }) => toDays === 0).flatMap(({ alias }) => literals.get(alias)!),
    );
    this.#ofMetricsAlone = this.#ofMetrics.filter((literal) => !ofCovariates.has(literal));
    this.columns = [...columns.values()];
    this.#literals = literals;
    this.#values = valueAliases;
    this.#event = `p.${sql.name("event")}`;
  }

  /** Condition that a row is one of the events behind a number. */
  is(alias: string): string {
    return `${this.#event} IN (${this.#literals.get(alias)!.join(", ")})`;
  }

  /** Condition that a row is an event of a metric, not only of a covariate. */
  isOfMetric(): string {
    return `${this.#event} IN (${this.#ofMetrics.join(", ")})`;
  }

  /** Condition that a row is an event of a metric that no covariate counts: before exposure it is of no use. */
  isOfMetricAlone(): string {
    return this.#ofMetricsAlone.length === 0
      ? "1 = 0"
      : `${this.#event} IN (${this.#ofMetricsAlone.join(", ")})`;
  }

  valueOf(alias: string): string | null {
    return this.#values.get(alias) ?? null;
  }
}
