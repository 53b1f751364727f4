import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { analyzeExperiment, type ExperimentReadout } from "../../src/experiment/analyze-experiment.ts";
import {
  DATA_QUALITY,
  type DataQualityCheck,
  type DataQualityCount,
} from "../../src/experiment/data-quality.ts";
import type { ArmData, ExperimentData } from "../../src/experiment/experiment-data.ts";
import type { ExperimentPlan } from "../../src/experiment/experiment-plan.ts";
import { planExperiment } from "../../src/experiment/plan-experiment.ts";

function arm(name: string, orders: number): ArmData {
  return {
    name,
    n: 1000,
    results: [
      { metric: "order", conversions: orders, n: 900 },
      { metric: "revenue", mean: 3, variance: 40 },
    ],
  };
}

const DATA: ExperimentData = {
  name: "shop",
  control: "old",
  metrics: [
    { name: "order", role: "macro", kind: "proportion", attributionDays: 7 },
    { name: "revenue", role: "secondary", kind: "mean" },
  ],
  arms: [arm("old", 100), arm("new", 110)],
};

/** A count as short as it can be written. */
function count(check: DataQualityCheck, found: number, metric?: string): DataQualityCount {
  return { check, count: found, ...(metric !== undefined && { metric }) };
}

const EXPOSURES = count("exposures", 4000);
const EVENTS = count("events", 1000);

function read(...dataQuality: readonly DataQualityCount[]): ExperimentReadout {
  return analyzeExperiment({ ...DATA, dataQuality });
}

function warningsOf(...counts: readonly DataQualityCount[]): string[] {
  const usual = new Set(analyzeExperiment(DATA).warnings.map(({ code }) => code));
  return read(...counts).warnings.flatMap(({ code }) => (usual.has(code) ? [] : [code]));
}

function messageOf(code: string, ...counts: readonly DataQualityCount[]): string {
  return read(...counts).warnings.find((warning) => warning.code === code)!.message;
}

describe("the counts of rows in a read-out", () => {
  it("are null where the document has none, and as many as it has otherwise", () => {
    expect(analyzeExperiment(DATA).dataQuality).toBeNull();
    expect(read().dataQuality).toEqual([]);
    expect(read(EXPOSURES).dataQuality).toEqual([
      {
        check: "exposures",
        metric: null,
        count: 4000,
        share: null,
        treatment: "All rows of exposure that were read.",
      },
    ]);
  });

  it("stand in the same order, however the document orders them", () => {
    const counts = [
      EXPOSURES,
      EVENTS,
      count("metric-events", 500, "order"),
      count("metric-events", 400, "revenue"),
      count("duplicate-exposures", 20),
      count("values-missing", 2, "revenue"),
    ];
    const readout = read(...counts);
    expect(readout.dataQuality!.map(({ check, metric }) => [check, metric])).toEqual(
      counts.map(({ check, metric = null }) => [check, metric]),
    );
    expect(read(...counts.toReversed())).toEqual(readout);
  });

  it("each say in a sentence what became of the rows", () => {
    for (const { treatment } of Object.values(DATA_QUALITY)) expect(treatment).toMatch(/^[A-Z][^.]*\.$/);
    const [found] = read(count("units-in-several-arms", 7)).dataQuality!;
    expect(found!.treatment).toBe("They are left out of every arm.");
  });

  it("are all explained where the documents are", () => {
    const page = readFileSync(new URL("../../docs/documents.md", import.meta.url), "utf8");
    const rows = page.split("\n").filter((line) => line.startsWith("| `"));
    const explained = new Set(rows.flatMap((row) => row.split(" | ")[0]!.match(/(?<=`)[a-z-]+(?=`)/g) ?? []));
    expect(Object.keys(DATA_QUALITY).filter((check) => !explained.has(check))).toEqual([]);
  });

  it.each<readonly [share: number, found: DataQualityCount]>([
    [0.1, count("duplicate-exposures", 400)],
    [0.01, count("exposures-after-reading", 40)],
    [40 / 2040, count("units-in-several-arms", 40)],
    [0.3, count("events-of-others", 300)],
    [0.05, count("events-before-exposure", 50)],
    [0.4, count("metric-events", 400, "order")],
    [0.02, count("events-after-window", 10, "revenue")],
    [0.2, count("values-missing", 100, "revenue")],
    [0.05, count("values-capped", 100, "revenue")],
    [0.1, count("immature-units", 200, "order")],
  ])("have the share %f of what they are counted among: %j", (share, found) => {
    const { dataQuality } = read(EXPOSURES, EVENTS, ...metricEvents(found, 500, "revenue"), found);
    expect(dataQuality!.find(({ check, metric }) => isThat(found, check, metric))!.share).toBeCloseTo(
      share,
      12,
    );
  });

  it("have the share of the events of units in the test where they come before the exposure", () => {
    const early = count("events-before-exposure", 25);
    const { dataQuality } = read(
      EVENTS,
      count("events-of-others", 700),
      count("events-without-unit", 50),
      early,
    );
    expect(dataQuality!.at(-1)).toMatchObject({ check: early.check, share: 0.1 });
  });

  it("have the share of the rows of a wide table, which has no events, where values are missing", () => {
    const missing = count("values-missing", 40, "revenue");
    expect(read(EXPOSURES, missing).dataQuality![1]!.share).toBe(0.01);
    expect(read(EXPOSURES, EVENTS, missing).dataQuality![2]!.share).toBeNull();
  });

  it("have no share where nobody says among how many, or where these are none", () => {
    expect(read(count("duplicate-exposures", 3)).dataQuality![0]!.share).toBeNull();
    expect(read(count("events", 0), count("events-of-others", 0)).dataQuality![1]!.share).toBeNull();
  });

  it("leave all else as it is, and the fingerprint of the plan with it", () => {
    const plan: ExperimentPlan = {
      name: "shop",
      control: "old",
      treatments: ["new"],
      n: 1000,
      metrics: [
        { name: "order", role: "macro", kind: "proportion", baseline: 0.1, lift: 0.3, attributionDays: 7 },
        { name: "revenue", role: "secondary", kind: "mean", baseline: 3, standardDeviation: 6, lift: 0.3 },
      ],
    };
    const { metrics: _, control: __, ...data } = DATA;
    const without = analyzeExperiment({ ...data, plan });
    const { dataQuality, warnings, ...rest } = analyzeExperiment({
      ...data,
      plan,
      registeredFingerprint: planExperiment(plan).fingerprint,
      dataQuality: [EXPOSURES, count("units-in-several-arms", 900)],
    });
    expect(dataQuality).toHaveLength(2);
    expect(warnings).toHaveLength(without.warnings.length + 1);
    expect({ ...without, ...rest }).toEqual(without);
    expect(rest.departures).toEqual([]);
  });
});

/** The events of a metric, unless these are what is asked for. */
function metricEvents(found: DataQualityCount, events: number, metric: string): DataQualityCount[] {
  return isThat(found, "metric-events", metric) ? [] : [count("metric-events", events, metric)];
}

function isThat(found: DataQualityCount, check: DataQualityCheck, metric: string | null): boolean {
  return found.check === check && (found.metric ?? null) === metric;
}

describe("the rows behind a read-out are warned of", () => {
  it("where units are in several arms, and in stronger words from one in a hundred on", () => {
    const few = count("units-in-several-arms", 20);
    const many = count("units-in-several-arms", 21);
    expect(warningsOf(count("units-in-several-arms", 0))).toEqual([]);
    expect(warningsOf(few)).toEqual(["UNITS_IN_SEVERAL_ARMS"]);
    expect(messageOf("UNITS_IN_SEVERAL_ARMS", few)).toContain("20 (0.99 %)");
    expect(messageOf("UNITS_IN_SEVERAL_ARMS", few)).not.toContain("broken");
    expect(messageOf("UNITS_IN_SEVERAL_ARMS", many)).toContain("is broken");
  });

  it("where more than one exposure in a hundred lacks its unit, arm or time", () => {
    const lacking = [count("exposures-without-unit", 20), count("exposures-without-arm", 11)];
    expect(warningsOf(EXPOSURES, ...lacking, count("exposures-without-time", 9))).toEqual([]);
    const counts = [EXPOSURES, ...lacking, count("exposures-without-time", 10)];
    expect(warningsOf(...counts)).toEqual(["INCOMPLETE_EXPOSURES"]);
    expect(messageOf("INCOMPLETE_EXPOSURES", ...counts)).toContain(": 41 (1.03 %), left out.");
  });

  it("where more than five events in a hundred come before the exposure", () => {
    const events = [EVENTS, count("events-of-others", 800)];
    expect(warningsOf(...events, count("events-before-exposure", 10))).toEqual([]);
    const counts = [...events, count("events-before-exposure", 11)];
    expect(warningsOf(...counts)).toEqual(["EVENTS_BEFORE_EXPOSURE"]);
    expect(messageOf("EVENTS_BEFORE_EXPOSURE", ...counts)).toMatch(/11 \(5\.5 %\).*time zones/);
  });

  it("where there is no event of a metric at all", () => {
    const arms = DATA.arms.map(({ results, ...rest }) => {
      return { ...rest, results: [{ ...results[0]!, conversions: 0 }, results[1]!] };
    });
    const none = count("metric-events", 0, "order");
    const { warnings } = analyzeExperiment({ ...DATA, arms, dataQuality: [none] });
    expect(warnings).toContainEqual({
      code: "METRIC_WITHOUT_EVENTS",
      message: 'Nobody ever did "order": is the name of its event right?',
    });
    expect(warningsOf(count("metric-events", 210, "order"))).toEqual([]);
  });

  it("where more than one value in a hundred is missing", () => {
    const events = count("metric-events", 500, "revenue");
    expect(warningsOf(events, count("values-missing", 5, "revenue"))).toEqual([]);
    expect(warningsOf(events, count("values-missing", 6, "revenue"))).toEqual(["VALUES_MISSING"]);
  });

  it("where nobody says that they are few", () => {
    expect(warningsOf(count("exposures-without-unit", 1))).toEqual(["INCOMPLETE_EXPOSURES"]);
    expect(messageOf("VALUES_MISSING", count("values-missing", 1, "order"))).toContain("finite: 1. They");
    expect(warningsOf(count("events-before-exposure", 0))).toEqual([]);
  });

  it("before all else, the gravest first", () => {
    const { warnings } = read(
      count("values-missing", 1, "order"),
      count("exposures-without-arm", 1),
      count("units-in-several-arms", 1),
    );
    const codes = warnings.map(({ code }) => code);
    expect(codes).toEqual([
      "UNITS_IN_SEVERAL_ARMS",
      "INCOMPLETE_EXPOSURES",
      "VALUES_MISSING",
      "NO_PLANNED_N",
    ]);
  });

  it("not where a table that others share holds what is not of the test", () => {
    const counts = [
      count("exposures", 99_000),
      count("exposures-in-other-arms", 90_000),
      count("events", 99_000),
      count("events-of-others", 98_000),
      count("events-after-reading", 500),
    ];
    expect(warningsOf(...counts)).toEqual([]);
  });

  it("and no maturity is assumed where the units that are still open were counted", () => {
    const arms = DATA.arms.map(({ name, n }) => {
      return { name, n, results: arm(name, 100).results.map(({ n: _n, ...result }) => result) };
    });
    const codes = (dataQuality: readonly DataQualityCount[]): string[] =>
      analyzeExperiment({ ...DATA, arms, dataQuality }).warnings.map(({ code }) => code);
    expect(codes([])).toContain("MATURITY_ASSUMED");
    expect(codes([count("immature-units", 0, "order")])).not.toContain("MATURITY_ASSUMED");
  });
});

describe("counts of rows that cannot be", () => {
  it.each<readonly [string, readonly unknown[], message: string]>([
    [
      "of an unknown check",
      [{ check: "duplicate-exposure", count: 1 }],
      'dataQuality[0].check = "duplicate-exposure", must be one of "exposures"',
    ],
    ["that are negative", [{ check: "events", count: -1 }], "dataQuality[0].count = -1, must be at least 0"],
    [
      "that are no whole numbers",
      [{ check: "events", count: 1.5 }],
      "dataQuality[0].count = 1.5, must be a whole number",
    ],
    ["that are missing", [{ check: "events" }], "dataQuality[0].count = undefined, must be a finite number"],
    ["given twice", [EXPOSURES, EVENTS, EXPOSURES], 'is given twice: "exposures"'],
    [
      "given twice for a metric",
      [count("values-capped", 1, "revenue"), count("values-capped", 2, "revenue")],
      'is given twice: "values-capped" of "revenue"',
    ],
    [
      "without their metric",
      [count("values-missing", 1)],
      'dataQuality[0].metric = undefined, is needed: "values-missing" is counted for each metric',
    ],
    [
      "with a metric that they do not have",
      [count("events-of-others", 1, "order")],
      'dataQuality[0].metric = "order", does not belong to "events-of-others"',
    ],
    [
      "of an unknown metric",
      [count("values-missing", 1, "ordr")],
      'dataQuality[0].metric = "ordr", must name one of the metrics, not "ordr" (did you mean "order"?)',
    ],
    [
      "of more exposures left out than there are",
      [count("duplicate-exposures", 400), count("exposures", 399)],
      "dataQuality[1].count = 399, must be at least 2400, the units exposed and the rows left out",
    ],
    [
      "of fewer exposures than units, those in several arms among them",
      [count("exposures", 2009), count("units-in-several-arms", 5)],
      "dataQuality[0].count = 2009, must be at least 2010, the units exposed",
    ],
    [
      "of more events left out than there are",
      [EVENTS, count("events-of-others", 900), count("events-before-exposure", 101)],
      "dataQuality[0].count = 1000, must be at least 1001, the rows left out",
    ],
    [
      "of fewer events than conversions",
      [count("metric-events", 209, "order")],
      'dataQuality[0].count = 209, must be at least 210, the conversions in "order"',
    ],
    [
      "of more events of one metric than of all",
      [EVENTS, count("metric-events", 1001, "order")],
      "dataQuality[1].count = 1001, must be at most 1000, all among which they are counted",
    ],
    [
      "of more late events than there are",
      [count("metric-events", 300, "order"), count("events-after-window", 301, "order")],
      "dataQuality[1].count = 301, must be at most 300",
    ],
    [
      "of more capped units than there are",
      [count("values-capped", 2001, "order")],
      "dataQuality[0].count = 2001, must be at most 2000",
    ],
    [
      "of open units that the results count as final",
      [count("immature-units", 201, "order")],
      'dataQuality[0].count = 201, must be at most 200, the units that the results leave out of the n of "order"',
    ],
  ])("are refused by their place: %s", (_, dataQuality, message) => {
    expect(() => analyzeExperiment({ ...DATA, dataQuality } as ExperimentData)).toThrow(message);
  });

  it("are refused beside arms without results", () => {
    const arms = DATA.arms.map((one) => ({ ...one, results: [] }));
    const dataQuality = [count("immature-units", 1, "order"), count("metric-events", 0, "order")];
    expect(() => analyzeExperiment({ ...DATA, arms, dataQuality })).toThrow(
      'data.arms[0].results = [], must hold the metric "order"',
    );
  });
});
