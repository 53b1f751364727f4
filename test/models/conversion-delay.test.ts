import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DomainError } from "../../src/core/domain-error.ts";
import { checkConversionDelay, type ConversionDelay } from "../../src/models/conversion-delay.ts";
import { delayCurve } from "../../src/models/delay-curve.ts";
import { observedShare } from "../../src/models/observed-share.ts";
import { type Traffic, unitsBy } from "../../src/models/traffic.ts";
import { createRandom } from "../../src/numerics/random.ts";
import { relativeError } from "../support/relative-error.ts";

// Relative errors allowed: 1e-12, in the tails too.
const TOLERANCE = 1e-12;

type Curve = Parameters<typeof delayCurve>[0];

function expectClose(actual: number, expected: number, where: unknown): void {
  expect(
    relativeError(actual, expected),
    `${actual} against ${expected} at ${JSON.stringify(where)}`,
  ).toBeLessThanOrEqual(TOLERANCE);
}

function read<T>(file: string): T {
  return JSON.parse(readFileSync(new URL(`../reference/models/${file}`, import.meta.url), "utf8")) as T;
}

describe("the share of conversions observed, of another program", () => {
  const { cases } = read<{
    cases: {
      in: {
        delay: "exponential" | "weibull" | "lognormal";
        params: Record<string, number>;
        arrival_window: number;
        observe_at: number;
      };
      out: { expected_fraction_converted: number; fraction_at_oldest_age: number };
    }[];
  }>("conversion-delay.json");

  it.each(cases)("is that of $in.delay delays $in.params at $in.observe_at of $in.arrival_window", (row) => {
    const { delay, params, arrival_window: enrolmentDays, observe_at: observedAtDays } = row.in;
    const { rate, shape, scale, meanlog, sdlog } = params;
    const curve = delayCurve(
      delay === "exponential"
        ? { meanDays: 1 / rate! }
        : delay === "weibull"
          ? { shape: shape!, scaleDays: scale! }
          : { logMean: meanlog!, logSd: sdlog! },
    );
    const share = observedShare(curve, { unitsPerDay: 17 }, observedAtDays, enrolmentDays);
    expect(relativeError(share, row.out.expected_fraction_converted)).toBeLessThanOrEqual(TOLERANCE);
    const oldest = curve.shareBy(observedAtDays);
    expect(relativeError(oldest, row.out.fraction_at_oldest_age)).toBeLessThanOrEqual(TOLERANCE);
  });
});

describe("mpmath", () => {
  const { curves, shares } = read<{
    curves: { in: { delay: Curve; age: number }; out: { share: number; meanShare: number } }[];
    shares: {
      in: { delay: Curve; traffic: Traffic; enrolmentDays: number; observedAtDays: number };
      out: { share: number };
    }[];
  }>("delays.json");

  it("agrees on every curve, from its first beginning to its end", () => {
    expect(curves.length).toBeGreaterThan(150);
    for (const { in: given, out } of curves) {
      const curve = delayCurve(given.delay);
      expectClose(curve.shareBy(given.age), out.share, given);
      expectClose(curve.meanShareBy(given.age), out.meanShare, given);
    }
  });

  it("agrees on what is observed of units that enter evenly, by weekday, as visitors that return, and step by step", () => {
    expect(shares.length).toBeGreaterThan(200);
    for (const { in: given, out } of shares) {
      const { traffic, observedAtDays, enrolmentDays } = given;
      const share = observedShare(delayCurve(given.delay), traffic, observedAtDays, enrolmentDays);
      expectClose(share, out.share, given);
    }
  });
});

const delays: Curve[] = [
  { meanDays: 4 },
  { shape: 0.6, scaleDays: 3 },
  { shape: 4, scaleDays: 3 },
  { logMean: 1, logSd: 0.8 },
  { logMean: 1, logSd: 0.01 },
  { days: [0, 1, 3, 10], shares: [0.1, 0.4, 0.7, 0.9] },
  { days: [2, 5], shares: [0.5, 1] },
];
const windowed = delays.map((delay) => ({ ...delay, windowDays: 7 }));

describe("a delay curve", () => {
  const age = fc.double({ min: 1e-6, max: 1e4, noNaN: true });

  it.each([...delays, ...windowed])("rises to its end: %j", (delay) => {
    const curve = delayCurve(delay);
    fc.assert(
      fc.property(age, age, (a, b) => {
        const [young, old] = [Math.min(a, b), Math.max(a, b)];
        expect(curve.shareBy(young)).toBeLessThanOrEqual(curve.shareBy(old));
        expect(curve.meanShareBy(young)).toBeLessThanOrEqual(curve.meanShareBy(old) * (1 + TOLERANCE));
        expect(curve.meanShareBy(old)).toBeLessThanOrEqual(curve.shareBy(old) * (1 + TOLERANCE));
        expect(curve.shareBy(old)).toBeLessThanOrEqual(curve.largestShare);
      }),
    );
    expect(curve.shareBy(1e300)).toBe(curve.largestShare);
    expect(relativeError(curve.meanShareBy(1e300), curve.largestShare)).toBeLessThan(TOLERANCE);
  });

  it("is the exponential one where Weibull's has the shape 1", () => {
    for (const x of [1e-9, 0.1, 1, 3, 50]) {
      expect(delayCurve({ meanDays: 2 }).shareBy(2 * x)).toBe(-Math.expm1(-x));
    }
  });

  it("is straight between the points that were counted, and level after them", () => {
    const curve = delayCurve({ days: [0, 1, 3], shares: [0.2, 0.4, 0.8] });
    expect([0, 0.5, 1, 2, 3, 9].map(curve.shareBy)).toEqual([
      0.2,
      expect.closeTo(0.3, 14),
      0.4,
      expect.closeTo(0.6, 14),
      0.8,
      0.8,
    ]);
    expect(curve.meanShareBy(1)).toBeCloseTo(0.3, 14);
    expect(curve.meanShareBy(3)).toBeCloseTo((0.3 + 1.2) / 3, 14);
    expect(curve.meanShareBy(6)).toBeCloseTo((0.3 + 1.2 + 2.4) / 6, 14);
    expect(curve.largestShare).toBe(0.8);
  });

  it("starts at 0 where nothing was counted on the day of entry", () => {
    const curve = delayCurve({ days: [2], shares: [0.5] });
    expect([0, 1, 2, 3].map(curve.shareBy)).toEqual([0, 0.25, 0.5, 0.5]);
  });

  it("has all of the conversions that count at the end of its window", () => {
    const curve = delayCurve({ meanDays: 4, windowDays: 7 });
    expect(curve.shareBy(7)).toBe(1);
    expect(curve.shareBy(3)).toBeCloseTo(Math.expm1(-3 / 4) / Math.expm1(-7 / 4), 14);
    const late = observedShare(curve, { unitsPerDay: 5 }, 30, 10);
    expect(late).toBe(1);
  });
});

describe("the share observed", () => {
  const everyDay: Traffic[] = [
    { unitsPerDay: 3 },
    { unitsPerWeekday: [3, 3, 3, 3, 3, 3, 3], startWeekday: "tuesday" },
    { firstDayUnits: 3, growthExponent: 1 },
    { cumulativeUnits: Array.from({ length: 60 }, (_, day) => 3 * (day + 1)) },
  ];

  it.each([...delays, ...windowed])(
    "is the same for every way to say that as many enter every day: %j",
    (delay) => {
      const curve = delayCurve(delay);
      for (const [at, until] of [
        [14, 14],
        [3.3, 3.3],
        [30, 9.5],
        [200, 1],
        [0.01, 0.01],
      ]) {
        const shares = everyDay.map((traffic) => observedShare(curve, traffic, at!, until));
        for (const share of shares) expect(relativeError(share, shares[0]!)).toBeLessThanOrEqual(TOLERANCE);
      }
    },
  );

  it("is that of the days of a curve, each share of the traffic counted from its own first day", () => {
    const curve = delayCurve({ shape: 0.7, scaleDays: 3 });
    const perWeekday = [5, 1, 8, 0, 2, 30, 4];
    const cumulativeUnits = Array.from({ length: 28 }, (_, day) =>
      perWeekday.reduce((sum, units, weekday) => sum + units * Math.ceil((day + 1 - weekday) / 7), 0),
    );
    const counted = { cumulativeUnits };
    for (const at of [2.3, 7, 20.25, 28]) {
      const weekly = observedShare(curve, { unitsPerWeekday: perWeekday }, at);
      expect(relativeError(observedShare(curve, counted, at), weekly)).toBeLessThanOrEqual(TOLERANCE);
    }
    const rampUp = [{ days: 2.5, share: 0.25 }];
    for (const at of [9.9, 35]) {
      const early = 0.25 * unitsBy(counted, at);
      const late = 0.75 * unitsBy(counted, at - 2.5);
      const mixture =
        (early * observedShare(curve, counted, at) + late * observedShare(curve, counted, at - 2.5)) /
        (early + late);
      const share = observedShare(curve, { ...counted, rampUp }, at);
      expect(relativeError(share, mixture)).toBeLessThanOrEqual(TOLERANCE);
    }
  });

  it("is what a simulation of single units sees", () => {
    const random = createRandom(41);
    const traffic = { firstDayUnits: 100, growthExponent: 0.6, rampUp: [{ days: 4, share: 0.25 }] };
    const delay = { shape: 0.7, scaleDays: 3 };
    const [at, runs] = [12, 200_000];
    let seen = 0;
    // Entry times by inversion: a quarter began on day 0, the rest on day 4.
    const early = 0.25 * at ** 0.6;
    const late = 0.75 * (at - 4) ** 0.6;
    for (let i = 0; i < runs; i++) {
      const isEarly = random.uniform() < early / (early + late);
      const width = isEarly ? at : at - 4;
      const entry = at - width + width * random.uniform() ** (1 / 0.6);
      const wait = delay.scaleDays * (-Math.log(random.uniform())) ** (1 / delay.shape);
      if (entry + wait <= at) seen++;
    }
    const share = observedShare(delayCurve(delay), traffic, at);
    const error = Math.sqrt((share * (1 - share)) / runs);
    expect(Math.abs(seen / runs - share)).toBeLessThan(4 * error);
  });

  it("takes units older than ten years to have entered evenly, and is quick about it", () => {
    const curve = delayCurve({ meanDays: 3000 });
    const traffic: Traffic = { unitsPerWeekday: [5, 1, 1, 1, 1, 0, 0] };
    const even = observedShare(curve, { unitsPerDay: 9 / 7 }, 1e9);
    expect(relativeError(observedShare(curve, traffic, 1e9), even)).toBeLessThan(1e-8);
  });

  it("is 0 before anybody entered", () => {
    const curve = delayCurve({ meanDays: 3 });
    expect(observedShare(curve, { unitsPerDay: 5 }, 0)).toBe(0);
    expect(observedShare(curve, { unitsPerWeekday: [0, 1, 1, 1, 1, 1, 1] }, 0.5)).toBe(0);
  });
});

describe("a delay that cannot be", () => {
  it.each<[string, unknown]>([
    ["delay", null],
    ["delay", {}],
    ["delay", { meanDays: 1, attributionDays: 1 }],
    ["delay.attributionDays", { attributionDays: -1 }],
    ["delay.meanDays", { meanDays: 0 }],
    ["delay.meanDays", { meanDays: Infinity }],
    ["delay.shape", { shape: 0, scaleDays: 2 }],
    ["delay.shape", { scaleDays: 2 }],
    ["delay.scaleDays", { shape: 1, scaleDays: -2 }],
    ["delay.logMean", { logMean: Number.NaN, logSd: 1 }],
    ["delay.logSd", { logMean: 1, logSd: 0 }],
    ["delay.days", { shares: [1] }],
    ["delay.days", { days: [1], shares: [0.5, 1] }],
    ["delay.days[1]", { days: [1, 1], shares: [0.5, 1] }],
    ["delay.days[0]", { days: [-1], shares: [1] }],
    ["delay.shares", { days: [], shares: [] }],
    ["delay.shares", { days: [1, 2], shares: [0, 0] }],
    ["delay.shares", { days: [1], shares: "1" }],
    ["delay.shares[1]", { days: [1, 2], shares: [0.5, 0.4] }],
    ["delay.shares[0]", { days: [1], shares: [1.1] }],
    ["delay.windowDays", { meanDays: 4, windowDays: 0 }],
    ["delay.windowDays", { days: [5, 6], shares: [0, 1], windowDays: 4 }],
  ])("is refused at %s: %j", (field, value) => {
    const check = (): void => checkConversionDelay("delay", value as ConversionDelay);
    expect(check).toThrow(DomainError);
    expect(check).toThrow(expect.objectContaining({ field }) as never);
  });
});
