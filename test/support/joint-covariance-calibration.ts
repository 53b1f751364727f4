import type { Matrix } from "../../src/numerics/matrix.ts";
import { mixtureTail } from "../../src/numerics/normal-mixture.ts";
import { createRandom, type Random } from "../../src/numerics/random.ts";
import { correlationChart, covarianceAtPoint, partialCoordinate } from "../../src/proxy/correlation-chart.ts";
import type { EffectTable } from "../../src/proxy/effect-table.ts";
import { jointNoise, jointPrediction } from "../../src/proxy/joint-assisted-weights.ts";
import {
  isKnown,
  jointCovariancePosterior,
  predictiveJointNode,
} from "../../src/proxy/joint-covariance-posterior.ts";
import type { JointCovariancePrior } from "../../src/proxy/joint-covariance-prior.ts";
import { jointSampleSizes } from "../../src/proxy/joint-sample-sizes.ts";
import { drawNormal } from "./simulated-changes.ts";

export interface JointCalibration {
  /** Posterior probabilities below the truth: of standard deviations, correlations, and a new macro effect. */
  readonly ranks: Readonly<Record<string, number[]>>;
  /** Worlds whose posterior the draws did not tell, left out. */
  readonly unknown: number;
}

/** Draws worlds of several proxies from a prior, and past experiments in each, and looks up the truth in what is learned. */
export function calibrationOfJointCovariance(
  prior: JointCovariancePrior,
  {
    worlds,
    experiments,
    noise,
    draws,
    seed,
  }: { worlds: number; experiments: number; noise: number; draws: number; seed: number },
): JointCalibration {
  const random = createRandom(seed);
  const metrics = prior.typicalProxyEffects.length + 1;
  const macro = metrics - 1;
  const rows = Array.from({ length: metrics }, (_, i) => i);
  const sampling = rows.map((i) => rows.map((j) => noise ** 2 * (i === j ? 1 : 0.4)));
  const sizes = jointSampleSizes({ n: 1, nMacro: 0 }, macro);
  const ranks: Record<string, number[]> = {};
  const note = (name: string, rank: number): void => void (ranks[name] ??= []).push(rank);
  let unknown = 0;
  for (let world = 0; world < worlds; world++) {
    const truth = drawCovariance(prior, random);
    const mean = drawNormal(truth, random).map((x) => prior.meanRatio * x);
    const table = drawTable(truth, mean, sampling, experiments, random);
    const posterior = jointCovariancePosterior(table, prior, draws, world);
    if (!isKnown(posterior)) {
      unknown++;
      continue;
    }
    const at = (covariance: ArrayLike<number>, i: number, j: number): number => covariance[i * metrics + j]!;
    const look = (name: string, of: (covariance: ArrayLike<number>) => number): void => {
      const own = of(truth.flat());
      note(
        name,
        posterior.draws.reduce(
          (sum, { weight, covariance }) => (of(covariance) < own ? sum + weight : sum),
          0,
        ),
      );
    };
    const correlation = (i: number, j: number) => (covariance: ArrayLike<number>) =>
      at(covariance, i, j) / Math.sqrt(at(covariance, i, i) * at(covariance, j, j));
    look("tau of the first proxy", (covariance) => at(covariance, 0, 0));
    look("tau of the macro metric", (covariance) => at(covariance, macro, macro));
    look("rho of the first proxy", correlation(0, macro));
    look("rho of the last proxy", correlation(macro - 1, macro));
    look("rho of the first two proxies", correlation(0, 1));
    const change = drawNormal(truth, random).map((x, i) => mean[i]! + x);
    const seen = drawNormal(sampling, random).map((x, i) => change[i]! + x);
    const noiseOfOne = jointNoise(sampling, sizes);
    const foretold = posterior.draws.map((draw) => {
      const { proxies, intercept, variance } = jointPrediction(
        predictiveJointNode(draw, metrics),
        noiseOfOne,
      );
      return {
        logWeight: Math.log(draw.weight),
        mean: proxies.reduce((sum, weight, i) => sum + weight * seen[i]!, intercept),
        standardDeviation: Math.sqrt(variance),
      };
    });
    note("a new macro effect", mixtureTail(foretold, change[macro]!, "lower"));
  }
  return { ranks, unknown };
}

/** Half-Cauchy standard deviations, correlations with sales as of one proxy, and partial ones among proxies as of LKJ. */
function drawCovariance(prior: JointCovariancePrior, random: Random): number[][] {
  const scales = [...prior.typicalProxyEffects, prior.typicalMacroEffect];
  const metrics = scales.length;
  const { size } = correlationChart(metrics);
  const x = new Float64Array(size);
  scales.forEach((scale, i) => (x[i] = Math.log(scale * Math.tan(0.5 * Math.PI * random.uniform()))));
  const beta = (a: number, b: number): number => Math.atanh(2 * random.beta(a, b) - 1);
  for (let i = 0; i < metrics - 1; i++) {
    const isUnrelated = random.uniform() < prior.unrelatedShare;
    x[partialCoordinate(metrics, i, 0)] = isUnrelated
      ? beta(prior.unrelatedLkj, prior.unrelatedLkj)
      : beta(prior.lkj + prior.positiveTilt, prior.lkj);
    for (let given = 1; given <= i; given++) {
      const shape = prior.lkj + 0.5 * (metrics - 2 - given);
      x[partialCoordinate(metrics, i, given)] = beta(shape, shape);
    }
  }
  const flat = covarianceAtPoint(metrics, x);
  return scales.map((_, i) => [...flat.subarray(i * metrics, (i + 1) * metrics)]);
}

function drawTable(
  truth: Matrix,
  mean: readonly number[],
  sampling: Matrix,
  experiments: number,
  random: Random,
): EffectTable {
  const effects = Array.from({ length: experiments }, () => {
    const [own, error] = [drawNormal(truth, random), drawNormal(sampling, random)];
    return own.map((x, i) => mean[i]! + x + error[i]!);
  });
  return {
    scale: "log-lift",
    experiments,
    metrics: mean.length,
    effects: Float64Array.from(effects.flat()),
    covariances: Float64Array.from(effects.flatMap(() => sampling.flat())),
    clusters: [],
  };
}
