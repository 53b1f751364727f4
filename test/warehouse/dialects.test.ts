import { describe, expect, it } from "vitest";
import { ga4Source } from "../../src/warehouse/presets/ga4-source.ts";
import { SQL_DIALECTS } from "../../src/warehouse/sql-dialect.ts";
import type { SummarySqlOptions } from "../../src/warehouse/summary-options.ts";
import { summarySql } from "../../src/warehouse/summary-sql.ts";
import { syntaxErrors } from "../support/polyglot.ts";

type Description = Omit<SummarySqlOptions, "dialect">;

const events = {
  source: {
    exposures: { table: "shop.exposures", where: [{ column: "experiment", in: ["checkout"] }] },
    events: { table: "shop.events", event: "name" },
  },
  unit: "user_id",
  arm: "variant",
  time: { column: "at", timeZone: "Europe/Berlin" },
  control: "A",
  treatments: ["B"],
  metrics: [
    { name: "purchase", kind: "proportion", role: "macro", event: "purchase", attributionDays: 7 },
    { name: "add to cart", kind: "proportion", role: "proxy", event: ["add_to_cart"], attributionDays: 7 },
    {
      name: "revenue",
      kind: "mean",
      event: "purchase",
      value: "amount",
      attributionDays: 7,
      winsorized: { upperQuantile: 0.99 },
      covariate: "revenue before",
    },
    { name: "orders", kind: "count", event: "purchase" },
    {
      name: "order value",
      kind: "ratio",
      numerator: { event: "purchase", value: "amount" },
      denominator: { event: "purchase" },
    },
  ],
  covariates: [{ name: "revenue before", event: "purchase", value: "amount", days: 14 }],
  segmentations: [{ name: "device", column: "device" }],
  byDay: ["day-of-entry", "day-of-exposure"],
  readAt: "2026-03-20T00:00:00Z",
  timeZone: "Europe/Berlin",
} satisfies Description;

const wide = {
  source: { units: "units", where: [{ column: "day", from: "2026-03-01", to: "2026-03-31" }] },
  unit: "user_id",
  arm: "variant",
  time: { column: "entered", isText: true, timeZone: "Europe/Berlin" },
  control: "A",
  metrics: [
    { name: "visit", kind: "proportion", column: "visit" },
    { name: "spend", kind: "mean", column: "spend", winsorized: { upper: 500 }, covariate: "history" },
  ],
  covariates: [{ name: "history", column: "history" }],
  segmentations: [{ name: "channel", column: "channel" }],
  byDay: true,
} satisfies Description;

const small = {
  source: { exposures: { table: "exposures" }, events: { table: "events", event: "name" } },
  unit: "user_id",
  arm: "variant",
  time: "at",
  control: "A",
  metrics: [{ name: "don't \\ cancel", kind: "proportion", event: "purchase", attributionDays: 7 }],
} satisfies Description;

describe.each(SQL_DIALECTS)("a parser of %s reads the statement", (dialect) => {
  it("of every kind of time", () => {
    const epochs = (["seconds", "milliseconds", "microseconds"] as const).map((epoch) => ({
      column: "at",
      epoch,
    }));
    for (const time of ["at", { column: "at", isText: true }, ...epochs]) {
      expect(syntaxErrors(dialect, summarySql({ dialect, ...small, time }))).toEqual([]);
    }
  });

  it("of everything at once", () => {
    expect(syntaxErrors(dialect, summarySql({ dialect, ...events }))).toEqual([]);
  });

  it("of both series of days", () => {
    const byDay = ["day-of-entry", "day-of-exposure"] as const;
    expect(syntaxErrors(dialect, summarySql({ dialect, ...small, byDay }))).toEqual([]);
  });

  it("of a wide table", () => {
    expect(syntaxErrors(dialect, summarySql({ dialect, ...wide }))).toEqual([]);
    const { time: _, byDay: __, ...timeless } = wide;
    expect(syntaxErrors(dialect, summarySql({ dialect, ...timeless }))).toEqual([]);
  });

  it("as it was when it was last looked at", async () => {
    await expect(summarySql({ dialect, ...small })).toMatchFileSnapshot(`__snapshots__/${dialect}.sql`);
  });
});

const ga4 = {
  ...ga4Source({ table: "shop.analytics_1.events_*", firstDay: "2026-03-01", lastDay: "2026-03-31" }),
  control: "T-checkout-A",
  metrics: [
    {
      name: "revenue",
      kind: "mean",
      event: "purchase",
      value: { path: ["ecommerce", "purchase_revenue"] },
    },
    { name: "value", kind: "mean", event: "purchase", value: { parameter: "value", type: "number" } },
  ],
} satisfies Description;

it("the parser finds what is no SQL", () => {
  expect(syntaxErrors("bigquery", "SELECT FROM WHERE (")).toHaveLength(1);
});

describe("the export of GA4", () => {
  it.each(["bigquery", "duckdb"] as const)("is read by a parser of %s", (dialect) => {
    expect(syntaxErrors(dialect, summarySql({ dialect, ...ga4 }))).toEqual([]);
  });

  it("as it was when it was last looked at", async () => {
    await expect(summarySql({ dialect: "bigquery", ...ga4 })).toMatchFileSnapshot("__snapshots__/ga4.sql");
  });

  it.each(["postgres", "snowflake", "clickhouse", "spark", "redshift"] as const)(
    "has no parameters in %s",
    (dialect) => {
      expect(() => summarySql({ dialect, ...ga4 })).toThrow("holds no event parameters");
    },
  );
});
