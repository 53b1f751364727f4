import * as fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { expectAgreement } from "../support/expect-agreement.ts";
import { randomEvents, randomUnits } from "../support/random-summaries.ts";
import { openDuckDb, openPglite, type SqlEngine } from "../support/sql-engines.ts";

// Times that name no zone must not be read in that of a session.
const SESSION = "SET TimeZone = 'Asia/Kathmandu'";

let engines: SqlEngine[] = [];
beforeAll(async () => {
  engines = await Promise.all([openDuckDb(), openPglite()]);
  for (const engine of engines) await engine.run(SESSION);
}, 60_000);
afterAll(() => Promise.all(engines.map((engine) => engine.close())));

it.each([
  ["exposures and events", randomEvents],
  ["wide tables", randomUnits],
])("1000 times %s are summarised alike by DuckDB, PostgreSQL and plain loops", async (_, drawn) => {
  const property = fc.asyncProperty(drawn, (one) => expectAgreement(engines, one));
  await expect(fc.assert(property, { numRuns: 1000, seed: 20_261_123 })).resolves.toBeUndefined();
});
