import { describe, expect, it } from "vitest";
import { createRandom } from "../../src/numerics/random.ts";
import { guessLogOddsRatio } from "../../src/bayesian/guess-log-odds-ratio.ts";
import { type CheckedRateEffectPrior, logEffectDensity } from "../../src/bayesian/rate-effect-prior.ts";
import { armEvidence, logLikelihood } from "../../src/bayesian/rate-pair.ts";
import { ratePlanePosterior } from "../../src/bayesian/rate-plane-posterior.ts";
import { uniformity } from "../support/uniform-histogram.ts";

// Rates drawn from the prior, data given them, and the posterior probability below the true effect: uniform.
const DRAWS = 600;
const [ALPHA, BETA] = [4, 36];

describe("the posterior under a prior on the effect", () => {
  it.each([
    { scale: "log-odds", mean: 0.1, standardDeviation: 0.5, n: 200 },
    { scale: "log-lift", mean: 0, standardDeviation: 0.3, n: 400 },
  ] as const)("is calibrated ($scale)", ({ n, ...rest }) => {
    const prior: CheckedRateEffectPrior = { family: "normal", ...rest };
    const random = createRandom(20_260_701);
    const found: Record<"difference" | "logRatio" | "logOddsRatio" | "control", number[]> = {
      difference: [],
      logRatio: [],
      logOddsRatio: [],
      control: [],
    };
    while (found.difference.length < DRAWS) {
      const [a, b] = [random.gamma(ALPHA), random.gamma(BETA)];
      const p1 = a / (a + b);
      const effect = prior.mean + prior.standardDeviation * random.normal();
      const odds = (p1 / (1 - p1)) * Math.exp(effect);
      const p2 = prior.scale === "log-odds" ? odds / (1 + odds) : p1 * Math.exp(effect);
      // The prior on the log lift is cut off there.
      if (p2 >= 1) continue;
      const [x1, x2] = [random.binomial(n, p1), random.binomial(n, p2)];
      const arms = { control: armEvidence(ALPHA + x1, BETA + n - x1), treatment: armEvidence(x2, n - x2) };
      const posterior = ratePlanePosterior(
        { arms, logDensity: (pair) => logLikelihood(arms, pair) + logEffectDensity(prior, pair) },
        guessLogOddsRatio(arms, prior),
      );
      const { rate, rest: other } = arms.control.reference;
      const truth = {
        difference: 2 * Math.atanh(p2 - p1),
        logRatio: Math.log(p2 / p1),
        logOddsRatio: Math.log(p2 / (1 - p2)) - Math.log(p1 / (1 - p1)),
        control: Math.log(p1 / (1 - p1)) - Math.log(rate / other),
      };
      for (const name of Object.keys(found) as (keyof typeof found)[]) {
        found[name].push(Math.exp(posterior[name].beside(truth[name], "lower").logProbability));
      }
    }
    for (const values of Object.values(found)) expect(uniformity(values).pValue).toBeGreaterThan(1e-3);
  });
});
