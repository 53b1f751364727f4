import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DomainError } from "../../src/core/domain-error.ts";
import { durationDays } from "../../src/planning/duration-days.ts";

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
  ])("names %s when it is wrong: %j", (field, options) => {
    expect(() => durationDays(options)).toThrow(DomainError);
    expect(() => durationDays(options)).toThrow(new RegExp(`^${field} = `));
  });
});
