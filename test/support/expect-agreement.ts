import { expect } from "vitest";
import { summarySql } from "../../src/warehouse/summary-sql.ts";
import { aggregateRows } from "./aggregate-rows.ts";
import { compareSummaryRows } from "./compare-summary-rows.ts";
import type { RandomSummary } from "./random-summaries.ts";
import type { SqlEngine } from "./sql-engines.ts";
import { createTables } from "./sql-tables.ts";

/** Has each engine summarise rows, and expects of it what plain loops give: counts to the last digit, moments to 1e-12. */
export async function expectAgreement(
  engines: readonly SqlEngine[],
  { description, tables }: RandomSummary,
  create = createTables,
): Promise<void> {
  const right = aggregateRows(description, Object.fromEntries(tables.map(({ name, rows }) => [name, rows])));
  for (const engine of engines) {
    await create(engine, tables);
    const rows = await engine.rows(summarySql({ dialect: engine.dialect, ...description }));
    const { differences, largestError } = compareSummaryRows(rows, right);
    expect([engine.dialect, ...differences]).toEqual([engine.dialect]);
    expect(largestError).toBeLessThan(1e-12);
  }
}
