import { describe, expect, it } from "vitest";
import { gammaDifference, gammaLogRatio } from "../../src/bayesian/gamma-effects.ts";
import { updateGamma } from "../../src/bayesian/gamma-posterior.ts";
import { normalDifference } from "../../src/bayesian/normal-effects.ts";
import { updateNormal } from "../../src/bayesian/normal-posterior.ts";
import { poisson } from "../../src/numerics/poisson.ts";
import { createRandom } from "../../src/numerics/random.ts";
import { uniformity } from "../support/uniform-histogram.ts";

// Simulation-based calibration (Talts et al. 2018): draws of the parameters from the prior and of data given them; the
// posterior probability below the true effect is then uniform, exactly.

const DRAWS = 4_000;

describe("the posterior at the truth is uniform", () => {
  it.each([
    ["few events", { shape: 0.7, rate: 0.5 }, [2, 3]],
    ["many", { shape: 4, rate: 0.02 }, [60, 25]],
  ] as const)("under gamma and Poisson, %s", (_, prior, ns) => {
    const random = createRandom(7771);
    const [differences, ratios]: [number[], number[]] = [[], []];
    for (let i = 0; i < DRAWS; i += 1) {
      const rates = ns.map(() => random.gamma(prior.shape) / prior.rate);
      const [control, treatment] = ns.map((n, arm) =>
        updateGamma("arm", { n, events: poisson.quantile(random.uniform(), rates[arm]! * n) }, prior),
      );
      const [c, t] = rates as [number, number];
      const difference = gammaDifference(control!, treatment!).beside(t - c, "lower");
      const ratio = gammaLogRatio(control!, treatment!).beside(Math.log(t / c), "lower");
      differences.push(Math.exp(difference.logProbability));
      ratios.push(Math.exp(ratio.logProbability));
    }
    expect(uniformity(differences).pValue).toBeGreaterThan(1e-3);
    expect(uniformity(ratios).pValue).toBeGreaterThan(1e-3);
  });

  it.each([
    ["few units", { mu: 1, kappa: 0.5, alpha: 0.8, beta: 3 }, [2, 3]],
    ["many", { mu: -2, kappa: 0.1, alpha: 3, beta: 1 }, [400, 90]],
  ] as const)("under normal–inverse-gamma, %s", (_, prior, ns) => {
    const random = createRandom(7772);
    const shares: number[] = [];
    for (let i = 0; i < DRAWS; i += 1) {
      const [control, treatment] = ns.map((n) => {
        const variance = prior.beta / random.gamma(prior.alpha);
        const truth = prior.mu + random.normal() * Math.sqrt(variance / prior.kappa);
        const mean = truth + random.normal() * Math.sqrt(variance / n);
        const ofUnits = (2 * variance * random.gamma((n - 1) / 2)) / (n - 1);
        return { truth, posterior: updateNormal("arm", { n, mean, variance: ofUnits }, prior) };
      });
      const { contrast, parameter } = normalDifference(control!.posterior, treatment!.posterior);
      shares.push(
        Math.exp(contrast.beside(parameter(treatment!.truth - control!.truth), "lower").logProbability),
      );
    }
    expect(uniformity(shares).pValue).toBeGreaterThan(1e-3);
  });
});
