import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mergeSummaryRows } from "../../src/warehouse/merge-summary-rows.ts";
import type { SummaryRow } from "../../src/warehouse/summary-row.ts";
import { BLANK_ROW } from "../support/blank-row.ts";
import { aggregateRows, type PlainRow } from "../support/aggregate-rows.ts";
import { compareSummaryRows } from "../support/compare-summary-rows.ts";
import { type RandomSummary, randomEvents, randomUnits } from "../support/random-summaries.ts";
import type { Cell, Description } from "../support/units-of-rows.ts";

const READ_AT = "2024-04-02T00:00:00Z";

const OFFSETS = [1e9, -(2 ** 40)];

/** The means of parts are doubles: what they round away of large numbers close together no merging brings back. */
function withoutOffset(cell: Cell): Cell {
  const offset = OFFSETS.find((large) => typeof cell === "number" && Math.abs(cell - large) < 1000);
  return offset === undefined ? cell : (cell as number) - offset;
}

function divisibleSummary({ description, tables }: RandomSummary): RandomSummary {
  return {
    description: divisible(description),
    tables: tables.map((table) => ({
      ...table,
      rows: table.rows.map((row) =>
        Object.fromEntries(Object.entries(row).map(([column, cell]) => [column, withoutOffset(cell)])),
      ),
    })),
  };
}

/** A description whose parts add up: read at the same time, and capped at the same numbers. */
function divisible(description: Description): Description {
  const metrics = description.metrics.map((metric) =>
    metric.winsorized?.upperQuantile === undefined ? metric : { ...metric, winsorized: { upper: 2.5 } },
  );
  return {
    ...description,
    metrics,
    ...(description.time === undefined && "units" in description.source ? {} : { readAt: READ_AT }),
  };
}

/** The rows of each shard, its units chosen by chance; rows of no unit go to the first. */
function shards({ description, tables }: RandomSummary, count: number, seed: number): PlainRow[][] {
  const shardOf = (unit: unknown): number => {
    const text = String(unit);
    return unit === null ? 0 : [...text].reduce((sum, c) => sum * 31 + c.charCodeAt(0), seed) % count;
  };
  return Array.from({ length: count }, (_, shard) =>
    aggregateRows(
      description,
      Object.fromEntries(
        tables.map(({ name, rows }) => [
          name,
          rows.filter((row, i) => {
            const id = description.unit as string | undefined;
            return (id === undefined ? (i + seed) % count : shardOf(row[id])) === shard;
          }),
        ]),
      ),
    ),
  );
}

function expectWhole(merged: readonly SummaryRow[], { description, tables }: RandomSummary): void {
  const whole = aggregateRows(description, Object.fromEntries(tables.map(({ name, rows }) => [name, rows])));
  const { differences, largestError } = compareSummaryRows(
    merged as unknown as Record<string, unknown>[],
    whole,
  );
  expect(differences).toEqual([]);
  expect(largestError).toBeLessThan(1e-12);
}

describe("parts of an experiment", () => {
  it.each([
    ["exposures and events", randomEvents],
    ["wide tables", randomUnits],
  ] as const)("of %s make the whole, however units are split, ordered and grouped", (_, summaries) => {
    fc.assert(
      fc.property(
        summaries.map(divisibleSummary),
        fc.integer({ min: 1, max: 5 }),
        fc.nat({ max: 1000 }),
        (summary, count, seed) => {
          const parts = shards(summary, count, seed);
          expectWhole(mergeSummaryRows(parts), summary);
          const [first, ...others] = parts.toReversed() as [PlainRow[], ...PlainRow[][]];
          expectWhole(mergeSummaryRows([first, mergeSummaryRows([...others, []])]), summary);
        },
      ),
      { numRuns: Number(process.env["WAREHOUSE_RUNS"] ?? 15) },
    );
  });
});

const arm: SummaryRow = { ...BLANK_ROW, arm: "A", role: "control", n: 3 };
const revenue: SummaryRow = {
  ...arm,
  measure: "result",
  metric: "revenue",
  kind: "mean",
  role: "macro",
  attribution_days: 7,
  mean: 2,
  variance: 1,
};
const capped: SummaryRow = {
  ...arm,
  arm: "",
  role: "",
  measure: "quality",
  metric: "revenue",
  other: "values-capped",
  n: 1,
  mean: 90,
};

describe("mergeSummaryRows", () => {
  it("loses of a variance only what the means of its parts have rounded away", () => {
    const values = [0, 1, 2, 3, 4, 5].map((x) => 1e9 + x);
    const parts = values.map((x) => [{ ...revenue, n: 1, mean: x, variance: 0 }]);
    expect(mergeSummaryRows(parts)[0]!.variance! / 3.5 - 1).toBeCloseTo(0, 6);
  });

  it("takes rows as clients give them: whole numbers of 64 bits as bigint or text", () => {
    const [merged] = mergeSummaryRows([[{ ...arm, n: 3n }], [{ ...arm, n: "4" }]]);
    expect(merged).toEqual({ ...arm, n: 7 });
  });

  it("returns a single part as it is, in the order of the statement", () => {
    expect(mergeSummaryRows([[capped, arm, revenue]])).toEqual([capped, arm, revenue]);
  });

  it("takes the mean of the other part where one has no mature unit", () => {
    const none = { ...revenue, n: 0, mean: null, variance: 0 };
    expect(mergeSummaryRows([[none], [revenue]])).toEqual([revenue]);
    expect(mergeSummaryRows([[none], [none]])).toEqual([none]);
  });

  it("runs the clock from the earliest exposure to the latest reading", () => {
    const clock: SummaryRow = {
      ...arm,
      arm: "",
      role: "",
      measure: "clock",
      n: null,
      sum: 10,
      other_sum: 20,
    };
    const nobody = { ...clock, sum: null, other_sum: null };
    const parts = [[clock], [{ ...clock, sum: 5, other_sum: 15 }], [nobody]];
    expect(mergeSummaryRows(parts)).toEqual([{ ...clock, sum: 5 }]);
  });

  it("keeps experiments, segments and days apart", () => {
    const day = { ...arm, part: "day" as const, day: 3 };
    const rows = [arm, day, { ...day, day: 10 }, { ...arm, experiment: "other" }];
    expect(mergeSummaryRows([rows, rows]).map(({ experiment, day: of, n }) => [experiment, of, n])).toEqual([
      ["checkout", null, 6],
      ["checkout", 3, 6],
      ["checkout", 10, 6],
      ["other", null, 6],
    ]);
  });

  it.each([
    [
      "another kind",
      [[revenue], [{ ...revenue, kind: "count", sum: 6 }]],
      /^parts\[1\]\[0\]\.kind = "count", must be mean/,
    ],
    [
      "another role",
      [[revenue], [{ ...revenue, role: "proxy" }]],
      /^parts\[1\]\[0\]\.role = "proxy", must be macro/,
    ],
    [
      "another window",
      [[revenue], [{ ...revenue, attribution_days: 14 }]],
      /^parts\[1\]\[0\]\.attribution_days = 14, must be 7/,
    ],
    [
      "a metric less",
      [[arm, revenue], [arm]],
      /^parts\[1\] = "arm", must hold "result, revenue" as parts\[0\] does$/,
    ],
    ["a metric more", [[arm], [arm, revenue]], /^parts\[1\] = "result, revenue", must not hold/],
    [
      "another cap",
      [[capped], [{ ...capped, mean: 80 }]],
      /^parts\[1\]\[0\]\.mean = 80, must be the cap 90 .*quantiles/,
    ],
    ["a row twice", [[arm, arm]], /^parts\[0\]\[1\] = "arm, A", must not be there twice/],
    ["a negative variance", [[{ ...revenue, variance: -1 }]], /^parts\[0\]\[0\]\.variance = -1, must/],
    ["no part", [], /^parts = .*, must be a list of at least one part$/],
    ["a text", "rows", /^parts = "rows", must be a list$/],
    ["a part that is no list", [arm], /^parts\[0\] = .*, must be a list$/],
  ] as const)("refuses %s", (_, parts, message) => {
    expect(() => mergeSummaryRows(parts as Iterable<Iterable<unknown>>)).toThrow(message);
  });
});
