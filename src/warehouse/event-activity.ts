import type { DataQualityCheck } from "../experiment/data-quality.ts";
import { type Activity, type QualityCount, sumWhere } from "./activity.ts";
import { type EventClasses, eventClasses, isOneOf } from "./event-classes.ts";
import { firstEvent, followedValues } from "./exposure-day-tables.ts";
import { eventTables } from "./event-tables.ts";
import { EXPOSURE_FLAWS, exposureTables } from "./exposure-tables.ts";
import type { SummaryContext, TableExpression } from "./summary-context.ts";
import type { EventTable, ExposureTable } from "./summary-options.ts";
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
  const classes = eventClasses(context, EVENT_FLAWS.length);
  const missing = context.metrics.flatMap(({ values }, i) =>
    values.some(({ measure }) => measure.value !== undefined) ? [`missing${i}`] : [],
  );
  return {
    tables: [
      ...exposureTables(context, exposures),
      ...eventTables(context, events, classes),
      activityTable(context, classes, missing),
    ],
    classes: ["flaw", "event_class"],
    tallies: ["exposures", "event_rows", ...classes.counted.map((one) => `k${one}`), ...missing],
    quality: [...exposureCounts(context), ...eventCounts(context, classes)],
    hasTime: true,
    hasLast: context.readAt === null,
  };
}

/** Units with what was counted of their events; exposures and events that are of no unit stay. */
function activityTable(
  context: SummaryContext,
  classes: EventClasses,
  missing: readonly string[],
): TableExpression {
  const { sql, values, keys, readAt, options } = context;
  const { name: q } = sql;
  const number = (value: UnitValue): string => {
    if (classes.columnOf.has(value.alias)) return `COALESCE(e.${q(value.alias)}, 0)`;
    const count = classes
      .ofValue(value)
      .map((one) => `e.${q(`k${one}`)}`)
      .join(" + ");
    return value.type === "flag" ? `CASE WHEN ${count} > 0 THEN 1 ELSE 0 END` : `COALESCE(${count}, 0)`;
  };
  const ofUnits = [
    "arm",
    "entered",
    "flaw",
    "exposures",
    ...(options.segmentations ?? []).map((_, i) => `segment${i}`),
  ];
  const ofEvents = [
    "event_class",
    "event_rows",
    ...(readAt === null ? ["last"] : []),
    ...classes.counted.map((one) => `k${one}`),
    ...missing,
    ...followedValues(context).map(firstEvent),
  ];
  const query = [
    `SELECT ${keys.map((key) => `COALESCE(a.${q(key)}, e.${q(key)}) AS ${q(key)}, `).join("")}${ofUnits.map((column) => `a.${q(column)} AS ${q(column)}`).join(", ")},`,
    ...values.map((value) => `  ${number(value)} AS ${q(value.alias)},`),
    `  ${ofEvents.map((column) => `e.${q(column)} AS ${q(column)}`).join(", ")}`,
    `FROM ${sql.step("assigned")} AS a FULL JOIN ${sql.step("counted")} AS e`,
    `  ON ${[...keys, "unit"].map((key) => `a.${q(key)} = e.${q(key)}`).join(" AND ")}`,
  ];
  return { name: "activity", query: query.join("\n") };
}

function exposureCounts({ sql }: SummaryContext): QualityCount[] {
  const { name: q } = sql;
  const [flaw, isIn] = [`c.${q("flaw")}`, `c.${q("arm")} IS NOT NULL`];
  return [
    { check: "exposures", metric: "", count: `COALESCE(SUM(c.${q("exposures")}), 0)` },
    {
      check: "duplicate-exposures",
      metric: "",
      count: `${sumWhere(sql, isIn, "exposures")} - ${sumWhere(sql, isIn, "units")}`,
    },
    {
      check: "units-in-several-arms",
      metric: "",
      count: sumWhere(sql, `${flaw} = 0 AND c.${q("arm")} IS NULL`, "units"),
    },
    ...EXPOSURE_FLAWS.map((check, i): QualityCount => {
      return { check, metric: "", count: sumWhere(sql, `${flaw} = ${i + 1}`, "exposures") };
    }),
  ];
}

function eventCounts({ sql, metrics }: SummaryContext, classes: EventClasses): QualityCount[] {
  const { name: q } = sql;
  const countOf = (of: readonly number[]): string => {
    const single = of.filter((one) => !classes.counted.includes(one));
    const ofUnits = of.filter((one) => classes.counted.includes(one));
    return [
      sumWhere(sql, isOneOf(`c.${q("event_class")}`, single), "event_rows"),
      ...ofUnits.map((one) => `COALESCE(SUM(c.${q(`k${one}`)}), 0)`),
    ].join(" + ");
  };
  const { strangers, places, cuts } = classes;
  const inPlace = (place: number): string => countOf(classes.ofMetrics(metrics, place, place));
  return [
    { check: "events", metric: "", count: countOf(classes.ofMetrics(metrics, 0, places - 1)) },
    ...EVENT_FLAWS.map((check, i): QualityCount => {
      return { check, metric: "", count: inPlace(strangers + 1 + i) };
    }),
    { check: "events-of-others", metric: "", count: inPlace(strangers) },
    { check: "events-before-exposure", metric: "", count: countOf(classes.beforeExposure()) },
    ...metrics.map((metric): QualityCount => {
      const count = countOf(classes.ofMetrics([metric], 0, places - 1));
      return { check: "metric-events", metric: metric.metric.name, count };
    }),
    ...metrics.flatMap((metric): QualityCount[] => {
      const { name, attributionDays } = metric.metric;
      if (attributionDays === undefined) return [];
      const late = classes.ofMetrics([metric], classes.placeFrom(attributionDays), cuts.length);
      return [{ check: "events-after-window", metric: name, count: countOf(late) }];
    }),
    ...metrics.flatMap(({ metric, values }, i): QualityCount[] => {
      if (values.every(({ measure }) => measure.value === undefined)) return [];
      const count = sumWhere(sql, `c.${q("arm")} IS NOT NULL`, `missing${i}`);
      return [{ check: "values-missing", metric: metric.name, count }];
    }),
  ];
}
