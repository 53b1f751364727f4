// How each task is asked of the peers on npm.
import betaCdf from "@stdlib/stats-base-dists-beta-cdf";
import betaQuantile from "@stdlib/stats-base-dists-beta-quantile";
import binomialCdf from "@stdlib/stats-base-dists-binomial-cdf";
import chisquareCdf from "@stdlib/stats-base-dists-chisquare-cdf";
import fCdf from "@stdlib/stats-base-dists-f-cdf";
import gammaCdf from "@stdlib/stats-base-dists-gamma-cdf";
import gammaQuantile from "@stdlib/stats-base-dists-gamma-quantile";
import hypergeometricCdf from "@stdlib/stats-base-dists-hypergeometric-cdf";
import normalCdf from "@stdlib/stats-base-dists-normal-cdf";
import normalQuantile from "@stdlib/stats-base-dists-normal-quantile";
import poissonCdf from "@stdlib/stats-base-dists-poisson-cdf";
import tCdf from "@stdlib/stats-base-dists-t-cdf";
import tQuantile from "@stdlib/stats-base-dists-t-quantile";
import jStat from "jstat";
import { combineMeans, combineVariances, cumulativeStdNormalProbability, probit } from "simple-statistics";
import type { Calls } from "./tasks.ts";

/** jstat and @stdlib have no upper tails: 1 − cdf is what their users write. */
export const NPM_PEERS: Readonly<Record<"jstat" | "simple-statistics" | "@stdlib", Calls>> = {
  jstat: {
    "normal.cdf": (x: number) => jStat.normal.cdf(x, 0, 1),
    "normal.quantile": (p: number) => jStat.normal.inv(p, 0, 1),
    "studentT.cdf": (t: number, df: number) => jStat.studentt.cdf(t, df),
    "studentT.quantile": (p: number, df: number) => jStat.studentt.inv(p, df),
    "beta.cdf": (x: number, a: number, b: number) => jStat.beta.cdf(x, a, b),
    "beta.sf": (x: number, a: number, b: number) => 1 - jStat.beta.cdf(x, a, b),
    "beta.quantile": (p: number, a: number, b: number) => jStat.beta.inv(p, a, b),
    "gamma.cdf": (x: number, shape: number) => jStat.gamma.cdf(x, shape, 1),
    "gamma.sf": (x: number, shape: number) => 1 - jStat.gamma.cdf(x, shape, 1),
    "gamma.quantile": (p: number, shape: number) => jStat.gamma.inv(p, shape, 1),
    "chiSquared.sf": (x: number, df: number) => 1 - jStat.chisquare.cdf(x, df),
    "f.sf": (x: number, df1: number, df2: number) => 1 - jStat.centralF.cdf(x, df1, df2),
    "binomial.cdf": (k: number, n: number, p: number) => jStat.binomial.cdf(k, n, p),
    "binomial.sf": (k: number, n: number, p: number) => 1 - jStat.binomial.cdf(k, n, p),
    "poisson.cdf": (k: number, mean: number) => jStat.poisson.cdf(k, mean),
    "hypergeometric.cdf": (k: number, population: number, successes: number, draws: number) =>
      jStat.hypgeom.cdf(k, population, successes, draws),
  },
  "simple-statistics": {
    "normal.cdf": (x: number) => cumulativeStdNormalProbability(x),
    "normal.quantile": (p: number) => probit(p),
    "variance of merged parts": simpleStatisticsMerge,
  },
  "@stdlib": {
    "normal.cdf": (x: number) => normalCdf(x, 0, 1),
    "normal.quantile": (p: number) => normalQuantile(p, 0, 1),
    "studentT.cdf": tCdf,
    "studentT.quantile": tQuantile,
    "beta.cdf": betaCdf,
    "beta.sf": (x: number, a: number, b: number) => 1 - betaCdf(x, a, b),
    "beta.quantile": betaQuantile,
    "gamma.cdf": (x: number, shape: number) => gammaCdf(x, shape, 1),
    "gamma.sf": (x: number, shape: number) => 1 - gammaCdf(x, shape, 1),
    "gamma.quantile": (p: number, shape: number) => gammaQuantile(p, shape, 1),
    "chiSquared.sf": (x: number, df: number) => 1 - chisquareCdf(x, df),
    "f.sf": (x: number, df1: number, df2: number) => 1 - fCdf(x, df1, df2),
    "binomial.cdf": binomialCdf,
    "binomial.sf": (k: number, n: number, p: number) => 1 - binomialCdf(k, n, p),
    "poisson.cdf": poissonCdf,
    "hypergeometric.cdf": hypergeometricCdf,
  },
};

/** Its variances are those of a population: divided by n. */
function simpleStatisticsMerge(parts: readonly [n: number, mean: number, variance: number][]): number {
  let [n, mean, variance] = parts[0]!;
  variance *= (n - 1) / n;
  for (const [n2, mean2, variance2] of parts.slice(1)) {
    variance = combineVariances(variance, mean, n, (variance2 * (n2 - 1)) / n2, mean2, n2);
    mean = combineMeans(mean, n, mean2, n2);
    n += n2;
  }
  return (variance * n) / (n - 1);
}
