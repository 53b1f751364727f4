import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Matrix } from "../../src/numerics/matrix.ts";
import { naiveCorrelation, naiveSlopes } from "../../src/proxy/naive-decomposition.ts";
import { relativeError } from "../support/relative-error.ts";

const { cases } = JSON.parse(
  readFileSync(new URL("../reference/proxy/history.json", import.meta.url), "utf8"),
) as { cases: readonly { id: string; input: never; expected: never; rel_tol: number }[] };
const row = <In, Out>(id: string): { input: In; expected: Out; rel_tol: number } =>
  cases.find((each) => each.id === id)!;

/** A covariance of two metrics. */
const covariance = (first: number, second: number, correlation: number): Matrix => {
  const both = correlation * Math.sqrt(first * second);
  return [
    [first, both],
    [both, second],
  ];
};
const add = (a: Matrix, b: Matrix, over: number): number[][] =>
  a.map((line, i) => line.map((entry, j) => entry + b[i]![j]! / over));
const divide = (a: Matrix, over: number): number[][] => a.map((line) => line.map((entry) => entry / over));

describe("what a naive correlation is made of", () => {
  it.each(["naive-corr-1000", "naive-corr-200000"])("is the specification's limit in %s", (id) => {
    const { input, expected, rel_tol } = row<Record<string, number>, Record<string, number>>(id);
    const effects = covariance(input["tauProxy"]! ** 2, input["tauMacro"]! ** 2, input["rho"]!);
    const unit = covariance(input["unitVarDiffProxy"]!, input["unitVarDiffMacro"]!, input["samplingCorr"]!);
    const observed = add(effects, unit, input["n"]!);
    const sampling = divide(unit, input["n"]!);
    const correlation = naiveCorrelation(observed, sampling, 0)!;
    const slopes = naiveSlopes(observed, sampling)!;
    expect(relativeError(correlation.naive, expected["naiveCorr"]!)).toBeLessThanOrEqual(rel_tol);
    expect(relativeError(slopes.naive[0]!, expected["naiveSlope"]!)).toBeLessThanOrEqual(rel_tol);
    expect(relativeError(slopes.userSlopes[0]!, expected["userLevelSlope"]!)).toBeLessThanOrEqual(rel_tol);
    const { reliabilityProxy, reliabilityMacro, userCorrelation } = correlation;
    expect(correlation.fromEffects).toBeCloseTo(
      input["rho"]! * Math.sqrt(reliabilityProxy * reliabilityMacro),
      12,
    );
    expect(correlation.fromUsers).toBeCloseTo(
      userCorrelation! * Math.sqrt((1 - reliabilityProxy) * (1 - reliabilityMacro)),
      12,
    );
  });

  it("is the published limit of a regression on two proxies", () => {
    const { input, expected, rel_tol } = row<
      { Lambda_y_s1_s2: number[][]; Omega: number[][] },
      { userLevel: number[]; naive: Record<string, number[]> }
    >("netflix-plims");
    const last = (matrix: number[][]): number[][] =>
      [1, 2, 0].map((i) => [1, 2, 0].map((j) => matrix[i]![j]!));
    for (const [n, wanted] of Object.entries(expected.naive)) {
      // The table's noise is 2 Ω / n, as its row says.
      const sampling = divide(last(input.Omega), Number(n) / 2);
      const slopes = naiveSlopes(add(last(input.Lambda_y_s1_s2), sampling, 1), sampling)!;
      wanted.forEach((slope, i) => {
        expect(relativeError(slopes.naive[i]!, slope)).toBeLessThanOrEqual(rel_tol);
        expect(relativeError(slopes.userSlopes[i]!, expected.userLevel[i]!)).toBeLessThanOrEqual(rel_tol);
        expect(slopes.fromEffects[i]! + slopes.fromUsers[i]!).toBe(slopes.naive[i]!);
      });
    }
  });

  it("adds up exactly, and is the correlation of the estimates", () => {
    const variance = fc.double({ min: 1e-6, max: 1e6, noNaN: true });
    const correlation = fc.double({ min: -0.99, max: 0.99, noNaN: true });
    fc.assert(
      fc.property(variance, variance, correlation, variance, variance, correlation, (a, b, r, c, d, s) => {
        const sampling = covariance(c, d, s);
        const observed = add(covariance(a, b, r), sampling, 1);
        const parts = naiveCorrelation(observed, sampling, 0)!;
        expect(parts.fromEffects + parts.fromUsers).toBe(parts.naive);
        const direct = observed[0]![1]! / Math.sqrt(observed[0]![0]! * observed[1]![1]!);
        expect(Math.abs(parts.naive - direct)).toBeLessThanOrEqual(1e-14);
      }),
    );
  });

  it("has no part by users without noise", () => {
    const parts = naiveCorrelation(covariance(1, 4, 0.3), covariance(0, 0, 0), 0)!;
    expect(parts).toMatchObject({
      fromUsers: 0,
      reliabilityProxy: 1,
      reliabilityMacro: 1,
      userCorrelation: null,
    });
    expect(parts.naive).toBeCloseTo(0.3, 15);
  });

  it("is not there where estimates do not vary", () => {
    const sampling = covariance(1, 1, 0.5);
    expect(naiveCorrelation(covariance(0, 1, 0), sampling, 0)).toBeNull();
    expect(naiveSlopes(covariance(0, 1, 0), sampling)).toBeNull();
  });
});
