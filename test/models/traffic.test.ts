import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DomainError } from "../../src/core/domain-error.ts";
import { checkTraffic, daysUntil, type Traffic, unitsBy } from "../../src/models/traffic.ts";
import { WEEKDAYS } from "../../src/models/weekday.ts";
import { relativeError } from "../support/relative-error.ts";

// Relative errors allowed: 1e-12 everywhere.
const TOLERANCE = 1e-12;

// Days that differ a thousandfold: a day without units to speak of is known as well as the sum of all days is.
const size = fc.double({ min: 1, max: 1000, noNaN: true });
const rampUp = fc.array(
  fc.record({
    days: fc.double({ min: 0, max: 20, noNaN: true }),
    share: fc.double({ min: 0.001, max: 1, noNaN: true }),
  }),
  { maxLength: 4 },
);
const rising = rampUp.map((steps) => {
  const shares = steps.map(({ share }) => share).toSorted((a, b) => a - b);
  return steps.map(({ days }, i) => ({ days, share: shares[i]! }));
});
const week = fc.array(fc.oneof(size, fc.constant(0)), { minLength: 7, maxLength: 7 });
const steadyTraffic: fc.Arbitrary<Traffic> = fc.oneof(
  fc.record({ unitsPerDay: size, rampUp }),
  fc.record({
    unitsPerWeekday: week.filter((units) => units.some((unit) => unit > 0)),
    startWeekday: fc.constantFrom(...WEEKDAYS),
    rampUp,
  }),
);
const returning: fc.Arbitrary<Traffic> = fc.oneof(
  fc.record({
    firstDayUnits: size,
    growthExponent: fc.double({ min: 0.05, max: 1, noNaN: true }),
    rampUp: rising,
  }),
  fc.record({
    cumulativeUnits: fc
      .array(size, { minLength: 1, maxLength: 40 })
      .map((units) => units.map((_, i) => units.slice(0, i + 1).reduce((sum, unit) => sum + unit))),
    rampUp: rising,
  }),
);
const traffic = fc.oneof(steadyTraffic, returning);

/** The share of the traffic that is let in at a time. */
function shareAt({ rampUp: steps = [] }: Traffic, day: number): number {
  let end = 0;
  for (const { days, share } of steps) {
    end += days;
    if (day < end) return share;
  }
  return 1;
}

/** Day by day, in as many pieces as days and ramp cut them. */
function naiveUnits(of: Traffic, days: number, perDay: (day: number) => number): number {
  const ramp = (of.rampUp ?? []).map(
    (
      (end) => (step) =>
        (end += step.days)
    )(0),
  );
  const wholeDays = Array.from({ length: Math.ceil(days) }, (_, day) => day);
  const cuts = [...wholeDays, ...ramp, days].filter((cut) => cut <= days).toSorted((a, b) => a - b);
  let units = 0;
  for (let i = 1; i < cuts.length; i++) {
    const [from, to] = [cuts[i - 1]!, cuts[i]!];
    const middle = (from + to) / 2;
    units += (to - from) * shareAt(of, middle) * perDay(Math.floor(middle));
  }
  return units;
}

describe("units by a day", () => {
  const days = fc.double({ min: 0.01, max: 100, noNaN: true });

  it("are those of a loop over the days, whichever weekday is the first and however the traffic is let in", () => {
    fc.assert(
      fc.property(steadyTraffic, days, (of, until) => {
        const perDay = (day: number): number => {
          if ("unitsPerDay" in of) return of.unitsPerDay;
          if (!("unitsPerWeekday" in of)) throw new Error("not steady");
          return of.unitsPerWeekday[(WEEKDAYS.indexOf(of.startWeekday ?? "monday") + day) % 7]!;
        };
        const naive = naiveUnits(of, until, perDay);
        // Sums and differences of whole weeks round in units of the week.
        const scale = Math.max(naive, 1e-3 * naiveUnits(of, 7, perDay));
        expect(Math.abs(unitsBy(of, until) - naive)).toBeLessThanOrEqual(TOLERANCE * scale);
      }),
    );
  });

  it("follow the power of visitors that return", () => {
    const of = { firstDayUnits: 1000, growthExponent: 0.7 };
    expect(unitsBy(of, 1)).toBe(1000);
    expect(relativeError(unitsBy(of, 14) / unitsBy(of, 7), 2 ** 0.7)).toBeLessThan(TOLERANCE);
    expect(relativeError(daysUntil(of, 5000), 5 ** (1 / 0.7))).toBeLessThan(TOLERANCE);
    expect(unitsBy({ firstDayUnits: 7, growthExponent: 1 }, 30)).toBe(unitsBy({ unitsPerDay: 7 }, 30));
  });

  it("count a share that is let in later from its own first day, where visitors return", () => {
    const of = { firstDayUnits: 1000, growthExponent: 0.5, rampUp: [{ days: 9, share: 0.25 }] };
    expect(relativeError(unitsBy(of, 25), 0.25 * 1000 * 5 + 0.75 * 1000 * 4)).toBeLessThan(TOLERANCE);
  });

  it("are straight within each day of a curve, and stand still after it", () => {
    const of = { cumulativeUnits: [100, 160, 160, 200] };
    expect([0, 0.5, 1, 1.5, 2.5, 3.5, 4, 1e9, Infinity].map((day) => unitsBy(of, day))).toEqual([
      0, 50, 100, 130, 160, 180, 200, 200, 200,
    ]);
  });

  it("never fall", () => {
    fc.assert(
      fc.property(traffic, days, days, (of, a, b) => {
        const [early, late] = [Math.min(a, b), Math.max(a, b)];
        const units = unitsBy(of, late);
        expect(unitsBy(of, early)).toBeLessThanOrEqual(units * (1 + TOLERANCE));
      }),
    );
  });
});

describe("days until so many units have entered", () => {
  it("are the days that bring them", () => {
    fc.assert(
      fc.property(traffic, fc.double({ min: 0.01, max: 1e6, noNaN: true }), (of, days) => {
        const units = unitsBy(of, days);
        fc.pre(units > 0);
        const found = daysUntil(of, units);
        // Earlier where nobody entered in between.
        expect(found).toBeLessThanOrEqual(days * (1 + TOLERANCE));
        expect(relativeError(unitsBy(of, found), units)).toBeLessThanOrEqual(TOLERANCE);
        const somebodyEnters = unitsBy(of, days * (1 - 5e-10)) < units * (1 - 1e-11);
        if (somebodyEnters) expect(relativeError(found, days)).toBeLessThanOrEqual(1e-9);
      }),
      { numRuns: 300 },
    );
  });

  it.each<Traffic>([
    { unitsPerDay: 137 },
    { unitsPerWeekday: [9, 8, 7, 6, 5, 4, 3], startWeekday: "friday" },
    { firstDayUnits: 80, growthExponent: 0.6 },
    { firstDayUnits: 80, growthExponent: 0.6, rampUp: [{ days: 3, share: 0.2 }] },
  ])("give the day back: %j", (of) => {
    for (const day of [1e-6, 0.3, 1, 6.99, 7, 7.01, 100.5, 1e4, 1e9]) {
      expect(relativeError(daysUntil(of, unitsBy(of, day)), day), `${day}`).toBeLessThanOrEqual(TOLERANCE);
    }
  });

  it("end with the last day on which somebody entered, and not after a weekend without", () => {
    const of: Traffic = { unitsPerWeekday: [0.1, 0.2, 0.3, 0.1, 0.7, 0, 0] };
    expect(daysUntil(of, unitsBy(of, 6.5))).toBe(5);
    for (const weeks of [1, 3, 1000, 1e8]) expect(daysUntil(of, weeks * 1.4)).toBe(7 * weeks - 2);
    expect(daysUntil(of, 1.4 + 1e-9)).toBeGreaterThan(7);
    expect(daysUntil({ ...of, startWeekday: "saturday" }, 1e-3)).toBeCloseTo(2.01, 12);
  });

  it("are instant at a billion units and a billion days", () => {
    const of: Traffic = { unitsPerWeekday: [1, 1, 1, 1, 1, 0, 0], startWeekday: "wednesday" };
    expect(daysUntil(of, 5e9)).toBe(7e9);
    expect(unitsBy(of, 7e9)).toBe(5e9);
    expect(daysUntil({ unitsPerDay: 1e9 }, 1e12)).toBe(1000);
    expect(daysUntil({ unitsPerDay: 1e9 }, 1e-3)).toBe(1e-12);
  });

  it("are infinite after the end of a curve, and where more are asked for than a number holds", () => {
    const of = { cumulativeUnits: [100, 160, 200] };
    expect(daysUntil(of, 200)).toBe(3);
    expect(daysUntil(of, 200.1)).toBe(Infinity);
    const letIn = {
      ...of,
      rampUp: [
        { days: 1, share: 0.1 },
        { days: 0.5, share: 0.4 },
      ],
    };
    expect(daysUntil(letIn, 200)).toBe(4.5);
    expect(daysUntil(letIn, 201)).toBe(Infinity);
    for (const any of [of, letIn, { unitsPerDay: 5 }, { firstDayUnits: 5, growthExponent: 0.5 }]) {
      expect(daysUntil(any, Infinity)).toBe(Infinity);
      expect(daysUntil(any, 0)).toBe(0);
    }
  });

  it("know no ramp of no days", () => {
    const plain = { unitsPerDay: 10 };
    const at = { ...plain, rampUp: [{ days: 0, share: 0.1 }] };
    expect(daysUntil(at, 95)).toBe(daysUntil(plain, 95));
    expect(daysUntil({ ...plain, rampUp: [] }, 95)).toBe(9.5);
    expect(daysUntil({ ...plain, rampUp: [{ days: 4, share: 1 }] }, 95)).toBe(9.5);
  });
});

describe("a traffic that cannot be", () => {
  const days = [1, 2, 3, 4, 5, 6, 7];
  it.each<[string, unknown]>([
    ["traffic", null],
    ["traffic", 5],
    ["traffic", {}],
    ["traffic", { unitsPerDay: 5, cumulativeUnits: [1] }],
    ["traffic.unitsPerDay", { unitsPerDay: 0 }],
    ["traffic.unitsPerDay", { unitsPerDay: -1 }],
    ["traffic.unitsPerDay", { unitsPerDay: "5" }],
    ["traffic.unitsPerDay", { unitsPerDay: Number.NaN }],
    ["traffic.unitsPerDay", { unitsPerDay: 1e31 }],
    ["traffic.unitsPerWeekday", { unitsPerWeekday: [1, 2, 3] }],
    ["traffic.unitsPerWeekday", { unitsPerWeekday: 5 }],
    ["traffic.unitsPerWeekday", { unitsPerWeekday: [0, 0, 0, 0, 0, 0, 0] }],
    ["traffic.unitsPerWeekday[3]", { unitsPerWeekday: [1, 2, 3, -4, 5, 6, 7] }],
    ["traffic.unitsPerWeekday[6]", { unitsPerWeekday: [1, 2, 3, 4, 5, 6, Number.NaN] }],
    ["traffic.startWeekday", { unitsPerWeekday: days, startWeekday: "Monday" }],
    ["traffic.firstDayUnits", { firstDayUnits: 0, growthExponent: 0.5 }],
    ["traffic.growthExponent", { firstDayUnits: 5 }],
    ["traffic.growthExponent", { firstDayUnits: 5, growthExponent: 0 }],
    ["traffic.growthExponent", { firstDayUnits: 5, growthExponent: 1.1 }],
    ["traffic.cumulativeUnits", { cumulativeUnits: [] }],
    ["traffic.cumulativeUnits", { cumulativeUnits: [0, 0] }],
    ["traffic.cumulativeUnits[2]", { cumulativeUnits: [1, 5, 4] }],
    ["traffic.cumulativeUnits[1]", { cumulativeUnits: [1, Infinity] }],
    ["traffic.rampUp", { unitsPerDay: 5, rampUp: {} }],
    ["traffic.rampUp[0]", { unitsPerDay: 5, rampUp: [null] }],
    ["traffic.rampUp[0].days", { unitsPerDay: 5, rampUp: [{ days: -1, share: 0.5 }] }],
    ["traffic.rampUp[0].share", { unitsPerDay: 5, rampUp: [{ days: 1, share: 0 }] }],
    [
      "traffic.rampUp[1].share",
      {
        unitsPerDay: 5,
        rampUp: [
          { days: 1, share: 1 },
          { days: 1, share: 1.5 },
        ],
      },
    ],
    [
      "traffic.rampUp[1].share",
      {
        cumulativeUnits: [5],
        rampUp: [
          { days: 1, share: 0.5 },
          { days: 1, share: 0.4 },
        ],
      },
    ],
  ])("is refused at %s: %j", (field, value) => {
    expect(() => checkTraffic("traffic", value as Traffic)).toThrow(DomainError);
    expect(() => checkTraffic("traffic", value as Traffic)).toThrow(
      expect.objectContaining({ field }) as never,
    );
  });

  it("is not one whose ramp goes down where every unit is new", () => {
    const of = {
      unitsPerDay: 10,
      rampUp: [
        { days: 2, share: 0.5 },
        { days: 2, share: 0.1 },
      ],
    };
    checkTraffic("traffic", of);
    expect(unitsBy(of, 5)).toBeCloseTo(10 + 2 + 10, 12);
  });
});
