import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Estimate } from "../../src/core/estimate.ts";
import type { EffectCovariance } from "../../src/proxy/effect-covariance.ts";
import { microValue, type MicroValueInput } from "../../src/proxy/micro-value.ts";
import type { JointCounts } from "../../src/summaries/joint-counts.ts";
import { relativeError } from "../support/relative-error.ts";

// Relative errors allowed: 1e-12 against 40 digits, and each row's own rel_tol in the specification's table.
const TOLERANCE = 1e-12;

interface ReferenceSet {
  readonly shape: "between" | "outside" | "all";
  readonly lower: string;
  readonly upper: string;
}

interface ValueRow {
  readonly input: MicroValueInput;
  readonly expected: {
    readonly correlational: string;
    readonly againstNonConverters: string;
    readonly incremental: string;
    readonly incrementalSet: ReferenceSet;
    readonly inflation: string;
    readonly inflationSet: ReferenceSet;
    readonly zMicro: string;
  };
}

function read<T>(file: string): T {
  return JSON.parse(readFileSync(new URL(`../reference/proxy/${file}`, import.meta.url), "utf8")) as T;
}

function expectClose(actual: number | null, expected: string | number, tolerance = TOLERANCE): void {
  expect(actual).not.toBeNull();
  expect(relativeError(actual!, Number(expected)), `${actual} against ${expected}`).toBeLessThanOrEqual(
    tolerance,
  );
}

function expectSet({ interval }: Estimate, { shape, lower, upper }: ReferenceSet): void {
  const { excluded } = interval;
  if (shape === "between") {
    expect(excluded).toBeNull();
    expectClose(interval.lower, lower);
    expectClose(interval.upper, upper);
    return;
  }
  expect([interval.lower, interval.upper]).toEqual([-Infinity, Infinity]);
  if (shape === "all") return expect(excluded).toBeNull();
  expectClose(excluded!.lower, lower);
  expectClose(excluded!.upper, upper);
}

const strong: MicroValueInput = {
  control: { neither: 16600, macroOnly: 40, microOnly: 3000, both: 360 },
  treatment: { neither: 16100, macroOnly: 42, microOnly: 3420, both: 438 },
  valuePerMacro: 60,
};

describe("the value of a micro conversion", () => {
  it("is the method specification's", () => {
    const { cases } = read<{
      cases: {
        id: string;
        expected: Record<string, number> & { incrementalCI: [number, number] };
        rel_tol: number;
      }[];
    }>("programme-and-value.json");
    const { expected, rel_tol: tolerance } = cases.find(({ id }) => id === "value")!;
    const value = microValue(strong);
    expectClose(value.correlational.estimate, expected["correlational"]!, tolerance);
    expectClose(value.againstNonConverters.estimate, expected["vsNonMicro"]!, tolerance);
    expectClose(value.incremental.estimate, expected["incremental"]!, tolerance);
    expectClose(value.incremental.interval.lower, expected.incrementalCI[0], tolerance);
    expectClose(value.incremental.interval.upper, expected.incrementalCI[1], tolerance);
  });

  it.each(read<{ values: ValueRow[] }>("programme-mpmath.json").values.map((row, i) => [i, row] as const))(
    "has the estimates and sets of table %i",
    (_, { input, expected }) => {
      const value = microValue(input);
      expectClose(value.correlational.estimate, expected.correlational);
      expectClose(value.againstNonConverters.estimate, expected.againstNonConverters);
      expectClose(value.incremental.estimate, expected.incremental);
      expectClose(value.inflation.estimate, expected.inflation);
      expectClose(value.zMicro, expected.zMicro);
      expectSet(value.incremental, expected.incrementalSet);
      expectSet(value.inflation, expected.inflationSet);
    },
  );

  it("is in money: twice the margin, twice the value, and the same inflation", () => {
    const [one, two] = [microValue(strong), microValue({ ...strong, valuePerMacro: 120 })];
    expect(two.incremental.estimate).toBe(2 * one.incremental.estimate!);
    expect(two.incremental.interval.upper).toBe(2 * one.incremental.interval.upper);
    expect(two.inflation).toEqual(one.inflation);
  });

  it("is the margin itself where every micro conversion is a macro one", () => {
    const same = { neither: 900, macroOnly: 0, microOnly: 0, both: 100 };
    const { incremental, correlational } = microValue({
      control: same,
      treatment: { ...same, both: 180 },
      valuePerMacro: 7,
    });
    expect(correlational.estimate).toBe(7);
    expect(incremental.estimate).toBeCloseTo(7, 12);
    expect(incremental.interval.lower).toBeCloseTo(7, 12);
    expect(incremental.interval.upper).toBeCloseTo(7, 12);
  });

  it("keeps a set without an estimate where the micro rates are equal", () => {
    const { incremental, warnings } = microValue({
      ...strong,
      treatment: { neither: 16590, macroOnly: 50, microOnly: 2900, both: 460 },
    });
    expect(incremental).toMatchObject({ estimate: null, status: "undetermined" });
    expect(incremental.interval.excluded).not.toBeNull();
    expect(warnings.map(({ code }) => code)).toContain("NO_RATIO");
  });

  it("says when the change hardly moved the micro conversion, or moved sales the other way", () => {
    const weak = microValue({
      ...strong,
      treatment: { neither: 16590, macroOnly: 40, microOnly: 3020, both: 350 },
    });
    expect(weak.warnings.map(({ code }) => code)).toEqual(["WEAK_MICRO_EFFECT", "WRONG_SIGN"]);
    expect(weak.incremental.status).toBe("unbounded");
  });

  it("does not fall over where nobody converts", () => {
    const nobody: JointCounts = { neither: 100, macroOnly: 0, microOnly: 0, both: 0 };
    const { correlational, againstNonConverters, incremental, inflation, zMicro } = microValue({
      control: nobody,
      treatment: nobody,
      valuePerMacro: 1,
    });
    for (const { status } of [correlational, againstNonConverters, incremental, inflation]) {
      expect(status).toBe("undetermined");
    }
    expect(zMicro).toBeNull();
  });

  it("counts a billion units an arm as well as a thousand", () => {
    const times = (table: JointCounts, k: number): JointCounts => ({
      neither: table.neither * k,
      macroOnly: table.macroOnly * k,
      microOnly: table.microOnly * k,
      both: table.both * k,
    });
    const many = microValue({
      control: times(strong.control, 50_000),
      treatment: times(strong.treatment, 50_000),
      valuePerMacro: 60,
    });
    expectClose(many.incremental.estimate, microValue(strong).incremental.estimate!, 1e-14);
    expect(many.incremental.interval.upper - many.incremental.interval.lower).toBeCloseTo(
      (3.424589729076 * 2 * 1.959964) / Math.sqrt(50_000),
      4,
    );
  });
});

describe("the value across experiments", () => {
  const effects: EffectCovariance = {
    scale: "difference",
    source: "learned",
    tauProxy: 0.01,
    tauMacro: 0.002,
    rho: 0.5,
    posterior: [0.1, 0.3, 0.5, 0.7, 0.9].map((rho) => ({ weight: 1, tauProxy: 0.01, tauMacro: 0.002, rho })),
  };

  it("is the margin times the slope of true effects, with quantiles of its nodes", () => {
    const { acrossExperiments: across, correlational } = microValue({
      ...strong,
      history: { effects },
      confidenceLevel: 0.9,
    });
    expectClose(across!.value.estimate, 60 * 0.5 * 0.2, 1e-14);
    expectClose(across!.value.interval.lower, 60 * 0.1 * 0.2, 1e-14);
    expectClose(across!.value.interval.upper, 60 * 0.9 * 0.2, 1e-14);
    expectClose(across!.inflation.estimate, correlational.estimate! / 6, 1e-14);
    expectClose(across!.inflation.interval.lower, correlational.estimate! / 10.8, 1e-14);
    expectClose(across!.inflation.interval.upper, correlational.estimate! / 1.2, 1e-14);
  });

  it("turns log-lifts into differences at the control arm's rates, or at others", () => {
    const history = { effects: { tauProxy: 0.04, tauMacro: 0.03, rho: 0.8 } };
    const at = (rates: object): number =>
      microValue({ ...strong, history: { ...history, ...rates } }).acrossExperiments!.value.estimate!;
    expectClose(at({}), (60 * 0.8 * 0.75 * 0.02) / 0.168, 1e-14);
    expectClose(at({ microRate: 0.2, macroRate: 0.05 }), (60 * 0.8 * 0.75) / 4, 1e-14);
  });

  it("leaves a gap in the inflation where the slope may be 0", () => {
    const posterior = [-0.3, 0.2, 0.4].map((rho) => ({ weight: 1, tauProxy: 0.01, tauMacro: 0.002, rho }));
    const { inflation } = microValue({
      ...strong,
      history: { effects: { ...effects, posterior } },
    }).acrossExperiments!;
    expect(inflation.status).toBe("unbounded");
    expectClose(inflation.interval.excluded!.lower, 6.633416458852868 / -3.6, 1e-12);
    expectClose(inflation.interval.excluded!.upper, 6.633416458852868 / 4.8, 1e-12);
  });

  it("asks for rates that the control arm does not have", () => {
    const nobody = { neither: 100, macroOnly: 0, microOnly: 5, both: 0 };
    expect(() =>
      microValue({
        control: nobody,
        treatment: nobody,
        valuePerMacro: 1,
        history: { effects: { tauProxy: 1, tauMacro: 1, rho: 0 } },
      }),
    ).toThrow("history.macroRate");
  });
});
