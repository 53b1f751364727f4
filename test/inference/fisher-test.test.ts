import { readFileSync } from "node:fs";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Alternative } from "../../src/core/alternative.ts";
import { fisherPValues } from "../../src/inference/fisher-test.ts";
import type { TwoSidedRule } from "../../src/inference/two-sided-rule.ts";
import { hypergeometric } from "../../src/numerics/hypergeometric.ts";
import { relativeError } from "../support/relative-error.ts";

interface Counts {
  readonly x1: number;
  readonly n1: number;
  readonly x2: number;
  readonly n2: number;
}

type Call = readonly [alternative: Alternative, midP: boolean, rule?: TwoSidedRule];

const arms = ({ x1, n1, x2, n2 }: Counts) =>
  [
    { n: n1, conversions: x1 },
    { n: n2, conversions: x2 },
  ] as const;

function casesOf<Case>(file: string): readonly Case[] {
  const text = readFileSync(new URL(`../reference/inference/${file}`, import.meta.url), "utf8");
  return (JSON.parse(text) as { cases: Case[] }).cases;
}

const logError = (actual: number, expected: number): number =>
  Math.abs(actual - expected) / Math.max(1, Math.abs(expected));

const counts = (most: number): fc.Arbitrary<Counts> =>
  fc.tuple(fc.integer({ min: 1, max: most }), fc.integer({ min: 1, max: most })).chain(([n1, n2]) =>
    fc.record({
      n1: fc.constant(n1),
      n2: fc.constant(n2),
      x1: fc.integer({ min: 0, max: n1 }),
      x2: fc.integer({ min: 0, max: n2 }),
    }),
  );

describe("Fisher's exact test against 60 digits, checked with R and SciPy", () => {
  const CALLS: Readonly<Record<string, Call>> = {
    p_two: ["two-sided", false],
    p_greater: ["greater", false],
    p_less: ["less", false],
    p_two_central: ["two-sided", false, "central"],
    p_mid_greater: ["greater", true],
    p_mid_less: ["less", true],
    p_mid_two_central: ["two-sided", true, "central"],
    p_mid_two_minlike_ties: ["two-sided", true],
  };
  const cases = casesOf<{ in: Counts; out: Record<string, number> }>("fisher.json");

  it.each(Object.entries(CALLS))("%s agrees to 1e-12, down to 1e-200", (name, [alternative, midP, rule]) => {
    const errors = cases.map(({ in: table, out }) =>
      relativeError(fisherPValues(...arms(table), alternative, midP, rule).pValue, out[name]!),
    );
    expect(Math.max(...errors)).toBeLessThan(1e-12);
  });

  it.each(["two", "greater", "less"])("the log of p_%s agrees to 1e-14, at counts of 1e9 too", (name) => {
    const errors = cases.map(({ in: table, out }) => {
      const [alternative, midP] = CALLS[`p_${name}`]!;
      return logError(fisherPValues(...arms(table), alternative, midP).logPValue, out[`logp_${name}`]!);
    });
    expect(Math.max(...errors)).toBeLessThan(1e-14);
  });

  it("agrees to 2e-14 at counts to 1e12, far below the smallest double, with ties and without", () => {
    const calls: Readonly<Record<string, Call>> = {
      two: ["two-sided", false],
      greater: ["greater", false],
      less: ["less", false],
      central: ["two-sided", false, "central"],
      midTwo: ["two-sided", true],
      midGreater: ["greater", true],
      midLess: ["less", true],
      midCentral: ["two-sided", true, "central"],
    };
    for (const { in: table, logs } of casesOf<{ in: Counts; logs: Record<string, number> }>(
      "fisher-wide.json",
    )) {
      for (const [name, [alternative, midP, rule]] of Object.entries(calls)) {
        const { logPValue } = fisherPValues(...arms(table), alternative, midP, rule);
        expect(logError(logPValue, logs[name]!)).toBeLessThan(2e-14);
      }
    }
  });
});

describe("Fisher's exact test by its own laws", () => {
  it("adds up the outcomes no likelier than the observed one, their mid-p by halves", () => {
    fc.assert(
      fc.property(counts(60), (table) => {
        const parameters = {
          population: table.n1 + table.n2,
          successes: table.x1 + table.x2,
          draws: table.n2,
        };
        const observed = hypergeometric.pmf(table.x2, parameters);
        let [total, mid] = [0, 0];
        for (let k = 0; k <= table.n2; k += 1) {
          const probability = hypergeometric.pmf(k, parameters);
          if (probability <= observed * (1 + 1e-7)) {
            total += probability;
            mid += probability > observed * (1 - 1e-7) ? probability / 2 : probability;
          }
        }
        expect(relativeError(fisherPValues(...arms(table), "two-sided", false).pValue, total)).toBeLessThan(
          1e-12,
        );
        expect(relativeError(fisherPValues(...arms(table), "two-sided", true).pValue, mid)).toBeLessThan(
          1e-12,
        );
      }),
    );
  });

  it("the sides add up to 1 and the observed outcome, and by mid-p to 1", () => {
    fc.assert(
      fc.property(counts(2000), (table) => {
        const both = (midP: boolean): number =>
          fisherPValues(...arms(table), "greater", midP).pValue +
          fisherPValues(...arms(table), "less", midP).pValue;
        const parameters = {
          population: table.n1 + table.n2,
          successes: table.x1 + table.x2,
          draws: table.n2,
        };
        expect(Math.abs(both(false) - 1 - hypergeometric.pmf(table.x2, parameters))).toBeLessThan(1e-12);
        expect(Math.abs(both(true) - 1)).toBeLessThan(1e-12);
      }),
    );
  });

  it("exchanging the arms mirrors the alternatives and keeps the two-sided value", () => {
    fc.assert(
      fc.property(counts(2000), fc.boolean(), (table, midP) => {
        const [control, treatment] = arms(table);
        const here = (alternative: Alternative): number =>
          fisherPValues(control, treatment, alternative, midP).logPValue;
        const there = (alternative: Alternative): number =>
          fisherPValues(treatment, control, alternative, midP).logPValue;
        expect(logError(there("less"), here("greater"))).toBeLessThan(1e-12);
        expect(logError(there("two-sided"), here("two-sided"))).toBeLessThan(1e-12);
      }),
    );
  });

  it("both two-sided rules agree where the arms are equal, unless they convert alike", () => {
    fc.assert(
      fc.property(counts(2000), fc.boolean(), ({ n1, x1, x2 }, midP) => {
        fc.pre(x1 !== x2 % (n1 + 1));
        const table = arms({ n1, n2: n1, x1, x2: x2 % (n1 + 1) });
        const byLikelihood = fisherPValues(...table, "two-sided", midP).pValue;
        expect(
          relativeError(fisherPValues(...table, "two-sided", midP, "central").pValue, byLikelihood),
        ).toBeLessThan(1e-12);
      }),
    );
  });
});

describe("Fisher's mid-p far out, where ties are exact and logs are rounded", () => {
  it("agrees by both rules for equal arms of up to a billion units", () => {
    for (const n of [1e5, 1e7, 1e9]) {
      for (const [x1, x2] of [
        [0.02, 0.03],
        [0.5, 0.3],
        [0.9, 0.91],
        [0.001, 0.4],
      ] as const) {
        const table = arms({ n1: n, n2: n, x1: Math.round(n * x1) + 1, x2: Math.round(n * x2) });
        const byLikelihood = fisherPValues(...table, "two-sided", true).logPValue;
        const central = fisherPValues(...table, "two-sided", true, "central").logPValue;
        // A tie that is missed counts whole, and the p-value is larger by up to a half: 0.4 in the log.
        expect(Math.abs(byLikelihood - central)).toBeLessThan(1e-3 + 1e-13 * Math.abs(central));
      }
    }
  });
});

describe("Fisher's exact test at the ends", () => {
  it("finds nothing where none or all converted", () => {
    for (const x of [0, 1]) {
      for (const n of [1, 7, 1e12]) {
        const arm = { n, conversions: n * x };
        for (const alternative of ["two-sided", "greater", "less"] as const) {
          expect(fisherPValues(arm, arm, alternative, false)).toEqual({ pValue: 1, logPValue: 0 });
          expect(fisherPValues(arm, arm, alternative, true).pValue).toBe(0.5);
        }
      }
    }
  });

  it("keeps its log where the p-value underflows", () => {
    const { pValue, logPValue } = fisherPValues(
      { n: 1e12, conversions: 1e11 },
      { n: 1e12, conversions: 2e11 },
      "two-sided",
      false,
    );
    expect(pValue).toBe(0);
    expect(logPValue).toBeLessThan(-1e9);
    expect(logPValue).toBeGreaterThan(-1e12);
  });

  it("takes counts as large as a double holds", () => {
    const n = 2 ** 53 - 1;
    for (const [x1, x2] of [
      [0, 1],
      [1, n],
      [2 ** 52, 2 ** 52],
      [0, n],
    ] as const) {
      for (const alternative of ["two-sided", "greater", "less"] as const) {
        for (const midP of [false, true]) {
          const { pValue } = fisherPValues({ n, conversions: x1 }, { n, conversions: x2 }, alternative, midP);
          expect(pValue >= 0 && pValue <= 1).toBe(true);
        }
      }
    }
  });
});
