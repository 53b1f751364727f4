import * as fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { analyzeExperiment } from "../../src/experiment/analyze-experiment.ts";
import type { DayData } from "../../src/experiment/experiment-data.ts";
import { parseSummaryRows } from "../../src/warehouse/parse-summary-rows.ts";
import { summarySql } from "../../src/warehouse/summary-sql.ts";
import { openDuckDb, openPglite, type SqlEngine } from "../support/sql-engines.ts";
import { createTables } from "../support/sql-tables.ts";
import type { Description } from "../support/units-of-rows.ts";

const RUNS = Number(process.env["WAREHOUSE_RUNS"] ?? 8);
const DAY = 24 * 3600;
const START = Date.UTC(2026, 2, 1) / 1000;

/** A unit, with the seconds from the start until its exposure, and from there until what it did. */
interface Visitor {
  readonly arm: "A" | "B";
  readonly entered: number;
  readonly sales: readonly number[];
  readonly carts: readonly number[];
}

interface World {
  readonly visitors: readonly Visitor[];
  /** Seconds from the start. */
  readonly readAt: number;
  readonly saleDays: number | undefined;
  readonly cartDays: number | undefined;
}

// Half days and a second beside, so that events come at the ends of days.
const moments = (days: number): fc.Arbitrary<number> =>
  fc
    .tuple(fc.integer({ min: 0, max: 2 * days }), fc.constantFrom(0, 0, -1, 1))
    .map(([halves, beside]) => Math.max(0, (halves * DAY) / 2 + beside));
const windows = fc.constantFrom(undefined, 0.5, 1, 2, 3.5, 7);
const worlds: fc.Arbitrary<World> = fc.record({
  visitors: fc.array(
    fc.record({
      arm: fc.constantFrom("A", "B"),
      entered: moments(6),
      sales: fc.array(moments(14), { maxLength: 3 }),
      carts: fc.array(moments(14), { maxLength: 3 }),
    }),
    { minLength: 1, maxLength: 20 },
  ),
  readAt: moments(14),
  saleDays: windows,
  cartDays: windows,
});

const DESCRIPTION: Description = {
  source: { exposures: { table: "exposures" }, events: { table: "events", event: "event" } },
  unit: "unit",
  arm: "arm",
  time: { column: "at", epoch: "seconds" },
  control: "A",
  byDay: ["day-of-entry", "day-of-exposure"],
  metrics: [],
};

/** Counted one by one: who has been there for all of a day, had none before, and had a first one on it. */
function plainDays({ visitors, readAt, saleDays, cartDays }: World): DayData[] {
  const seen = visitors.filter(({ entered }) => entered <= readAt);
  const arms = ["A", ...(seen.some(({ arm }) => arm === "B") ? ["B"] : [])];
  const days = Array.from({ length: 20 }, (_, i) => i + 1);
  const isOver = (day: number, window: number | undefined): boolean => window !== undefined && day > window;
  return days.flatMap((day): DayData[] => {
    if (isOver(day, saleDays) && isOver(day, cartDays)) return [];
    const counted = arms.map((name) => {
      const stayed = seen.filter(({ arm, entered }) => arm === name && readAt - entered >= day * DAY);
      const count = (metric: string, key: "sales" | "carts", window: number | undefined) => {
        const firsts = stayed.map((visitor) => Math.floor(Math.min(...visitor[key]) / DAY) + 1);
        const open = isOver(day, window) ? [] : firsts.filter((first) => first >= day);
        return { metric, n: open.length, conversions: open.filter((first) => first === day).length };
      };
      return {
        name,
        n: stayed.length,
        results: [count("sale", "sales", saleDays), count("cart", "carts", cartDays)],
      };
    });
    return counted.some(({ results }) => results.some(({ n }) => n > 0)) ? [{ day, arms: counted }] : [];
  });
}

describe.each([
  ["DuckDB", openDuckDb],
  ["PostgreSQL", openPglite],
])("by day of exposure, in %s", (_name, open) => {
  let engine: SqlEngine;
  beforeAll(async () => {
    engine = await open();
  }, 60_000);
  afterAll(() => engine.close());

  async function rowsOf(world: World, also: Partial<Description> = {}): Promise<Record<string, unknown>[]> {
    await createTables(engine, [
      {
        name: "exposures",
        columns: { unit: "integer", arm: "text", at: "integer" },
        rows: world.visitors.map(({ arm, entered }, unit) => ({ unit, arm, at: START + entered })),
      },
      {
        name: "events",
        columns: { unit: "integer", event: "text", at: "integer" },
        rows: world.visitors.flatMap(({ entered, sales, carts }, unit) => [
          ...sales.map((after) => ({ unit, event: "sale", at: START + entered + after })),
          ...carts.map((after) => ({ unit, event: "cart", at: START + entered + after })),
        ]),
      },
    ]);
    const sql = summarySql({
      ...DESCRIPTION,
      dialect: engine.dialect,
      readAt: new Date((START + world.readAt) * 1000).toISOString(),
      metrics: [
        { name: "sale", kind: "proportion", event: "sale", attributionDays: world.saleDays },
        { name: "sales", kind: "count", event: "sale" },
        { name: "cart", kind: "proportion", event: "cart", attributionDays: world.cartDays },
      ],
      ...also,
    });
    return engine.rows(sql);
  }

  it("units in the test for all of a day, without an event before it, and with their first one on it", async () => {
    await fc.assert(
      fc.asyncProperty(worlds, async (world) => {
        fc.pre(world.visitors.some(({ arm, entered }) => arm === "A" && entered <= world.readAt));
        const { dailySeries = [] } = parseSummaryRows(await rowsOf(world));
        const found = dailySeries.find(({ by }) => by === "day-of-exposure")?.days ?? [];
        const withN = found.map(({ day, arms }) => ({
          day,
          arms: arms.map(({ name, n, results }) => ({
            name,
            n,
            results: results.map((result) => ({ n, ...result })),
          })),
        }));
        expect(withN).toEqual(plainDays(world));
      }),
      { numRuns: RUNS },
    );
  });

  const WORLD: World = {
    readAt: 10 * DAY,
    saleDays: 3,
    cartDays: undefined,
    visitors: [
      { arm: "A", entered: 0, sales: [1.5 * DAY], carts: [] },
      { arm: "B", entered: 0, sales: [DAY, 2 * DAY], carts: [0.5 * DAY] },
      { arm: "B", entered: 8.5 * DAY, sales: [], carts: [] },
    ],
  };

  it("rows of many experiments are followed each by itself, until their own last moment", async () => {
    const rows = await rowsOf(WORLD, { experiment: "arm", readAt: undefined });
    const days = (name: string): unknown =>
      rows
        .filter(
          (row) => row["experiment"] === name && row["part"] === "exposure-day" && row["metric"] === "sale",
        )
        .map(({ day, n, sum }) => [day, n, sum].map(Number));
    // A is read with its sale, B with its last exposure.
    expect([days("A"), days("B")]).toEqual([
      [[1, 1, 0]],
      [[1, 1, 0], [2, 1, 1], [3, 0, 0], ...[4, 5, 6, 7, 8].map((day) => [day, 0, 0])],
    ]);
  });

  it("a read-out has the series", async () => {
    const document = parseSummaryRows(await rowsOf(WORLD));
    expect(document.dailySeries!.map(({ by, days }) => [by, days.map(({ day }) => day)])).toEqual([
      ["day-of-entry", [1, 9]],
      ["day-of-exposure", [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]],
    ]);
    const { treatments } = analyzeExperiment(document);
    expect(treatments[0]!.dailySeries!.map(({ by }) => by)).toEqual(["day-of-entry", "day-of-exposure"]);
  });
});

describe("a series by day of exposure", () => {
  const described = { ...DESCRIPTION, dialect: "duckdb" } as const;
  const sale = { name: "sale", kind: "proportion", event: "sale" } as const;

  it("costs nothing where nobody asks for it", () => {
    const sql = summarySql({ ...described, byDay: true, metrics: [sale] });
    expect(sql).toBe(summarySql({ ...described, byDay: ["day-of-entry"], metrics: [sale] }));
    expect(sql).not.toContain("exposure_days");
  });

  it.each([
    [
      { byDay: ["day-of-exposure"], metrics: [{ name: "sales", kind: "count", event: "sale" }] },
      'byDay[0] = "day-of-exposure", needs a metric that is a proportion',
    ],
    [
      {
        source: { units: "t" },
        byDay: ["day-of-exposure"],
        metrics: [{ ...sale, event: undefined, column: "c" }],
      },
      'byDay[0] = "day-of-exposure", needs events: a wide table does not say when its units converted',
    ],
    [
      { byDay: ["day-of-entry", "day-of-entry"], metrics: [sale] },
      'byDay[1] = "day-of-entry", is a name given twice',
    ],
    [{ byDay: [], metrics: [sale] }, "byDay = [], must be a list of 1 to 2 series"],
    [{ byDay: ["day-of-exit"], metrics: [sale] }, 'byDay[0] = "day-of-exit", must be one of'],
  ])("%j is refused", (also, message) => {
    expect(() => summarySql({ ...described, ...also } as never)).toThrow(message);
  });
});
