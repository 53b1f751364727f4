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
