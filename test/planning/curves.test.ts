import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { detectableLiftCurve } from "../../src/planning/detectable-lift-curve.ts";
import { durationTable } from "../../src/planning/duration-table.ts";
import { minimumDetectableLiftForCounts } from "../../src/planning/minimum-detectable-lift-for-counts.ts";
import { minimumDetectableLiftForMeans } from "../../src/planning/minimum-detectable-lift-for-means.ts";
import { minimumDetectableLiftForRatios } from "../../src/planning/minimum-detectable-lift-for-ratios.ts";
import { minimumDetectableLift } from "../../src/planning/minimum-detectable-lift.ts";
import { powerCurveByDay } from "../../src/planning/power-curve-by-day.ts";
import { powerCurve } from "../../src/planning/power-curve.ts";
import { powerForCounts } from "../../src/planning/power-for-counts.ts";
import { powerForMeans } from "../../src/planning/power-for-means.ts";
import { powerForProportions } from "../../src/planning/power-for-proportions.ts";
import { powerForRatios } from "../../src/planning/power-for-ratios.ts";
import { sampleSizeForProportions } from "../../src/planning/sample-size-for-proportions.ts";
import type { DetectableMetric } from "../../src/planning/detectable-curve.ts";

const ORDER = { name: "order", kind: "proportion", baseline: 0.02, test: "yates" } as const;
const REVENUE = {
  name: "revenue",
  kind: "mean",
  baseline: 1.3,
  standardDeviation: { control: 11, treatment: 12 },
} as const;
const CLICKS = { name: "clicks per session", kind: "ratio", baseline: 0.4, standardDeviation: 0.9 } as const;
const ITEMS = { name: "items", kind: "count", baseline: 0.3, dispersion: 1.7, exposure: 2 } as const;
const CUPED = { varianceReduction: { covariateCorrelation: 0.6 } } as const;
const DESIGN = { alpha: 0.1, alternative: "greater", allocation: 0.5, treatments: 2 } as const;

describe("powerCurve", () => {
  it("is at each size what the power functions say, to the last bit", () => {
    const lift = 0.1;
    const metrics = [
      { ...ORDER, lift },
      { ...REVENUE, ...CUPED, lift },
      { ...CLICKS, lift },
      { ...ITEMS, lift },
    ];
    const { curves } = powerCurve({ metrics, ...DESIGN });
    const powers = [
      (n: number) => powerForProportions({ ...ORDER, lift, n, ...DESIGN }),
      (n: number) => powerForMeans({ ...REVENUE, ...CUPED, lift, n, ...DESIGN }),
      (n: number) => powerForRatios({ ...CLICKS, lift, n, ...DESIGN }),
      (n: number) => powerForCounts({ ...ITEMS, lift, n, ...DESIGN }),
    ];
    curves.forEach(({ points }, i) => {
      expect(points.length).toBeGreaterThan(30);
      for (const { n, power } of points) expect(power).toBe(powers[i]!(n).power);
    });
  });

  it("rises at whole sizes that rise, through the power asked for at the size needed", () => {
    const anyPlan = fc.record({
      baseline: fc.double({ min: 0.001, max: 0.4, noNaN: true }),
      lift: fc.double({ min: 0.01, max: 0.9, noNaN: true }),
      power: fc.double({ min: 0.5, max: 0.99, noNaN: true }),
    });
    fc.assert(
      fc.property(anyPlan, ({ baseline, lift, power }) => {
        const metric = { name: "a", kind: "proportion", baseline, lift } as const;
        const [curve] = powerCurve({ metrics: [metric], power }).curves;
        const { control, points } = curve!;
        expect(control).toBe(sampleSizeForProportions({ baseline, lift, power }).control);
        points.forEach(({ n, power: at }, k) => {
          expect(Number.isInteger(n)).toBe(true);
          if (n < control) expect(at).toBeLessThan(power);
          else expect(at).toBeGreaterThanOrEqual(power);
          if (k === 0) return;
          expect(n).toBeGreaterThan(points[k - 1]!.n);
          expect(at).toBeGreaterThanOrEqual(points[k - 1]!.power);
        });
        expect(points.at(-1)!.n).toBeGreaterThanOrEqual(control);
      }),
      { numRuns: 50 },
    );
  });

  it("of an effect of 0 never rises, and has to be told where to end", () => {
    const metrics = [{ ...ORDER, lift: 0 }];
    expect(() => powerCurve({ metrics })).toThrow(/^upToN = undefined, must be given/);
    const { curves, warnings } = powerCurve({ metrics, upToN: 1e12 });
    expect(curves[0]!.control).toBe(Infinity);
    expect(curves[0]!.status).toBe("unbounded");
    expect(warnings).toEqual([
      { code: "NO_EFFECT", message: 'On "order": No sample size detects an effect of 0.' },
    ]);
    for (const { power } of curves[0]!.points) expect(power).toBeLessThanOrEqual(0.025);
  });

  it("names the field of the metric that is wrong, and an end that is none", () => {
    expect(() => powerCurve({ metrics: [{ ...ORDER, lift: 60 }] })).toThrow(/^metrics\[0\].lift = 60/);
    expect(() => powerCurve({ metrics: [{ ...ORDER, lift: 0.1 }], upToN: 0.5 })).toThrow(/^upToN = 0.5/);
    expect(() => powerCurve({ metrics: [] })).toThrow(/^metrics/);
  });
});

const TABLE = {
  metrics: [
    { ...ORDER, lift: 0.1, attributionDays: 7 },
    { name: "cart", role: "proxy", kind: "proportion", baseline: 0.1, lift: 0.1 },
    { name: "late", kind: "proportion", baseline: 0.05, lift: 0.2, conversionDelay: { meanDays: 4 } },
  ],
  totalTraffic: { unitsPerWeekday: [900, 1000, 1000, 1000, 900, 300, 300], startWeekday: "wednesday" },
} as const;

describe("powerCurveByDay", () => {
  it("is a duration table at its days", () => {
    const curve = powerCurveByDay({ ...TABLE, upToDays: 100 });
    const table = durationTable({ ...TABLE, powerAtDays: curve.powerAtDays });
    expect({ ...curve, kind: "duration-table" }).toEqual(table);
    expect(curve.powerAtDays).toHaveLength(40);
    expect(curve.powerAtDays.at(-1)).toBe(100);
  });

  it("ends beyond the longest duration, at every day where there are few", () => {
    const { rows, powerAtDays } = powerCurveByDay(TABLE);
    const longest = Math.max(...rows.map(({ days }) => days));
    expect(powerAtDays.at(-1)).toBe(Math.ceil(1.2 * longest));
    const short = powerCurveByDay({
      ...TABLE,
      metrics: [TABLE.metrics[1]],
      totalTraffic: { unitsPerDay: 4000 },
    });
    expect(short.powerAtDays).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  it("has to be told where to end where there is no traffic", () => {
    const { metrics } = TABLE;
    expect(() => powerCurveByDay({ metrics, unitsPerDay: 0 })).toThrow(/^upToDays = undefined/);
    const { rows } = powerCurveByDay({ metrics, unitsPerDay: 0, upToDays: 10 });
    expect(rows[0]!.powerByDay.map(({ power }) => power)).toEqual(Array.from({ length: 10 }, () => 0));
  });
});

describe("detectableLiftCurve", () => {
  const metrics: DetectableMetric[] = [ORDER, { ...REVENUE, ...CUPED }, CLICKS, ITEMS];

  it("is at each size what the functions for one size say, to the last bit", () => {
    const { curves } = detectableLiftCurve({ metrics, ...DESIGN, upToN: 20_000 });
    const effects = [
      (n: number) => minimumDetectableLift({ ...ORDER, n, ...DESIGN }),
      (n: number) => minimumDetectableLiftForMeans({ ...REVENUE, ...CUPED, n, ...DESIGN }),
      (n: number) => minimumDetectableLiftForRatios({ ...CLICKS, n, ...DESIGN }),
      (n: number) => minimumDetectableLiftForCounts({ ...ITEMS, n, ...DESIGN }),
    ];
    curves.forEach(({ points }, i) => {
      expect(points).toHaveLength(40);
      for (const { n, day, difference, lift } of points) {
        expect(day).toBeNull();
        expect({ difference, lift }).toEqual({
          difference: effects[i]!(n).difference,
          lift: effects[i]!(n).lift,
        });
      }
      expect(points.at(-1)!.n).toBe(20_000);
    });
  });

  it("shrinks, and begins once units are mature", () => {
    const late = { ...ORDER, attributionDays: 7 };
    const { curves } = detectableLiftCurve({ metrics: [late, ORDER], unitsPerDay: 500, upToDays: 40 });
    const [first, second] = curves;
    expect(first!.points.slice(0, 7)).toEqual(
      [1, 2, 3, 4, 5, 6, 7].map((day) => ({ n: 0, day, difference: null, lift: null })),
    );
    expect(first!.points.slice(7).map(({ n, lift }) => [n, lift])).toEqual(
      second!.points.slice(0, 33).map(({ n, lift }) => [n, lift]),
    );
    const lifts = second!.points.flatMap(({ lift }) => (lift === null ? [] : [lift]));
    lifts.forEach((lift, k) => k > 0 && expect(lift).toBeLessThan(lifts[k - 1]!));
  });

  it("looks down where asked to, and never beyond a loss of all", () => {
    const { curves, direction } = detectableLiftCurve({ metrics: [ORDER], upToN: 5000, direction: "down" });
    expect(direction).toBe("down");
    for (const { lift } of curves[0]!.points) expect(lift === null || (lift > -1 && lift < 0)).toBe(true);
    const wrong = detectableLiftCurve({
      metrics: [ORDER],
      upToN: 5000,
      direction: "down",
      alternative: "greater",
    });
    expect(wrong.warnings.map(({ code }) => code)).toEqual(["WRONG_SIDE"]);
    expect(wrong.curves[0]!.points.at(-1)!.lift).toBeNull();
  });

  it("takes either a traffic or a size, and one metric's window at the most up to the last day", () => {
    const one = { metrics: [ORDER] };
    expect(() => detectableLiftCurve(one)).toThrow(/^upToN = undefined, must be given, or a traffic/);
    expect(() => detectableLiftCurve({ ...one, unitsPerDay: 10, upToN: 10 })).toThrow(/^upToN = 10/);
    expect(() => detectableLiftCurve({ ...one, upToN: 10, upToDays: 10 })).toThrow(/^upToDays = 10/);
    expect(() =>
      detectableLiftCurve({ metrics: [{ ...ORDER, attributionDays: 56 }], unitsPerDay: 10 }),
    ).toThrow(/^metrics\[0\].attributionDays = 56/);
    expect(() =>
      detectableLiftCurve({ metrics: [{ ...ORDER, conversionDelay: { meanDays: 3 } }], unitsPerDay: 10 }),
    ).toThrow(/^metrics\[0\].conversionDelay/);
    expect(() => detectableLiftCurve({ ...one, upToN: 10, alpha: 2 })).toThrow(/^alpha = 2/);
    expect(() => detectableLiftCurve({ ...one, upToN: 10, direction: "left" as never })).toThrow(
      /^direction/,
    );
  });
});
