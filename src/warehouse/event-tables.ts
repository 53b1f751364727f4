import { type EventClasses, isOneOf } from "./event-classes.ts";
import { hasNoUnit } from "./exposure-tables.ts";
import { notFinite } from "./not-finite.ts";
import { firstEvent, followedValues } from "./exposure-day-tables.ts";
import type { SummaryContext, TableExpression } from "./summary-context.ts";
import type { EventTable } from "./summary-options.ts";

/** Events, their classes, and the counts of them for each unit. */
export function eventTables(
  context: SummaryContext,
  table: EventTable,
  classes: EventClasses,
): TableExpression[] {
  return [eventTable(context, table, classes), placedTable(context, classes), countedTable(context, classes)];
}

/** The rows of events that some metric or covariate counts; those with a time that is not beyond the reading have an owner. */
function eventTable(
  { options, sql, readAt }: SummaryContext,
  table: EventTable,
  { names, columns }: EventClasses,
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
  const numbers = names
    .slice(0, -1)
    .map((literals, i) => `WHEN ${event} IN (${literals.join(", ")}) THEN ${i}`);
  const last = names.length - 1;
  const rows = [
    `SELECT ${unit} AS ${q("unit")},`,
    `  ${time} AS ${q("moment")},`,
    ...columns.map(({ alias, column, field: path }) => `  ${sql.number("r", column, path)} AS ${q(alias)},`),
    `  ${last === 0 ? "0" : `CASE ${numbers.join(" ")} ELSE ${last} END`} AS ${q("event")}`,
    `FROM ${sql.table(table.table, `${field}.table`)} AS r`,
    `WHERE ${event} IN (${names.flat().join(", ")})`,
    ...(table.where === undefined ? [] : [`  AND ${sql.filter("r", table.where, `${field}.where`)}`]),
  ];
  const moment = `r.${q("moment")}`;
  const isRead = readAt === null ? `${moment} IS NOT NULL` : `${moment} <= ${readAt}`;
  const query = [
    `SELECT r.${q("unit")} AS ${q("unit")}, ${moment} AS ${q("moment")}, r.${q("event")} AS ${q("event")},`,
    ...columns.map(({ alias }) => `  r.${q(alias)} AS ${q(alias)},`),
    `  CASE WHEN ${isRead} THEN r.${q("unit")} END AS ${q("owner")}`,
    `FROM (\n${rows.join("\n")}\n) AS r`,
  ];
  return { name: "events", query: query.join("\n") };
}

/** Events beside the first exposure of their unit, by their class. */
function placedTable(
  context: SummaryContext,
  { cuts, strangers, places, columns }: EventClasses,
): TableExpression {
  const { sql, keys, experiment, readAt } = context;
  const { name: q } = sql;
  const values = columns.map(({ alias }) => alias);
  const beside = [
    `SELECT ${keys.map((key) => `COALESCE(a.${q(key)}, ${experiment}) AS ${q(key)}, `).join("")}e.${q("unit")} AS ${q("unit")},`,
    `  e.${q("event")} AS ${q("event")}, e.${q("moment")} AS ${q("moment")}, e.${q("moment")} - a.${q("entered")} AS ${q("since")},`,
    `  ${[...values.map((alias) => `e.${q(alias)} AS ${q(alias)}`), `a.${q("arm")} AS ${q("arm")}`].join(", ")}`,
    `FROM ${sql.step("events")} AS e LEFT JOIN ${sql.step("assigned")} AS a ON a.${q("unit")} = e.${q("owner")}`,
  ];
  const [since, moment] = [`p.${q("since")}`, `p.${q("moment")}`];
  const place = [
    ...cuts.map((cut, i) => `WHEN ${since} < ${cut} THEN ${i}`),
    `WHEN ${since} IS NOT NULL THEN ${cuts.length}`,
    `WHEN ${hasNoUnit(sql, `p.${q("unit")}`)} THEN ${strangers + 1}`,
    `WHEN ${moment} IS NULL THEN ${strangers + 2}`,
    ...(readAt === null ? [] : [`WHEN ${moment} > ${readAt} THEN ${strangers + 3}`]),
    `ELSE ${strangers}`,
  ];
  const kept = [...keys, "unit", ...values, ...(followedValues(context).length === 0 ? [] : ["since"])];
  const query = [
    `SELECT ${kept.map((column) => `p.${q(column)} AS ${q(column)}`).join(", ")},`,
    ...(readAt === null ? [`  CASE WHEN p.${q("arm")} IS NOT NULL THEN ${moment} END AS ${q("last")},`] : []),
    `  p.${q("event")} * ${places} + CASE ${place.join(" ")} END AS ${q("event_class")}`,
    `FROM (\n${beside.join("\n")}\n) AS p`,
  ];
  return { name: "placed", query: query.join("\n") };
}

/** The events of each unit that some number counts, and for each class those that none does. */
function countedTable(context: SummaryContext, classes: EventClasses): TableExpression {
  const { sql, keys, metrics, values, readAt } = context;
  const { name: q } = sql;
  const eventClass = `p.${q("event_class")}`;
  const single = `CASE WHEN p.${q("own")} IS NULL THEN ${eventClass} END`;
  const sums = values.flatMap((value) => {
    const column = classes.columnOf.get(value.alias);
    if (column === undefined) return [];
    return [
      `SUM(CASE WHEN ${isOneOf(eventClass, classes.ofValue(value))} THEN p.${q(column)} END) AS ${q(value.alias)}`,
    ];
  });
  const missing = metrics.flatMap(({ values: own }, i) => {
    const valued = own.flatMap((value) => {
      const column = classes.columnOf.get(value.alias);
      return column === undefined
        ? []
        : [{ isOwn: isOneOf(eventClass, classes.ofValue(value)), given: `p.${q(column)}` }];
    });
    const [first, second] = valued;
    if (first === undefined) return [];
    const { isOwn, given } = first;
    const isMissing = valued.map((value) => `${value.isOwn} AND ${value.given} IS NULL`).join(" OR ");
    // Of one value both counts are there already: the events, and the values that are added up.
    const count =
      second === undefined
        ? `COUNT(CASE WHEN ${isOwn} THEN 1 END) - COUNT(CASE WHEN ${isOwn} THEN ${given} END)`
        : `COUNT(CASE WHEN ${isMissing} THEN 1 END)`;
    return [`${count} AS ${q(`missing${i}`)}`];
  });
  const numbers = [
    `COUNT(*) AS ${q("event_rows")}`,
    ...classes.counted.map((one) => `COUNT(CASE WHEN ${eventClass} = ${one} THEN 1 END) AS ${q(`k${one}`)}`),
    ...sums,
    ...missing,
    ...followedValues(context).map((value) => {
      const isOwn = isOneOf(eventClass, classes.ofValue(value));
      return `MIN(CASE WHEN ${isOwn} THEN p.${q("since")} END) AS ${q(firstEvent(value))}`;
    }),
    ...(readAt === null ? [`MAX(p.${q("last")}) AS ${q("last")}`] : []),
  ];
  const kept = [
    ...keys,
    "event_class",
    ...(followedValues(context).length === 0 ? [] : ["since"]),
    ...(readAt === null ? ["last"] : []),
  ];
  const isCounted = isOneOf(eventClass, classes.counted);
  const own = [
    `SELECT ${kept.map((column) => `p.${q(column)} AS ${q(column)}`).join(", ")},`,
    // Where nothing is counted nothing is looked at: that is most rows, and the time of most of the statement.
    ...classes.columns.map(({ alias }) => {
      const value = `p.${q(alias)}`;
      return `  CASE WHEN ${isCounted} AND NOT (${notFinite(value)}) THEN ${value} END AS ${q(alias)},`;
    }),
    `  CASE WHEN ${isCounted} THEN p.${q("unit")} END AS ${q("own")}`,
    `FROM ${sql.step("placed")} AS p`,
  ];
  const query = [
    `SELECT ${keys.map((key) => `p.${q(key)} AS ${q(key)}, `).join("")}p.${q("own")} AS ${q("unit")}, ${single} AS ${q("event_class")},`,
    numbers.map((number) => `  ${number}`).join(",\n"),
    `FROM (\n${own.join("\n")}\n) AS p`,
    `GROUP BY ${[...keys.map((key) => `p.${q(key)}`), `p.${q("own")}`, single].join(", ")}`,
  ];
  return { name: "counted", query: query.join("\n") };
}
