import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { assurance, type AssuranceOptions } from "../../src/bayesian/assurance.ts";
import type { DomainError } from "../../src/core/domain-error.ts";
import { normalSf } from "../../src/numerics/normal.ts";
import { relativeError } from "../support/relative-error.ts";

const mean = fc.double({ min: -3, max: 3, noNaN: true });
const positive = fc.double({ min: -3, max: 2, noNaN: true }).map((digits) => 10 ** digits);

describe("assurance", () => {
  it("has the closed form of O'Hagan, Stevens and Campbell", () => {
    fc.assert(
      fc.property(mean, positive, positive, (m, standardDeviation, standardError) => {
        const { sides } = assurance({
          prior: { mean: m, standardDeviation },
          standardError,
          criterion: { kind: "significance", alpha: 0.025, alternative: "greater" },
        });
        const spread = Math.sqrt(standardError ** 2 + standardDeviation ** 2);
        const closed = normalSf((1.959963984540054 * standardError - m) / spread);
        expect(Math.abs(Math.log(sides.greater / closed))).toBeLessThan(
          1e-11 * Math.max(1, -Math.log(closed)),
        );
        expect(sides.less).toBe(0);
      }),
    );
  });

  it("tends to the probability of a benefit, which it never exceeds for a belief of 95 %", () => {
    fc.assert(
      fc.property(mean, positive, (m, standardDeviation) => {
        const prior = { mean: m, standardDeviation };
        const criterion = { kind: "posterior-probability", probability: 0.95 } as const;
        let last = -1;
        for (const standardError of [100, 1, 0.1].map((factor) => factor * standardDeviation)) {
          const { sides, probabilityOfBenefit } = assurance({ prior, standardError, criterion });
          // A success is right in 95 % of cases at least.
          expect(0.95 * sides.greater).toBeLessThanOrEqual(probabilityOfBenefit * (1 + 1e-12));
          last = sides.greater;
        }
        const { sides, probabilityOfBenefit } = assurance({
          prior,
          standardError: 1e-6 * standardDeviation,
          criterion,
        });
        expect(Math.abs(sides.greater - probabilityOfBenefit)).toBeLessThan(1e-5);
        expect(last).toBeGreaterThanOrEqual(0);
      }),
      { numRuns: 50 },
    );
  });

  it("is the power for a prior that is nearly a point", () => {
    const { probability, atPriorMean } = assurance({
      prior: { mean: 0.3, standardDeviation: 1e-9 },
      standardError: 0.1,
    });
    expect(relativeError(probability, atPriorMean.probability)).toBeLessThan(1e-12);
  });

  it("takes the standard error from a baseline and units", () => {
    const prior = { mean: 0.01, standardDeviation: 0.02 };
    const baseline = { prior, baseline: 0.2, n: 5000, allocation: 0.5 };
    const error = Math.sqrt(0.2 * 0.8 * (1 / 5000 + 1 / 2500));
    expect(relativeError(assurance(baseline).standardError, error)).toBeLessThan(1e-14);
    const { standardError } = assurance({ ...baseline, scale: "log-lift" });
    expect(relativeError(standardError, error / 0.2)).toBeLessThan(1e-14);
  });

  it("names what it refuses", () => {
    const base: AssuranceOptions = { prior: { mean: 0, standardDeviation: 1 }, standardError: 1 };
    const fieldOf = (options: unknown): string => {
      try {
        assurance(options as AssuranceOptions);
      } catch (error) {
        return (error as DomainError).field;
      }
      return "";
    };
    expect(fieldOf({ ...base, prior: { mean: 0, standardDeviation: 0 } })).toBe("prior.standardDeviation");
    const spiked = { family: "spike-and-normal", probabilityOfNoEffect: 0.5, ...base.prior };
    expect(fieldOf({ ...base, prior: spiked })).toBe("prior.family");
    expect(fieldOf({ ...base, n: 10 })).toBe("n");
    expect(fieldOf({ prior: base.prior })).toBe("standardError");
    expect(fieldOf({ prior: base.prior, baseline: 0.1 })).toBe("n");
    expect(fieldOf({ ...base, analysisPrior: "round" })).toBe("analysisPrior");
    expect(fieldOf({ ...base, standardError: 0 })).toBe("standardError");
  });
});
