import * as fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { summarySql } from "../../src/warehouse/summary-sql.ts";
import { expectAgreement } from "../support/expect-agreement.ts";
import { plainCovariance } from "../support/plain-moments.ts";
import { randomEvents, randomUnits } from "../support/random-summaries.ts";
import { openDuckDb, openPglite, type SqlEngine } from "../support/sql-engines.ts";
import { createTables } from "../support/sql-tables.ts";
import type { Description, Row } from "../support/units-of-rows.ts";

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

it("a mean of 1e9 with a spread of 1 costs no digit of its variance, and whole numbers add up to 2^53 exactly", async () => {
  const rows = Array.from({ length: 2048 }, (_, i): Row => {
    const [x, noise] = [((i * Math.SQRT2) % 1) - 0.5, ((i * Math.E) % 1) - 0.5];
    return { arm: i % 2 === 0 ? "A" : "B", x: 1e9 + x, y: x + noise - 1e9, whole: 2 ** 42 };
  });
  const description: Description = {
    source: { units: "large" },
    arm: "arm",
    control: "A",
    metrics: [
      { name: "spend", kind: "mean", column: "y", covariate: "before" },
      { name: "bytes", kind: "count", column: "whole" },
    ],
    covariates: [{ name: "before", column: "x" }],
  };
  const ofA = rows.filter(({ arm }) => arm === "A");
  const [x, y] = [ofA.map((row) => row["x"] as number), ofA.map((row) => row["y"] as number)];
  const right = {
    variance: plainCovariance(y, y),
    other_variance: plainCovariance(x, x),
    covariance: plainCovariance(x, y),
  };
  for (const engine of engines) {
    await createTables(engine, [
      {
        name: "large",
        columns: { arm: "text", x: "double precision", y: "double precision", whole: "bigint" },
        rows,
      },
    ]);
    const given = await engine.rows(summarySql({ dialect: engine.dialect, ...description }));
    const of = given.find(({ measure, arm }) => measure === "covariate" && arm === "A")!;
    for (const [column, value] of Object.entries(right)) {
      expect(Math.abs((of[column] as number) / value - 1)).toBeLessThan(1e-12);
    }
    const bytes = given.filter(({ measure, metric }) => measure === "result" && metric === "bytes");
    expect(bytes.reduce((total, { sum: own }) => total + BigInt(String(own)), 0n)).toBe(2n ** 53n);
  }
});
