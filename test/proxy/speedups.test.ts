import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DomainError } from "../../src/core/domain-error.ts";
import { calendarSpeedup } from "../../src/proxy/calendar-speedup.ts";
import type { DecisionBeside } from "../../src/proxy/decision-beside.ts";
import { detectionSpeedup } from "../../src/proxy/detection-speedup.ts";
import { observedSpeedup } from "../../src/proxy/observed-speedup.ts";
import { planningSpeedup } from "../../src/proxy/planning-speedup.ts";
import { relativeError } from "../support/relative-error.ts";

const funnel = { microRate: 0.1, macroRate: 0.02, microLift: 0.1, macroLift: 0.1, nested: true };
const effects = { tauProxy: 0.04, tauMacro: 0.04, rho: 0.8 };
const codes = (result: { readonly warnings: readonly { readonly code: string }[] }): string[] =>
  result.warnings.map((warning) => warning.code);

/** Every number in a result: none may be NaN. */
function numbersIn(value: unknown): number[] {
  if (typeof value === "number") return [value];
  if (typeof value === "object" && value !== null) return Object.values(value).flatMap(numbersIn);
  return [];
}

function expectPlain(result: object): void {
  expect(numbersIn(result).some(Number.isNaN)).toBe(false);
  expect(structuredClone(result)).toEqual(result);
}

function expectDecision(decision: DecisionBeside): void {
  expect(decision.status).toBe("ok");
  for (const value of [decision.speedup, decision.accuracyProxy, decision.ceiling, decision.crossoverN]) {
    expect(value).not.toBeNull();
  }
}

const counts = {
  control: { neither: 16600, macroOnly: 40, microOnly: 3000, both: 360 },
  treatment: { neither: 16100, macroOnly: 42, microOnly: 3420, both: 438 },
};

describe("a detection speedup never comes alone", () => {
  it("has the decision speedup, its ceiling and its crossover beside it", () => {
    expectDecision(detectionSpeedup({ ...funnel, effects }).decision);
    expectDecision(planningSpeedup({ control: counts.control, effects }).decision);
    expectDecision(observedSpeedup({ ...counts, effects }).decision);
    const calendar = calendarSpeedup({ ...funnel, effects, unitsPerDay: 1000 });
    expectDecision(calendar.decision);
    expect(calendar.decisionDays).not.toBeNull();
  });

  it("says that nobody knows without effects, and what one would have to believe", () => {
    for (const result of [
      detectionSpeedup(funnel),
      planningSpeedup({ control: counts.control }),
      observedSpeedup(counts),
      observedSpeedup({ zMicro: 4, zMacro: 2.5, correlation: 0.4, n: 20_000 }),
    ]) {
      expect(result.decision).toMatchObject({ status: "undetermined", speedup: null, effects: null });
      expect(result.decision.byRho.map((belief) => belief.rho)).toEqual([0, 0.2, 0.4, 0.6, 0.8, 0.9, 1]);
      expect(codes(result)).toContain("DECISION_UNKNOWN");
    }
  });

  it("agrees with the decision speedup on what one would have to believe", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(0.2, 0.4, 0.6, 0.8, 0.9),
        fc.double({ min: 0.001, max: 0.5, noNaN: true }),
        fc.double({ min: 0.001, max: 0.5, noNaN: true }),
        (rho, tauProxy, tauMacro) => {
          const { decision } = detectionSpeedup({ ...funnel, effects: { tauProxy, tauMacro, rho } });
          const belief = decision.byRho.find((row) => row.rho === rho)!;
          expect(relativeError(belief.speedup, decision.speedup!)).toBeLessThan(1e-9);
          expect(relativeError(belief.ceiling.accuracy, decision.ceiling!.accuracy)).toBeLessThan(1e-9);
          expect(
            relativeError(belief.ceiling.macroEquivalentN, decision.ceiling!.macroEquivalentN),
          ).toBeLessThan(1e-9);
          expect(relativeError(belief.crossoverN, decision.crossoverN!)).toBeLessThan(1e-9);
          expect(belief.crossoverN > 0).toBe(rho > decision.breakEvenRho!);
        },
      ),
    );
  });

  it("gives the decision no more than rho² of the detection speedup in the limit of small lifts", () => {
    const plan = detectionSpeedup({ ...funnel, microLift: 1e-6, macroLift: 0.6e-6 });
    for (const { rho, speedup } of plan.decision.byRho) {
      expect(speedup).toBeLessThanOrEqual(rho ** 2 * plan.speedup! * (1 + 1e-5));
    }
    expect(plan.decision.breakEvenRho!).toBeCloseTo(1 / Math.sqrt(plan.speedup!), 5);
  });

  it("calls a proxy that only detects faster what it is", () => {
    const plan = detectionSpeedup({ ...funnel, effects: { tauProxy: 0.04, tauMacro: 0.01, rho: 0.1 } });
    expect(plan.speedup).toBeGreaterThan(1);
    expect(plan.decision.speedup).toBeLessThan(1);
    expect(codes(plan)).toContain("DETECTS_ONLY");
    expect(codes(detectionSpeedup({ ...funnel, effects }))).not.toContain("DETECTS_ONLY");
  });

  it("leaves the decision undetermined when the true effects run against each other", () => {
    const plan = detectionSpeedup({ ...funnel, effects: { ...effects, rho: -0.5 } });
    expect(plan.decision).toMatchObject({ status: "undetermined", speedup: null });
    expect(codes(plan)).toContain("WRONG_SIGN");
  });
});

describe("the detection speedup", () => {
  const rate = fc.double({ min: 0.001, max: 0.5, noNaN: true });
  const lift = fc.double({ min: 0.001, max: 0.5, noNaN: true });

  it("inverts when proxy and macro metric change places", () => {
    fc.assert(
      fc.property(rate, rate, lift, lift, (microRate, macroRate, microLift, macroLift) => {
        const there = detectionSpeedup({ microRate, macroRate, microLift, macroLift });
        const back = detectionSpeedup({
          microRate: macroRate,
          macroRate: microRate,
          microLift: macroLift,
          macroLift: microLift,
        });
        expect(there.speedup! * back.speedup!).toBeCloseTo(1, 12);
      }),
    );
  });

  it("approaches its local form as the lifts shrink, and passes 1 at the break-even elasticity", () => {
    fc.assert(
      fc.property(rate, rate, lift, (microRate, macroRate, microLift) => {
        const small = 1e-5 * microLift;
        const { breakEvenElasticity } = detectionSpeedup({
          microRate,
          macroRate,
          microLift: small,
          macroLift: small,
        });
        const even = detectionSpeedup({
          microRate,
          macroRate,
          microLift: small,
          macroLift: small * breakEvenElasticity,
        });
        expect(relativeError(even.speedup!, 1)).toBeLessThan(1e-2);
        expect(relativeError(even.speedupLocal!, 1)).toBeLessThan(1e-12);
      }),
    );
  });

  it("rises as the proxy gets worse, up to infinity for one that brings no sales", () => {
    let last = 0;
    for (const macroLift of [0.1, 0.05, 0.01, 0.001]) {
      const { speedup } = detectionSpeedup({ ...funnel, macroLift });
      expect(speedup).toBeGreaterThan(last);
      last = speedup!;
    }
    const vanity = detectionSpeedup({ ...funnel, macroLift: 0, effects });
    expect(vanity).toMatchObject({
      status: "undetermined",
      speedup: Infinity,
      nMacro: Infinity,
      elasticity: 0,
    });
    expect(codes(vanity)).toContain("VANITY_PROXY");
    expectDecision(vanity.decision);
    expectPlain(vanity);
  });

  it("gives a proxy of the wrong sign no speedup", () => {
    const wrong = detectionSpeedup({ ...funnel, macroLift: -0.1 });
    expect(wrong).toMatchObject({
      status: "undetermined",
      speedup: null,
      speedupLocal: null,
      elasticity: -1,
    });
    expect(wrong.decision).toMatchObject({ breakEvenRho: null, byRho: [] });
    expect(codes(wrong)).toContain("WRONG_SIGN");
  });

  it("has an answer when nothing moves, or only sales do", () => {
    const still = detectionSpeedup({ ...funnel, microLift: 0, macroLift: 0 });
    expect(still).toMatchObject({
      status: "undetermined",
      speedup: null,
      elasticity: null,
      nMicro: Infinity,
    });
    const blind = detectionSpeedup({ ...funnel, microLift: 0, effects });
    expect(blind).toMatchObject({ status: "ok", speedup: 0, speedupLocal: 0, elasticity: Infinity });
    expect(blind.decision).toMatchObject({ status: "undetermined", speedup: null, n: Infinity });
    [still, blind].forEach(expectPlain);
  });

  it("takes losses as it takes gains, and a one-sided test only on its side", () => {
    const losses = detectionSpeedup({ ...funnel, microLift: -0.1, macroLift: -0.1 });
    expect(losses.speedup).toBeGreaterThan(5);
    const greater = detectionSpeedup({ ...funnel, alternative: "greater" });
    expect(greater.nMicro).toBeLessThan(detectionSpeedup(funnel).nMicro);
    const wrongSide = detectionSpeedup({ ...funnel, alternative: "less" });
    expect(wrongSide).toMatchObject({ status: "undetermined", speedup: null, nMicro: Infinity });
    expect(codes(wrongSide)).toContain("WRONG_SIDE");
  });

  it("holds at a rate of one in a billion and lifts too small to square", () => {
    expectPlain(detectionSpeedup({ microRate: 1e-6, macroRate: 1e-9, microLift: 0.01, macroLift: 0.01 }));
    expectPlain(detectionSpeedup({ ...funnel, microLift: 1e-200, macroLift: 1e-200 }));
    expectPlain(detectionSpeedup({ ...funnel, microLift: 1e-160, macroLift: 0.1, nested: false }));
  });

  it("refuses impossible rates by name", () => {
    expect(() => detectionSpeedup({ ...funnel, microLift: 9 })).toThrow(DomainError);
    expect(() => detectionSpeedup({ ...funnel, microLift: 9 })).toThrow("microLift = 9");
    expect(() => detectionSpeedup({ ...funnel, macroLift: -1 })).toThrow("macroLift = -1");
    expect(() => detectionSpeedup({ ...funnel, microRate: 1 })).toThrow("microRate = 1");
    expect(() => detectionSpeedup({ ...funnel, macroRate: NaN })).toThrow("macroRate = NaN");
    expect(() => detectionSpeedup({ ...funnel, macroRate: 0.2 })).toThrow("microRate = 0.1");
    expect(() => detectionSpeedup({ ...funnel, macroRate: 0.09, macroLift: 0.5 })).toThrow("macroLift = 0.5");
    expect(() => detectionSpeedup({ ...funnel, alpha: 0 })).toThrow("alpha");
    expect(() => detectionSpeedup({ ...funnel, power: 1 })).toThrow("power");
    expect(() => detectionSpeedup({ ...funnel, effects: { ...effects, rho: 2 } })).toThrow("effects.rho");
    expect(() => detectionSpeedup({ ...funnel, alternative: "up" as never })).toThrow("alternative");
  });
});

describe("the planning speedup", () => {
  const cell = fc.integer({ min: 1, max: 1e6 });

  it("is 1 / phi², which is the local detection speedup at full pass-through", () => {
    fc.assert(
      fc.property(cell, cell, cell, cell, (neither, macroOnly, microOnly, both) => {
        const plan = planningSpeedup({ control: { neither, macroOnly, microOnly, both } });
        fc.pre(plan.status === "ok" && plan.elasticity! > 1e-6);
        const n = neither + macroOnly + microOnly + both;
        const { speedupLocal } = detectionSpeedup({
          microRate: (microOnly + both) / n,
          macroRate: (macroOnly + both) / n,
          microLift: 1e-7,
          macroLift: 1e-7 * plan.elasticity!,
        });
        expect(relativeError(speedupLocal!, plan.speedup!)).toBeLessThan(1e-7);
        expect(plan.interval!.lower).toBeLessThan(plan.speedup!);
        expect(plan.interval!.upper).toBeGreaterThan(plan.speedup!);
      }),
    );
  });

  it("breaks even at a rho of about phi, whatever the typical lift", () => {
    const control = { neither: 18000, macroOnly: 50, microOnly: 1600, both: 350 };
    for (const microLift of [1e-4, 0.001, -0.001]) {
      const { decision, phi } = planningSpeedup({ control, microLift });
      expect(decision.breakEvenRho!).toBeCloseTo(phi!, 3);
    }
  });

  it("narrows its interval with the square root of n", () => {
    const times = (k: number) => ({ neither: 180 * k, macroOnly: k, microOnly: 16 * k, both: 3 * k });
    const width = (k: number): number => {
      const { lower, upper } = planningSpeedup({ control: times(k) }).interval!;
      return Math.log(upper / lower);
    };
    expect(width(1) / width(100)).toBeCloseTo(10, 10);
  });

  it("is undetermined where micro converters buy no more than others, or nobody converts", () => {
    for (const control of [
      { neither: 90, macroOnly: 10, microOnly: 90, both: 10 },
      { neither: 90, macroOnly: 20, microOnly: 90, both: 10 },
      { neither: 100, macroOnly: 0, microOnly: 0, both: 0 },
      { neither: 90, macroOnly: 0, microOnly: 10, both: 0 },
      { neither: 0, macroOnly: 0, microOnly: 90, both: 10 },
      { neither: 0, macroOnly: 0, microOnly: 0, both: 1 },
    ]) {
      const plan = planningSpeedup({ control, effects });
      expect(plan).toMatchObject({ status: "undetermined", speedup: null, interval: null });
      expectPlain(plan);
    }
  });

  it("refuses what is no rate, no lift or no level", () => {
    const rates = { microRate: 0.1, macroGivenMicro: 0.2, macroGivenNoMicro: 0 };
    expect(() => planningSpeedup({ ...rates, microRate: 0 })).toThrow("microRate");
    expect(() => planningSpeedup({ ...rates, macroGivenMicro: 1.1 })).toThrow("macroGivenMicro");
    expect(() => planningSpeedup({ ...rates, macroGivenNoMicro: -0.1 })).toThrow("macroGivenNoMicro");
    expect(() => planningSpeedup({ ...rates, microLift: 0 })).toThrow("microLift");
    expect(() => planningSpeedup({ ...rates, confidenceLevel: 1 })).toThrow("confidenceLevel");
    expect(() => planningSpeedup({ ...rates, power: 0.01 })).toThrow("power");
    expect(() => planningSpeedup({ control: { ...counts.control, both: 0.5 } })).toThrow("control.both");
  });
});

describe("the observed speedup", () => {
  const z = fc.double({ min: -50, max: 50, noNaN: true });
  const correlation = fc.double({ min: -1, max: 1, noNaN: true });

  it("holds its point, and has an upper bound exactly when the sale is significant", () => {
    fc.assert(
      fc.property(z, z, correlation, (zMicro, zMacro, r) => {
        fc.pre(Math.abs(Math.abs(zMacro) - 1.96) > 1e-3);
        const seen = observedSpeedup({ zMicro, zMacro, correlation: r });
        expectPlain(seen);
        if (seen.interval !== null) expect(seen.interval.upper < Infinity).toBe(Math.abs(zMacro) > 1.96);
        if (seen.speedup === null) return;
        expect(seen.interval!.lower).toBeLessThanOrEqual(seen.speedup * (1 + 1e-9));
        expect(seen.interval!.upper).toBeGreaterThanOrEqual(seen.speedup * (1 - 1e-9));
        const gap = seen.interval!.excluded;
        if (gap !== null) expect(seen.speedup <= gap.lower || seen.speedup >= gap.upper).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it("does not change when both effects change sign", () => {
    fc.assert(
      fc.property(z, z, correlation, (zMicro, zMacro, r) => {
        expect(observedSpeedup({ zMicro: 0 - zMicro, zMacro: 0 - zMacro, correlation: r }).interval).toEqual(
          observedSpeedup({ zMicro, zMacro, correlation: r }).interval,
        );
      }),
    );
  });

  it("earns nothing on the wrong side, and says whether the data still allow the right one", () => {
    const sure = observedSpeedup({ zMicro: -6, zMacro: 6, correlation: 0.4 });
    expect(sure).toMatchObject({ status: "undetermined", speedup: null, interval: null });
    expect(sure.ratioSet!.upper).toBeLessThan(0);
    const unsure = observedSpeedup({ zMicro: -1, zMacro: 3, correlation: 0.4 });
    expect(unsure).toMatchObject({ status: "undetermined", speedup: null });
    expect(unsure.interval!.lower).toBe(0);
    expect(codes(sure)).toContain("WRONG_SIGN");
    expect(codes(unsure)).toContain("WRONG_SIGN");
  });

  it("keeps the gap that the data rule out inside the speedups at or above 0", () => {
    const { ratioSet, interval } = observedSpeedup({ zMicro: 3, zMacro: 1.5, correlation: 0.95 });
    expect(ratioSet!.excluded!.lower).toBeLessThan(ratioSet!.excluded!.upper);
    expect(interval!.upper).toBe(Infinity);
  });

  it("has an answer for statistics of 0, and for tables where nothing or everything converted", () => {
    expect(observedSpeedup({ zMicro: 0, zMacro: 0, correlation: 0 }).status).toBe("undetermined");
    expect(observedSpeedup({ zMicro: 3, zMacro: 0, correlation: 0 })).toMatchObject({
      status: "unbounded",
      speedup: Infinity,
    });
    expect(observedSpeedup({ zMicro: 0, zMacro: 3, correlation: 0 })).toMatchObject({
      status: "ok",
      speedup: 0,
    });
    const none = { neither: 100, macroOnly: 0, microOnly: 0, both: 0 };
    const all = { neither: 0, macroOnly: 0, microOnly: 0, both: 100 };
    const clicks = { neither: 80, macroOnly: 0, microOnly: 20, both: 0 };
    const one = { neither: 1, macroOnly: 0, microOnly: 0, both: 0 };
    for (const [control, treatment] of [
      [none, none],
      [none, all],
      [all, all],
      [clicks, none],
      [one, one],
      [one, counts.treatment],
      [none, counts.treatment],
      [clicks, counts.treatment],
    ] as const) {
      for (const scale of ["log-lift", "difference"] as const) {
        const seen = observedSpeedup({ control, treatment, effects: { ...effects, scale } });
        expectPlain(seen);
        expectPlain(observedSpeedup({ control, treatment }));
      }
    }
    const silent = observedSpeedup({ control: clicks, treatment: clicks });
    expect(silent).toMatchObject({ status: "undetermined", zMacro: null, ratioSet: null });
    expect(codes(silent)).toContain("NO_VARIATION");
  });

  it("refuses broken statistics and counts", () => {
    const good = { zMicro: 4, zMacro: 2, correlation: 0.4 };
    expect(() => observedSpeedup({ ...good, zMicro: NaN })).toThrow("zMicro");
    expect(() => observedSpeedup({ ...good, zMacro: Infinity })).toThrow("zMacro");
    expect(() => observedSpeedup({ ...good, correlation: 1.5 })).toThrow("correlation");
    expect(() => observedSpeedup({ ...good, n: 0 })).toThrow("n = 0");
    expect(() => observedSpeedup({ ...good, confidenceLevel: 0 })).toThrow("confidenceLevel");
    expect(() => observedSpeedup({ control: counts.control } as never)).toThrow("treatment");
    expect(() => observedSpeedup({ ...counts, treatment: { ...counts.treatment, both: -1 } })).toThrow(
      "treatment.both",
    );
  });
});

describe("the calendar speedup", () => {
  const calendar = { ...funnel, unitsPerDay: 1000 };

  it("is the detection speedup when nothing has to be waited for", () => {
    const { speedup, daysMicro, daysMacro } = calendarSpeedup(calendar);
    const detection = detectionSpeedup(funnel);
    expect(speedup).toBeCloseTo(detection.speedup!, 12);
    expect(daysMicro).toBeCloseTo(detection.nMicro / 1000, 12);
    expect(daysMacro).toBeCloseTo(detection.nMacro / 1000, 12);
  });

  it("adds an attribution window once, to the detection and to the decision", () => {
    const at = calendarSpeedup({ ...calendar, effects });
    const later = calendarSpeedup({
      ...calendar,
      effects,
      microDelay: { attributionDays: 1 },
      macroDelay: { attributionDays: 14 },
    });
    expect(later.daysMicro).toBeCloseTo(at.daysMicro + 1, 10);
    expect(later.daysMacro).toBeCloseTo(at.daysMacro + 14, 10);
    expect(later.decisionDays!.proxy).toBeCloseTo(at.decisionDays!.proxy + 1, 10);
    expect(later.decisionDays!.macro).toBeCloseTo(at.decisionDays!.macro + 14, 10);
    expect(at.decisionDays!.speedup).toBeCloseTo(at.decision.speedup!, 12);
  });

  it("takes longer the longer sales take, and no longer than waiting for them all", () => {
    let last = calendarSpeedup(calendar).daysMacro;
    for (const meanDays of [1e-6, 0.1, 1, 10, 100, 1e4, 1e9]) {
      const { daysMacro } = calendarSpeedup({ ...calendar, macroDelay: { meanDays } });
      expect(daysMacro).toBeGreaterThanOrEqual(last);
      last = daysMacro;
    }
    expect(last).toBeLessThan(Infinity);
  });

  it("waits as long for the decision as an equally informed read-out does", () => {
    // One unit in the limit of rare sales is worth the share of its sale that was observed: days × share = n / v.
    const rare = {
      microRate: 1e-3,
      macroRate: 1e-6,
      microLift: 0.1,
      macroLift: 0.1,
      unitsPerDay: 1e6,
      effects,
    };
    const { decision, decisionDays } = calendarSpeedup({ ...rare, macroDelay: { meanDays: 50 } });
    const days = decisionDays!.macro;
    const share = 1 - (50 / days) * (1 - Math.exp(-days / 50));
    expect(relativeError(days * share * 1e6, decision.n! * decision.speedup!)).toBeLessThan(1e-5);
  });

  it("rounds both durations to whole weeks, and says what is left of the speedup", () => {
    const { wholeWeeks, daysMicro, daysMacro } = calendarSpeedup(calendar);
    expect(wholeWeeks.micro).toBe(Math.ceil(daysMicro / 7));
    expect(wholeWeeks.macro).toBe(Math.ceil(daysMacro / 7));
    expect(wholeWeeks.speedup).toBe(wholeWeeks.macro / wholeWeeks.micro);
  });

  it("never ends where detection never does", () => {
    for (const meanDays of [0.001, 10]) {
      const vanity = calendarSpeedup({ ...calendar, macroLift: 0, macroDelay: { meanDays } });
      expect(vanity).toMatchObject({ status: "undetermined", daysMacro: Infinity, speedup: Infinity });
      const wrong = calendarSpeedup({ ...calendar, macroLift: -0.05, macroDelay: { meanDays } });
      expect(wrong).toMatchObject({ status: "undetermined", speedup: null, decisionDays: null });
      [vanity, wrong].forEach(expectPlain);
    }
  });

  it("refuses traffic and delays that cannot be", () => {
    expect(() => calendarSpeedup({ ...calendar, unitsPerDay: 0 })).toThrow("unitsPerDay");
    expect(() => calendarSpeedup({ ...calendar, macroDelay: { meanDays: 0 } })).toThrow(
      "macroDelay.meanDays",
    );
    expect(() => calendarSpeedup({ ...calendar, microDelay: { attributionDays: -1 } })).toThrow(
      "microDelay.attributionDays",
    );
    expect(() => calendarSpeedup({ ...calendar, macroDelay: {} as never })).toThrow("macroDelay");
    expect(() => calendarSpeedup({ ...calendar, macroDelay: { meanDays: 1, attributionDays: 1 } })).toThrow(
      DomainError,
    );
  });
});

describe("a proxy that happens after the sale", () => {
  it("is none", () => {
    expect(() =>
      calendarSpeedup({
        microRate: 0.1,
        macroRate: 0.02,
        microLift: 0.1,
        macroLift: 0.1,
        unitsPerDay: 1000,
        microDelay: { attributionDays: 30 },
        macroDelay: { attributionDays: 3 },
      }),
    ).toThrow("microDelay.attributionDays = 30, must be at most the 3 days of macroDelay");
  });
});
