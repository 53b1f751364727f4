import * as fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { expectAgreement } from "../support/expect-agreement.ts";
import {
  openPostgres,
  postgresPrograms,
  type PostgresServer,
  startPostgres,
} from "../support/postgres-server.ts";
import { randomEvents, randomUnits } from "../support/random-summaries.ts";
import type { SqlEngine } from "../support/sql-engines.ts";

const programs = postgresPrograms();

describe.skipIf(programs === null)("a PostgreSQL server", () => {
  let server: PostgresServer;
  let engine: SqlEngine;
  beforeAll(async () => {
    server = await startPostgres(programs!);
    engine = await openPostgres(server.url);
  });
  afterAll(async () => {
    await engine?.close();
    await server?.stop();
  });

  it.each([
    ["exposures and events", randomEvents],
    ["wide tables", randomUnits],
  ])("summarises 500 times %s as plain loops do", async (_, drawn) => {
    const property = fc.asyncProperty(drawn, (one) => expectAgreement([engine], one));
    await expect(fc.assert(property, { numRuns: 500 })).resolves.toBeUndefined();
  });
});
