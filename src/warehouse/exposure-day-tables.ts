import { DAY_MICROS } from "./day-micros.ts";
import { joinByKeys } from "./frame-tables.ts";
import type { SummaryContext, TableExpression } from "./summary-context.ts";
import type { SummaryLine } from "./summary-lines.ts";
import type { UnitValue } from "./unit-values.ts";

/** Days of exposure that a series follows at most: two digits. */
const MOST_DAYS = 100;

/** The column of a unit with the microseconds from its exposure to the first event of a number. */
export function firstEvent({ alias }: UnitValue): string {
  return `first_${alias}`;
}

/** The numbers whose first events are followed by day of exposure: those of proportions, where somebody asked. */
export function followedValues({ dayBases, metrics }: SummaryContext): UnitValue[] {
  if (!dayBases.includes("day-of-exposure")) return [];
  return metrics.flatMap(({ metric, values }) => (metric.kind === "proportion" ? values : []));
}

/**
 * Units by day of exposure, of 24 hours each, for the lines of arms and proportions: `n` units have been in the test for
 * all of that day and had no event on a day before it, and `sum` had their first one on it.
 */
export function exposureDayTables(context: SummaryContext, lines: readonly SummaryLine[]): TableExpression[] {
  const { sql, keys } = context;
  const { name: q } = sql;
  const values = followedValues(context);
  if (values.length === 0) return [];
  const wholeDays = (microseconds: string): string =>
    sql.integer(`FLOOR(${sql.double(microseconds)} / ${DAY_MICROS}.0)`);
  const columns = (of: string, names: readonly string[]): string =>
    names.map((name) => `${of}.${q(name)} AS ${q(name)}`).join(", ");
  const names = (of: string, among: readonly string[]): string =>
    among.map((name) => `${of}.${q(name)}`).join(", ");

  const stays = [
    `SELECT ${columns("u", [...keys, "arm"])},`,
    ...values.map((value) => {
      const first = q(firstEvent(value));
      return `  ${wholeDays(`u.${first}`)} + 1 AS ${first},`;
    }),
    `  ${wholeDays(`f.${q("read_at")} - u.${q("entered")}`)} AS ${q("stayed")}`,
    `FROM ${sql.step("activity")} AS u`,
    joinByKeys(context, "frame", "f", "u"),
    `WHERE u.${q("arm")} IS NOT NULL`,
  ];

  const proportions = lines.flatMap(({ measure, kind, attributionDays }, i) =>
    measure === "result" && kind === "proportion" ? [{ line: i, window: attributionDays }] : [],
  );
  const followed = [
    { line: lines.findIndex(({ measure }) => measure === "arm"), first: null, lastDay: MOST_DAYS },
    ...proportions.map(({ line, window }, i) => {
      const lastDay = Math.min(Math.floor(window ?? MOST_DAYS), MOST_DAYS);
      return { line, first: firstEvent(values[i]!), lastDay };
    }),
  ];
  const courses = followed.map(({ line, first, lastDay }) => {
    const groups = [...keys, "arm", "stayed", ...(first === null ? [] : [first])];
    const firstDay = first === null ? sql.integer("NULL") : `s.${q(first)}`;
    return [
      `SELECT ${columns("s", [...keys, "arm", "stayed"])}, ${line} AS ${q("line")}, ${lastDay} AS ${q("last_day")},`,
      `  ${firstDay} AS ${q("first_day")}, COUNT(*) AS ${q("units")}`,
      `FROM ${sql.step("stays")} AS s`,
      `GROUP BY ${names("s", groups)}`,
    ].join("\n");
  });

  const digits = Array.from({ length: 10 }, (_, i) => `SELECT ${i} AS ${q("digit")}`);
  const days = [
    `SELECT 10 * t.${q("digit")} + o.${q("digit")} + 1 AS ${q("day")}`,
    `FROM ${sql.step("digits")} AS t CROSS JOIN ${sql.step("digits")} AS o`,
  ];
  const [day, first] = [`d.${q("day")}`, `c.${q("first_day")}`];
  const isOpen = `${day} <= c.${q("last_day")}`;
  const countOf = (condition: string): string =>
    sql.integer(`SUM(CASE WHEN ${condition} THEN c.${q("units")} ELSE 0 END)`);
  const longest = Math.max(...followed.slice(1).map(({ lastDay }) => lastDay));
  const groups = [...keys, "arm", "line"];
  const exposureDays = [
    `SELECT ${columns("c", groups)}, ${sql.integer(day)} AS ${q("day")},`,
    `  ${countOf(`${isOpen} AND (${first} IS NULL OR ${first} >= ${day})`)} AS ${q("n")},`,
    `  ${countOf(`${isOpen} AND ${first} = ${day}`)} AS ${q("sum")}`,
    `FROM ${sql.step("courses")} AS c CROSS JOIN ${sql.step("days")} AS d`,
    `WHERE ${day} <= c.${q("stayed")} AND ${day} <= ${longest}`,
    `GROUP BY ${names("c", groups)}, ${day}`,
  ];
  return [
    { name: "stays", query: stays.join("\n") },
    { name: "courses", query: courses.join("\nUNION ALL\n") },
    { name: "digits", query: digits.join("\nUNION ALL ") },
    { name: "days", query: days.join("\n") },
    { name: "exposure_days", query: exposureDays.join("\n") },
  ];
}
