import * as fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { expectAgreement } from "../support/expect-agreement.ts";
import { randomEvents, randomUnits } from "../support/random-summaries.ts";
import { openDuckDb, openPglite, type SqlEngine } from "../support/sql-engines.ts";

// Thousands of cases: test/simulation/random-rows.slow.ts, and test/postgres on a real server.
const numRuns = 10;

let engines: SqlEngine[] = [];
beforeAll(async () => {
  engines = await Promise.all([openDuckDb(), openPglite()]);
}, 60_000);
afterAll(() => Promise.all(engines.map((engine) => engine.close())));

it.each([
  ["exposures and events", randomEvents],
  ["wide tables", randomUnits],
])("%s are summarised alike by DuckDB, PostgreSQL and plain loops", async (_, drawn) => {
  const property = fc.asyncProperty(drawn, (one) => expectAgreement(engines, one));
  await expect(fc.assert(property, { numRuns })).resolves.toBeUndefined();
});
