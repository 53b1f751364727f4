import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DomainError } from "../../src/core/domain-error.ts";
import type { ExperimentData } from "../../src/experiment/experiment-data.ts";
import { type ExperimentConfig, readExperimentConfig } from "../../src/warehouse/experiment-config.ts";
import { parseSummaryRows } from "../../src/warehouse/parse-summary-rows.ts";
import { type EventTableOptions, eventTableSource } from "../../src/warehouse/presets/event-table-source.ts";
import { type Ga4Options, ga4Source } from "../../src/warehouse/presets/ga4-source.ts";
import { summarySql } from "../../src/warehouse/summary-sql.ts";
import { openDuckDb, type SqlEngine } from "../support/sql-engines.ts";

// The columns of events_YYYYMMDD that statements read, as Google describes them.
const GA4_TABLE = `
  CREATE TABLE ga4 (
    event_date VARCHAR, event_timestamp BIGINT, event_name VARCHAR,
    event_params STRUCT(
      "key" VARCHAR,
      "value" STRUCT(string_value VARCHAR, int_value BIGINT, float_value DOUBLE, double_value DOUBLE)
    )[],
    user_id VARCHAR, user_pseudo_id VARCHAR, device STRUCT(category VARCHAR),
    ecommerce STRUCT(purchase_revenue DOUBLE)
  )`;

interface Ga4Event {
  readonly day: number;
  readonly name: string;
  readonly user: string | null;
  readonly params?: Readonly<Record<string, string | number>>;
  readonly revenue?: number;
}

/** An event at noon of a day of March 2026. */
function ga4Row({ day, name, user, params = {}, revenue }: Ga4Event): string {
  const date = `2026030${day}`;
  const moment = Date.UTC(2026, 2, day, 12) * 1000;
  const entries = Object.entries({ page: "/", ...params }).map(([key, value]) => {
    const [text, whole, real] =
      typeof value === "string"
        ? [`'${value}'`, "NULL", "NULL"]
        : Number.isInteger(value)
          ? ["NULL", String(value), "NULL"]
          : ["NULL", "NULL", String(value)];
    return `{'key': '${key}', 'value': {'string_value': ${text}, 'int_value': ${whole}, 'float_value': NULL, 'double_value': ${real}}}`;
  });
  const id = user === null ? "NULL" : `'${user}'`;
  return `('${date}', ${moment}, '${name}', [${entries.join(", ")}], NULL, ${id}, {'category': '${user === "u1" ? "mobile" : "desktop"}'}, {'purchase_revenue': ${revenue ?? "NULL"}})`;
}

const exposure = (user: string | null, day: number, params: Ga4Event["params"]): Ga4Event => {
  return { day, name: "experience_impression", user, params: params! };
};
const variant = (name: string) => ({ exp_variant_string: `T-checkout-${name}` });

const EVENTS: readonly Ga4Event[] = [
  exposure("u1", 2, variant("A")),
  exposure("u1", 3, variant("A")),
  exposure("u2", 2, variant("A")),
  exposure("u3", 2, variant("B")),
  exposure("u4", 3, variant("B")),
  exposure("u5", 3, variant("A")),
  exposure("u5", 4, variant("B")),
  exposure("u6", 3, { exp_variant_string: "T-search-A" }),
  exposure(null, 3, variant("A")),
  // Before the days that are asked for.
  exposure("u7", 1, variant("A")),
  { day: 3, name: "purchase", user: "u1", params: { value: 11 }, revenue: 10 },
  { day: 4, name: "purchase", user: "u1", params: { value: 5.5 }, revenue: 5 },
  { day: 4, name: "purchase", user: "u3", params: { value: 44 }, revenue: 40 },
  { day: 1, name: "purchase", user: "u4", revenue: 99 },
  { day: 9, name: "page_view", user: "u2" },
];

let engine: SqlEngine;
beforeAll(async () => {
  engine = await openDuckDb();
  await engine.run(GA4_TABLE);
  await engine.run(`INSERT INTO ga4 VALUES ${EVENTS.map(ga4Row).join(", ")}`);
  await engine.run(
    `CREATE TABLE "all events" ("user" INTEGER, "event" VARCHAR, "at" TIMESTAMP, "arm" VARCHAR, "paid" DOUBLE)`,
  );
  await engine.run(`INSERT INTO "all events" VALUES
    (1, 'exposure', '2026-03-02 12:00:00', 'A', NULL), (2, 'exposure', '2026-03-02 12:00:00', 'B', NULL),
    (3, 'exposure', '2026-03-02 12:00:00', 'B', NULL), (2, 'order', '2026-03-03 12:00:00', NULL, 8),
    (2, 'order', '2026-03-04 12:00:00', NULL, 4), (1, 'order', '2026-03-01 12:00:00', NULL, 2)`);
});
afterAll(() => engine.close());

async function documentOf(config: ExperimentConfig): Promise<ExperimentData> {
  const { definition, summaries } = readExperimentConfig(config);
  return parseSummaryRows(await engine.rows(summarySql({ ...summaries, dialect: "duckdb" })), definition);
}

const ga4 = {
  preset: "ga4-export",
  table: "ga4",
  firstDay: "2026-03-02",
  lastDay: "2026-03-09",
} as const;

describe("the preset of GA4's export", () => {
  it("reads exposures from events, arms and values from their parameters, revenue from a record", async () => {
    const document = await documentOf({
      name: "checkout",
      control: "T-checkout-A",
      metrics: [
        { name: "purchase", role: "macro", kind: "proportion" },
        { name: "revenue", role: "secondary", kind: "mean" },
        { name: "value", role: "secondary", kind: "mean" },
      ],
      rows: {
        ...ga4,
        measures: [
          { metric: "purchase", event: "purchase" },
          { metric: "revenue", event: "purchase", value: { path: ["ecommerce", "purchase_revenue"] } },
          { metric: "value", event: "purchase", value: { parameter: "value", type: "number" } },
        ],
        segmentations: [{ name: "device", column: { path: ["device", "category"] } }],
      },
    });
    const [a, b] = document.arms;
    expect([a, b]).toMatchObject([
      {
        name: "T-checkout-A",
        n: 2,
        results: [{ conversions: 1 }, { mean: 7.5, variance: 112.5 }, { mean: 8.25 }],
      },
      {
        name: "T-checkout-B",
        n: 2,
        results: [{ conversions: 1 }, { mean: 20, variance: 800 }, { mean: 22 }],
      },
    ]);
    expect(document.arms.map(({ name }) => name)).toContain("T-search-A");
    expect(document.segmentations![0]!.segments.map(({ name }) => name)).toEqual(["desktop", "mobile"]);
    expect(document.dataQuality).toEqual(
      expect.arrayContaining([
        { check: "exposures", count: 9 },
        { check: "duplicate-exposures", count: 1 },
        { check: "units-in-several-arms", count: 1 },
        { check: "exposures-without-unit", count: 1 },
      ]),
    );
  });

  it("keeps to one experiment where a parameter names it, and reads numbers as names of arms", async () => {
    await engine.run(`CREATE TABLE tool AS SELECT * FROM ga4 WHERE false`);
    const shown = (user: string, experiment: string, arm: number): Ga4Event => {
      return { day: 2, name: "shown", user, params: { experiment_id: experiment, variant_id: arm } };
    };
    const rows = [shown("a", "x1", 0), shown("b", "x1", 1), shown("c", "x2", 0), shown("a", "x2", 1)];
    await engine.run(`INSERT INTO tool VALUES ${rows.map(ga4Row).join(", ")}`);
    const sql = summarySql({
      dialect: "duckdb",
      ...ga4Source({
        table: "tool",
        firstDay: ga4.firstDay,
        lastDay: ga4.lastDay,
        exposureEvent: "shown",
        armParameter: "variant_id",
        experimentParameter: "experiment_id",
        experimentId: "x1",
      }),
      control: "0",
      metrics: [{ name: "purchase", kind: "proportion", event: "purchase" }],
    });
    const { arms } = parseSummaryRows(await engine.rows(sql));
    expect(arms.map(({ name, n }) => [name, n])).toEqual([
      ["0", 1],
      ["1", 1],
    ]);
  });

  it("asks BigQuery for the tables of its days only", () => {
    const { source } = ga4Source({
      table: "p.analytics_1.events_*",
      firstDay: ga4.firstDay,
      lastDay: ga4.lastDay,
    });
    const within = { column: "_TABLE_SUFFIX", from: "20260302", to: "20260309" };
    expect(source).toMatchObject({ exposures: { where: [within, {}] }, events: { where: [within] } });
  });

  it.each<[Partial<Record<keyof Ga4Options | "lastday", unknown>>, string]>([
    [{ lastDay: "2026-02-29" }, 'lastDay = "2026-02-29", must be a day: 2026-03-01'],
    [{ lastDay: "2026-03-01" }, "must be at or after firstDay = 2026-03-02"],
    [{ firstDay: undefined }, "firstDay = undefined, must be a day"],
    [{ lastday: "x" }, '(did you mean "lastDay"?)'],
    [{ unit: "user" }, 'unit = "user", must be one of "user_pseudo_id", "user_id"'],
    [{ experimentId: "x1" }, "experimentParameter = undefined, must be a text"],
    [{ experimentParameter: "x1" }, "experimentId = undefined, must be a text"],
  ])("refuses %j: %s", (more, message) => {
    const { preset: _, ...options } = ga4;
    expect(() => ga4Source({ ...options, ...more } as Ga4Options)).toThrow(DomainError);
    expect(() => ga4Source({ ...options, ...more } as Ga4Options)).toThrow(message);
  });
});

describe("the preset of a plain table of events", () => {
  const table = { table: "all events", unit: "user", event: "event", time: "at", arm: "arm" };
  const config: ExperimentConfig = {
    name: "plain",
    control: "A",
    metrics: [{ name: "paid", role: "macro", kind: "mean" }],
    rows: {
      preset: "event-table" as const,
      ...table,
      measures: [{ metric: "paid", event: "order", value: "paid" }],
    },
  };

  it("takes the rows of one event for exposures", async () => {
    const { arms, dataQuality } = await documentOf(config);
    expect(arms).toEqual([
      { name: "A", n: 1, results: [{ metric: "paid", mean: 0, variance: 0 }] },
      { name: "B", n: 2, results: [{ metric: "paid", mean: 6, variance: 72 }] },
    ]);
    expect(dataQuality).toContainEqual({ check: "events-before-exposure", count: 1 });
  });

  it("is the same as its options for the statement", () => {
    const { summaries } = readExperimentConfig(config);
    expect(summaries).toMatchObject(eventTableSource(table));
  });

  it("is refused with the path in the configuration", () => {
    const read = (rows: object) => () =>
      readExperimentConfig({ ...config, rows: { ...config.rows, ...rows } } as ExperimentConfig);
    expect(read({ preset: "ga4" })).toThrow(
      'rows.preset = "ga4", must be one of "ga4-export", "event-table"',
    );
    expect(read({ source: { units: "t" } })).toThrow("rows.source = {…}, is not a known field here");
    expect(read({ event: "" })).toThrow('rows.event = "", must be a name');
    expect(() => eventTableSource({ ...table, exposure: "seen" } as EventTableOptions)).toThrow(
      'exposure = "seen", is not a known field here',
    );
  });
});
