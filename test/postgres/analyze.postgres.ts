import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { duckDb, postgres } from "../../src/cli/peers.ts";
import { cli, type Run } from "../support/command-line.ts";
import { readCsv } from "../support/csv.ts";
import {
  openPostgres,
  POSTGRES_PASSWORD,
  postgresPrograms,
  type PostgresServer,
  startPostgres,
} from "../support/postgres-server.ts";
import type { SqlEngine } from "../support/sql-engines.ts";
import { type ColumnType, createTables } from "../support/sql-tables.ts";

const programs = postgresPrograms();
const folder = resolve(import.meta.dirname, "../../examples/rows");
const config = JSON.parse(readFileSync(`${folder}/shop.json`, "utf8")) as { rows: Record<string, unknown> };

const EXPOSURES: Readonly<Record<string, ColumnType>> = {
  at: "timestamp",
  user_id: "text",
  variant: "text",
  device: "text",
};
const EVENTS: Readonly<Record<string, ColumnType>> = {
  at: "timestamptz",
  user_id: "text",
  event: "text",
  amount: "double precision",
};

describe.skipIf(programs === null)("microlift analyze postgres://", () => {
  let server: PostgresServer;
  let engine: SqlEngine;
  beforeAll(async () => {
    server = await startPostgres(programs!);
    engine = await openPostgres(server.url);
    const rowsOf = (name: string): Record<string, string | null>[] =>
      readCsv(`../../examples/rows/${name}.csv`).map(({ amount, ...row }) => {
        return amount === undefined
          ? row
          : { ...row, at: `${row["at"]}Z`, amount: amount === "" ? null : amount };
      });
    await createTables(engine, [
      { name: "exposures", columns: EXPOSURES, rows: rowsOf("exposures") },
      { name: "events", columns: EVENTS, rows: rowsOf("events") },
    ]);
    // Read at a millisecond a row, so that there is a half-way.
    await engine.run("CREATE SCHEMA slow");
    await engine.run(
      "CREATE VIEW slow.exposures AS SELECT * FROM exposures WHERE pg_sleep(0.002) IS NOT NULL",
    );
  });
  afterAll(async () => {
    await engine?.close();
    await server?.stop();
  });

  /** The command with the example's configuration, some of its `rows` replaced. */
  function analyze(
    url: string,
    rows: Record<string, unknown> = {},
    output: readonly string[] = [],
  ): Promise<Run> {
    const written = JSON.stringify({ ...config, rows: { ...config.rows, ...rows } });
    return cli(["analyze", url, "--config", "-", ...output], written, { duckDb, postgres });
  }

  it("reads out of tables what DuckDB reads out of the same rows in files", async () => {
    const files = ["exposures", "events"].map((name) => `${name}=${folder}/${name}.csv`);
    const ofFiles = await cli(["analyze", ...files, "--config", `${folder}/shop.json`], "", { duckDb });
    const ofServer = await analyze(server.url);
    expect(ofServer).toMatchObject({ code: 0, err: ofFiles.err });
    expect(ofServer.out).toBe(ofFiles.out);
  });

  it("leaves no connection behind", async () => {
    await analyze(server.url);
    const count = "SELECT COUNT(*) AS n FROM pg_stat_activity WHERE application_name = 'microlift'";
    expect(await engine.rows(count)).toEqual([{ n: "0" }]);
  });

  it.each([
    ["a wrong password", "not%3Aa", "no%3Aa", /password authentication failed for user "tester"/],
    ["a database that is not there", "/postgres", "/shop", /database "shop" does not exist/],
    ["a server that is not there", /:\d+\/postgres/, ":1/postgres", /ECONNREFUSED/],
  ])("says in one line that there is %s, without the password", async (_, from, to, message) => {
    const { code, out, err, files } = await analyze(server.url.replace(from, to), {}, [
      "--html",
      "page.html",
    ]);
    expect([code, out, [...files]]).toEqual([1, "", []]);
    expect(err).toMatch(message);
    expect(err.trim()).not.toContain("\n");
    expect(err).not.toContain(POSTGRES_PASSWORD);
    expect(err).not.toContain(encodeURIComponent(POSTGRES_PASSWORD));
  });

  it.each([
    [
      "a table that is missing",
      { source: { exposures: { table: "exposure" }, events: { table: "events", event: "event" } } },
      /relation "exposure" does not exist/,
    ],
    ["a column that is missing", { arm: "varaint" }, /rows\.arm.*"varaint".*did you mean "variant"/],
    [
      "a time that is a text",
      {
        source: {
          exposures: { table: "exposures", time: "device" },
          events: { table: "events", event: "event" },
        },
      },
      /rows\.source\.exposures\.time = "device", holds text in exposures: write {"column": "device", "isText": true}/,
    ],
  ])("says in one line that there is %s", async (_, rows, message) => {
    const { code, out, err } = await analyze(server.url, rows);
    expect([code, out]).toEqual([1, ""]);
    expect(err).toMatch(message);
    expect(err.trim()).not.toContain("\n");
  });

  it("says in one line that a connection broke half-way, and writes nothing", async () => {
    const source = { exposures: { table: "slow.exposures" }, events: { table: "events", event: "event" } };
    const running = analyze(server.url, { source }, ["--html", "page.html"]);
    const ending = `SELECT pg_terminate_backend(pid) AS is_ended FROM pg_stat_activity
      WHERE application_name = 'microlift' AND state = 'active' AND query LIKE 'WITH%'`;
    let ended: Record<string, unknown>[] = [];
    while (ended.length === 0) {
      await sleep(50);
      ended = await engine.rows(ending);
    }
    const { code, out, err, files } = await running;
    expect([code, out, [...files]]).toEqual([1, "", []]);
    expect(err).toMatch(/terminating connection due to administrator command/);
    expect(err.trim()).not.toContain("\n");
  });

  it("changes nothing: what it runs is read only", async () => {
    await engine.run("CREATE SEQUENCE visits");
    await engine.run("CREATE SCHEMA busy");
    await engine.run(
      "CREATE VIEW busy.exposures AS SELECT e.* FROM exposures AS e WHERE nextval('visits') IS NOT NULL",
    );
    const source = { exposures: { table: "busy.exposures" }, events: { table: "events", event: "event" } };
    const { code, err } = await analyze(server.url, { source });
    expect([code, err]).toEqual([1, expect.stringMatching(/read-only transaction/)]);
    expect(await engine.rows("SELECT is_called FROM visits")).toEqual([{ is_called: false }]);
  });
});
