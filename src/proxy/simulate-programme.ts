import type { Random } from "../numerics/random.ts";
import type { CompleteEffectNode } from "./effect-covariance.ts";
import type { PopulationComponent } from "./effect-population.ts";
import { componentNode } from "./population-average.ts";
import { DAYS_PER_YEAR } from "./programme-calendar.ts";
import { type GainCounting, type PlannedTest } from "./programme-policy.ts";

/** What simulated years brought: the spread of one year is what people live through. */
export interface SimulatedYears {
  readonly years: number;
  /** Units per arm of each test. */
  readonly n: number;
  readonly meanGain: number;
  /** Of the mean, by the number of years simulated. */
  readonly standardError: number;
  /** Of one year. */
  readonly standardDeviation: number;
  /** Gains that this share of the years stays below. */
  readonly quantiles: readonly { readonly share: number; readonly gain: number }[];
  /** Share of the years in which all that shipped lost on balance. */
  readonly shareOfLosses: number;
}

/** A population that is one normal distribution. */
const WHOLE: PopulationComponent = { weight: 1, spread: 1, meanShare: 1 };

const SHARES = [0.05, 0.25, 0.5, 0.75, 0.95] as const;

/**
 * Simulates years of testing: each in a world drawn from the nodes, its changes from that world, both estimates of each
 * change with their sampling covariance, and the policy's rule on them.
 */
export function simulateProgramme(
  nodes: readonly CompleteEffectNode[],
  test: PlannedTest,
  counting: GainCounting,
  years: number,
  random: Random,
): SimulatedYears {
  const drawWorld = weightedDraws(
    nodes.map(({ weight }) => weight),
    random,
  );
  // All nodes have one population.
  const components = nodes[0]!.components ?? [WHOLE];
  const drawComponent = weightedDraws(
    components.map(({ weight }) => weight),
    random,
  );
  const drawChange = changeDraws(test, random);
  const gains = new Float64Array(years);
  for (let year = 0; year < years; year++) {
    const world = nodes[drawWorld()]!;
    const normals = components.map((component) => componentNode(world, component));
    const tests = testsOfYear(test, counting, random);
    let gain = 0;
    for (let i = 0; i < tests; i++) {
      const share = counting === "year-of-testing" ? 1 : 1 - decidedBy(test, i);
      gain += share * drawChange(normals[drawComponent()]!);
    }
    gains[year] = gain;
  }
  return summarise(gains, test.n);
}

/** Tests decided in a year: whole ones, on average as many as there are in a year of testing. */
function testsOfYear(
  { testsPerYear, decisionDays }: PlannedTest,
  counting: GainCounting,
  random: Random,
): number {
  if (counting === "within-the-year") {
    return Math.max(0, Math.ceil((1 - decisionDays / DAYS_PER_YEAR) * testsPerYear));
  }
  const whole = Math.floor(testsPerYear);
  return random.uniform() < testsPerYear - whole ? whole + 1 : whole;
}

/** The share of the first year that is over when test i, from 0, is decided. */
function decidedBy({ testsPerYear, decisionDays }: PlannedTest, i: number): number {
  return i / testsPerYear + decisionDays / DAYS_PER_YEAR;
}

/** Indices drawn in proportion to weights. */
function weightedDraws(weights: readonly number[], random: Random): () => number {
  const cumulative = new Float64Array(weights.length);
  let total = 0;
  weights.forEach((weight, i) => (cumulative[i] = total += weight));
  return () => {
    const target = random.uniform() * total;
    let [from, to] = [0, weights.length - 1];
    while (from < to) {
      const middle = (from + to) >> 1;
      if (cumulative[middle]! > target) to = middle;
      else from = middle + 1;
    }
    return from;
  };
}

/** What one change adds: its true macro effect if its estimates ship it. */
function changeDraws(
  { sizes: { nProxy, nMacro, nOverlap }, sampling, rule }: PlannedTest,
  random: Random,
): (normal: CompleteEffectNode) => number {
  const proxyError = Math.sqrt(sampling.proxy / nProxy);
  // Without a unit whose sales are known there is no macro estimate, and the rule gives it no weight.
  const macroError = rule.macro === 0 ? 0 : Math.sqrt(sampling.macro / nMacro);
  const shared = rule.macro === 0 ? 0 : sampling.correlation * (nOverlap / Math.sqrt(nProxy * nMacro));
  const rest = Math.sqrt((1 - shared) * (1 + shared));
  return ({ tauProxy, tauMacro, rho, meanProxy, meanMacro }) => {
    const [a, b, c, d] = [random.normal(), random.normal(), random.normal(), random.normal()];
    const proxy = meanProxy + tauProxy * a;
    const macro = meanMacro + tauMacro * (rho * a + Math.sqrt((1 - rho) * (1 + rho)) * b);
    const estimate =
      rule.proxy * (proxy + proxyError * c) + rule.macro * (macro + macroError * (shared * c + rest * d));
    return estimate > rule.threshold ? macro : 0;
  };
}

function summarise(gains: Float64Array, n: number): SimulatedYears {
  const years = gains.length;
  const meanGain = gains.reduce((sum, gain) => sum + gain, 0) / years;
  const variance = gains.reduce((sum, gain) => sum + (gain - meanGain) ** 2, 0) / (years - 1);
  const losses = gains.reduce((sum, gain) => (gain < 0 ? sum + 1 : sum), 0);
  gains.sort();
  return {
    years,
    n,
    meanGain,
    standardError: Math.sqrt(variance / years),
    standardDeviation: Math.sqrt(variance),
    quantiles: SHARES.map((share) => ({ share, gain: gains[Math.floor(share * (years - 1))]! })),
    shareOfLosses: losses / years,
  };
}
