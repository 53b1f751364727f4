import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { empiricalBetaPrior } from "../../src/bayesian/empirical-beta-prior.ts";
import table from "../reference/bayesian/effect-priors.json" with { type: "json" };
import { relativeError } from "../support/relative-error.ts";

const ratesOf = (rates: readonly (readonly number[])[]) =>
  rates.map(([n, conversions]) => ({ n: n!, conversions: conversions! }));

describe("empiricalBetaPrior", () => {
  // 1e-11 of the shapes; 1e-6 at 1e9 units, where the counts themselves cancel to a ten-millionth of a standard error.
  it.each(table.betas)("is that of 25 digits: $rates", ({ rates, out }) => {
    const { prior, logLikelihood } = empiricalBetaPrior({ pastRates: ratesOf(rates) });
    const tolerance = rates[0]![0]! >= 1e9 ? 1e-6 : 1e-11;
    expect(relativeError(prior!.alpha, Number(out.alpha))).toBeLessThan(tolerance);
    expect(relativeError(prior!.beta, Number(out.beta))).toBeLessThan(tolerance);
    expect(relativeError(logLikelihood!, Number(out.logLikelihood))).toBeLessThan(1e-12);
  });

  it("mirrors with the rates", () => {
    const rate = fc
      .tuple(fc.integer({ min: 2, max: 10_000 }), fc.double({ min: 0, max: 1, noNaN: true }))
      .map(([n, share]) => ({ n, conversions: Math.round(n * share) }));
    fc.assert(
      fc.property(fc.array(rate, { minLength: 3, maxLength: 10 }), (pastRates) => {
        const found = empiricalBetaPrior({ pastRates });
        const mirrored = empiricalBetaPrior({
          pastRates: pastRates.map(({ n, conversions }) => ({ n, conversions: n - conversions })),
        });
        expect(mirrored.status).toBe(found.status);
        if (found.prior === null) return;
        expect(relativeError(mirrored.prior!.alpha, found.prior.beta)).toBeLessThan(1e-7);
        expect(relativeError(mirrored.prior!.beta, found.prior.alpha)).toBeLessThan(1e-7);
      }),
      { numRuns: 40 },
    );
  });

  it("is unbounded where the rates vary no more than chance, and offers a cautious prior", () => {
    const pastRates = [31, 30, 32].map((conversions) => ({ n: 1000, conversions }));
    const { prior, cautiousPrior, precision, status, warnings } = empiricalBetaPrior({ pastRates });
    expect({ prior, status }).toEqual({ prior: null, status: "unbounded" });
    expect(precision).toMatchObject({ estimate: Infinity, standardError: null, status: "unbounded" });
    expect(cautiousPrior!.alpha + cautiousPrior!.beta).toBeCloseTo(precision.interval.lower, 6);
    expect(warnings.map(({ code }) => code)).toEqual(["NO_OVERDISPERSION"]);
  });

  it.each([
    [[0, 0, 0], "No unit converted"],
    [[10, 10, 10], "Every unit converted"],
    [[0, 10, 10], "Each of the rates is 0 or 1"],
  ])("is undetermined for %j of 10", (conversions, reason) => {
    const found = empiricalBetaPrior({ pastRates: conversions.map((x) => ({ n: 10, conversions: x })) });
    expect(found).toMatchObject({ status: "undetermined", prior: null, logLikelihood: null });
    expect(found.warnings[0]!.message).toContain(reason);
  });

  it("refuses fewer than two rates, and names the broken one", () => {
    expect(() => empiricalBetaPrior({ pastRates: [] })).toThrow("at least two");
    expect(() =>
      empiricalBetaPrior({
        pastRates: [
          { n: 3, conversions: 1 },
          { n: 3, conversions: 4 },
        ],
      }),
    ).toThrow(expect.objectContaining({ field: "pastRates[1].conversions" }));
  });
});
