import { createRandom, type Random } from "../../src/numerics/random.ts";
import { covarianceMarginals } from "../../src/proxy/covariance-marginals.ts";
import { covariancePosterior } from "../../src/proxy/covariance-posterior.ts";
import type { CovariancePrior } from "../../src/proxy/covariance-prior.ts";
import { predictMacro } from "../../src/proxy/predict-macro.ts";
import { thinPosterior } from "../../src/proxy/thin-posterior.ts";
import { drawPair, drawPast, type PastWorld, UNIT } from "./past-worlds.ts";

/** A world drawn from the prior: half-Cauchy standard deviations, a mixture of two Beta correlations, normal means. */
export function drawWorld(prior: CovariancePrior, random: Random): Required<PastWorld> {
  const halfCauchy = (scale: number): number => scale * Math.tan(0.5 * Math.PI * random.uniform());
  const isUnrelated = random.uniform() < prior.unrelatedShare;
  const a = isUnrelated ? prior.unrelatedLkj : prior.lkj + prior.positiveTilt;
  const rho = 2 * random.beta(a, isUnrelated ? prior.unrelatedLkj : prior.lkj) - 1;
  const [tauProxy, tauMacro] = [halfCauchy(prior.typicalProxyEffect), halfCauchy(prior.typicalMacroEffect)];
  const [meanProxy, meanMacro] = drawPair(
    random,
    prior.meanRatio * tauProxy,
    prior.meanRatio * tauMacro,
    rho,
  );
  return { tauProxy, tauMacro, rho, meanProxy, meanMacro };
}

/** Posterior probabilities below the truth, and how often the 95 % prediction of a new macro effect holds it. */
export function calibrationOfCovariance(
  prior: CovariancePrior,
  { draws, experiments, n, seed }: { draws: number; experiments: number; n: number; seed: number },
): { readonly ranks: Record<"tauProxy" | "tauMacro" | "rho", number[]>; readonly covered: number } {
  const random = createRandom(seed);
  const ranks = { tauProxy: [] as number[], tauMacro: [] as number[], rho: [] as number[] };
  const sampling = { ...UNIT };
  let covered = 0;
  for (let i = 0; i < draws; i++) {
    const world = drawWorld(prior, random);
    const posterior = covariancePosterior(drawPast(world, experiments, n, random), prior);
    const marginals = covarianceMarginals(posterior);
    for (const name of ["tauProxy", "tauMacro", "rho"] as const)
      ranks[name].push(marginals[name].cdf(world[name]));
    const [x, y] = drawPair(random, world.tauProxy, world.tauMacro, world.rho);
    const { nodes } = thinPosterior(posterior);
    const { interval } = predictMacro({
      effects: { ...world, source: "learned", posterior: nodes },
      sampling,
      n,
      proxyEffect: world.meanProxy + x + Math.sqrt(UNIT.proxy / n) * random.normal(),
    });
    const truth = world.meanMacro + y;
    if (truth >= interval.lower && truth <= interval.upper) covered++;
  }
  return { ranks, covered };
}
