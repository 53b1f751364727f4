import { existsSync, mkdirSync, renameSync } from "node:fs";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";

/** What the rows of a benchmark are like. */
export interface World {
  readonly events: number;
  /** Ten events a unit unless said. */
  readonly units?: number | undefined;
  /** Ids as whole numbers, or as texts of some 20 letters. */
  readonly ids?: "numbers" | "texts" | undefined;
  /** Whether a few units have most of the events. */
  readonly isSkewed?: boolean | undefined;
  /** In one table of exposures, by the column `experiment`; each unit is in one of them. */
  readonly experiments?: number | undefined;
}

/** Where the rows of a world lie. */
export interface Tables {
  readonly exposures: string;
  readonly events: string;
}

const FOLDER = join(import.meta.dirname, "../../temp/warehouse");

/** Midnight, UTC, of the first day of the test, and of the day of reading. */
export const FIRST_DAY = "2026-03-01";
export const READ_AT = "2026-03-29T00:00:00Z";

/**
 * Writes the rows of a world into Parquet files, once: the same rows every time, by the hash of their number.
 *
 * Units enter over 22 days, 3 % of them are seen twice, and 1 in 1,000 in both arms; a few exposures have no unit, no arm
 * or an arm that is not in the test. Events come over 31 days in the order of time, from three days before the test to
 * the reading and a little beyond: 40 % page views and 15 % searches, which no metric counts, 30 % carts and 15 %
 * purchases. Of units, one in eleven is not in the test. A few events have no unit, and a few purchases no amount.
 */
export async function generate(world: World): Promise<Tables> {
  const { events, units = events / 10, ids = "numbers", isSkewed = false, experiments = 0 } = world;
  const name = `${events}-${units}-${ids}${isSkewed ? "-skewed" : ""}${experiments > 0 ? `-${experiments}` : ""}`;
  const folder = join(FOLDER, name);
  const tables = { exposures: join(folder, "exposures.parquet"), events: join(folder, "events.parquet") };
  if (existsSync(tables.events)) return tables;
  mkdirSync(folder, { recursive: true });
  const instance = await DuckDBInstance.create(":memory:", { threads: "2" });
  const connection = await instance.connect();
  /** A number from 0 to 1 for a row and a purpose. */
  const chance = (row: string, purpose: number): string =>
    `(hash(${row} * 16 + ${purpose}) / 18446744073709551616.0)`;
  const idOf = (unit: string): string =>
    ids === "numbers" ? unit : `concat('visitor-', 1000000000 + ${unit})`;
  const write = async (query: string, to: string): Promise<void> => {
    await connection.run(`COPY (${query}) TO '${to}.part' (FORMAT parquet)`);
    renameSync(`${to}.part`, to);
  };
  const exposed = `
    SELECT i % ${units} AS unit, i, ${chance("(i + 0)", 0)} AS dirt FROM range(${Math.round(units * 1.03)}) AS t(i)`;
  await write(
    `SELECT CASE WHEN dirt < 0.0005 THEN NULL ELSE ${idOf("unit")} END AS user_id,
      CASE WHEN dirt BETWEEN 0.0005 AND 0.001 THEN NULL WHEN dirt BETWEEN 0.001 AND 0.0015 THEN 'old'
        WHEN (hash(unit * 16 + 1) % 2 = 0) <> (i >= ${units} AND dirt > 0.97) THEN 'control' ELSE 'treatment' END AS variant,
      CAST('${FIRST_DAY}' AS TIMESTAMP) + to_microseconds(CAST(${chance("(i + 0)", 2)} * 22 * 86400000000 AS BIGINT)) AS at,
      CASE WHEN hash(unit * 16 + 3) % 3 = 0 THEN 'desktop' ELSE 'mobile' END AS device,
      concat('country ', hash(unit * 16 + 4) % 20) AS country
      ${experiments > 0 ? `, concat('experiment ', hash(unit * 16 + 5) % ${experiments}) AS experiment` : ""}
    FROM (${exposed})`,
    tables.exposures,
  );
  const draw = chance("i", 6);
  const someone = `CAST(floor(${isSkewed ? `power(${draw}, 4)` : draw} * ${units * 1.1}) AS BIGINT)`;
  const kind = chance("i", 7);
  await write(
    `SELECT CASE WHEN ${chance("i", 8)} < 0.0005 THEN NULL ELSE ${idOf("unit")} END AS user_id, name,
      CAST('${FIRST_DAY}' AS TIMESTAMP) + to_microseconds(CAST((i / ${events} * 31.01 - 3) * 86400000000 AS BIGINT)) AS at,
      CASE WHEN name = 'purchase' AND ${chance("i", 9)} > 0.001 THEN round(-40 * ln(1 - ${chance("i", 10)}), 2) END AS amount
    FROM (
      SELECT i, ${someone} AS unit,
        CASE WHEN ${kind} < 0.4 THEN 'page_view' WHEN ${kind} < 0.55 THEN 'search'
          WHEN ${kind} < 0.85 THEN 'add_to_cart' ELSE 'purchase' END AS name
      FROM range(${events}) AS t(i)
    )`,
    tables.events,
  );
  connection.closeSync();
  instance.closeSync();
  return tables;
}
