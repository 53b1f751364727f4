import { describe, expect, it } from "vitest";
import { normalUpperQuantile } from "../../src/numerics/normal.ts";
import { createRandom } from "../../src/numerics/random.ts";
import { sampleSizeForProportions } from "../../src/planning/sample-size-for-proportions.ts";

const DRAWS = 20_000;

/** The pooled z statistic, from its definition. */
function pooledZ(x1: number, n1: number, x2: number, n2: number): number {
  const pooled = (x1 + x2) / (n1 + n2);
  return (x2 / n2 - x1 / n1) / Math.sqrt(pooled * (1 - pooled) * (1 / n1 + 1 / n2));
}

describe("the planned sample size, simulated", () => {
  it.each([
    { baseline: 0.05, lift: 0.2 },
    { baseline: 0.05, lift: -0.2, allocation: 0.25 },
    { baseline: 0.3, difference: 0.05, power: 0.95, alpha: 0.01 },
    { baseline: 0.001, lift: 0.3, power: 0.9, allocation: 2 },
  ])("has the power it was planned for, within 4 Monte Carlo errors: %j", (plan) => {
    const { control, treatment, treatmentRate, difference, power, alpha } = sampleSizeForProportions(plan);
    const draw = createRandom(20_250_101);
    const critical = normalUpperQuantile(alpha / 2);
    const sign = Math.sign(difference);
    let detected = 0;
    for (let i = 0; i < DRAWS; i++) {
      const x1 = draw.binomial(control, plan.baseline);
      const x2 = draw.binomial(treatment, treatmentRate);
      if (sign * pooledZ(x1, control, x2, treatment) > critical) detected++;
    }
    const error = Math.sqrt((power * (1 - power)) / DRAWS);
    expect(Math.abs(detected / DRAWS - power)).toBeLessThan(4 * error);
  });
});
