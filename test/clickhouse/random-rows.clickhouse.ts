import * as fc from "fast-check";
import { afterAll, beforeAll, it } from "vitest";
import { createClickHouseTables, openClickHouse } from "../support/clickhouse.ts";
import { expectAgreement } from "../support/expect-agreement.ts";
import { type RandomSummary, randomEvents, randomUnits } from "../support/random-summaries.ts";
import type { SqlEngine } from "../support/sql-engines.ts";

const RUNS = Number(process.env["WAREHOUSE_RUNS"] ?? 60);

let engine: SqlEngine;
beforeAll(() => {
  engine = openClickHouse();
});
afterAll(() => engine.close());

const agrees = (summary: RandomSummary): Promise<void> =>
  expectAgreement([engine], summary, createClickHouseTables);

it("exposures and events are summarised alike by ClickHouse and plain loops", async () => {
  await fc.assert(fc.asyncProperty(randomEvents, agrees), { numRuns: RUNS });
});

it("wide tables are summarised alike by ClickHouse and plain loops", async () => {
  await fc.assert(fc.asyncProperty(randomUnits, agrees), { numRuns: RUNS });
});
