import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DomainError } from "../../src/core/domain-error.ts";
import { fromJson, toJson } from "../../src/core/json.ts";
import {
  type CompareProportionsBatchOptions,
  compareProportionsBatch,
  type EffectColumns,
  type ProportionColumns,
} from "../../src/inference/compare-proportions-batch.ts";
import { compareProportions } from "../../src/inference/compare-proportions.ts";
import type { Proportion } from "../../src/summaries/proportion.ts";
import { armsInDoubt } from "../support/arms-in-doubt.ts";

type Arms = { readonly control: Proportion; readonly treatment: Proportion };
type Asked = Pick<CompareProportionsBatchOptions, "test" | "alternative" | "confidenceLevel">;

const BITS: Readonly<Record<string, number>> = {
  NO_VARIANCE: 1,
  ZERO_CONTROL_RATE: 2,
  UNDETERMINED_LIFT: 4,
  UNDETERMINED_ODDS_RATIO: 8,
  SMALL_COUNTS: 16,
};

function columnsOf(rows: readonly Arms[]) {
  return {
    controlN: Float64Array.from(rows, ({ control }) => control.n),
    controlConversions: Float64Array.from(rows, ({ control }) => control.conversions),
    treatmentN: rows.map(({ treatment }) => treatment.n),
    treatmentConversions: rows.map(({ treatment }) => treatment.conversions),
  };
}

const effectAt = (effect: EffectColumns, row: number): number[] => [
  effect.estimate[row]!,
  effect.standardError[row]!,
  effect.lower[row]!,
  effect.upper[row]!,
];

const rowOf = (columns: ProportionColumns, row: number): number[] => [
  columns.statistic[row]!,
  columns.pValue[row]!,
  columns.logPValue[row]!,
  ...effectAt(columns.difference, row),
  ...effectAt(columns.lift, row),
  columns.flags[row]!,
];

/** The same figures from the single call, NaN for null. */
function single(arms: Arms, asked: Asked): number[] {
  const { statistic, pValue, logPValue, difference, lift, status, warnings } = compareProportions({
    ...arms,
    ...asked,
  });
  const effects = [difference, lift].flatMap(({ estimate, standardError, interval }) => [
    estimate,
    standardError,
    interval.lower,
    interval.upper,
  ]);
  const flags = warnings.reduce((sum, { code }) => sum + BITS[code]!, 0);
  expect(status === "undetermined").toBe((flags & BITS["NO_VARIANCE"]!) !== 0);
  expect(lift.status === "undetermined").toBe((flags & BITS["UNDETERMINED_LIFT"]!) !== 0);
  return [statistic, pValue, logPValue, ...effects, flags].map((value) => value ?? Number.NaN);
}

/** Object.is tells −0 from 0, and so every two doubles with other bits. */
function expectSameBits(rows: readonly Arms[], asked: Asked): void {
  const batch = compareProportionsBatch({ ...columnsOf(rows), ...asked });
  rows.forEach((arms, row) => expect(rowOf(batch, row)).toEqual(single(arms, asked)));
}

const asked = fc.record({
  test: fc.constantFrom("score" as const, "wald" as const, undefined),
  alternative: fc.constantFrom("two-sided" as const, "greater" as const, "less" as const, undefined),
  confidenceLevel: fc.option(fc.double({ min: 0.01, max: 0.999999, noNaN: true }), { nil: undefined }),
});

describe("a batch of comparisons", () => {
  it("has the bits of the single call in every row", () => {
    const arms = armsInDoubt([1, 2, 5, 30, 1000, 1e6, 1e9, 1e15]);
    fc.assert(fc.property(fc.array(arms, { minLength: 1, maxLength: 8 }), asked, expectSameBits), {
      numRuns: 300,
    });
  });

  it("has them where none or all convert, in arms of one unit and of a billion", () => {
    const arm = [1, 2, 40, 1e9].flatMap((n) =>
      [0, 1, Math.floor(n / 2), n - 1, n].map((conversions) => ({ n, conversions })),
    );
    const rows = arm.flatMap((control) => arm.map((treatment) => ({ control, treatment })));
    for (const test of ["score", "wald"] as const)
      for (const alternative of ["two-sided", "greater", "less"] as const)
        for (const confidenceLevel of [0.95, 0.3])
          expectSameBits(rows, { test, alternative, confidenceLevel });
  });

  it("says by a flag why a figure is missing", () => {
    const columns = { controlN: [10, 10], controlConversions: [0, 0], treatmentN: [10, 10] };
    const { pValue, lift, flags } = compareProportionsBatch({
      ...columns,
      treatmentConversions: [10, 0],
      test: "wald",
    });
    expect([...pValue]).toEqual([Number.NaN, 1]);
    expect([...lift.estimate]).toEqual([Infinity, Number.NaN]);
    expect([...flags]).toEqual([1 + 2 + 16, 4 + 16]);
  });

  it("writes into the columns it is given, and no further than its rows", () => {
    const columns = columnsOf([
      { control: { n: 100, conversions: 7 }, treatment: { n: 90, conversions: 9 } },
    ]);
    const out = compareProportionsBatch({
      controlN: [9, 9, 9],
      controlConversions: [1, 2, 3],
      treatmentN: [8, 8, 8],
      treatmentConversions: [4, 5, 6],
    });
    const second = rowOf(out, 1);
    expect(compareProportionsBatch({ ...columns, out })).toBe(out);
    expect(rowOf(out, 0)).toEqual(rowOf(compareProportionsBatch(columns), 0));
    expect(rowOf(out, 1)).toEqual(second);
  });

  it("has no rows where none are given", () => {
    const none = { controlN: [], controlConversions: [], treatmentN: [], treatmentConversions: [] };
    expect(compareProportionsBatch(none).pValue).toHaveLength(0);
  });

  it("becomes lists in JSON, with null where a figure is missing", () => {
    const out = compareProportionsBatch({
      controlN: [10, 10],
      controlConversions: [0, 0],
      treatmentN: [10, 10],
      treatmentConversions: [0, 5],
    });
    expect(fromJson(toJson(out.lift.estimate))).toEqual([null, Infinity]);
  });
});

describe("a batch that cannot be compared", () => {
  const good = {
    controlN: [9, 9],
    controlConversions: [1, 2],
    treatmentN: [8, 8],
    treatmentConversions: [4, 5],
  };
  const untouched = compareProportionsBatch({
    controlN: [100, 100],
    controlConversions: [20, 30],
    treatmentN: [100, 100],
    treatmentConversions: [25, 25],
  });
  const faultOf = (options: object): [string, string] => {
    try {
      compareProportionsBatch({ ...good, ...options });
    } catch (error) {
      if (error instanceof DomainError) return [error.field, error.expected];
      throw error;
    }
    throw new Error("was compared");
  };

  it.each<[string, object]>([
    ["controlN[1]", { controlN: [9, 0] }],
    ["controlN[0]", { controlN: [9.5, 9] }],
    ["controlN[1]", { controlN: Float64Array.of(9, Number.NaN) }],
    ["treatmentN[1]", { treatmentN: [8, 2 ** 53] }],
    ["treatmentN[0]", { treatmentN: ["8", 8] }],
    ["treatmentConversions[1]", { treatmentConversions: Int32Array.of(4, -1) }],
    ["treatmentConversions[0]", { treatmentConversions: BigInt64Array.of(4n, 5n) }],
    ["controlConversions[1]", { controlConversions: [1, 10] }],
    ["controlConversions.length", { controlConversions: [1] }],
    ["treatmentN", { treatmentN: 8 }],
    ["treatmentN", { treatmentN: new DataView(new ArrayBuffer(16)) }],
    ["test", { test: "fisher" }],
    ["alternative", { alternative: "both" }],
    ["confidenceLevel", { confidenceLevel: 95 }],
    ["out", { out: [] }],
    ["out.flags", { out: { ...untouched, flags: new Uint8Array(1) } }],
    ["out.pValue", { out: { ...untouched, pValue: new Float32Array(2) } }],
    ["out.lift", { out: { ...untouched, lift: undefined } }],
    ["out.lift.lower", { out: { ...untouched, lift: { ...untouched.lift, lower: [0, 0] } } }],
  ])("is refused for its %s", (field, options) => {
    expect(faultOf(options)[0]).toBe(field);
  });

  it("names the row that has more conversions than units", () => {
    expect(faultOf({ controlConversions: [1, 10] })[1]).toBe("must be at most controlN[1] = 9");
  });

  it("is refused where a column would be written over another one", () => {
    const memory = new Float64Array(5);
    const [first, over] = [memory.subarray(0, 2), memory.subarray(1, 3)];
    expect(faultOf({ out: { ...untouched, pValue: first, logPValue: over } })).toEqual([
      "out.logPValue",
      "must not share memory with out.pValue",
    ]);
    expect(faultOf({ controlN: memory.subarray(0, 2).fill(9), out: { ...untouched, pValue: over } })).toEqual(
      ["out.pValue", "must not share memory with controlN"],
    );
  });

  it("leaves the columns as they were", () => {
    const before = structuredClone(untouched);
    faultOf({ controlN: [9, 0], out: untouched });
    expect(untouched).toEqual(before);
  });
});
