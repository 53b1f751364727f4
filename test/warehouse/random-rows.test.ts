import * as fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { summarySql } from "../../src/warehouse/summary-sql.ts";
import { aggregateRows } from "../support/aggregate-rows.ts";
import { compareSummaryRows } from "../support/compare-summary-rows.ts";
import { type RandomSummary, randomEvents, randomUnits } from "../support/random-summaries.ts";
import { openDuckDb, openPglite, type SqlEngine } from "../support/sql-engines.ts";
import { createTables } from "../support/sql-tables.ts";

const RUNS = Number(process.env["WAREHOUSE_RUNS"] ?? 12);

let engines: SqlEngine[] = [];
beforeAll(async () => {
  engines = await Promise.all([openDuckDb(), openPglite()]);
}, 60_000);
afterAll(() => Promise.all(engines.map((engine) => engine.close())));

async function expectAgreement({ description, tables }: RandomSummary): Promise<void> {
  const right = aggregateRows(description, Object.fromEntries(tables.map(({ name, rows }) => [name, rows])));
  for (const engine of engines) {
    await createTables(engine, tables);
    const rows = await engine.rows(summarySql({ dialect: engine.dialect, ...description }));
    const { differences, largestError } = compareSummaryRows(rows, right);
    expect([engine.dialect, ...differences]).toEqual([engine.dialect]);
    expect(largestError).toBeLessThan(1e-12);
  }
}

it("exposures and events are summarised alike by DuckDB, PostgreSQL and plain loops", async () => {
  await fc.assert(fc.asyncProperty(randomEvents, expectAgreement), { numRuns: RUNS });
});

it("wide tables are summarised alike by DuckDB, PostgreSQL and plain loops", async () => {
  await fc.assert(fc.asyncProperty(randomUnits, expectAgreement), { numRuns: RUNS });
});
