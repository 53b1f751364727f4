import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DomainError } from "../../src/core/domain-error.ts";
import {
  analyzeDays,
  type AnalyzeDaysOptions,
  type DayAnalysis,
  type DayArms,
} from "../../src/experiment/analyze-days.ts";
import { createRandom } from "../../src/numerics/random.ts";
import asos from "../reference/experiment/asos-days.json" with { type: "json" };
import udacity from "../reference/experiment/udacity-days.json" with { type: "json" };
import { type ExposedWorld, firstConversions, STAYING } from "../support/first-conversions.ts";
import { relativeError } from "../support/relative-error.ts";

/** Days without chance: first conversions as expected. */
function expectedDays({ n, rate, days, logLift }: ExposedWorld): DayArms[] {
  let [control, treatment] = [n, n];
  return Array.from({ length: days }, (_, i) => {
    const arms = {
      day: i + 1,
      control: { n: control, conversions: Math.round(control * rate) },
      treatment: { n: treatment, conversions: Math.round(treatment * rate * Math.exp(logLift(i + 1))) },
    };
    control = Math.round((control - arms.control.conversions) * STAYING);
    treatment = Math.round((treatment - arms.treatment.conversions) * STAYING);
    return arms;
  });
}

function byExposure(days: readonly DayArms[], more: Partial<AnalyzeDaysOptions> = {}): DayAnalysis {
  return analyzeDays({ by: "day-of-exposure", days, ...more });
}

function byEntry(days: readonly DayArms[], more: Partial<AnalyzeDaysOptions> = {}): DayAnalysis {
  return analyzeDays({ by: "day-of-entry", days, ...more });
}

function rates(day: number, x1: number, x2: number, n1 = 1000, n2 = n1): DayArms {
  return { day, control: { n: n1, conversions: x1 }, treatment: { n: n2, conversions: x2 } };
}

function codes({ warnings }: DayAnalysis): string[] {
  return warnings.map(({ code }) => code);
}

function fieldOf(call: () => unknown): string {
  try {
    call();
  } catch (error) {
    expect(error).toBeInstanceOf(DomainError);
    return (error as DomainError).field;
  }
  return "";
}

const FADING: ExposedWorld = {
  n: 400_000,
  rate: 0.03,
  days: 21,
  logLift: (day) => 0.05 + 0.3 * 2 ** (-(day - 1) / 3),
};

describe("the pattern", () => {
  it("is novelty where the effect is larger at first, in either direction, and the long run is what is left", () => {
    const up = byExposure(expectedDays(FADING));
    expect(up.pattern).toBe("novelty");
    expect(up.longRun.estimate).toBeCloseTo(0.05, 3);
    expect(up.decay!.halfLife.estimate).toBeCloseTo(3, 1);
    expect(up.decay!.excess).toBeCloseTo(0.3, 2);
    const down = byExposure(expectedDays({ ...FADING, logLift: (day) => -FADING.logLift(day) }));
    expect(down.pattern).toBe("novelty");
    expect(down.longRun.estimate).toBeCloseTo(-0.05, 3);
    expect(codes(up)).toEqual(["NOVELTY"]);
  });

  it("is primacy where it grows, in either direction", () => {
    for (const sign of [1, -1]) {
      const result = byExposure(
        expectedDays({ ...FADING, logLift: (day) => sign * 0.3 * (1 - 2 ** (-(day - 1) / 3)) }),
      );
      expect(result.pattern).toBe("primacy");
      expect(result.longRun.estimate).toBeCloseTo(sign * 0.3, 2);
    }
  });

  it("says so where the effect changes its sign", () => {
    const result = byExposure(
      expectedDays({ ...FADING, logLift: (day) => -0.1 + 0.4 * 2 ** (-(day - 1) / 3) }),
    );
    expect(codes(result)).toContain("EFFECT_TURNS");
  });

  it("extrapolates nothing where a decay cannot be told from a straight fall", () => {
    const result = byExposure(
      expectedDays({ ...FADING, n: 50_000, days: 7, logLift: (day) => 0.5 - 0.06 * day }),
    );
    expect(result.pattern).toBe("novelty");
    expect(result.decay!.halfLife.interval.upper).toBe(Infinity);
    expect(result.decay!.halfLife.status).toBe("unbounded");
    expect(result.longRun.status).toBe("undetermined");
    expect(codes(result)).toContain("LONG_RUN_UNDETERMINED");
  });

  it("is none that was seen only where one would have been, and the later days tell the long run", () => {
    const steady = { ...FADING, n: 2_000_000, logLift: () => 0.2 };
    const large = byExposure(expectedDays(steady));
    expect(large.pattern).toBe("none-seen");
    expect(large.trend!.detectableChange).toBeLessThan(large.overall.estimate!);
    expect(large.longRun).toEqual(large.earlyAgainstLate!.late);
    expect(large.decay).toBeNull();
    const small = byExposure(expectedDays({ ...steady, n: 5000 }));
    expect(small.pattern).toBe("undetermined");
    expect(codes(small)).toEqual(["TREND_TOO_ROUGH"]);
    expect(byExposure(expectedDays({ ...steady, n: 5000 }), { relevantChange: 2 }).pattern).toBe("none-seen");
    expect(byExposure(expectedDays(steady), { relevantChange: 0.01 }).pattern).toBe("undetermined");
  });

  it("is a trend and no novelty by day of entry", () => {
    const days = Array.from({ length: 10 }, (_, i) => rates(i + 1, 1000, 1300 - 30 * i, 20_000));
    const result = byEntry(days);
    expect(result.pattern).toBe("trend");
    expect(codes(result)).toEqual(["EFFECT_TRENDS", "LESS_THAN_TWO_WEEKS", "LONG_RUN_UNDETERMINED"]);
    expect(result.trend!.covariate).toBe("day");
    expect(result.longRun.status).toBe("undetermined");
  });

  it("needs a detectable change that about 80 % of tests with it find", () => {
    // From first to last day along the log of the day, by the size that a reading without a trend calls detectable.
    const world = { ...FADING, days: 14, n: 100_000 };
    const { detectableChange } = byExposure(expectedDays({ ...world, logLift: () => 0.1 })).trend!;
    const slope = detectableChange / Math.log2(14);
    const random = createRandom(1);
    let found = 0;
    for (let i = 0; i < 600; i++) {
      const days = firstConversions({ ...world, logLift: (day) => 0.1 + slope * Math.log2(day) }, random);
      if (byExposure(days).trend!.pValue < 0.05) found += 1;
    }
    // Five Monte Carlo standard errors around 77 %, which the same test of normal estimates with equal errors has.
    expect(Math.abs(found / 600 - 0.77)).toBeLessThan(0.086);
  });
});

describe("days of first conversions", () => {
  it("are uncorrelated, and show a trend that is not there in 5 % of cases at most", () => {
    const random = createRandom(2);
    const reps = 1200;
    let [rejected, heterogeneous] = [0, 0];
    const sums = { x: 0, y: 0, xx: 0, yy: 0, xy: 0 };
    for (let i = 0; i < reps; i++) {
      const { trend, heterogeneity, days } = byExposure(
        firstConversions({ n: 3000, rate: 0.06, days: 10, logLift: () => 0.1 }, random),
      );
      if (trend!.pValue < 0.05) rejected += 1;
      if (heterogeneity!.pValue < 0.05) heterogeneous += 1;
      const [x, y] = [days[0]!.effect!.estimate, days[1]!.effect!.estimate];
      sums.x += x;
      sums.y += y;
      sums.xx += x * x;
      sums.yy += y * y;
      sums.xy += x * y;
    }
    const cross = (a: number, b: number, both: number): number => both - (a * b) / reps;
    const correlation =
      cross(sums.x, sums.y, sums.xy) /
      Math.sqrt(cross(sums.x, sums.x, sums.xx) * cross(sums.y, sums.y, sums.yy));
    // Bounds: five Monte Carlo standard errors.
    expect(Math.abs(correlation)).toBeLessThan(5 / Math.sqrt(reps));
    // 3.3 % in the long run, by the same test of normal estimates.
    expect(Math.abs(rejected / reps - 0.033)).toBeLessThan(0.026);
    expect(Math.abs(heterogeneous / reps - 0.05)).toBeLessThan(0.032);
  });

  it("must come from units that had none before", () => {
    const call = (second: DayArms) => () => byExposure([rates(1, 50, 60), second]);
    expect(fieldOf(call(rates(2, 10, 10, 950, 940)))).toBe("");
    expect(fieldOf(call(rates(2, 10, 10, 951, 940)))).toBe("days[1].control.n");
    expect(fieldOf(call(rates(2, 10, 10, 950, 941)))).toBe("days[1].treatment.n");
    expect(call(rates(2, 10, 10, 1000, 1000))).toThrow("first conversions");
  });
});

describe("days of the same units", () => {
  const means = Array.from({ length: 8 }, (_, i) => ({
    day: i + 1,
    control: { n: 5000 - 100 * i, mean: 2, variance: 5 },
    treatment: { n: 5000 - 100 * i, mean: 2.4 - 0.05 * i, variance: 5 },
  }));

  it("together have the largest error that any correlation allows, and no decay", () => {
    const result = byExposure(means, { scale: "difference" });
    const errors = result.days.map(({ effect }) => effect!.standardError);
    const weights = errors.map((error) => 1 / error ** 2);
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    const largest = weights.reduce((sum, weight, i) => sum + (weight / total) * errors[i]!, 0);
    expect(relativeError(result.overall.standardError!, largest)).toBeLessThan(1e-14);
    expect(result.overall.interval.method).toBe("any-correlation");
    expect(result.pattern).toBe("novelty");
    expect(result.decay).toBeNull();
    expect(result.longRun.status).toBe("undetermined");
  });

  it("have a trend that is tested safely where all days go together alike", () => {
    // Each arm's units have a level of their own that lasts: correlation 0.5 of any two days.
    const random = createRandom(3);
    let rejected = 0;
    for (let i = 0; i < 600; i++) {
      const common = random.normal();
      const days = means.map((day) => {
        const error = Math.sqrt((2 * 5) / day.control.n);
        const mean = 2 + error * Math.SQRT1_2 * (common + random.normal());
        return { ...day, treatment: { ...day.treatment, mean } };
      });
      if (byExposure(days, { scale: "difference" }).trend!.pValue < 0.05) rejected += 1;
    }
    expect(rejected / 600).toBeLessThan(0.03);
  });

  it("get fewer from day to day", () => {
    const more = means.map((day) => ({ ...day, control: { ...day.control, n: 5000 + day.day } }));
    expect(fieldOf(() => byExposure(more))).toBe("days[1].control.n");
    expect(() => byExposure(more)).toThrow("active or not");
  });
});

describe("days of entry", () => {
  it("show the day that stands out", () => {
    const days = Array.from({ length: 14 }, (_, i) => rates(i + 1, 500 + i, i === 8 ? 200 : 520 - i, 10_000));
    const result = byEntry(days);
    expect(result.outlier!.day).toBe(9);
    expect(result.outlier!.adjustedPValue).toBeLessThan(1e-10);
    expect(codes(result)).toContain("DAY_STANDS_OUT");
    expect(codes(result)).toContain("DAYS_VARY");
    expect(result.trend!.degreesOfFreedom).toBe(12);
    expect(byExposure(expectedDays(FADING)).outlier).toBeNull();
  });

  it("show the days on which units were not split as planned", () => {
    const days = Array.from({ length: 5 }, (_, i) => rates(i + 1, 100, 100, 1000, i === 2 ? 700 : 1000));
    const result = byEntry(days);
    expect(result.sampleRatio!.worst).toBe("day 3");
    expect(result.warnings.find(({ code }) => code === "SAMPLE_RATIO_MISMATCH")!.message).toContain("day 3:");
    expect(codes(byEntry(days, { allocation: 0.7 }))).toContain("SAMPLE_RATIO_MISMATCH");
    const uneven = days.map(({ day }) => rates(day, 100, 50, 1000, 500));
    expect(codes(byEntry(uneven, { allocation: 0.5 }))).not.toContain("SAMPLE_RATIO_MISMATCH");
    expect(byExposure(expectedDays(FADING)).sampleRatio).toBeNull();
  });

  it("of the Udacity test: fewer enrolments, and payments that vary more from day to day than chance does", () => {
    const enrolments = byEntry(
      udacity.days.map(([day, n1, x1, , n2, x2]) => rates(day!, x1!, x2!, n1!, n2!)),
    );
    expect(enrolments.overall.interval.upper).toBeLessThan(0);
    expect(enrolments.trend!.pValue).toBeGreaterThan(0.01);
    expect(enrolments.sampleRatio!.worst).toBeNull();
    const payments = byEntry(
      udacity.days.map(([day, n1, , x1, n2, , x2]) => rates(day!, x1!, x2!, n1!, n2!)),
    );
    expect(codes(payments)).toEqual(["TREND_TOO_ROUGH", "DAYS_VARY"]);
    expect(payments.heterogeneity!.pValue).toBeLessThan(1e-7);
  });

  it("of an ASOS test: no day stands out among 65", () => {
    const result = byEntry(
      asos.days.map(([day, n1, events1, n2, events2]) => ({
        day: day!,
        control: { n: n1!, events: events1! },
        treatment: { n: n2!, events: events2! },
      })),
    );
    expect(result.metric).toBe("count");
    expect(result.pattern).toBe("undetermined");
    expect(result.outlier!.adjustedPValue).toBeGreaterThan(0.5);
    expect(result.overall.interval.lower).toBeLessThan(0);
    expect(result.overall.interval.upper).toBeGreaterThan(0);
  });
});

describe("few days", () => {
  it("one: its own effect, and nothing about days", () => {
    const result = byEntry([rates(1, 50, 60)]);
    expect(relativeError(result.overall.estimate!, Math.log(1.2))).toBeLessThan(1e-14);
    expect(result.heterogeneity).toBeNull();
    expect(result.trend).toBeNull();
    expect(result.earlyAgainstLate).toBeNull();
    expect(result.pattern).toBe("undetermined");
    expect(codes(result)).toEqual(["TOO_FEW_DAYS"]);
  });

  it("two: whether they differ, and no trend", () => {
    const result = byExposure([rates(1, 100, 160), rates(2, 80, 70, 900, 840)]);
    expect(result.heterogeneity!.degreesOfFreedom).toBe(1);
    expect(result.trend).toBeNull();
    expect(result.longRun.status).toBe("undetermined");
  });

  it("three and four: a trend, and no day that stands out of three", () => {
    const days = [rates(1, 100, 160), rates(2, 100, 150), rates(3, 100, 170), rates(4, 90, 150)];
    expect(byEntry(days.slice(0, 3)).outlier).toBeNull();
    expect(byEntry(days.slice(0, 3)).trend).not.toBeNull();
    expect(byEntry(days).outlier).not.toBeNull();
  });
});

describe("days that cannot be weighed", () => {
  it("are left out, and named", () => {
    const days = [
      rates(1, 10, 14),
      rates(2, 0, 5),
      rates(3, 9, 8),
      rates(4, 0, 0, 0),
      rates(6, 3, 5),
      rates(8, 0, 0),
    ];
    const result = byEntry(days);
    expect(result.days.map(({ effect }) => effect === null)).toEqual([false, true, false, true, false, true]);
    expect(result.warnings.at(-1)!.message).toContain("left out: 2, 4, 8");
    expect(result.days[3]!.difference.status).toBe("undetermined");
    expect(result.days[3]!.control.level).toBeNull();
    const difference = byEntry(days, { scale: "difference" });
    expect(difference.days.map(({ effect }) => effect === null)).toEqual([
      false,
      false,
      false,
      true,
      false,
      true,
    ]);
  });

  it("may be all of them", () => {
    for (const day of [rates(1, 0, 0, 0), rates(1, 0, 3), rates(1, 0, 0), rates(1, 1, 1, 1)]) {
      const result = byEntry([day, { ...day, day: 2 }, { ...day, day: 3 }]);
      expect(result.overall.status).toBe("undetermined");
      expect(result.longRun.status).toBe("undetermined");
      expect(result.pattern).toBe("undetermined");
    }
    expect(byEntry([rates(1, 0, 0, 0)]).metric).toBeNull();
    expect(byEntry([rates(1, 0, 0, 0)]).sampleRatio).toBeNull();
  });

  it("are those of one unit, for means", () => {
    const mean = { n: 1, mean: 3, variance: 0 };
    const result = byEntry([{ day: 1, control: mean, treatment: { n: 10, mean: 3, variance: 1 } }]);
    expect(result.days[0]!.effect).toBeNull();
  });
});

describe("all kinds of metrics", () => {
  const day = (k: number, lift: number): Record<string, DayArms> => ({
    proportion: rates(k, 5000, Math.round(5000 * lift), 100_000),
    count: {
      day: k,
      control: { n: 100_000, events: 5000 },
      treatment: { n: 100_000, events: Math.round(5000 * lift) },
    },
    mean: {
      day: k,
      control: { n: 100_000, mean: 0.05, variance: 0.0475 },
      treatment: { n: 100_000, mean: 0.05 * lift, variance: 0.0475 },
    },
    ratio: {
      day: k,
      control: {
        n: 100_000,
        numerator: { mean: 0.05, variance: 0.0475 },
        denominator: { mean: 1, variance: 0 },
        covariance: 0,
      },
      treatment: {
        n: 100_000,
        numerator: { mean: 0.05 * lift, variance: 0.0475 },
        denominator: { mean: 1, variance: 0 },
        covariance: 0,
      },
    },
  });

  it("show the same trend", () => {
    const slopes = ["proportion", "count", "mean", "ratio"].map((kind) => {
      const result = byEntry([1, 2, 3, 4].map((k) => day(k, 1.3 - 0.05 * k)[kind]!));
      expect(result.metric).toBe(kind);
      return result.trend!.slope.estimate!;
    });
    for (const slope of slopes) expect(Math.abs(slope / slopes[0]! - 1)).toBeLessThan(0.01);
  });

  it("are not mixed", () => {
    expect(fieldOf(() => byEntry([day(1, 1)["proportion"]!, day(2, 1)["mean"]!]))).toMatch(/^days\[1\]/);
  });
});

describe("any days", () => {
  const arm = fc
    .tuple(fc.integer({ min: 0, max: 1_000_000_000_000 }), fc.double({ min: 0, max: 1, noNaN: true }))
    .map(([n, share]) => ({ n, conversions: Math.round(n * share) }));
  const series = fc
    .array(fc.tuple(arm, arm), { minLength: 1, maxLength: 12 })
    .map((days) => days.map(([control, treatment], i) => ({ day: i + 1, control, treatment })));
  const scale = fc.constantFrom("log-lift" as const, "difference" as const);

  it("have the opposite effects with the arms exchanged", () => {
    fc.assert(
      fc.property(series, scale, (days, on) => {
        const forth = byEntry(days, { scale: on });
        const back = byEntry(
          days.map(({ day, control, treatment }) => ({ day, control: treatment, treatment: control })),
          { scale: on },
        );
        expect(back.pattern).toBe(forth.pattern);
        const size = Math.max(...forth.days.map(({ effect }) => Math.abs(effect?.estimate ?? 0)));
        if (forth.overall.estimate === null) return;
        expect(Math.abs(back.overall.estimate! + forth.overall.estimate)).toBeLessThanOrEqual(1e-12 * size);
        if (forth.trend === null) return;
        expect(Math.abs(back.trend!.first + forth.trend.first)).toBeLessThanOrEqual(1e-9 * size);
      }),
    );
  });

  it("give results without NaN that survive structuredClone", () => {
    const holdsNaN = (value: unknown): boolean =>
      typeof value === "number"
        ? Number.isNaN(value)
        : typeof value === "object" && value !== null && Object.values(value).some(holdsNaN);
    fc.assert(
      fc.property(
        series,
        scale,
        fc.constantFrom("two-sided", "greater", "less"),
        fc.double({ min: 0.01, max: 0.999, noNaN: true }),
        (days, on, alternative, confidenceLevel) => {
          const result = byEntry(days, { scale: on, alternative, confidenceLevel });
          expect(holdsNaN(result)).toBe(false);
          expect(structuredClone(result)).toEqual(result);
          expect(result.days.at(-1)!.cumulative).toEqual(result.overall);
        },
      ),
    );
  });

  it("decay to finite levels, or to none that is known, whatever the effects", () => {
    const effect = fc.double({ min: -1, max: 1, noNaN: true });
    fc.assert(
      fc.property(
        fc.array(effect, { minLength: 5, maxLength: 10 }),
        fc.integer({ min: 1000, max: 100_000_000 }),
        (effects, n) => {
          const result = byExposure(
            expectedDays({ n, rate: 0.1, days: effects.length, logLift: (day) => effects[day - 1]! }),
          );
          const { decay } = result;
          if (decay === null) return;
          expect(decay.halfLife.interval.lower).toBeLessThanOrEqual(decay.halfLife.estimate!);
          expect(decay.halfLife.interval.upper).toBeGreaterThanOrEqual(decay.halfLife.estimate!);
          const { estimate, interval } = decay.longRun;
          if (estimate === null) return;
          expect(interval.lower).toBeLessThanOrEqual(estimate);
          expect(interval.upper).toBeGreaterThanOrEqual(estimate);
        },
      ),
    );
  });

  it("have a trend whose p-value is below alpha exactly where its interval leaves 0 out", () => {
    fc.assert(
      fc.property(series, fc.double({ min: 0.5, max: 0.999, noNaN: true }), (days, confidenceLevel) => {
        const { trend, earlyAgainstLate } = byEntry(days, { confidenceLevel });
        if (trend === null) return;
        for (const [{ interval }, pValue] of [
          [trend.slope, trend.pValue],
          [trend.change, trend.pValue],
          [earlyAgainstLate!.change, earlyAgainstLate!.pValue],
        ] as const) {
          expect(interval.lower > 0 || interval.upper < 0).toBe(pValue < 1 - confidenceLevel);
        }
      }),
    );
  });

  it("keep their digits at any size: differences of means around 1e120 and 1e-120", () => {
    const days = (unit: number): DayArms[] =>
      [5, 3, 2, 1.6, 1.4, 1.3, 1.25, 1.22].map((mean, i) => ({
        day: i + 1,
        control: { n: 1000, mean: 0, variance: (0.1 * unit) ** 2 },
        treatment: { n: 1000, mean: mean * unit, variance: (0.1 * unit) ** 2 },
      }));
    const one = byEntry(days(1), { scale: "difference" });
    for (const unit of [1e120, 1e-120]) {
      const other = byEntry(days(unit), { scale: "difference" });
      expect(relativeError(other.overall.estimate! / unit, one.overall.estimate!)).toBeLessThan(1e-13);
      expect(relativeError(other.trend!.pValue, one.trend!.pValue)).toBeLessThan(1e-10);
    }
  });
});

describe("bad days", () => {
  const days = [rates(1, 5, 6), rates(2, 4, 5, 900)];

  it("are named by their path", () => {
    expect(fieldOf(() => byEntry([]))).toBe("days");
    expect(fieldOf(() => byEntry([rates(0, 1, 1)]))).toBe("days[0].day");
    expect(fieldOf(() => byEntry([rates(20_261_123, 1, 1)]))).toBe("days[0].day");
    expect(fieldOf(() => byEntry([days[1]!, days[0]!]))).toBe("days[1].day");
    expect(fieldOf(() => byEntry([rates(1, 5, 1001)]))).toBe("days[0].treatment.conversions");
    expect(fieldOf(() => byEntry([rates(1, 5, 1, -1)]))).toBe("days[0].control.n");
    expect(fieldOf(() => byEntry([null as unknown as DayArms]))).toBe("days[0]");
  });

  it("and options are", () => {
    expect(fieldOf(() => analyzeDays({ by: "week" as "day-of-entry", days }))).toBe("by");
    expect(fieldOf(() => byEntry(days, { scale: "lift" as "log-lift" }))).toBe("scale");
    expect(fieldOf(() => byEntry(days, { relevantChange: 0 }))).toBe("relevantChange");
    expect(fieldOf(() => byEntry(days, { allocation: -1 }))).toBe("allocation");
    expect(fieldOf(() => byEntry(days, { confidenceLevel: 1 }))).toBe("confidenceLevel");
  });
});
