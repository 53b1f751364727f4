import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { delayCurve } from "../../src/models/delay-curve.ts";
import { observedShare } from "../../src/models/observed-share.ts";
import { readOutDays } from "../../src/models/read-out-days.ts";
import { calendarSpeedup } from "../../src/proxy/calendar-speedup.ts";
import { detectionSize, detectionSpeedup } from "../../src/proxy/detection-speedup.ts";
import type { EffectScale } from "../../src/proxy/effect-covariance.ts";
import { effectRatioSet } from "../../src/proxy/effect-ratio-set.ts";
import { elicitEffectCovariance } from "../../src/proxy/elicit-effect-covariance.ts";
import { observedSpeedup } from "../../src/proxy/observed-speedup.ts";
import { planningSpeedup } from "../../src/proxy/planning-speedup.ts";
import { transmitLift } from "../../src/proxy/transmit-lift.ts";
import { unitCovariance } from "../../src/proxy/unit-covariance.ts";
import type { JointCounts } from "../../src/summaries/joint-counts.ts";
import { relativeError } from "../support/relative-error.ts";

// Relative errors allowed: 1e-12 against 50 digits, and 1e-11 or a row's own rel_tol, if that is less, in speedups.json.
// Many of those are wider than what its values are good for: the largest error seen is 3.3e-12.
const TOLERANCE = 1e-12;
const LARGEST_TOLERANCE = 1e-11;

type Numbers = Record<string, number>;

/** The share of conversions observed, of units that enter evenly and convert after an exponential delay. */
function observedFraction(meanDays: number, enrolmentDays: number, observedAtDays: number): number {
  return observedShare(delayCurve({ meanDays }), { unitsPerDay: 1 }, observedAtDays, enrolmentDays);
}

function read<T>(file: string): T {
  return JSON.parse(readFileSync(new URL(`../reference/proxy/${file}`, import.meta.url), "utf8")) as T;
}

function expectClose(actual: Numbers, expected: Numbers, tolerance = TOLERANCE): void {
  for (const [name, value] of Object.entries(expected)) {
    expect(
      relativeError(actual[name]!, value),
      `${name}: ${actual[name]} against ${value}`,
    ).toBeLessThanOrEqual(tolerance);
  }
}

function caseOf<In, Out>(id: string): { input: In; expected: Out; tolerance: number } {
  const found = cases.find((row) => row.id === id);
  if (found === undefined) throw new Error(`no row ${id}`);
  return {
    input: found.input as In,
    expected: found.expected as Out,
    tolerance: Math.min(found.rel_tol, LARGEST_TOLERANCE),
  };
}

const { cases } = read<{ cases: { id: string; input: unknown; expected: unknown; rel_tol: number }[] }>(
  "speedups.json",
);

describe("the method specification's own figures", () => {
  it.each(["speedup-n-0.1-0.02-0.1-0.1", "speedup-n-0.1-0.02-0.1-0.04"])("detects as in %s", (id) => {
    const { input, expected, tolerance } = caseOf<
      {
        microRate: number;
        macroRate: number;
        microLift: number;
        macroLift: number;
        alpha: number;
        power: number;
      },
      {
        nMicroPerArm: number;
        nMacroPerArm: number;
        speedup: number;
        speedupLocal: number;
        breakEvenElasticity: number;
      }
    >(id);
    const { microRate, macroRate, microLift, macroLift, alpha, power } = input;
    const actual = detectionSpeedup({ microRate, macroRate, microLift, macroLift, alpha, power });
    expectClose(
      {
        nMicroPerArm: actual.nMicro,
        nMacroPerArm: actual.nMacro,
        speedup: actual.speedup!,
        speedupLocal: actual.speedupLocal!,
        breakEvenElasticity: actual.breakEvenElasticity,
      },
      expected,
      tolerance,
    );
  });

  it.each(["phi-identity-0.1-0.2-0", "phi-identity-0.3-0.08-0.01"])("plans as in %s", (id) => {
    const { input, expected, tolerance } = caseOf<
      { microRate: number; pMacroGivenMicro: number; pMacroGivenNoMicro: number },
      { phi: number; elasticity: number; speedup: number; macroRate: number }
    >(id);
    const actual = planningSpeedup({
      microRate: input.microRate,
      macroGivenMicro: input.pMacroGivenMicro,
      macroGivenNoMicro: input.pMacroGivenNoMicro,
    });
    const { phi, elasticity, speedup } = expected;
    expectClose(
      { phi: actual.phi!, elasticity: actual.elasticity!, speedup: actual.speedup! },
      { phi, elasticity, speedup },
      tolerance,
    );
    expect(actual.interval).toBeNull();
  });

  it("gives the interval of a nested funnel in closed form", () => {
    const { input, expected, tolerance } = caseOf<
      { n11: number; n10: number; n01: number; n00: number; level: number },
      { speedup: number; lo: number; hi: number }
    >("plan-ci-nested");
    const control = { neither: input.n00, macroOnly: input.n01, microOnly: input.n10, both: input.n11 };
    const { speedup, interval } = planningSpeedup({ control, confidenceLevel: input.level });
    expectClose(
      { speedup: speedup!, lo: interval!.lower, hi: interval!.upper },
      { speedup: expected.speedup, lo: expected.lo, hi: expected.hi },
      tolerance,
    );
  });

  it.each(["z2-fieller-4.00-2.50", "z2-fieller-0.50-0.30", "z2-fieller-6.48-2.73"])(
    "observes as in %s",
    (id) => {
      const { input, expected, tolerance } = caseOf<
        { zMicro: number; zMacro: number; samplingCorr: number; level: number },
        {
          point: number;
          lo: number;
          hi: number | "Infinity";
          ratioSet: { kind: string; a?: number; b?: number };
        }
      >(id);
      const { speedup, interval, ratioSet, status } = observedSpeedup({
        zMicro: input.zMicro,
        zMacro: input.zMacro,
        correlation: input.samplingCorr,
        confidenceLevel: input.level,
      });
      expectClose(
        { point: speedup!, lo: interval!.lower, hi: interval!.upper },
        { point: expected.point, lo: expected.lo, hi: Number(expected.hi) },
        tolerance,
      );
      const { a = -Infinity, b = Infinity } = expected.ratioSet;
      expectClose({ a: ratioSet!.lower, b: ratioSet!.upper }, { a, b }, tolerance);
      expect(status).toBe(expected.hi === "Infinity" ? "unbounded" : "ok");
    },
  );

  it("waits for sales with an exponential delay", () => {
    const { expected, tolerance } = caseOf<
      unknown,
      { Gbar14: number; daysMicro: number; daysMacro: number; speedup: number }
    >("calendar-exp-delay");
    const actual = calendarSpeedup({
      microRate: 0.1,
      macroRate: 0.02,
      microLift: 0.1,
      macroLift: 0.1,
      unitsPerDay: 1000,
      macroDelay: { meanDays: 5 },
    });
    expectClose(
      {
        Gbar14: observedFraction(5, 14, 14),
        daysMicro: actual.daysMicro,
        daysMacro: actual.daysMacro,
        speedup: actual.speedup!,
      },
      expected,
      tolerance,
    );
  });

  it.each(["transmission-0.05", "transmission-0.2"])("transmits as in %s", (id) => {
    const { input, expected, tolerance } = caseOf<
      { microLift: number; elasticity: number; dilution: number; ceiling: number; eta: number },
      Record<"full" | "partial" | "saturatingExp" | "saturatingHyperbolic" | "power", number>
    >(id);
    const { microLift, elasticity, dilution, ceiling: maxLift, eta: exponent } = input;
    expectClose(
      {
        full: transmitLift({ microLift, elasticity }).macroLift,
        partial: transmitLift({ model: "diluted", microLift, elasticity, dilution }).macroLift,
        saturatingExp: transmitLift({ model: "saturating-exponential", microLift, elasticity, maxLift })
          .macroLift,
        saturatingHyperbolic: transmitLift({ model: "saturating-hyperbolic", microLift, elasticity, maxLift })
          .macroLift,
        power: transmitLift({ model: "power", microLift, exponent }).macroLift,
      },
      expected,
      tolerance,
    );
  });

  it("elicits a covariance", () => {
    const { input, expected, tolerance } = caseOf<
      { elasticity: number; tauMicroRel: number; sdDirectRel: number },
      { rho: number; tauMacroRel: number }
    >("elicit");
    const { rho, tauMacro } = elicitEffectCovariance({
      elasticity: input.elasticity,
      tauProxy: input.tauMicroRel,
      directEffectSd: input.sdDirectRel,
    });
    expectClose({ rho, tauMacroRel: tauMacro }, expected, tolerance);
  });

  it.each(["ecom-weak", "ecom-strong"])("reads the joint counts of %s", (id) => {
    const { input, expected, tolerance } = caseOf<
      { control: number[]; treatment: number[] },
      {
        zMicro: number;
        zMacro: number;
        samplingCorr?: number;
        speedupSet?: { excluded: [number, number]; lo: number };
      }
    >(id);
    const actual = observedSpeedup({ control: table(input.control), treatment: table(input.treatment) });
    const { zMicro, zMacro } = expected;
    expectClose({ zMicro: actual.zMicro!, zMacro: actual.zMacro! }, { zMicro, zMacro }, tolerance);
    if (expected.samplingCorr !== undefined) {
      expect(relativeError(actual.correlation!, expected.samplingCorr)).toBeLessThanOrEqual(tolerance);
    }
    if (expected.speedupSet !== undefined) {
      const [lower, upper] = expected.speedupSet.excluded;
      expectClose({ ...actual.ratioSet!.excluded! }, { lower, upper }, tolerance);
      expectClose(
        { ...actual.interval! } as never,
        { lower: expected.speedupSet.lo, upper: Infinity },
        tolerance,
      );
      expect(actual.status).toBe("unbounded");
      expect(actual.warnings.map((warning) => warning.code)).toContain("SPEEDUP_UNBOUNDED");
    }
  });
});

interface Row<In, Out> {
  readonly in: In;
  readonly out: Out;
}

const digits = read<{
  detection: Row<
    Record<"microRate" | "macroRate" | "microLift" | "macroLift" | "alpha" | "power", number>,
    Numbers
  >[];
  planning: Row<{ control: JointCounts; confidenceLevel: number }, Numbers>[];
  fieller: Row<
    Record<"zMicro" | "zMacro" | "correlation" | "criticalValue", number>,
    { shape: string; lower?: number; upper?: number }
  >[];
  calendar: Row<
    Record<"rate" | "lift" | "unitsPerDay" | "meanDays" | "alpha" | "power", number>,
    { days: number }
  >[];
  delay: Row<Record<"meanDays" | "enrolmentDays" | "observedAtDays", number>, { fraction: number }>[];
  unitCovariance: Row<{ control: JointCounts; treatment: JointCounts; scale: EffectScale }, Numbers>[];
}>("speedups-mpmath.json");

describe("fifty digits", () => {
  it.each(digits.detection)("detects $in.microRate against $in.macroRate", (row) => {
    const { nMicro, nMacro, speedup, speedupLocal } = detectionSpeedup(row.in);
    expectClose({ nMicro, nMacro, speedup: speedup!, speedupLocal: speedupLocal! }, row.out);
  });

  it.each(digits.planning)("plans with $in.control at level $in.confidenceLevel", (row) => {
    const { speedup, interval } = planningSpeedup(row.in);
    expectClose({ speedup: speedup!, lower: interval!.lower, upper: interval!.upper }, row.out);
  });

  it.each(digits.fieller)(
    "finds the ratio set of $in.zMicro and $in.zMacro at correlation $in.correlation",
    (row) => {
      const { zMicro, zMacro, correlation, criticalValue } = row.in;
      const set = effectRatioSet(zMicro, zMacro, correlation, criticalValue);
      const { shape, lower = -Infinity, upper = Infinity } = row.out;
      expect(set.excluded !== null).toBe(shape === "complement");
      expectClose({ ...(set.excluded ?? set) } as never, { lower, upper });
    },
  );

  it.each(digits.calendar)("waits $in.meanDays days on average for a rate of $in.rate", (row) => {
    const { rate, lift, unitsPerDay, meanDays, alpha, power } = row.in;
    const days = readOutDays(
      { meanDays },
      { unitsPerDay },
      (share) => detectionSize(rate * share, lift, { alpha, power }).exact.control,
    );
    expectClose({ days }, row.out);
  });

  it.each(digits.delay)("observes after $in.observedAtDays days at a mean of $in.meanDays", (row) => {
    const { meanDays, enrolmentDays, observedAtDays } = row.in;
    expectClose({ fraction: observedFraction(meanDays, enrolmentDays, observedAtDays) }, row.out);
  });

  it.each(digits.unitCovariance)("combines two arms on the $in.scale scale", (row) => {
    const { n, proxy, macro, correlation } = unitCovariance(row.in);
    expectClose({ n: n!, proxy, macro, correlation }, row.out);
  });
});

describe("exponential delays of another program", () => {
  const { cases: rows } = read<{
    cases: Row<
      { params: { rate: number }; arrival_window: number; observe_at: number },
      { expected_fraction_converted: number }
    >[];
  }>("exponential-delay.json");
  it.each(rows)("observes at $in.observe_at of $in.arrival_window at rate $in.params.rate", (row) => {
    const actual = observedFraction(1 / row.in.params.rate, row.in.arrival_window, row.in.observe_at);
    expect(relativeError(actual, row.out.expected_fraction_converted)).toBeLessThanOrEqual(TOLERANCE);
  });
});

function table([neither, macroOnly, microOnly, both]: readonly number[]): JointCounts {
  return { neither: neither!, macroOnly: macroOnly!, microOnly: microOnly!, both: both! };
}
