import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DomainError } from "../../src/core/domain-error.ts";
import { adjustPValues } from "../../src/inference/adjust-p-values.ts";
import { maxZ } from "../../src/inference/max-z.ts";
import { normalPValue } from "../../src/inference/normal-p-value.ts";
import { MOST_VARIABLES } from "../../src/numerics/outside-lattice.ts";
import dunnett from "../reference/inference/dunnett.json" with { type: "json" };
import { relativeError } from "../support/relative-error.ts";

const square = (m: number, entry: (i: number, j: number) => number): number[][] =>
  Array.from({ length: m }, (_, i) => Array.from({ length: m }, (_column, j) => (i === j ? 1 : entry(i, j))));

const statistics = fc.array(fc.double({ min: -6, max: 6, noNaN: true }), { minLength: 1, maxLength: 3 });
/** Correlations of three variables that share two factors. */
const correlations = fc
  .array(fc.tuple(fc.double({ min: -1, max: 1, noNaN: true }), fc.double({ min: -1, max: 1, noNaN: true })), {
    minLength: 3,
    maxLength: 3,
  })
  .map((rows) => square(3, (i, j) => (rows[i]![0] * rows[j]![0] + rows[i]![1] * rows[j]![1]) / 2));

describe("maxZ", () => {
  it("is Dunnett's test where the statistics share a control, to 1e-11 and the 1e-18 that the table has", () => {
    for (const { t, correlation_factor: factor, df, alpha, ...row } of dunnett.cases) {
      if (df !== null) continue;
      const correlation = square(t.length, (i, j) => factor[i]! * factor[j]!);
      const of = (change: object) => maxZ({ z: t, correlation, confidenceLevel: 1 - alpha, ...change });
      const agree = (result: ReturnType<typeof of>, expected: readonly number[]): void =>
        result.tests.forEach(({ adjustedPValue }, i) =>
          expect(Math.abs(adjustedPValue - expected[i]!)).toBeLessThan(1e-11 * expected[i]! + 1e-18),
        );
      const two = of({});
      agree(two, row.p_adj_two);
      expect(relativeError(two.criticalValue!.value, row.crit_two)).toBeLessThan(1e-11);
      agree(of({ alternative: "greater" }), row.p_adj_greater);
      agree(of({ procedure: "step-down" }), row.p_adj_two_stepdown);
    }
  });

  it("agrees with SciPy 1.17's bivariate normal", () => {
    const pair = maxZ({ z: [2.3, 1.9], correlation: square(2, () => 0.8) });
    expect(relativeError(pair.tests[0]!.adjustedPValue, 0.03472027250455634)).toBeLessThan(1e-12);
    expect(relativeError(pair.tests[1]!.adjustedPValue, 0.08905794987169191)).toBeLessThan(1e-12);
    expect(relativeError(pair.criticalValue!.value, 2.1524356900183665)).toBeLessThan(1e-12);
  });

  it("is Šidák's adjustment for independent statistics, and none for one that is repeated", () => {
    fc.assert(
      fc.property(statistics, (z) => {
        const raw = z.map((value) => normalPValue(value, "two-sided"));
        const independent = maxZ({ z, correlation: square(z.length, () => 0) });
        adjustPValues(raw, "sidak").forEach((p, i) =>
          expect(relativeError(independent.tests[i]!.adjustedPValue, p)).toBeLessThan(1e-10),
        );
        const repeated = maxZ({ z: z.map(() => z[0]!), correlation: square(z.length, () => 1) });
        repeated.tests.forEach(({ adjustedPValue }) =>
          expect(relativeError(adjustedPValue, raw[0]!)).toBeLessThan(1e-10),
        );
      }),
    );
  });

  it("lies between the raw p-value and Bonferroni's, and steps reject no less than one step", () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -5, max: 5, noNaN: true }), { minLength: 3, maxLength: 3 }),
        correlations,
        fc.constantFrom("two-sided", "greater", "less"),
        (z, correlation, alternative) => {
          const single = maxZ({ z, correlation, alternative });
          const steps = maxZ({ z, correlation, alternative, procedure: "step-down" });
          expect(steps.criticalValue).toBeNull();
          single.tests.forEach(({ pValue, adjustedPValue }, i) => {
            expect(adjustedPValue).toBeGreaterThanOrEqual(pValue * (1 - 1e-10));
            expect(adjustedPValue).toBeLessThanOrEqual(Math.min(1, 3 * pValue) * (1 + 1e-10));
            expect(steps.tests[i]!.adjustedPValue).toBeLessThanOrEqual(adjustedPValue * (1 + 1e-10));
            expect(steps.tests[i]!.adjustedPValue).toBeGreaterThanOrEqual(pValue * (1 - 1e-10));
          });
        },
      ),
      { numRuns: 30 },
    );
  });

  it("rejects in a single step exactly beyond the critical value", () => {
    fc.assert(
      fc.property(statistics, fc.double({ min: 0, max: 1, noNaN: true }), (z, rho) => {
        const { criticalValue, tests } = maxZ({
          z,
          correlation: square(z.length, () => rho),
          confidenceLevel: 0.9,
        });
        for (const test of tests) {
          if (Math.abs(Math.abs(test.z) - criticalValue!.value) < 1e-9) continue;
          expect(test.rejected).toBe(Math.abs(test.z) > criticalValue!.value);
        }
      }),
      { numRuns: 30 },
    );
  });

  it("gives the chain of four correlated metrics with the error of its lattice", () => {
    const correlation = square(4, (i, j) => 0.5 ** Math.abs(i - j));
    const { tests, criticalValue } = maxZ({ z: [2.5, -1, 0.3, 2], correlation });
    // R 4.2.2, mvtnorm 1.1.3: 1 - pmvnorm(lower = -2.5, upper = 2.5, corr = R, algorithm = Miwa(steps = 4096))
    expect(Math.abs(tests[0]!.adjustedPValue - 0.0450275102928)).toBeLessThan(2 * tests[0]!.error + 1e-9);
    expect(tests[0]!.error).toBeGreaterThan(0);
    expect(tests[0]!.error).toBeLessThan(1e-5);
    expect(criticalValue!.error).toBeLessThan(1e-3);
  });

  it("holds far out, and at 0", () => {
    const correlation = square(3, (i, j) => (i + j === 1 ? 0.5 : 0.2));
    const { tests } = maxZ({ z: [0, 30, 60], correlation });
    expect(tests[0]!.adjustedPValue).toBe(1);
    expect(tests[1]!.adjustedPValue / tests[1]!.pValue).toBeCloseTo(3, 6);
    expect(tests[2]!.adjustedPValue).toBe(0);
  });

  it.each([
    [{ z: [] }, "z = [], must be a list of 1 to 20"],
    [{ z: [1, Number.NaN] }, "z[1] = NaN"],
    [{ correlation: [[1]] }, "must be a list of 2 rows"],
    [{ correlation: [[1, 0.2], [0.2]] }, "correlation[1] = [0.2], must be a list of 2"],
    [
      {
        correlation: [
          [1, 0.2],
          [0.3, 1],
        ],
      },
      "correlation[0][1] = 0.2, must equal its mirror image 0.3",
    ],
    [
      {
        correlation: [
          [2, 0.2],
          [0.2, 1],
        ],
      },
      "correlation[0][0] = 2",
    ],
    [
      {
        correlation: [
          [0.9, 0.2],
          [0.2, 1],
        ],
      },
      "correlation[0][0] = 0.9, must be 1",
    ],
    [{ z: [1, 1, 1], correlation: square(3, () => -0.9) }, "must be positive semidefinite"],
    [{ correlation: [[1, 0.5]] }, "correlation = "],
    [{ correlation: [[1, 0.5], [0.5]] }, "correlation[1] = "],
    [
      {
        correlation: [
          [1, 0.5],
          [Number.NaN, 1],
        ],
      },
      "correlation[1][0] = NaN",
    ],
    [
      {
        correlation: [
          [1, 0.5],
          [1.1, 1],
        ],
      },
      "correlation[1][0] = 1.1",
    ],
    [
      {
        correlation: [
          [1, 0.5],
          [0.5, 0.9],
        ],
      },
      "correlation[1][1] = 0.9",
    ],
    [
      {
        correlation: [
          [1, 0.5],
          [0.6, 1],
        ],
      },
      "correlation[0][1] = 0.5",
    ],
    [
      {
        z: Array.from({ length: MOST_VARIABLES + 1 }, () => 1),
        correlation: square(MOST_VARIABLES + 1, () => 0),
      },
      "z = ",
    ],
    [{ procedure: "step-up" }, 'procedure = "step-up"'],
    [{ confidenceLevel: 1 }, "confidenceLevel = 1"],
  ])("refuses %j", (change, message) => {
    const options = { z: [1, 2], correlation: square(2, () => 0.5), ...change };
    expect(() => maxZ(options as never)).toThrow(DomainError);
    expect(() => maxZ(options as never)).toThrow(message);
  });
});
