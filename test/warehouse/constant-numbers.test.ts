import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { MetricMeasure } from "../../src/warehouse/summary-options.ts";
import { exposure, outcomeOf, sale } from "../support/dirty-experiment.ts";
import { openDuckDb, openPglite, type SqlEngine } from "../support/sql-engines.ts";

// Seven desktops of 27 units buy for odd amounts: the centres of all numbers are no round ones.
const PHONES = {
  exposures: [1, 2, 3, 4, 5, 6, 7].map((i) => exposure(`p${i}`, i % 2 === 0 ? "A" : "B", undefined, "phone")),
};
const METRICS: readonly MetricMeasure[] = [
  { name: "sale", kind: "proportion", role: "macro", event: "sale" },
  { name: "sales", kind: "count", role: "secondary", event: "sale" },
  { name: "revenue", kind: "mean", role: "secondary", event: "sale", value: "amount" },
  {
    name: "price",
    kind: "ratio",
    role: "secondary",
    numerator: { event: "sale", value: "amount" },
    denominator: { event: "sale" },
  },
];
const description = { metrics: METRICS, segmentations: [{ name: "device", column: "segment" }] };

describe.each([
  ["DuckDB", openDuckDb],
  ["PostgreSQL", openPglite],
])("a segment of %s", (_, open) => {
  let engine: SqlEngine;
  beforeAll(async () => {
    engine = await open();
  });
  afterAll(() => engine.close());

  /** Results of the first arm's phones. */
  const phonesOf = async (events: ReturnType<typeof sale>[]) => {
    const { document } = await outcomeOf(engine, { ...PHONES, events, description });
    const phones = document.segmentations![0]!.segments.find(({ name }) => name === "phone")!;
    return phones.arms[0]!.results;
  };

  it("in which nobody did anything has means and variances of 0, whatever others did", async () => {
    const nothing = { mean: 0, variance: 0 };
    expect(await phonesOf([sale("u1", undefined, 0.1), sale("u2", undefined, 7.3)])).toEqual([
      { metric: "sale", conversions: 0 },
      { metric: "sales", events: 0, variance: 0 },
      { metric: "revenue", ...nothing },
      { metric: "price", numerator: nothing, denominator: nothing, covariance: 0 },
    ]);
  });

  it("whose amounts differ by less than the digits about the centre of all is read out", async () => {
    const events = ["p2", "p4", "p6"].map((unit, i) => sale(unit, undefined, 1e9 + i / 1000));
    const [, , revenue, price] = await phonesOf(events);
    expect(revenue!.mean).toBeCloseTo(1e9, 2);
    expect(price).toMatchObject({ denominator: { mean: 1, variance: 0 }, covariance: 0 });
  });
});
