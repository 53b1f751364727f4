import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { analyzeExperiment } from "../../src/experiment/analyze-experiment.ts";
import { adjustWithCovariate } from "../../src/summaries/adjust-with-covariate.ts";
import { parseSummaryRows } from "../../src/warehouse/parse-summary-rows.ts";
import { aggregateRows, type PlainRow } from "../support/aggregate-rows.ts";
import { plainCovariance } from "../support/plain-moments.ts";
import { type RandomSummary, randomEvents, randomUnits } from "../support/random-summaries.ts";
import type { Description, Row } from "../support/units-of-rows.ts";

/** Rows of the experiments that a description and its tables hold, each by itself. */
function experimentsOf({ description, tables }: RandomSummary): PlainRow[][] {
  const rows = aggregateRows(
    description,
    Object.fromEntries(tables.map((table) => [table.name, table.rows])),
  );
  const names = new Set(rows.map(({ experiment }) => experiment));
  return [...names].map((name) => rows.filter(({ experiment }) => experiment === name));
}

/** Metrics as a configuration would have them: with one that decides. */
function definitionOf({ control, metrics }: Description) {
  const macro = Math.max(
    0,
    metrics.findIndex(({ role }) => role === "macro"),
  );
  return {
    name: "test",
    control,
    metrics: metrics.map(({ name, kind, attributionDays: days }, i) => ({
      name,
      kind,
      role: i === macro ? ("macro" as const) : ("secondary" as const),
      ...(days === undefined ? {} : { attributionDays: days }),
    })),
  };
}

describe("a document of rows", () => {
  it.each([
    ["exposures and events", randomEvents],
    ["wide tables", randomUnits],
  ])("of %s is read out, whatever they hold, unless there are no two arms to compare", (_, drawn) => {
    let read = 0;
    fc.assert(
      fc.property(drawn, (one) => {
        for (const rows of experimentsOf(one)) {
          const arms = rows.filter(({ measure, part }) => measure === "arm" && part === "all");
          const { control } = one.description;
          const isComparison = new Set([control, ...arms.map(({ arm }) => arm)]).size > 1;
          const readOut = () => analyzeExperiment(parseSummaryRows(rows, definitionOf(one.description)));
          if (arms.length === 0) expect(readOut).toThrow(/^rows = .*, must hold a unit that is in some arm$/);
          else if (isComparison) read += readOut().treatments.length;
          else expect(readOut).toThrow(/^data\.arms = .*, must hold at least 2 entries/);
        }
      }),
      { numRuns: 40 },
    );
    expect(read).toBeGreaterThan(20);
  });

  it("is the same whether a client gives whole numbers as numbers, as bigint or as text", () => {
    const rows = fc
      .sample(randomUnits, { numRuns: 50, seed: 5 })
      .flatMap((one) => experimentsOf(one))
      .find((own) => own.filter(({ measure }) => measure === "arm").length > 4);
    const written = (write: (value: number) => unknown): unknown[] =>
      rows!.map((row) =>
        Object.fromEntries(
          Object.entries(row).map(([key, value]) => [
            key,
            Number.isInteger(value) ? write(value as number) : value,
          ]),
        ),
      );
    const document = parseSummaryRows(rows!);
    expect(parseSummaryRows(written(BigInt))).toEqual(document);
    expect(parseSummaryRows(written(String))).toEqual(document);
  });
});

/** Units in a wide table: their arm, a covariate and a metric that depends on it. */
const ARMS: Readonly<Record<string, readonly (readonly [x: number, y: number])[]>> = {
  A: [
    [1e6 + 1, 3.5],
    [1e6 + 2, 4],
    [1e6 + 4, 9.25],
    [1e6 + 8, 14],
    [1e6 + 3, 2],
  ],
  B: [
    [1e6 + 2, 6],
    [1e6 + 2, 7.5],
    [1e6 + 5, 9],
    [1e6 + 9, 21],
    [1e6, 1],
  ],
  C: [
    [1e6 + 7, 12],
    [1e6 + 3, 3],
    [1e6 + 6, 11],
    [1e6 + 1, 0.5],
    [1e6 + 4, 8],
  ],
};

function adjustedArms(names: readonly string[], cut = 0): { mean: number; variance: number }[] {
  const rows = names.flatMap((arm, i) => ARMS[arm]!.slice(i * cut).map(([x, y]): Row => ({ arm, x, y })));
  const description: Description = {
    source: { units: "t" },
    arm: "arm",
    control: "A",
    metrics: [{ name: "spend", kind: "mean", column: "y", covariate: "before" }],
    covariates: [{ name: "before", column: "x" }],
  };
  const { arms } = parseSummaryRows(aggregateRows(description, { t: rows }));
  return arms.map(({ results }) => ({ mean: results[0]!.mean!, variance: results[0]!.variance! }));
}

function momentsOf(pairs: readonly (readonly [number, number])[]) {
  const [x, y] = [pairs.map((pair) => pair[0]), pairs.map((pair) => pair[1])];
  const mean = (of: readonly number[]): number => of.reduce((sum, value) => sum + value, 0) / of.length;
  const shared = plainCovariance(x, y);
  return {
    n: pairs.length,
    metrics: ["spend", "before"],
    mean: [mean(y), mean(x)],
    covariance: [
      [plainCovariance(y, y), shared],
      [shared, plainCovariance(x, x)],
    ],
  };
}

function expectNear(actual: number, expected: number): void {
  expect(Math.abs(actual / expected - 1)).toBeLessThan(1e-12);
}

describe("a covariate of rows", () => {
  it("adjusts two arms, also of different sizes, as adjustWithCovariate does", () => {
    const [control, treatment] = adjustedArms(["A", "B"], 1);
    const expected = adjustWithCovariate({
      control: momentsOf(ARMS["A"]!),
      treatment: momentsOf(ARMS["B"]!.slice(1)),
      metric: "spend",
    });
    expectNear(control!.mean, expected.control.mean);
    expectNear(control!.variance, expected.control.variance);
    expectNear(treatment!.mean, expected.treatment.mean);
    expectNear(treatment!.variance, expected.treatment.variance);
  });

  it("gives three arms of a size the effects of an ordinary regression on arms and covariate", () => {
    const [a, b, c] = adjustedArms(["A", "B", "C"]);
    // By Frisch and Waugh: the slope is that of what is left within the arms.
    const within = Object.values(ARMS).map(momentsOf);
    const total = (of: (moments: (typeof within)[number]) => number): number =>
      within.reduce((sum, moments) => sum + of(moments), 0);
    const slope =
      total(({ covariance }) => covariance[0]![1]!) / total(({ covariance }) => covariance[1]![1]!);
    const effect = (i: number): number =>
      within[i]!.mean[0]! - within[0]!.mean[0]! - slope * (within[i]!.mean[1]! - within[0]!.mean[1]!);
    expectNear(b!.mean - a!.mean, effect(1));
    expectNear(c!.mean - a!.mean, effect(2));
  });
});

describe("rows that no statement returned", () => {
  const rows = (): Record<string, unknown>[] =>
    aggregateRows(
      {
        source: { units: "t" },
        arm: "arm",
        control: "A",
        metrics: [
          { name: "order", kind: "proportion", column: "z" },
          { name: "spend", kind: "mean", column: "y", covariate: "before" },
        ],
        covariates: [{ name: "before", column: "x" }],
      },
      {
        t: Object.entries(ARMS).flatMap(([arm, units]) =>
          units.map(([x, y]): Row => ({ arm, x, y, z: y > 5 })),
        ),
      },
    ).map((row) => ({ ...row }));

  /** The place of the first row of a measure and a metric. */
  const placeOf = (measure: string, metric: string): number =>
    rows().findIndex((row) => row["measure"] === measure && row["metric"] === metric);

  it.each([
    ["arm", "", { n: null }, /^rows\[\d+\]\.n = null, must be a number in a row of measure "arm"/],
    ["arm", "", { n: new Date(0) }, /^rows\[\d+\]\.n = .*, must be a finite number or null/],
    ["arm", "", { n: "many" }, /^rows\[\d+\]\.n = "many", must be a finite number/],
    ["arm", "", { n: " " }, /^rows\[\d+\]\.n = " ", must be a finite number/],
    ["arm", "", { n: -1 }, /^rows\[\d+\]\.n = -1, must/],
    ["arm", "", { n: 2n ** 60n }, /^rows\[\d+\]\.n = .*, must be a whole number that a double holds exactly/],
    [
      "result",
      "order",
      { sum: null },
      /^rows\[\d+\]\.sum = null, must be a number in a row of measure "result"/,
    ],
    ["result", "order", { sum: 1.5 }, /^rows\[\d+\]\.sum = 1\.5, must be a whole number/],
    ["result", "order", { kind: "share" }, /^rows\[\d+\]\.kind = "share", must be/],
    ["result", "order", { metric: undefined }, /^rows\[\d+\]\.metric = undefined, must be a text/],
    ["result", "spend", { variance: null }, /^rows\[\d+\]\.variance = null, must be a number/],
    [
      "covariate",
      "spend",
      { covariance: Number.NaN },
      /^rows\[\d+\]\.covariance = NaN, must be a finite number/,
    ],
    ["covariate", "spend", { measure: "covariates" }, /^rows\[\d+\]\.measure = "covariates", must be/],
  ])("are refused by their path: %s %s %o", (measure, metric, change, message) => {
    const changed = rows();
    const place = placeOf(measure, metric);
    changed[place] = { ...changed[place], ...change };
    expect(() => parseSummaryRows(changed)).toThrow(message);
  });

  it("are refused where one is there twice, as where parts were put together and not merged", () => {
    const [first] = rows();
    const twice = [...rows(), first];
    expect(() => parseSummaryRows(twice)).toThrow(
      /^rows\[\d+\] = .*, must not be there twice: merge partial summaries by mergeSummaryRows/,
    );
  });
});
