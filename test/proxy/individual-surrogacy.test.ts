import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compareProportions } from "../../src/inference/compare-proportions.ts";
import { individualSurrogacy } from "../../src/proxy/individual-surrogacy.ts";
import type { JointCounts } from "../../src/summaries/joint-counts.ts";
import { macroProportion, microProportion } from "../../src/summaries/joint-counts.ts";
import { relativeError } from "../support/relative-error.ts";

type Cells = readonly [number, number, number, number];
interface ReferenceCase {
  readonly control: Cells;
  readonly treatment: Cells;
  readonly expected: Readonly<Record<string, number>>;
}

const cases = JSON.parse(
  readFileSync(new URL("../reference/proxy/individual-surrogacy.json", import.meta.url), "utf8"),
) as { readonly cases: Readonly<Record<string, ReferenceCase>> };

const table = ([neither, macroOnly, microOnly, both]: Cells): JointCounts => ({
  neither,
  macroOnly,
  microOnly,
  both,
});

function holdsNaN(value: unknown): boolean {
  if (typeof value === "object" && value !== null) return Object.values(value).some(holdsNaN);
  return Number.isNaN(value);
}

/** Every figure of a reference case where the result has it. */
function figures({ control, treatment }: ReferenceCase): Readonly<Record<string, number | null>> {
  const result = individualSurrogacy({ control: table(control), treatment: table(treatment) });
  const { association, mediation, prentice } = result;
  const micro = (arm: Cells): number => (arm[2] + arm[3]) / (arm[0] + arm[1] + arm[2] + arm[3]);
  return {
    phi: association.phi.estimate,
    mutualInfoNats: association.mutualInformation.nats,
    mutualInfoBits: association.mutualInformation.bits,
    uncertaintyCoef: association.uncertaintyCoefficient,
    R2h: association.informationR2.estimate,
    R2hMax: association.informationR2OfMaximum,
    RR: association.relativeRisk.estimate,
    riskDiff: association.riskDifference.estimate,
    paf: association.attributableFraction.estimate,
    sens: association.sensitivity.estimate,
    spec: association.specificity.estimate,
    q1: association.macroGivenMicro.estimate,
    q0: association.macroGivenNoMicro.estimate,
    nie: mediation.indirect.estimate,
    nde: mediation.direct.estimate,
    pteRD: mediation.proportionExplained.estimate,
    dMacro: mediation.total.estimate,
    dMicro: micro(treatment) - micro(control),
    G2ZS: prentice.treatmentOnMicro.statistic,
    G2ZY: prentice.treatmentOnMacro.statistic,
    G2SY: prentice.microOnMacro.statistic,
    G2cond: prentice.treatmentOnMacroGivenMicro.statistic,
    pZS: prentice.treatmentOnMicro.pValue,
    pZY: prentice.treatmentOnMacro.pValue,
    pCond: prentice.treatmentOnMacroGivenMicro.pValue,
  };
}

describe("the surrogacy of units against figures from outside", () => {
  it.each(Object.entries(cases.cases))("%s, every figure to 1e-11", (_name, reference) => {
    const own = figures(reference);
    for (const [name, expected] of Object.entries(reference.expected)) {
      expect(relativeError(own[name] ?? Number.NaN, expected)).toBeLessThan(1e-11);
    }
  });
});

const cells = fc.array(fc.integer({ min: 0, max: 400 }), { minLength: 4, maxLength: 4 });
const anArm = cells.filter((counts) => counts.some((count) => count > 0)).map((c) => table(c as never));

describe("what holds for any two tables", () => {
  it("indirect and direct effect add up to the total", () => {
    fc.assert(
      fc.property(anArm, anArm, (control, treatment) => {
        const { total, indirect, direct } = individualSurrogacy({ control, treatment }).mediation;
        if (indirect.estimate === null || direct.estimate === null) return;
        expect(indirect.estimate + direct.estimate).toBeCloseTo(total.estimate!, 14);
      }),
    );
  });

  it("the first two criteria are the G-tests of the two metrics", () => {
    fc.assert(
      fc.property(anArm, anArm, (control, treatment) => {
        const { prentice } = individualSurrogacy({ control, treatment });
        for (const [test, metric] of [
          [prentice.treatmentOnMicro, microProportion],
          [prentice.treatmentOnMacro, macroProportion],
        ] as const) {
          if (test.degreesOfFreedom === 0) continue;
          const compared = compareProportions({
            control: metric(control),
            treatment: metric(treatment),
            test: "g",
          });
          expect(relativeError(test.pValue, compared.pValue!)).toBeLessThan(1e-12);
        }
      }),
    );
  });

  it("the chain rule: the conditional test and the first make up a test of the whole table", () => {
    // G²(Z, (S, Y)) = G²(Z, S) + G²(Z, Y | S), the decomposition of the likelihood of the 2 × 4 table.
    fc.assert(
      fc.property(anArm, anArm, (control, treatment) => {
        const { prentice } = individualSurrogacy({ control, treatment });
        const names = ["neither", "macroOnly", "microOnly", "both"] as const;
        const [a, b] = [control, treatment].map((arm) => names.reduce((sum, name) => sum + arm[name], 0));
        const term = (seen: number, n: number, column: number): number =>
          seen === 0 ? 0 : 2 * seen * Math.log((seen * (a! + b!)) / n / column);
        const whole = names.reduce((sum, name) => {
          const column = control[name] + treatment[name];
          return sum + term(control[name], a!, column) + term(treatment[name], b!, column);
        }, 0);
        const parts = prentice.treatmentOnMicro.statistic + prentice.treatmentOnMacroGivenMicro.statistic;
        expect(Math.abs(parts - whole)).toBeLessThan(1e-10 * Math.max(1, whole));
      }),
    );
  });

  it("a table counted twice tells twice the evidence and the same shares", () => {
    fc.assert(
      fc.property(anArm, anArm, (control, treatment) => {
        const doubled = (arm: JointCounts): JointCounts => ({
          neither: 2 * arm.neither,
          macroOnly: 2 * arm.macroOnly,
          microOnly: 2 * arm.microOnly,
          both: 2 * arm.both,
        });
        const once = individualSurrogacy({ control, treatment });
        const twice = individualSurrogacy({ control: doubled(control), treatment: doubled(treatment) });
        expect(twice.association.phi.estimate).toBe(once.association.phi.estimate);
        expect(twice.prentice.microOnMacro.statistic).toBeCloseTo(
          2 * once.prentice.microOnMacro.statistic,
          8,
        );
        const [se, half] = [once.mediation.direct.standardError, twice.mediation.direct.standardError];
        if (se !== null && half !== null) expect(half).toBeCloseTo(se / Math.SQRT2, 12);
      }),
    );
  });
});

describe("what is read off one table", () => {
  const control = { neither: 870, macroOnly: 30, microOnly: 60, both: 40 };
  const treatment = { neither: 820, macroOnly: 30, microOnly: 90, both: 60 };
  const found = individualSurrogacy({ control, treatment });

  it("the relative risk has the standard error of its log, times itself", () => {
    // Both arms: 100 of 250 micro converters, 60 of 1750 others.
    const ratio = 100 / 250 / (60 / 1750);
    const error = Math.sqrt(1 / 100 - 1 / 250 + 1 / 60 - 1 / 1750);
    expect(relativeError(found.association.relativeRisk.estimate!, ratio)).toBeLessThan(1e-13);
    expect(relativeError(found.association.relativeRisk.standardError!, ratio * error)).toBeLessThan(1e-13);
  });

  it("the relative risk of nobody has no error", () => {
    const none = individualSurrogacy({
      control: { neither: 90, macroOnly: 10, microOnly: 20, both: 0 },
      treatment: { neither: 80, macroOnly: 12, microOnly: 20, both: 0 },
    }).association.relativeRisk;
    expect(none).toMatchObject({ estimate: 0, standardError: null, status: "ok" });
    expect(none.interval).toMatchObject({ lower: 0, method: "koopman" });
  });

  it("the confounder that would explain the link has VanderWeele and Ding's E-value", () => {
    const [q1, q0] = [60 / 150, 30 / 850];
    const ratio = q1 / q0;
    expect(relativeError(found.confounding!.eValue, ratio + Math.sqrt(ratio * (ratio - 1)))).toBeLessThan(
      1e-13,
    );
    expect(relativeError(found.confounding!.rateDifference, Math.sqrt(q1 - q0))).toBeLessThan(1e-13);
  });

  it("the direct effect has the error of the derivatives of its formula by each share", () => {
    const names = ["neither", "macroOnly", "microOnly", "both"] as const;
    type Shares = readonly number[];
    const macro = ([, b, , d]: Shares): number => b! + d!;
    const micro = ([, , c, d]: Shares): number => c! + d!;
    const link = ([a, b, c, d]: Shares): number => d! / (c! + d!) - b! / (a! + b!);
    const direct = (before: Shares, after: Shares): number =>
      macro(after) - macro(before) - link(after) * (micro(after) - micro(before));
    const arms = [control, treatment].map((arm) => {
      const n = names.reduce((sum, name) => sum + arm[name], 0);
      return { n, shares: names.map((name) => arm[name] / n) };
    });
    const step = 1e-6;
    const variance = arms.reduce((sum, { n, shares }, arm) => {
      const slopes = names.map((_, i) => {
        const at = (by: number): number => {
          const moved = arms.map((one) => one.shares);
          moved[arm] = shares.map((share, j) => share + (i === j ? by : 0));
          return direct(moved[0]!, moved[1]!);
        };
        return (at(step) - at(-step)) / (2 * step);
      });
      const mean = slopes.reduce((total, slope, i) => total + slope * shares[i]!, 0);
      return sum + slopes.reduce((total, slope, i) => total + shares[i]! * (slope - mean) ** 2, 0) / n;
    }, 0);
    const { estimate, standardError } = found.mediation.direct;
    expect(relativeError(estimate!, direct(arms[0]!.shares, arms[1]!.shares))).toBeLessThan(1e-12);
    expect(relativeError(standardError!, Math.sqrt(variance))).toBeLessThan(1e-7);
  });

  it("warns where the direct effect works against the indirect one, and only there", () => {
    const codes = (after: JointCounts): readonly string[] =>
      individualSurrogacy({ control, treatment: after }).warnings.map(({ code }) => code);
    expect(codes({ neither: 848, macroOnly: 2, microOnly: 120, both: 30 })).toContain(
      "OPPOSITE_DIRECT_EFFECT",
    );
    expect(codes({ neither: 780, macroOnly: 70, microOnly: 90, both: 60 })).not.toContain(
      "OPPOSITE_DIRECT_EFFECT",
    );
    expect(codes(treatment)).toContain("FOURTH_CRITERION_NOT_PROVEN");
  });

  it("says that links between units are no causes, and tell nothing of changes", () => {
    expect(found.assumptions).toHaveLength(2);
    expect(found.assumptions.join(" ")).toMatch(/nothing unseen.*nothing yet of changes/);
  });
});

describe("the edges of tables", () => {
  it("every buyer passed the micro conversion: no confounder on the ratio scale explains the link", () => {
    const { association, confounding, opposedUnits } = individualSurrogacy({
      control: { neither: 900, macroOnly: 0, microOnly: 80, both: 20 },
      treatment: { neither: 880, macroOnly: 0, microOnly: 92, both: 28 },
    });
    expect(association.relativeRisk.estimate).toBe(Infinity);
    expect(association.attributableFraction.estimate).toBe(1);
    expect(confounding!.eValue).toBe(Infinity);
    expect(opposedUnits).toStrictEqual({ lower: 0, upper: 0 });
  });

  it.each([
    [[10, 0, 0, 7], [9, 0, 0, 13], 1],
    [[0, 10, 90, 0], [0, 20, 85, 0], -1],
  ] as const)("one conversion is the other, or its opposite: %j, %j", (control, treatment, phi) => {
    const { association } = individualSurrogacy({ control: table(control), treatment: table(treatment) });
    expect(association.phi.estimate).toBe(phi);
    expect(association.phi.interval).toMatchObject({ lower: -1, upper: 1 });
  });

  it("holds no NaN, whichever cells of the tables are empty", () => {
    const counts = [0, 1, 12];
    const tables = counts.flatMap((a) =>
      counts.flatMap((b) => counts.flatMap((c) => counts.map((d) => table([a, b, c, d])))),
    );
    const filled = tables.filter((arm) => Object.values(arm).some((count) => count > 0));
    for (const control of filled) {
      for (const treatment of filled) {
        expect(holdsNaN(individualSurrogacy({ control, treatment }))).toBe(false);
      }
    }
  });

  it("nobody converts, and nothing is made up", () => {
    const nobody = { neither: 50, macroOnly: 0, microOnly: 0, both: 0 };
    const { association, mediation, prentice, warnings } = individualSurrogacy({
      control: nobody,
      treatment: nobody,
    });
    expect(association.phi.status).toBe("undetermined");
    expect(association.uncertaintyCoefficient).toBeNull();
    expect(mediation.indirect.status).toBe("undetermined");
    expect(prentice.microOnMacro).toStrictEqual({
      statistic: 0,
      degreesOfFreedom: 0,
      pValue: 1,
      logPValue: 0,
    });
    expect(warnings[0]!.code).toBe("NO_PROPORTION_EXPLAINED");
  });

  it("says how many units a share of the effect would take", () => {
    const { warnings } = individualSurrogacy({
      control: table([17910, 90, 1700, 300]),
      treatment: table([17700, 92, 1878, 330]),
    });
    expect(warnings[0]).toMatchObject({ code: "WEAK_TOTAL_EFFECT" });
    expect(warnings[0]!.message).toContain("about 19 times");
  });
});
