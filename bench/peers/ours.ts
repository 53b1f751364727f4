// How each task is asked of this library.
import {
  adjustPValues,
  beta,
  binomial,
  chiSquared,
  compareMeans,
  compareProportions,
  differenceInterval,
  f,
  fitEffectPopulation,
  gamma,
  groupSequentialDesign,
  hypergeometric,
  liftInterval,
  mergeMeans,
  normal,
  poisson,
  powerForMeans,
  powerForProportions,
  probabilityToBeat,
  proportionInterval,
  sampleSizeForProportions,
  studentT,
  type CompareProportionsOptions,
  type Proportion,
} from "microlift";
import type { Calls } from "./tasks.ts";

type Table = [controlConversions: number, controlN: number, treatmentConversions: number, treatmentN: number];

const arms = (...[c1, n1, c2, n2]: Table): { control: Proportion; treatment: Proportion } => ({
  control: { n: n1, conversions: c1 },
  treatment: { n: n2, conversions: c2 },
});

const pValue =
  (options: Partial<CompareProportionsOptions>) =>
  (...table: Table): number | null =>
    compareProportions({ ...arms(...table), ...options }).pValue;

const twoLooks = (spending: "lan-demets-obrien-fleming" | "lan-demets-pocock") => (): number[] =>
  groupSequentialDesign({ looks: 2, alpha: 0.025, alternative: "greater", spending }).looks.map(
    ({ efficacy }) => efficacy,
  );

export const OURS: Calls = {
  "normal.cdf": normal.cdf,
  "normal.quantile": normal.quantile,
  "studentT.cdf": studentT.cdf,
  "studentT.quantile": studentT.quantile,
  "beta.cdf": beta.cdf,
  "beta.sf": beta.sf,
  "beta.quantile": beta.quantile,
  "gamma.cdf": gamma.cdf,
  "gamma.sf": gamma.sf,
  "gamma.quantile": gamma.quantile,
  "chiSquared.sf": chiSquared.sf,
  "f.sf": f.sf,
  "binomial.cdf": binomial.cdf,
  "binomial.sf": binomial.sf,
  "poisson.cdf": poisson.cdf,
  "hypergeometric.cdf": (k: number, population: number, successes: number, draws: number) =>
    hypergeometric.cdf(k, { population, successes, draws }),
  "two-proportion z test": pValue({}),
  "Fisher's exact test": pValue({ test: "fisher" }),
  "Barnard's test": pValue({ test: "barnard" }),
  "Boschloo's test, one-sided": pValue({ test: "boschloo", alternative: "greater" }),
  "difference, score interval, lower end": (...table: Table) => differenceInterval(arms(...table)).lower,
  "lift, score interval, upper end": (...table: Table) => liftInterval(arms(...table)).upper,
  "rate, Wilson interval, upper end": (conversions: number, n: number) =>
    proportionInterval({ conversions, n, method: "wilson" }).upper,
  "rate, Clopper-Pearson interval, upper end": (conversions: number, n: number) =>
    proportionInterval({ conversions, n, method: "clopper-pearson" }).upper,
  "Welch's t test": (n1: number, mean1: number, v1: number, n2: number, mean2: number, v2: number) =>
    compareMeans({
      control: { n: n1, mean: mean1, variance: v1 },
      treatment: { n: n2, mean: mean2, variance: v2 },
    }).pValue,
  "variance of merged parts": (parts: [n: number, mean: number, variance: number][]) =>
    mergeMeans(parts.map(([n, mean, variance]) => ({ n, mean, variance }))).variance,
  "power, two proportions": (baseline: number, changed: number, n: number, alpha: number) => {
    const { power, farTail } = powerForProportions({ baseline, difference: changed - baseline, n, alpha });
    return power + farTail;
  },
  "sample size, two proportions": (baseline: number, changed: number, alpha: number, power: number) =>
    sampleSizeForProportions({ baseline, difference: changed - baseline, alpha, power }).control,
  "power, t test": (n: number, difference: number, alpha: number) => {
    const { power, farTail } = powerForMeans({ difference, standardDeviation: 1, n, alpha, test: "t" });
    return power + farTail;
  },
  "adjusted p-values, Holm": (pValues: number[]) => adjustPValues(pValues, "holm"),
  "adjusted p-values, Benjamini-Hochberg": (pValues: number[]) =>
    adjustPValues(pValues, "benjamini-hochberg"),
  "adjusted p-values, Hommel": (pValues: number[]) => adjustPValues(pValues, "hommel"),
  "boundaries of two looks, O'Brien-Fleming spending": twoLooks("lan-demets-obrien-fleming"),
  "boundaries of two looks, Pocock spending": twoLooks("lan-demets-pocock"),
  "chance to be better, uniform priors": (...table: Table) =>
    probabilityToBeat(arms(...table)).probabilityToBeat,
  "spread of true effects over experiments": (effects: number[], variances: number[]) =>
    fitEffectPopulation({
      effects: effects.map((estimate, i) => ({ estimate, standardError: Math.sqrt(variances[i]!) })),
    }).families.find(({ family }) => family === "normal")!.tau,
};
