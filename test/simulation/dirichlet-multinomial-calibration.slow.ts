import { describe, expect, it } from "vitest";
import { betaDensity } from "../../src/numerics/beta-density.ts";
import { differenceContrast, logRatioContrast } from "../../src/bayesian/beta-contrasts.ts";
import { compareDirichletMultinomial } from "../../src/bayesian/compare-dirichlet-multinomial.ts";
import type { BetaBinomialComparison } from "../../src/bayesian/compare-beta-binomial.ts";
import { createRandom } from "../../src/numerics/random.ts";
import { uniformity } from "../support/uniform-histogram.ts";

// Simulation-based calibration: shares from the prior, counts given them, and the posterior distribution of each effect
// at its true value, which has to be uniform.

const PRIOR = [2, 0.7, 1.5, 0.9];
const N = { control: 60, treatment: 85 };
const REPLICATES = 600;

const total = (values: readonly number[], from = 0): number =>
  values.slice(from).reduce((sum, value) => sum + value, 0);

function posteriors({ posterior: { control, treatment } }: BetaBinomialComparison) {
  return [betaDensity(control.alpha, control.beta), betaDensity(treatment.alpha, treatment.beta)] as const;
}

describe("compareDirichletMultinomial", () => {
  it("is calibrated in every share, reach and continuation", () => {
    const random = createRandom(41);
    const draw = (n: number): { shares: number[]; counts: number[] } => {
      const weights = PRIOR.map((concentration) => random.gamma(concentration));
      const shares = weights.map((weight) => weight / total(weights));
      let left = n;
      const counts = shares.map((_, i) => {
        const isLast = i === shares.length - 1;
        const count = isLast ? left : random.binomial(left, Math.min(1, weights[i]! / total(weights, i)));
        left -= count;
        return count;
      });
      return { shares, counts };
    };
    const cdfs = { share: [], reach: [], continuation: [], reachLift: [] } as Record<string, number[]>;
    for (let replicate = 0; replicate < REPLICATES; replicate++) {
      const control = draw(N.control);
      const treatment = draw(N.treatment);
      const { categories, steps } = compareDirichletMultinomial({
        control: control.counts,
        treatment: treatment.counts,
        prior: PRIOR,
        ordered: true,
      });
      const differenceCdf = (
        comparison: BetaBinomialComparison,
        of: (shares: number[]) => number,
      ): number => {
        const value = of(treatment.shares) - of(control.shares);
        return Math.exp(differenceContrast(...posteriors(comparison)).beside(value, "lower").logProbability);
      };
      // The second category, the third step, and how it is reached from the second.
      const reach = (shares: number[]): number => total(shares, 2);
      cdfs["share"]!.push(differenceCdf(categories[1]!.share, (shares) => shares[1]!));
      cdfs["reach"]!.push(differenceCdf(steps[1]!.reach, reach));
      const continuation = (shares: number[]): number => total(shares, 2) / total(shares, 1);
      cdfs["continuation"]!.push(differenceCdf(steps[1]!.continuation, continuation));
      const logRatio = Math.log(reach(treatment.shares) / reach(control.shares));
      const lift = logRatioContrast(...posteriors(steps[1]!.reach)).beside(logRatio, "lower");
      cdfs["reachLift"]!.push(Math.exp(lift.logProbability));
    }
    for (const [effect, values] of Object.entries(cdfs)) {
      const isUniform = uniformity(values).pValue > 1e-3;
      expect({ effect, isUniform }).toEqual({ effect, isUniform: true });
    }
  }, 180_000);
});
