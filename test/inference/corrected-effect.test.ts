import { describe, expect, it } from "vitest";
import { correctedEffect } from "../../src/inference/corrected-effect.ts";
import { createRandom } from "../../src/numerics/random.ts";
import table from "../reference/bayesian/effect-priors.json" with { type: "json" };
import { relativeError } from "../support/relative-error.ts";

describe("correctedEffect", () => {
  // mpmath with 30 digits, in standard errors: 1e-10, since near the critical value an effect is ill-determined by it.
  it.each(table.conditionals)(
    "is that of 25 digits at $z beyond $critical",
    ({ z, critical, twoSided, out }) => {
      const alpha = (twoSided ? 2 : 1) * (critical > 1.8 ? 0.025 : 0.05);
      const found = correctedEffect({
        estimate: z,
        standardError: 1,
        alpha,
        alternative: twoSided ? "two-sided" : "greater",
      });
      expect(relativeError(found.medianUnbiased, Number(out.medianUnbiased))).toBeLessThan(1e-10);
      expect(relativeError(found.conditionalLikelihood, Number(out.likelihood))).toBeLessThan(1e-10);
      expect(relativeError(found.interval.lower, Number(out.lower))).toBeLessThan(1e-10);
      expect(relativeError(found.interval.upper, Number(out.upper))).toBeLessThan(1e-10);
    },
  );

  it("mirrors, scales, and leaves what is far beyond the critical value alone", () => {
    const found = correctedEffect({ estimate: 2.5, standardError: 1 });
    const mirrored = correctedEffect({ estimate: -0.25, standardError: 0.1 });
    expect(mirrored.medianUnbiased).toBeCloseTo(-0.1 * found.medianUnbiased, 12);
    expect(mirrored.interval.lower).toBeCloseTo(-0.1 * found.interval.upper, 12);
    expect(correctedEffect({ estimate: 40, standardError: 1 }).medianUnbiased).toBeCloseTo(40, 10);
  });

  it("covers as often as it says, and is too large half of the time, among significant estimates", () => {
    const random = createRandom(23);
    for (const effect of [0, 1, 2.5]) {
      let [count, covered, above] = [0, 0, 0];
      while (count < 2000) {
        const estimate = effect + random.normal();
        if (Math.abs(estimate) <= 1.96) continue;
        const { interval, medianUnbiased } = correctedEffect({ estimate, standardError: 1 });
        count += 1;
        if (interval.lower <= effect && effect <= interval.upper) covered += 1;
        // Unbiased on the side on which the estimate lies.
        if (medianUnbiased * Math.sign(estimate) > effect * Math.sign(estimate)) above += 1;
      }
      expect(Math.abs(covered / count - 0.95)).toBeLessThan(0.02);
      if (effect === 2.5) expect(Math.abs(above / count - 0.5)).toBeLessThan(0.045);
    }
  });

  it("refuses an estimate that is not significant, naming what would be", () => {
    expect(() => correctedEffect({ estimate: 0.1, standardError: 1 })).toThrow("beyond 1.95996");
    expect(() => correctedEffect({ estimate: -3, standardError: 1, alternative: "greater" })).toThrow(
      expect.objectContaining({ field: "estimate" }),
    );
  });
});
