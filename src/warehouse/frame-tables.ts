import type { SummaryContext, TableExpression } from "./summary-context.ts";
import type { UnitValue } from "./unit-values.ts";

/** A number of a unit as it counts, capped where it is winsorised, in a row `u` of the activity and `c` of the caps. */
export function cappedValue({ sql }: SummaryContext, { alias, winsorized }: UnitValue): string {
  const given = `u.${sql.name(alias)}`;
  if (winsorized === null) return given;
  const cap = capOf(sql.name, alias, winsorized.upper);
  return `CASE WHEN ${given} > ${cap} THEN ${cap} ELSE ${given} END`;
}

/** The cap of a number: itself where it was given, or its column in the row `c` of the caps. */
export function capOf(name: (alias: string) => string, alias: string, upper: number | undefined): string {
  return upper === undefined ? `c.${name(`cap_${alias}`)}` : String(upper);
}

/** Numbers whose cap is a quantile, and must be found first. */
export function quantileCapped(values: readonly UnitValue[]): UnitValue[] {
  return values.filter(({ winsorized }) => winsorized?.upperQuantile !== undefined);
}

const PARTS_PER_WHOLE = 1_000_000;

/**
 * Caps at quantiles of each experiment, over the units of all arms: the smallest number that at least that share of the
 * units does not pass. It is counted and not interpolated, so that every engine finds the same one.
 */
export function capTables(context: SummaryContext): TableExpression[] {
  const { sql, values } = context;
  const { name: q } = sql;
  const capped = quantileCapped(values);
  if (capped.length === 0) return [];
  const tables = capped.flatMap(({ alias, winsorized }): TableExpression[] => {
    const parts = Math.round(winsorized!.upperQuantile! * PARTS_PER_WHOLE);
    const counted = [
      `SELECT u.${q("experiment")} AS ${q("experiment")}, u.${q(alias)} AS ${q("value")}, COUNT(*) AS ${q("units")}`,
      `FROM ${sql.step("activity")} AS u`,
      `WHERE u.${q("arm")} IS NOT NULL`,
      `GROUP BY u.${q("experiment")}, u.${q(alias)}`,
    ];
    const ranked = [
      `SELECT v.${q("experiment")} AS ${q("experiment")}, v.${q("value")} AS ${q("value")},`,
      `  SUM(v.${q("units")}) OVER (PARTITION BY v.${q("experiment")} ORDER BY v.${q("value")}) AS ${q("up_to")},`,
      `  SUM(v.${q("units")}) OVER (PARTITION BY v.${q("experiment")}) AS ${q("all_units")}`,
      `FROM ${sql.step(`counted_${alias}`)} AS v`,
    ];
    const found = [
      `SELECT v.${q("experiment")} AS ${q("experiment")}, MIN(v.${q("value")}) AS ${q(`cap_${alias}`)}`,
      `FROM ${sql.step(`ranked_${alias}`)} AS v`,
      `WHERE v.${q("up_to")} * ${PARTS_PER_WHOLE} >= v.${q("all_units")} * ${parts}`,
      `GROUP BY v.${q("experiment")}`,
    ];
    return [
      { name: `counted_${alias}`, query: counted.join("\n") },
      { name: `ranked_${alias}`, query: ranked.join("\n") },
      { name: `found_${alias}`, query: found.join("\n") },
    ];
  });
  const stepOf = (alias: string): string => sql.step(`found_${alias}`);
  const [first, ...others] = capped.map(({ alias }) => alias) as [string, ...string[]];
  const joined = [
    `SELECT ${stepOf(first)}.${q("experiment")} AS ${q("experiment")},`,
    `  ${capped.map(({ alias }) => `${stepOf(alias)}.${q(`cap_${alias}`)} AS ${q(`cap_${alias}`)}`).join(", ")}`,
    `FROM ${stepOf(first)}`,
    ...others.map(
      (alias) =>
        `JOIN ${stepOf(alias)} ON ${stepOf(alias)}.${q("experiment")} = ${stepOf(first)}.${q("experiment")}`,
    ),
  ];
  return [...tables, { name: "caps", query: joined.join("\n") }];
}

/** `JOIN caps` where a statement has them. */
export function joinCaps({ sql, values }: SummaryContext): string[] {
  const { name: q } = sql;
  return quantileCapped(values).length === 0
    ? []
    : [`LEFT JOIN ${sql.step("caps")} AS c ON c.${q("experiment")} = u.${q("experiment")}`];
}

/**
 * What all groups of an experiment share: its first exposure, the time of reading, and a centre for each number.
 *
 * Sums of squares are taken about the centre: about 0 they would lose as many digits as the square of mean over standard
 * deviation has.
 */
export function frameTable(context: SummaryContext, centred: readonly UnitValue[]): TableExpression {
  const { sql, readAt } = context;
  const { name: q } = sql;
  const [entered, last] = [`MAX(u.${q("entered")})`, `MAX(u.${q("last")})`];
  const latest = `CASE WHEN ${last} > ${entered} THEN ${last} ELSE ${entered} END`;
  const query = [
    `SELECT u.${q("experiment")} AS ${q("experiment")},`,
    ...centred.map(
      (value) => `  AVG(${sql.double(cappedValue(context, value))}) AS ${q(`centre_${value.alias}`)},`,
    ),
    `  MIN(u.${q("entered")}) AS ${q("first_entered")},`,
    `  ${readAt ?? latest} AS ${q("read_at")}`,
    `FROM ${sql.step("activity")} AS u`,
    ...joinCaps(context),
    `WHERE u.${q("arm")} IS NOT NULL`,
    `GROUP BY u.${q("experiment")}`,
  ];
  return { name: "frame", query: query.join("\n") };
}
