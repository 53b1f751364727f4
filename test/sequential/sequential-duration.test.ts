import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { powerForProportions } from "../../src/planning/power-for-proportions.ts";
import { createRandom } from "../../src/numerics/random.ts";
import type { Monitoring } from "../../src/sequential/monitoring.ts";
import {
  type SequentialDuration,
  sequentialDuration,
  type SequentialDurationOptions,
} from "../../src/sequential/sequential-duration.ts";
import designs from "../reference/sequential/power-at-drift.json" with { type: "json" };
import references from "../reference/sequential/sequential-duration.json" with { type: "json" };
import { relativeError } from "../support/relative-error.ts";

const sound: SequentialDurationOptions = {
  baseline: 0.05,
  lift: 0.1,
  traffic: { unitsPerDay: 1000 },
  horizonDays: 28,
  monitoring: { method: "normal-mixture" },
};

const codes = ({ warnings }: SequentialDuration): string[] => warnings.map(({ code }) => code);

describe("sequentialDuration", () => {
  it("agrees with a recursion of another make: 1e-12 relative", () => {
    for (const { in: input, out } of references.cases) {
      const { test, ...options } = input as unknown as SequentialDurationOptions;
      const isMean = options.standardDeviation !== undefined;
      const result = sequentialDuration(isMean ? options : { ...options, test });
      expect(result.looks).toHaveLength(out.looks);
      expect(result.looks[0]!.day).toBe(out.firstDay);
      expect(result.n).toBeCloseTo(out.n, 6);
      result.looks.forEach((look, i) => expect(Math.abs(look.power - out.powers[i]!)).toBeLessThan(1e-12));
      for (const figure of ["wrongSide", "typeIError", "meanDays", "meanDaysWithoutEffect"] as const) {
        const error = out[figure] === 0 ? result[figure] : relativeError(result[figure], out[figure]);
        expect(error, `${figure} of ${JSON.stringify(input)}`).toBeLessThan(1e-12);
      }
    }
  });

  it("gives the power and the expected size of known group-sequential designs: 1e-10", () => {
    for (const { sided, alpha, information, boundaries, atDrift } of designs.cases) {
      const monitoring: Monitoring = {
        method: "group-sequential",
        design: {
          alpha,
          alternative: sided === 2 ? "two-sided" : "greater",
          looks: information.map((rate, i) => ({ information: rate, efficacy: boundaries[i]! })),
        },
      };
      for (const { drift, upper, lower, size } of atDrift) {
        // A standard deviation that makes 10,000 units an information of 1.
        const result = sequentialDuration({
          baseline: 1,
          standardDeviation: Math.SQRT1_2,
          lift: drift / 100,
          traffic: { unitsPerDay: 100 },
          horizonDays: 100,
          monitoring,
        });
        const side = drift === 0 && sided === 2 ? 2 : 1;
        result.looks.forEach((look, i) => {
          expect(Math.abs(look.power - side * upper[i]!)).toBeLessThan(1e-10);
          expect(look.day).toBeCloseTo(100 * information[i]!, 9);
        });
        if (drift > 0) expect(Math.abs(result.wrongSide - lower.at(-1)!)).toBeLessThan(1e-10);
        expect(Math.abs(result.meanDays / 100 - size)).toBeLessThan(1e-10);
      }
    }
  });

  it("has the power of the fixed test where there is one look: 1e-12", () => {
    for (const test of ["score", "wald"] as const) {
      for (const allocation of [1, 0.2, 3]) {
        const result = sequentialDuration({
          ...sound,
          test,
          allocation,
          monitoring: { method: "fixed-horizon" },
        });
        const fixed = powerForProportions({ baseline: 0.05, lift: 0.1, n: 28_000, test, allocation });
        expect(relativeError(result.power, fixed.power)).toBeLessThan(1e-12);
        expect(relativeError(result.typeIError, 0.05)).toBeLessThan(1e-12);
        expect(result.meanDays).toBe(28);
        expect(result.looks).toHaveLength(1);
      }
    }
  });

  // Armitage, McPherson and Rowe (1969), table 2.
  it.each([
    [2, 0.083],
    [5, 0.142],
    [10, 0.193],
    [20, 0.248],
    [50, 0.32],
  ])("says what peeking costs in %d looks", (looks, published) => {
    const result = sequentialDuration({
      ...sound,
      horizonDays: looks,
      monitoring: { method: "naive-peeking" },
    });
    expect(Math.abs(result.typeIError - published)).toBeLessThan(0.0005);
    expect(codes(result)).toContain("PEEKING");
  });

  it.each<[string, Partial<SequentialDurationOptions>]>([
    ["mixture", { monitoring: { method: "normal-mixture" } }],
    ["one-sided", { monitoring: { method: "asymptotic" }, alternative: "greater" }],
    ["score", { monitoring: { method: "naive-peeking" }, looksEveryDays: 4, allocation: 0.5 }],
    ["mean", { monitoring: { method: "normal-mixture" }, standardDeviation: 0.4, looksEveryDays: 2 }],
    [
      "wedge",
      {
        monitoring: {
          method: "group-sequential",
          design: {
            alpha: 0.05,
            alternative: "two-sided",
            looks: [
              { information: 0.5, efficacy: 2.8, futility: 0.6 },
              { information: 1, efficacy: 1.9, futility: 1.9 },
            ],
          },
        },
      },
    ],
  ])("agrees with its own simulation within Monte Carlo error: %s", (_, change) => {
    const options = { ...sound, ...change };
    const computed = sequentialDuration(options);
    const simulated = sequentialDuration({
      ...options,
      computation: "simulation",
      experiments: 20_000,
      rng: createRandom(17),
    });
    const { standardErrors } = simulated.simulation!;
    for (const figure of ["power", "typeIError", "meanDays", "meanDaysWithoutEffect"] as const) {
      expect(Math.abs(simulated[figure] - computed[figure])).toBeLessThan(4 * standardErrors[figure]);
    }
    expect(computed.simulation).toBeNull();
    expect(simulated.looks.map(({ day }) => day)).toEqual(computed.looks.map(({ day }) => day));
  });

  it("turns a design for `less` and its futility to the side below", () => {
    const design = {
      alpha: 0.025,
      looks: [
        { information: 0.5, efficacy: 2.8, futility: 0.2 },
        { information: 1, efficacy: 1.98, futility: 1.98 },
      ],
    };
    const of = (alternative: "greater" | "less", lift: number): SequentialDuration =>
      sequentialDuration({
        ...sound,
        standardDeviation: 1,
        lift,
        monitoring: { method: "group-sequential", design: { ...design, alternative } },
      });
    const [up, down] = [of("greater", 0.3), of("less", -0.3)];
    expect(relativeError(down.power, up.power)).toBeLessThan(1e-12);
    expect(relativeError(down.meanDays, up.meanDays)).toBeLessThan(1e-12);
    expect(down.looks[0]).toMatchObject({ upper: -0.2, lower: -2.8 });
    expect(up.meanDaysWithoutEffect).toBeLessThan(22);
  });

  it("waits for the attribution window, and for weekdays with traffic", () => {
    const late = sequentialDuration({ ...sound, horizonDays: 35, attributionDays: 7 });
    const soon = sequentialDuration(sound);
    expect(late.looks.map(({ day }) => day - 7)).toEqual(soon.looks.map(({ day }) => day));
    expect(late.power).toBe(soon.power);
    expect(late.medianDays).toBe(soon.medianDays + 7);
    const week = sequentialDuration({
      ...sound,
      traffic: { unitsPerWeekday: [0, 5000, 0, 0, 2000, 0, 0] },
      horizonDays: 14,
    });
    expect(week.looks.map(({ day }) => day)).toEqual([2, 5, 9, 12]);
  });

  it("reads conversions that come late as they come: against day-by-day cohorts, within Monte Carlo error", () => {
    const [perDay, meanDelay, weeks, critical] = [150, 6, 4, 1.959963984540054];
    const rates = [0.04, 0.052] as const;
    const result = sequentialDuration({
      baseline: rates[0],
      lift: rates[1] / rates[0] - 1,
      unitsPerDay: perDay,
      horizonDays: 7 * weeks,
      looksEveryDays: 7,
      conversionDelay: { meanDays: meanDelay },
      monitoring: { method: "naive-peeking" },
    });
    // Share of its eventual conversions that a day's cohort has shown at an age, over entries within the day.
    const area = (age: number): number => age + meanDelay * Math.expm1(-age / meanDelay);
    const shown = (age: number): number => area(age) - area(age - 1);
    const rng = createRandom(90);
    const [experiments, stops] = [4000, Array.from({ length: weeks }, () => 0)];
    for (let experiment = 0; experiment < experiments; experiment++) {
      const seen = rates.map((rate) => {
        const counts = Array.from({ length: weeks }, () => 0);
        for (let day = 1; day <= 7 * weeks; day++) {
          let waiting = rng.binomial(perDay, rate);
          let before = 0;
          for (let week = Math.ceil(day / 7); week <= weeks && waiting > 0; week++) {
            const share = shown(7 * week - day + 1);
            const come = rng.binomial(waiting, (share - before) / (1 - before));
            for (let later = week; later <= weeks; later++) counts[later - 1]! += come;
            waiting -= come;
            before = share;
          }
        }
        return counts;
      });
      for (let week = 1; week <= weeks; week++) {
        const n = 7 * week * perDay;
        const [c, t] = [seen[0]![week - 1]!, seen[1]![week - 1]!];
        const pooled = (c + t) / (2 * n);
        if ((t - c) / n >= critical * Math.sqrt((2 * pooled * (1 - pooled)) / n)) {
          for (let later = week; later <= weeks; later++) stops[later - 1]! += 1;
          break;
        }
      }
    }
    result.looks.forEach(({ power }, i) => {
      const error = Math.sqrt((power * (1 - power)) / experiments);
      expect(Math.abs(stops[i]! / experiments - power)).toBeLessThan(4 * error);
    });
    expect(result.looks[0]!.share).toBeCloseTo(1 + (6 / 7) * Math.expm1(-7 / 6), 12);
    expect(result.power).toBeLessThan(
      sequentialDuration({
        baseline: rates[0],
        lift: 0.3,
        unitsPerDay: perDay,
        horizonDays: 28,
        looksEveryDays: 7,
        monitoring: { method: "naive-peeking" },
      }).power,
    );
  });

  it("puts the looks of a design where its share of the conversions is seen", () => {
    const result = sequentialDuration({
      ...sound,
      traffic: undefined,
      totalUnitsPerDay: 2000,
      conversionDelay: { meanDays: 5 },
      monitoring: {
        method: "group-sequential",
        design: {
          alpha: 0.025,
          alternative: "greater",
          looks: [
            { information: 0.5, efficacy: 2.8 },
            { information: 1, efficacy: 1.98 },
          ],
        },
      },
    });
    const [first, last] = result.looks as [(typeof result.looks)[0], (typeof result.looks)[0]];
    expect((first.n * first.share) / (last.n * last.share)).toBeCloseTo(0.5, 12);
    expect(first.day).toBeCloseTo(first.n / 1000, 9);
    expect(first.day).toBeGreaterThan(14);
  });

  it("says so where nobody comes", () => {
    const none = sequentialDuration({ ...sound, traffic: undefined, unitsPerDay: 0 });
    expect(none.medianDays).toBe(Infinity);
    expect(codes(none)).toEqual(["NO_TRAFFIC"]);
  });

  it("ends its looks at the horizon, and tells shares of all experiments from those that detect", () => {
    const result = sequentialDuration({ ...sound, looksEveryDays: 5 });
    expect(result.looks.map(({ day }) => day)).toEqual([5, 10, 15, 20, 25, 28]);
    expect(result.quantiles.find(({ probability }) => probability === 0.9)!.days).toBe(Infinity);
    expect(result.ifDetected!.quantiles.every(({ days }) => days <= 28)).toBe(true);
    expect(result.ifDetected!.meanDays).toBeLessThan(result.meanDays);
    expect(result.status).toBe("unbounded");
    expect(codes(result)).toContain("MEDIAN_BEYOND_HORIZON");
  });

  it("says why nothing is detected", () => {
    const nobody = sequentialDuration({
      ...sound,
      traffic: { cumulativeUnits: [0, 0, 0, 100] },
      horizonDays: 3,
    });
    expect(nobody).toMatchObject({ status: "undetermined", power: 0, n: 0, looks: [], ifDetected: null });
    expect(nobody).toMatchObject({ medianDays: Infinity, meanDays: 3 });
    expect(codes(nobody)).toEqual(["NO_TRAFFIC"]);
  });

  it("warns of few conversions at the first look, and not where they are drawn exactly", () => {
    const rare = { ...sound, baseline: 0.002, lift: 0.5 };
    expect(codes(sequentialDuration(rare))).toContain("SMALL_COUNTS");
    const simulated = sequentialDuration({ ...rare, computation: "simulation", experiments: 10 });
    expect(codes(simulated)).not.toContain("SMALL_COUNTS");
  });

  it("keeps its promises at any lift, level and tuning", () => {
    fc.assert(
      fc.property(
        fc.double({ min: -0.5, max: 0.9, noNaN: true }),
        fc.double({ min: 1e-6, max: 0.3, noNaN: true }),
        fc.double({ min: 1, max: 1e7, noNaN: true }),
        fc.constantFrom("two-sided", "greater", "less"),
        fc.constantFrom("normal-mixture", "asymptotic"),
        (lift, alpha, tightestN, alternative, method) => {
          const result = sequentialDuration({
            ...sound,
            horizonDays: 8,
            lift,
            alpha,
            alternative: alternative as "less",
            monitoring: { method: method as "asymptotic", tightestN },
          });
          expect(result.typeIError).toBeLessThanOrEqual(alpha);
          expect(result.power + result.wrongSide).toBeLessThanOrEqual(1 + 1e-12);
          result.looks.forEach((look, i) => {
            expect(look.power).toBeGreaterThanOrEqual(result.looks[i - 1]?.power ?? 0);
          });
          expect(result.meanDays).toBeGreaterThanOrEqual(1 - 1e-12);
          expect(result.meanDays).toBeLessThanOrEqual(8);
        },
      ),
      { numRuns: 60 },
    );
  });

  it("holds at extremes: a billion units, effects of any size, an hour", () => {
    const huge = sequentialDuration({ ...sound, traffic: { unitsPerDay: 1e12 } });
    expect(huge.power).toBe(1);
    expect(huge.medianDays).toBe(1);
    expect(sequentialDuration({ ...sound, lift: 0 }).power).toBe(
      sequentialDuration({ ...sound, lift: 0 }).typeIError,
    );
    const hourly = sequentialDuration({ ...sound, horizonDays: 2, looksEveryDays: 1 / 24 });
    expect(hourly.looks).toHaveLength(48);
    const simulated = sequentialDuration({
      ...sound,
      traffic: { unitsPerDay: 1e12 },
      computation: "simulation",
      experiments: 3,
    });
    expect(simulated.power).toBe(1);
  });

  const design = {
    alpha: 0.05,
    alternative: "two-sided",
    looks: [{ information: 1, efficacy: 1.96 }],
  } as const;
  it.each<[Partial<SequentialDurationOptions>, string]>([
    [{ lift: 30 }, "lift = 30"],
    [{ baseline: 1 }, "baseline = 1"],
    [{ horizonDays: 0 }, "horizonDays = 0"],
    [{ looksEveryDays: 29 }, "looksEveryDays = 29, must be at most horizonDays = 28"],
    [{ looksEveryDays: 0 }, "looksEveryDays = 0"],
    [{ looksEveryDays: 1e-3 }, "looksEveryDays"],
    [{ attributionDays: 28 }, "attributionDays = 28, must be below horizonDays = 28"],
    [{ traffic: { unitsPerDay: 0 } }, "traffic.unitsPerDay = 0"],
    [{ monitoring: { method: "sprt" as "asymptotic" } }, "monitoring.method"],
    [{ monitoring: { method: "asymptotic", tightestN: 0 } }, "monitoring.tightestN = 0"],
    [
      { monitoring: { method: "asymptotic", tightestN: 5, mixtureVariance: 1 } },
      "monitoring.mixtureVariance = 1",
    ],
    [{ test: "score" }, "test"],
    [{ alpha: 0 }, "alpha = 0"],
    [{ monitoring: { method: "fixed-horizon" }, looksEveryDays: 1 }, "looksEveryDays = 1"],
    [{ monitoring: { method: "group-sequential", design }, alpha: 0.01 }, "alpha = 0.01"],
    [
      {
        monitoring: {
          method: "group-sequential",
          design: { ...design, looks: [{ information: 0.5, efficacy: 1.96 }] },
        },
      },
      "monitoring.design.looks",
    ],
    [
      {
        monitoring: {
          method: "group-sequential",
          design: {
            ...design,
            looks: [
              { information: 0.5, efficacy: 1 },
              { information: 0.5, efficacy: 1 },
            ],
          },
        },
      },
      "monitoring.design.looks[1].information = 0.5",
    ],
    [{ experiments: 0 }, "experiments = 0"],
    [{ computation: "magic" as "simulation" }, "computation"],
    [{ computation: "simulation", traffic: { unitsPerDay: 1e20 } }, "computation"],
    [{ computation: "simulation", conversionDelay: { meanDays: 5 } }, "computation"],
    [{ standardDeviation: 1, conversionDelay: { meanDays: 5 } }, "conversionDelay"],
    [{ attributionDays: 1, conversionDelay: { meanDays: 5 } }, "attributionDays"],
    [{ unitsPerDay: 5 }, "must be left out"],
  ])("refuses %o", (change, message) => {
    expect(() => sequentialDuration({ ...sound, ...change })).toThrow(message);
  });
});
