import * as fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { summarySql } from "../../src/warehouse/summary-sql.ts";
import { aggregateRows } from "../support/aggregate-rows.ts";
import { createClickHouseTables, openClickHouse } from "../support/clickhouse.ts";
import { compareSummaryRows } from "../support/compare-summary-rows.ts";
import { type RandomSummary, randomEvents, randomUnits } from "../support/random-summaries.ts";
import type { SqlEngine } from "../support/sql-engines.ts";

const RUNS = Number(process.env["WAREHOUSE_RUNS"] ?? 60);

let engine: SqlEngine;
beforeAll(() => {
  engine = openClickHouse();
});
afterAll(() => engine.close());

async function expectAgreement({ description, tables }: RandomSummary): Promise<void> {
  const right = aggregateRows(description, Object.fromEntries(tables.map(({ name, rows }) => [name, rows])));
  await createClickHouseTables(engine, tables);
  const rows = await engine.rows(summarySql({ dialect: "clickhouse", ...description }));
  const { differences, largestError } = compareSummaryRows(rows, right);
  expect(differences).toEqual([]);
  expect(largestError).toBeLessThan(1e-12);
}

it("exposures and events are summarised alike by ClickHouse and plain loops", async () => {
  await fc.assert(fc.asyncProperty(randomEvents, expectAgreement), { numRuns: RUNS });
});

it("wide tables are summarised alike by ClickHouse and plain loops", async () => {
  await fc.assert(fc.asyncProperty(randomUnits, expectAgreement), { numRuns: RUNS });
});
