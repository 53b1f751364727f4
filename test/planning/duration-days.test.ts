import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DomainError } from "../../src/core/domain-error.ts";
import { durationDays } from "../../src/planning/duration-days.ts";
import { sampleSizeForProportions } from "../../src/planning/sample-size-for-proportions.ts";
import { relativeError } from "../support/relative-error.ts";

describe("durationDays", () => {
  it("adds the attribution window to the enrolment, and rounds beside the unrounded number", () => {
    expect(durationDays({ n: 8158, totalUnitsPerDay: 1000, attributionDays: 3 })).toMatchObject({
      kind: "duration",
      status: "ok",
      days: 19.316,
      enrolmentDays: 16.316,
      attributionDays: 3,
      wholeDays: 20,
      wholeWeeks: 3,
      wholeWeeksDays: 21,
      total: 16_316,
      unitsPerDay: 500,
      warnings: [],
    });
  });

  it("counts all treatment arms, at their allocation, against the total traffic", () => {
    const plan = durationDays({ n: 1000, totalUnitsPerDay: 100, allocation: 0.5, treatments: 3 });
    expect(plan).toMatchObject({ total: 2500, enrolmentDays: 25, unitsPerDay: 40, totalUnitsPerDay: 100 });
    expect(durationDays({ n: 1000, unitsPerDay: 40, allocation: 0.5, treatments: 3 })).toEqual(plan);
  });

  it("does not add a day or a week where the days are whole", () => {
    expect(durationDays({ n: 1400, unitsPerDay: 100 })).toMatchObject({ wholeDays: 14, wholeWeeks: 2 });
    // 0.3 / 0.1 is 2.9999999999999996, and 4.2 / 0.3 is 14.000000000000002.
    expect(durationDays({ n: 0.3, unitsPerDay: 0.1 }).wholeDays).toBe(3);
    expect(durationDays({ n: 4.2, unitsPerDay: 0.3 }).wholeWeeks).toBe(2);
  });

  it("halves the enrolment, and not the attribution window, when traffic doubles", () => {
    const size = fc.double({ min: 1, max: 1e9, noNaN: true });
    const days = fc.double({ min: 0, max: 100, noNaN: true });
    fc.assert(
      fc.property(size, size, days, (n, unitsPerDay, attributionDays) => {
        const once = durationDays({ n, unitsPerDay, attributionDays });
        const twice = durationDays({ n, unitsPerDay: 2 * unitsPerDay, attributionDays });
        expect(twice.enrolmentDays).toBe(once.enrolmentDays / 2);
        expect(twice.days).toBe(once.enrolmentDays / 2 + attributionDays);
        expect(once.wholeWeeksDays).toBeGreaterThanOrEqual(once.wholeDays);
      }),
    );
  });

  it("never ends without traffic or with an infinite size, and says why", () => {
    const idle = durationDays({ n: 100, totalUnitsPerDay: 0 });
    expect(idle).toMatchObject({ status: "unbounded", days: Infinity, wholeWeeksDays: Infinity });
    expect(idle.warnings[0]!.code).toBe("NO_TRAFFIC");
    const endless = durationDays({ n: Infinity, unitsPerDay: 100 });
    expect(endless).toMatchObject({ status: "unbounded", days: Infinity, total: Infinity });
    expect(endless.warnings[0]!.code).toBe("UNREACHABLE");
  });

  it("counts the weekdays, and says on which it ends", () => {
    const traffic = { unitsPerWeekday: [10, 10, 10, 10, 10, 0, 0], startWeekday: "thursday" } as const;
    const plan = durationDays({ n: 70, traffic });
    expect(plan).toMatchObject({ method: "weekday-traffic", days: 9, wholeDays: 9, lastWeekday: "friday" });
    expect(plan.unitsPerDay).toBeCloseTo(70 / 9, 12);
    const later = durationDays({ n: 70, traffic, attributionDays: 2.5 });
    expect(later).toMatchObject({ enrolmentDays: 9, days: 11.5, wholeDays: 12, lastWeekday: "monday" });
    expect(durationDays({ n: 70, unitsPerDay: 10 }).lastWeekday).toBeNull();
  });

  it("takes all arms together or the control arm, of any traffic", () => {
    const arms = { n: 1000, allocation: 0.5, treatments: 3 };
    for (const [total, control] of [
      [{ unitsPerWeekday: [25, 5, 5, 5, 5, 5, 5] }, { unitsPerWeekday: [10, 2, 2, 2, 2, 2, 2] }],
      [
        { firstDayUnits: 500, growthExponent: 0.5 },
        { firstDayUnits: 200, growthExponent: 0.5 },
      ],
      [{ cumulativeUnits: [1000, 2500, 3000] }, { cumulativeUnits: [400, 1000, 1200] }],
    ] as const) {
      const plan = durationDays({ ...arms, totalTraffic: total });
      expect(plan).toEqual(durationDays({ ...arms, traffic: control }));
      expect(plan.total).toBe(2500);
    }
  });

  it("waits longer while the experiment ramps up, and where visitors return", () => {
    const rampUp = [{ days: 7, share: 0.1 }];
    const plan = durationDays({ n: 1000, traffic: { unitsPerDay: 100, rampUp } });
    expect(plan.days).toBeCloseTo(7 + 930 / 100, 12);
    expect(plan.assumptions.join()).toContain("ramps up");
    const returning = durationDays({ n: 1000, traffic: { firstDayUnits: 100, growthExponent: 0.5 } });
    expect(returning).toMatchObject({ method: "returning-units", days: 100, unitsPerDay: 10 });
  });

  it("reads at once where the delay has a curve, and then needs more units", () => {
    const delayed = { n: 1000, unitsPerDay: 100, conversionDelay: { meanDays: 4 }, baseline: 0.01 };
    const plan = durationDays(delayed);
    expect(plan.attributionDays).toBe(0);
    expect(plan.enrolled).toBeCloseTo(100 * plan.days, 9);
    expect(plan.total).toBeCloseTo(2 * plan.enrolled, 9);
    const x = plan.days / 4;
    expect(plan.observedShare).toBeCloseTo(1 - (1 - Math.exp(-x)) / x, 12);
    // Of a rare conversion each unit is worth its observed share; of a frequent one somewhat less.
    expect((plan.enrolled * plan.observedShare) / 1000).toBeCloseTo(1 + 0.01 * (1 - plan.observedShare), 3);
    expect(durationDays({ ...delayed, baseline: 0.5 }).days).toBeGreaterThan(plan.days);
    expect(durationDays({ ...delayed, conversionDelay: { attributionDays: 4 } }).days).toBe(14);
    expect(durationDays({ ...delayed, conversionDelay: { meanDays: 1e-9 } }).days).toBeCloseTo(10, 8);
  });

  it("agrees with the size that the diluted rates need", () => {
    const effect = { baseline: 0.05, lift: 0.1, test: "wald" } as const;
    const n = sampleSizeForProportions(effect).exact.control;
    const conversionDelay = { shape: 0.8, scaleDays: 6, windowDays: 30 };
    const plan = durationDays({ n, unitsPerDay: 1500, conversionDelay, baseline: 0.05, lift: 0.1 });
    const diluted = { ...effect, baseline: 0.05 * plan.observedShare };
    expect(relativeError(plan.enrolled, sampleSizeForProportions(diluted).exact.control)).toBeLessThan(1e-12);
  });

  it("has no end after the end of a curve, and says why", () => {
    const plan = durationDays({ n: 1000, traffic: { cumulativeUnits: [100, 160, 200] } });
    expect(plan).toMatchObject({ status: "unbounded", days: Infinity, unitsPerDay: 0, lastWeekday: null });
    expect(plan.warnings[0]!.code).toBe("TRAFFIC_ENDS");
    const late = durationDays({
      n: 199,
      traffic: { cumulativeUnits: [100, 160, 200] },
      conversionDelay: { days: [1, 10], shares: [0.5, 0.9] },
      baseline: 0.1,
    });
    expect(late).toMatchObject({ days: Infinity, enrolled: Infinity, observedShare: 0.9 });
    const week = durationDays({ n: Infinity, traffic: { unitsPerWeekday: [7, 0, 0, 0, 0, 0, 0] } });
    expect(week).toMatchObject({ unitsPerDay: 1, days: Infinity });
    expect(week.warnings[0]!.code).toBe("UNREACHABLE");
  });

  const good = { n: 100, unitsPerDay: 10 };
  it.each([
    ["n", { ...good, n: 0 }],
    ["n", { ...good, n: Number.NaN }],
    ["n", { ...good, n: "100" as unknown as number }],
    ["unitsPerDay", { n: 100 }],
    ["unitsPerDay", { n: 100, unitsPerDay: -1 }],
    ["totalUnitsPerDay", { ...good, totalUnitsPerDay: 10 }],
    ["totalUnitsPerDay", { n: 100, totalUnitsPerDay: Infinity }],
    ["allocation", { ...good, allocation: 0 }],
    ["treatments", { ...good, treatments: 0 }],
    ["treatments", { ...good, treatments: 1.5 }],
    ["attributionDays", { ...good, attributionDays: -1 }],
    ["attributionDays", { ...good, attributionDays: Number.NaN }],
    ["attributionDays", { ...good, attributionDays: 3, conversionDelay: { attributionDays: 3 } }],
    ["traffic", { ...good, traffic: { unitsPerDay: 10 } }],
    ["traffic.unitsPerDay", { n: 100, traffic: { unitsPerDay: 0 } }],
    ["totalTraffic.cumulativeUnits", { n: 100, totalTraffic: { cumulativeUnits: [0] } }],
    ["traffic.growthExponent", { n: 100, traffic: { unitsPerDay: 10, growthExponent: 0.5 } }],
    ["traffic.startWeekday", { n: 100, traffic: { cumulativeUnits: [9], startWeekday: "friday" } as never }],
    ["conversionDelay.windowDays", { ...good, conversionDelay: { attributionDays: 3, windowDays: 5 } }],
    ["conversionDelay.shape", { ...good, conversionDelay: { meanDays: 3, shape: 2 }, baseline: 0.1 }],
    ["conversionDelay.meanDays", { ...good, conversionDelay: { meanDays: 0 }, baseline: 0.1 }],
    ["baseline", { ...good, conversionDelay: { meanDays: 1 } }],
    ["baseline", { ...good, conversionDelay: { meanDays: 1 }, baseline: 1 }],
    ["lift", { ...good, conversionDelay: { meanDays: 1 }, baseline: 0.5, lift: 1 }],
  ])("names %s when it is wrong: %j", (field, options) => {
    expect(() => durationDays(options)).toThrow(DomainError);
    expect(() => durationDays(options)).toThrow(new RegExp(`^${field} = `));
  });
});
