import { describe, expect, it } from "vitest";
import { DomainError } from "../../src/core/domain-error.ts";
import { durationDays } from "../../src/planning/duration-days.ts";
import { durationTable, type DurationTableOptions } from "../../src/planning/duration-table.ts";
import { powerForMeans } from "../../src/planning/power-for-means.ts";
import { powerForProportions } from "../../src/planning/power-for-proportions.ts";
import { sampleSizeForCounts } from "../../src/planning/sample-size-for-counts.ts";
import { sampleSizeForMeans } from "../../src/planning/sample-size-for-means.ts";
import { sampleSizeForProportions } from "../../src/planning/sample-size-for-proportions.ts";
import { sampleSizeForRatios } from "../../src/planning/sample-size-for-ratios.ts";
import type { TableMetric } from "../../src/planning/table-metric.ts";
import { relativeError } from "../support/relative-error.ts";

const order = { name: "order", kind: "proportion", baseline: 0.02, lift: 0.1 } as const;
const cart = { name: "add to cart", role: "proxy", kind: "proportion", baseline: 0.1, lift: 0.1 } as const;
const revenue = {
  name: "revenue",
  role: "secondary",
  kind: "mean",
  baseline: 2,
  standardDeviation: 20,
  lift: 0.15,
} as const;
const clicks = {
  name: "clicks per session",
  role: "guardrail",
  kind: "ratio",
  past: {
    n: 10_000,
    numerator: { mean: 2.1, variance: 6.4 },
    denominator: { mean: 5.3, variance: 20.2 },
    covariance: 7.7,
  },
  lift: 0.05,
} as const;
const orders = { name: "orders", kind: "count", baseline: 0.4, dispersion: 1.8, lift: 0.05 } as const;
const metrics: readonly TableMetric[] = [order, cart, revenue, clicks, orders];

describe("durationTable", () => {
  it("has the sizes and days that each metric would have on its own", () => {
    const shared = {
      alpha: 0.04,
      power: 0.9,
      allocation: 0.5,
      treatments: 2,
      adjustment: "dunnett",
    } as const;
    const table = durationTable({ ...shared, metrics, totalUnitsPerDay: 6000 });
    const sizes = [
      sampleSizeForProportions({ ...order, ...shared }),
      sampleSizeForProportions({ ...cart, ...shared }),
      sampleSizeForMeans({ ...revenue, ...shared }),
      sampleSizeForRatios({ ...clicks, ...shared }),
      sampleSizeForCounts({ ...orders, ...shared }),
    ];
    sizes.forEach(({ control, treatment, total }, i) => {
      expect(table.rows[i]).toMatchObject({ control, treatment, total, name: metrics[i]!.name });
      const { days, wholeWeeks } = durationDays({
        n: control,
        totalUnitsPerDay: 6000,
        allocation: 0.5,
        treatments: 2,
      });
      expect(table.rows[i]).toMatchObject({ days, wholeWeeks, status: "ok" });
    });
    expect(table.rows.map(({ role }) => role)).toEqual(["macro", "proxy", "secondary", "guardrail", "macro"]);
    expect(table).toMatchObject({ kind: "duration-table", method: "constant-traffic", targetPower: 0.9 });
  });

  it("tells the power by day of mature units only", () => {
    const { rows } = durationTable({
      metrics: [{ ...order, attributionDays: 7 }, revenue],
      unitsPerDay: 2000,
      powerAtDays: [3, 7, 20.5],
    });
    const [early, week, later] = rows[0]!.powerByDay;
    expect([early, week]).toMatchObject([
      { n: 0, power: 0 },
      { n: 0, power: 0 },
    ]);
    expect(later!.n).toBe(27_000);
    expect(later!.power).toBe(powerForProportions({ ...order, n: 27_000 }).power);
    expect(rows[1]!.powerByDay[1]!.power).toBe(powerForMeans({ ...revenue, n: 14_000 }).power);
  });

  it("reaches the power asked for on the last day", () => {
    for (const conversionDelay of [
      { attributionDays: 5 },
      { meanDays: 5 },
      { shape: 0.7, scaleDays: 9, windowDays: 40 },
      { logMean: 1, logSd: 1 },
    ]) {
      const options: DurationTableOptions = {
        metrics: [order, cart, revenue, orders].map((metric) => ({ ...metric, conversionDelay })),
        totalTraffic: { unitsPerWeekday: [9e3, 9e3, 8e3, 8e3, 7e3, 3e3, 3e3], startWeekday: "tuesday" },
      };
      for (const { days, name } of durationTable(options).rows) {
        const rows = durationTable({ ...options, powerAtDays: [days] }).rows;
        const { power } = rows.find((row) => row.name === name)!.powerByDay[0]!;
        // At whole units the power is a little more than asked for.
        expect(power).toBeGreaterThanOrEqual(0.8 - 1e-10);
        expect(power).toBeLessThan(0.8 + 1e-4);
      }
    }
  });

  it("dilutes rates, means and counts alike while outcomes still come in", () => {
    const conversionDelay = { meanDays: 5 };
    const all = { unitsPerDay: 3000, powerAtDays: [14] };
    const binary = { name: "as a mean", kind: "mean", baseline: 0.02, difference: 0.002, test: "z" } as const;
    const asMean = {
      ...binary,
      standardDeviation: { control: Math.sqrt(0.02 * 0.98), treatment: Math.sqrt(0.022 * 0.978) },
    };
    const { rows } = durationTable({
      ...all,
      metrics: [
        { ...order, test: "wald", conversionDelay },
        { ...asMean, conversionDelay },
      ],
    });
    expect(relativeError(rows[1]!.days, rows[0]!.days)).toBeLessThan(1e-4);
    const [rate, mean] = rows.map((row) => row.powerByDay[0]!.power);
    expect(relativeError(mean!, rate!)).toBeLessThan(1e-12);
    const [poisson] = durationTable({
      ...all,
      metrics: [{ ...orders, dispersion: 1, conversionDelay }],
    }).rows;
    // Half of Poisson events are as many of half of the rate.
    expect(poisson!.enrolled * poisson!.observedShare).toBeCloseTo(poisson!.control, 0);
  });

  it("shows metrics side by side, the later the sale the more so", () => {
    const waiting = durationTable({
      metrics: [{ ...order, attributionDays: 14 }, cart],
      totalUnitsPerDay: 8000,
    });
    expect(waiting.rows.map(({ wholeWeeks }) => wholeWeeks)).toEqual([5, 1]);
    expect(waiting.rows[0]!.attributionDays).toBe(14);
  });

  it("is infinite with the reason where the power is out of reach", () => {
    const table = durationTable({
      metrics: [order, { ...cart, lift: 0 }, { ...cart, name: "fewer", lift: -0.1 }],
      alternative: "greater",
      traffic: { cumulativeUnits: [10_000, 14_000] },
    });
    expect(table.rows.map(({ days }) => days)).toEqual([Infinity, Infinity, Infinity]);
    expect(table.warnings.map(({ code }) => code)).toEqual(["TRAFFIC_ENDS", "NO_EFFECT", "WRONG_SIDE"]);
    expect(table.warnings[0]!.message).toContain('On "order": ');
    expect(table.rows[0]!.powerByDay.map(({ n }) => n)).toEqual([14_000, 14_000, 14_000]);
    const idle = durationTable({ metrics: [order], totalUnitsPerDay: 0 });
    expect(idle.warnings[0]!.code).toBe("NO_TRAFFIC");
    expect(idle.rows[0]!.powerByDay[0]!.power).toBe(0);
  });

  it("warns of small counts", () => {
    const { rows } = durationTable({
      metrics: [{ name: "rare", kind: "proportion", baseline: 1e-4, lift: 30 }],
      unitsPerDay: 1000,
    });
    expect(rows[0]!.warnings[0]!.code).toBe("SMALL_COUNTS");
  });

  const good = { metrics: [order], unitsPerDay: 100 };
  it.each<[string, unknown]>([
    ["options", null],
    ["metrics", { unitsPerDay: 100 }],
    ["metrics", { ...good, metrics: [] }],
    ["metrics[0]", { ...good, metrics: [5] }],
    ["metrics[1].baseline", { ...good, metrics: [order, { ...cart, baseline: 0 }] }],
    ["metrics[0].name", { ...good, metrics: [{ ...order, name: "" }] }],
    ["metrics[0].role", { ...good, metrics: [{ ...order, role: "micro" }] }],
    ["metrics[0].kind", { ...good, metrics: [{ ...order, kind: "rate" }] }],
    ["metrics[0].test", { ...good, metrics: [{ ...order, test: "t" }] }],
    ["metrics[0].lift", { ...good, metrics: [{ ...order, lift: 60 }] }],
    ["metrics[0].attributionDays", { ...good, metrics: [{ ...order, attributionDays: -1 }] }],
    [
      "metrics[0].conversionDelay.meanDays",
      { ...good, metrics: [{ ...order, conversionDelay: { meanDays: 0 } }] },
    ],
    ["metrics[0].conversionDelay", { ...good, metrics: [{ ...clicks, conversionDelay: { meanDays: 1 } }] }],
    [
      "metrics[0].baseline",
      {
        ...good,
        metrics: [
          { name: "x", kind: "mean", difference: 1, standardDeviation: 9, conversionDelay: { meanDays: 1 } },
        ],
      },
    ],
    ["unitsPerDay", { metrics: [order] }],
    ["totalUnitsPerDay", { ...good, totalUnitsPerDay: 5 }],
    ["powerAtDays", { ...good, powerAtDays: 7 }],
    ["powerAtDays[1]", { ...good, powerAtDays: [7, 0] }],
    ["power", { ...good, power: 1 }],
    ["alpha", { ...good, alpha: 0 }],
    ["allocation", { ...good, allocation: "optimal" }],
  ])("names %s when it is wrong", (field, options) => {
    const call = (): unknown => durationTable(options as DurationTableOptions);
    expect(call).toThrow(DomainError);
    expect(call).toThrow(expect.objectContaining({ field }) as never);
  });
});
