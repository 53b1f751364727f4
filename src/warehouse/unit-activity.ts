import { type Activity, qualityColumns } from "./activity.ts";
import { EXPOSURE_FLAWS, exposureFlaw, segmentLabel } from "./exposure-tables.ts";
import { notFinite } from "./not-finite.ts";
import type { SummaryContext, TableExpression } from "./summary-context.ts";
import type { RowFilter, TableName } from "./summary-options.ts";
import type { UnitValue } from "./unit-values.ts";

/** What units did, from one wide table with a row for each of them. */
export function unitActivity(
  context: SummaryContext,
  source: { units: TableName; where?: readonly RowFilter[] | undefined },
): Activity {
  const { sql, values, metrics, options } = context;
  const { name: q } = sql;
  const { segmentations = [], unit, time, experiment } = options;
  const id = unit === undefined ? null : sql.column("r", unit, "unit");
  const moment = time === undefined ? null : sql.instant("r", time, "time");
  const named =
    experiment === undefined
      ? context.experiment
      : `COALESCE(${sql.label("r", experiment, "experiment")}, ${context.experiment})`;
  const rows: TableExpression = {
    name: "rows",
    query: [
      `SELECT ${named} AS ${q("experiment")},`,
      ...(id === null ? [] : [`  ${id} AS ${q("unit")},`]),
      `  ${sql.label("r", options.arm, "arm")} AS ${q("arm")},`,
      `  ${moment ?? sql.integer("NULL")} AS ${q("entered")},`,
      ...segmentations.map(
        (segmentation, i) => `  ${segmentLabel(context, segmentation, i)} AS ${q(`segment${i}`)},`,
      ),
      ...values.map(
        (value) =>
          `  ${sql[value.type === "flag" ? "flag" : "number"]("r", value.measure.column!, `${value.field}.column`)} AS ${q(`v${value.alias}`)},`,
      ),
      `  ${exposureFlaw(context, id, moment)} AS ${q("flaw")}`,
      `FROM ${sql.table(source.units, "source.units")} AS r`,
      ...(source.where === undefined ? [] : [`WHERE ${sql.filter("r", source.where, "source.where")}`]),
    ].join("\n"),
  };
  const isSound = `u.${q("flaw")} = 0`;
  const isFirst = id === null ? isSound : `${isSound} AND u.${q("place")} = 1`;
  const isIn = id === null ? isSound : `${isFirst} AND u.${q("first_arm")} = u.${q("last_arm")}`;
  const isSplit = id === null ? "1 = 0" : `${isSound} AND u.${q("first_arm")} <> u.${q("last_arm")}`;
  const is = (condition: string): string => `CASE WHEN ${condition} THEN 1 ELSE 0 END`;
  const quality = qualityColumns([
    { check: "exposures", expression: "1" },
    ...(id === null
      ? []
      : [
          {
            check: "duplicate-exposures" as const,
            expression: is(`${isSound} AND NOT (${isSplit}) AND u.${q("place")} > 1`),
          },
          { check: "units-in-several-arms" as const, expression: is(`${isSplit} AND u.${q("place")} = 1`) },
        ]),
    ...EXPOSURE_FLAWS.map((check, i) => ({ check, expression: is(`u.${q("flaw")} = ${i + 1}`) })),
    ...metrics.map(({ metric, values: own }) => ({
      check: "values-missing" as const,
      metric: metric.name,
      expression: is(
        `${isIn} AND (${own.map((value) => notFinite(`u.${q(`v${value.alias}`)}`)).join(" OR ")})`,
      ),
    })),
  ]);
  // The first row counts; of those at the same time the one with the least numbers, so that it is the same one each time.
  const order = [
    `u.${q("entered")}`,
    ...values.map(
      ({ alias }) => `CASE WHEN ${notFinite(`u.${q(`v${alias}`)}`)} THEN 1e30 ELSE u.${q(`v${alias}`)} END`,
    ),
    ...segmentations.map((_, i) => `u.${q(`segment${i}`)}`),
  ];
  const placed: TableExpression[] =
    id === null
      ? []
      : [
          {
            name: "placed",
            query: [
              `SELECT u.*,`,
              `  ROW_NUMBER() OVER (PARTITION BY u.${q("experiment")}, u.${q("unit")}, u.${q("flaw")} ORDER BY ${order.join(", ")}) AS ${q("place")},`,
              `  MIN(u.${q("arm")}) OVER (PARTITION BY u.${q("experiment")}, u.${q("unit")}, u.${q("flaw")}) AS ${q("first_arm")},`,
              `  MAX(u.${q("arm")}) OVER (PARTITION BY u.${q("experiment")}, u.${q("unit")}, u.${q("flaw")}) AS ${q("last_arm")}`,
              `FROM ${sql.step("rows")} AS u`,
            ].join("\n"),
          },
        ];
  const activity = [
    `SELECT u.${q("experiment")} AS ${q("experiment")},`,
    `  CASE WHEN ${isIn} THEN u.${q("arm")} END AS ${q("arm")},`,
    `  u.${q("entered")} AS ${q("entered")},`,
    `  u.${q("entered")} AS ${q("last")},`,
    ...segmentations.map((_, i) => `  u.${q(`segment${i}`)} AS ${q(`segment${i}`)},`),
    ...values.map((value) => `  ${unitNumber(context, value)} AS ${q(value.alias)},`),
    quality.map(({ alias, expression }) => `  ${expression} AS ${q(alias)}`).join(",\n"),
    `FROM ${sql.step(id === null ? "rows" : "placed")} AS u`,
  ];
  return {
    tables: [rows, ...placed, { name: "activity", query: activity.join("\n") }],
    quality,
    hasTime: moment !== null,
  };
}

function unitNumber({ sql }: SummaryContext, { alias, type }: UnitValue): string {
  const given = `u.${sql.name(`v${alias}`)}`;
  const isMissing = notFinite(given);
  if (type === "flag") return `CASE WHEN ${isMissing} OR ${given} = 0 THEN 0 ELSE 1 END`;
  return `CASE WHEN ${isMissing} THEN 0 ELSE ${given} END`;
}
