import type { Activity } from "./activity.ts";
import { micros, type SummaryContext, type TableExpression } from "./summary-context.ts";
import type { UnitValue } from "./unit-values.ts";

/** A number of a unit as it counts, capped where it is winsorised, in a row `u` of the activity and `b` of the caps. */
export function cappedValue({ sql }: SummaryContext, { alias, winsorized }: UnitValue): string {
  const given = `u.${sql.name(alias)}`;
  if (winsorized === null) return given;
  const cap = capOf(sql.name, alias, winsorized.upper);
  return `CASE WHEN ${given} > ${cap} THEN ${cap} ELSE ${given} END`;
}

/** The cap of a number: itself where it was given, or its column in the row `b` of the caps. */
export function capOf(name: (alias: string) => string, alias: string, upper: number | undefined): string {
  return upper === undefined ? `b.${name(`cap_${alias}`)}` : String(upper);
}

/** Numbers whose cap is a quantile, and must be found first. */
export function quantileCapped(values: readonly UnitValue[]): UnitValue[] {
  return values.filter(({ winsorized }) => winsorized?.upperQuantile !== undefined);
}

const PARTS_PER_WHOLE = 1_000_000;

/**
 * Caps at quantiles of each experiment, over the mature units of all arms: the smallest number that at least that share
 * of the units does not pass. It is counted and not interpolated, so that every engine finds the same one. Units whose
 * window is open would pull it down: most of them have done nothing yet.
 */
export function capTables(context: SummaryContext, activity: Activity): TableExpression[] {
  const { sql, values, keys, readAt } = context;
  const { name: q } = sql;
  const capped = quantileCapped(values);
  if (capped.length === 0) return [];
  const needsClock = readAt === null && activity.hasTime && capped.some(({ toDays }) => toDays !== null);
  const mature = ({ toDays }: UnitValue): string =>
    toDays === null || !activity.hasTime
      ? `COUNT(*)`
      : `COUNT(CASE WHEN u.${q("entered")} <= ${readAt ?? `k.${q("read_at")}`} - ${micros(toDays)} THEN 1 END)`;
  const keysOf = (row: string): string => keys.map((key) => `${row}.${q(key)} AS ${q(key)}, `).join("");
  const byKeys = (row: string, ...others: string[]): string[] => {
    const columns = [...keys.map((key) => `${row}.${q(key)}`), ...others];
    return columns.length === 0 ? [] : [`GROUP BY ${columns.join(", ")}`];
  };
  const partition = keys.map((key) => `PARTITION BY v.${q(key)} `).join("");
  const tables = capped.flatMap((value): TableExpression[] => {
    const { alias, winsorized } = value;
    const parts = Math.round(winsorized!.upperQuantile! * PARTS_PER_WHOLE);
    const counted = [
      `SELECT ${keysOf("u")}u.${q(alias)} AS ${q("value")}, ${mature(value)} AS ${q("units")}`,
      `FROM ${sql.step("activity")} AS u`,
      ...(needsClock ? [joinByKeys(context, "clock", "k", "u")] : []),
      `WHERE u.${q("arm")} IS NOT NULL`,
      ...byKeys("u", `u.${q(alias)}`),
    ];
    const ranked = [
      `SELECT ${keysOf("v")}v.${q("value")} AS ${q("value")},`,
      // Redshift wants the frame in words; no value is there twice.
      `  SUM(v.${q("units")}) OVER (${partition}ORDER BY v.${q("value")} ROWS UNBOUNDED PRECEDING) AS ${q("up_to")},`,
      `  SUM(v.${q("units")}) OVER (${partition}) AS ${q("all_units")}`,
      `FROM ${sql.step(`counted_${alias}`)} AS v`,
    ];
    // An experiment without a mature unit has no cap, and keeps its row.
    const isReached = `v.${q("all_units")} > 0 AND v.${q("up_to")} * ${PARTS_PER_WHOLE} >= v.${q("all_units")} * ${parts}`;
    const found = [
      `SELECT ${keysOf("v")}MIN(CASE WHEN ${isReached} THEN v.${q("value")} END) AS ${q(`cap_${alias}`)}`,
      `FROM ${sql.step(`ranked_${alias}`)} AS v`,
      ...byKeys("v"),
    ];
    return [
      { name: `counted_${alias}`, query: counted.join("\n") },
      { name: `ranked_${alias}`, query: ranked.join("\n") },
      { name: `found_${alias}`, query: found.join("\n") },
    ];
  });
  const [first, ...others] = capped.map(({ alias }) => alias) as [string, ...string[]];
  const joined = [
    `SELECT ${keysOf(first)}${capped.map(({ alias }) => `${alias}.${q(`cap_${alias}`)} AS ${q(`cap_${alias}`)}`).join(", ")}`,
    `FROM ${sql.step(`found_${first}`)} AS ${first}`,
    ...others.map((alias) => joinByKeys(context, `found_${alias}`, alias, first)),
  ];
  return [
    ...(needsClock ? [clockTable(context, activity)] : []),
    ...tables,
    { name: "caps", query: joined.join("\n") },
  ];
}

/** The time of reading of each experiment, where it has to be known before the frame is. */
function clockTable(context: SummaryContext, activity: Activity): TableExpression {
  const { sql, keys } = context;
  const columns = keys.map((key) => `u.${sql.name(key)}`);
  const query = [
    `SELECT ${keys.map((key) => `u.${sql.name(key)} AS ${sql.name(key)}, `).join("")}${lastMoment(context, activity)} AS ${sql.name("read_at")}`,
    `FROM ${sql.step("activity")} AS u`,
    ...(columns.length === 0 ? [] : [`GROUP BY ${columns.join(", ")}`]),
  ];
  return { name: "clock", query: query.join("\n") };
}

/** The last moment that rows of the activity `u` speak of: an exposure, or an event of a unit in the test. */
function lastMoment({ sql: { name: q } }: SummaryContext, { hasLast }: Activity): string {
  const entered = `MAX(${ofUnits(q, `u.${q("entered")}`)})`;
  const last = `MAX(u.${q("last")})`;
  return hasLast ? `CASE WHEN ${last} > ${entered} THEN ${last} ELSE ${entered} END` : entered;
}

function ofUnits(q: (name: string) => string, value: string): string {
  return `CASE WHEN u.${q("arm")} IS NOT NULL THEN ${value} END`;
}

/** Joins a step that has one row for each experiment. */
export function joinByKeys({ sql, keys }: SummaryContext, step: string, alias: string, to: string): string {
  const conditions = keys.map((key) => `${alias}.${sql.name(key)} = ${to}.${sql.name(key)}`);
  return conditions.length === 0
    ? `CROSS JOIN ${sql.step(step)} AS ${alias}`
    : `LEFT JOIN ${sql.step(step)} AS ${alias} ON ${conditions.join(" AND ")}`;
}

/** `JOIN caps` where a statement has them. */
export function joinCaps(context: SummaryContext, to: string): string[] {
  return quantileCapped(context.values).length === 0 ? [] : [joinByKeys(context, "caps", "b", to)];
}

/**
 * What all groups of an experiment share: its first exposure, the time of reading, and a centre for each number.
 *
 * Sums of squares are taken about the centre: about 0 they would lose as many digits as the square of mean over standard
 * deviation has.
 */
export function frameTable(
  context: SummaryContext,
  activity: Activity,
  centred: readonly UnitValue[],
): TableExpression {
  const { sql, readAt, keys } = context;
  const { name: q } = sql;
  const latest = lastMoment(context, activity);
  const query = [
    `SELECT ${keys.map((key) => `u.${q(key)} AS ${q(key)}, `).join("")}MIN(${ofUnits(q, `u.${q("entered")}`)}) AS ${q("first_entered")},`,
    ...centred.map((value) => {
      const counted = ofUnits(q, sql.double(cappedValue(context, value)));
      return `  AVG(${counted}) AS ${q(`centre_${value.alias}`)},`;
    }),
    `  ${readAt === null ? latest : `CASE WHEN COUNT(u.${q("arm")}) > 0 THEN ${readAt} END`} AS ${q("read_at")}`,
    `FROM ${sql.step("activity")} AS u`,
    ...joinCaps(context, "u"),
    ...(keys.length === 0 ? [] : [`GROUP BY ${keys.map((key) => `u.${q(key)}`).join(", ")}`]),
  ];
  return { name: "frame", query: query.join("\n") };
}
