import { createRandom } from "../../src/numerics/random.ts";
import { assessProxy } from "../../src/proxy/assess-proxy.ts";
import { backtestProxy } from "../../src/proxy/backtest-proxy.ts";
import { decisionSpeedup } from "../../src/proxy/decision-speedup.ts";
import { estimateEffectCovariance } from "../../src/proxy/estimate-effect-covariance.ts";
import { estimateJointEffectCovariance } from "../../src/proxy/estimate-joint-effect-covariance.ts";
import { experimentsNeeded } from "../../src/proxy/experiments-needed.ts";
import { fitEffectPopulation } from "../../src/proxy/fit-effect-population.ts";
import { individualSurrogacy } from "../../src/proxy/individual-surrogacy.ts";
import { jointProxyAssisted } from "../../src/proxy/joint-proxy-assisted.ts";
import { jointUnitCovariance } from "../../src/proxy/joint-unit-covariance.ts";
import { microValue } from "../../src/proxy/micro-value.ts";
import { optimalProxyWeights } from "../../src/proxy/optimal-proxy-weights.ts";
import { programmeGain } from "../../src/proxy/programme-gain.ts";
import { proxyAssisted } from "../../src/proxy/proxy-assisted.ts";
import { proxyFront } from "../../src/proxy/proxy-front.ts";
import { rankProxies } from "../../src/proxy/rank-proxies.ts";
import { sensitivityWeights } from "../../src/proxy/sensitivity-weights.ts";
import { sequentialProxyAssisted } from "../../src/proxy/sequential-proxy-assisted.ts";
import { speedupCurve } from "../../src/proxy/speedup-curve.ts";
import { surrogateIndex } from "../../src/proxy/surrogate-index.ts";
import { trialLevelR2 } from "../../src/proxy/trial-level-r2.ts";
import type { AnyResult } from "../../src/report/any-result.ts";

// Hillstrom's e-mail test (2008): men's e-mail against none; every buyer visited.
const HILLSTROM = {
  control: { neither: 19_044, macroOnly: 0, microOnly: 2140, both: 122 },
  treatment: { neither: 17_413, macroOnly: 0, microOnly: 3627, both: 267 },
};
const SHOP = {
  control: { neither: 16_600, macroOnly: 40, microOnly: 3000, both: 360 },
  treatment: { neither: 16_100, macroOnly: 42, microOnly: 3420, both: 438 },
};
const YEAR = { unitsPerDay: 1000, ideasPerYear: 30, macroDelay: { attributionDays: 21 } };
const CART = {
  name: "add-to-cart",
  effects: { tauProxy: 0.04, tauMacro: 0.04, rho: 0.8 },
  sampling: { proxy: 18, macro: 98, correlation: 0.43 },
};
const CART_ONLY = { effects: CART.effects, sampling: CART.sampling };
const SCROLL = {
  name: "scroll",
  effects: { tauProxy: 0.08, tauMacro: 0.04, rho: 0.05 },
  sampling: { proxy: 1, macro: 98, correlation: 0.1 },
};

/** Sixty past tests of 80,000 units an arm: sales follow add-to-cart at 0.8, and newsletter sign-ups hardly at all. */
const random = createRandom(60);
const PAST = Array.from({ length: 60 }, (_, k) => {
  const [a, b, c] = [random.normal(), random.normal(), random.normal()] as const;
  const [e, f, g] = [random.normal(), random.normal(), random.normal()] as const;
  const [cart, newsletter, sales] = [0.04 * a, 0.06 * b, 0.04 * (0.8 * a + 0.6 * c)];
  const noise = Math.sqrt(18 / 80_000);
  const salesNoise = Math.sqrt(98 / 80_000);
  return {
    name: `test ${k + 1}`,
    proxyEffects: [cart + noise * e, newsletter + noise * g],
    macroEffect: sales + salesNoise * (0.43 * e + Math.sqrt(1 - 0.43 ** 2) * f),
    covariance: [
      [18 / 80_000, 0, (0.43 * Math.sqrt(18 * 98)) / 80_000],
      [0, 18 / 80_000, 0],
      [(0.43 * Math.sqrt(18 * 98)) / 80_000, 0, 98 / 80_000],
    ],
  };
});
const CART_PAST = PAST.map(
  ({ name, proxyEffects: [proxyEffect], macroEffect, covariance: [first, , last] }) => ({
    name,
    proxyEffect: proxyEffect!,
    macroEffect,
    covariance: [
      [first![0]!, first![2]!],
      [last![0]!, last![2]!],
    ],
  }),
);
const LEARNED = estimateEffectCovariance({ experiments: CART_PAST });
const LEARNED_BOTH = estimateJointEffectCovariance({
  experiments: PAST,
  proxies: ["add to cart", "newsletter"],
  draws: 1000,
});
const JOINT_SAMPLING = {
  covariance: [
    [18, 0, 0.43 * Math.sqrt(18 * 98)],
    [0, 18, 0],
    [0.43 * Math.sqrt(18 * 98), 0, 98],
  ],
};
const COHORT = { control: { n: 2000 }, treatment: { n: 2000 } };
const SEEN_COHORT = {
  control: { n: 2000, micro: 200, macro: [10, 18, 25, 31, 35, 38, 40, 40] },
  treatment: { n: 2000, micro: 224, macro: [11, 21, 29, 35, 41, 43, 45, 45] },
};

/** Results about proxies that are not about a single experiment's verdict. */
export const proxySamples: Readonly<Record<string, AnyResult>> = {
  "experiments-needed": experimentsNeeded({
    rho: 0.8,
    reliabilityProxy: 0.64,
    reliabilityMacro: 0.246,
    samplingCorrelation: 0.43,
    halfWidth: 0.1,
  }),
  "trial-level-r2": trialLevelR2({
    summaries: [
      { proxyEffect: 0.031, macroEffect: 0.022, n: 9000 },
      { proxyEffect: -0.012, macroEffect: -0.001, n: 12_000 },
      { proxyEffect: 0.054, macroEffect: 0.048, n: 7000 },
      { proxyEffect: 0.002, macroEffect: -0.019, n: 11_000 },
      { proxyEffect: 0.018, macroEffect: 0.03, n: 15_000 },
      { proxyEffect: -0.034, macroEffect: -0.028, n: 8000 },
    ],
  }),
  "individual-surrogacy": individualSurrogacy(SHOP),
  "individual-surrogacy of Hillstrom": individualSurrogacy(HILLSTROM),
  "individual-surrogacy of nobody": individualSurrogacy({
    control: { neither: 50, macroOnly: 0, microOnly: 0, both: 0 },
    treatment: { neither: 60, macroOnly: 0, microOnly: 0, both: 0 },
  }),
  "surrogate-index": surrogateIndex({
    history: [
      { n: 90_000, conversions: 450 },
      { n: 8_000, conversions: 480 },
      { n: 2_000, conversions: 500 },
    ],
    control: [18_000, 1_600, 400],
    treatment: [17_700, 1_800, 500],
    outcomes: {
      control: [
        { n: 9_000, conversions: 47 },
        { n: 800, conversions: 45 },
        { n: 200, conversions: 52 },
      ],
      treatment: [
        { n: 8_900, conversions: 40 },
        { n: 900, conversions: 51 },
        { n: 250, conversions: 66 },
      ],
    },
  }),
  "micro-value": microValue({
    ...SHOP,
    valuePerMacro: 60,
    history: {
      effects: {
        tauProxy: 0.05,
        tauMacro: 0.04,
        rho: 0.7,
        source: "learned",
        posterior: [
          { tauProxy: 0.05, tauMacro: 0.04, rho: 0.6, weight: 0.3 },
          { tauProxy: 0.05, tauMacro: 0.04, rho: 0.75, weight: 0.7 },
        ],
      },
    },
  }),
  "micro-value of a change that moved nothing": microValue({
    control: SHOP.control,
    treatment: SHOP.control,
    valuePerMacro: 60,
  }),
  "programme-gain": programmeGain({
    ...YEAR,
    effects: CART.effects,
    sampling: CART.sampling,
    n: 20_000,
    simulate: { seed: 1, years: 2000 },
  }),
  "proxy-ranking": rankProxies({
    n: 10_000,
    ...YEAR,
    candidates: [
      { ...SCROLL, effort: 1 },
      { ...CART, effort: 3, delayDays: 1 },
    ],
  }),
  "effect-covariance-estimate": LEARNED,
  "effect-covariance-estimate of three": estimateEffectCovariance({ experiments: CART_PAST.slice(0, 3) }),
  "joint-effect-covariance-estimate": LEARNED_BOTH,
  "proxy-assessment of sixty past tests": assessProxy({ ...SHOP, effects: LEARNED }),
  "decision-speedup of sixty past tests": decisionSpeedup({
    effects: LEARNED,
    sampling: CART.sampling,
    n: 20_000,
  }),
  "speedup-curve": speedupCurve({ ...CART_ONLY, n: 20_000, unitsPerDay: 1000, points: 7 }),
  "speedup-curve of sixty past tests": speedupCurve({
    effects: LEARNED,
    sampling: CART.sampling,
    n: 20_000,
    points: 7,
  }),
  "speedup-curve of a proxy that only moves": speedupCurve({
    effects: SCROLL.effects,
    sampling: SCROLL.sampling,
    points: 7,
  }),
  "speedup-curve wrong sign": speedupCurve({
    ...CART_ONLY,
    effects: { ...CART.effects, rho: -0.4 },
    points: 7,
  }),
  "proxy-assisted by expected loss": proxyAssisted({
    effects: { ...CART.effects, population: { family: "spike-and-normal", probabilityOfNoEffect: 0.7 } },
    sampling: CART.sampling,
    nProxy: 20_000,
    nMacro: 8_000,
    proxyEffect: 0.06,
    macroEffect: 0.03,
    decisionRule: { kind: "expected-loss", thresholdOfCaring: 0.001 },
  }),
  "effect-population": fitEffectPopulation({
    effects: [0.001, -0.002, 0.11, 0.003, 0, -0.001, 0.004, -0.003, -0.14, 0.002, 0.001, -0.004, 0.09].map(
      (estimate) => ({ estimate, standardError: 0.003 }),
    ),
    mean: 0,
  }),
  "joint-proxy-assisted": jointProxyAssisted({
    effects: LEARNED_BOTH,
    sampling: JOINT_SAMPLING,
    nProxies: [20_000, 20_000],
    nMacro: 8_000,
    proxyEffects: [0.06, 0.01],
    macroEffect: 0.03,
  }),
  "optimal-proxy-weights": optimalProxyWeights({
    effects: LEARNED_BOTH,
    sampling: JOINT_SAMPLING,
    n: 20_000,
    experiments: PAST,
  }),
  "proxy-front": proxyFront({ effects: LEARNED_BOTH, sampling: JOINT_SAMPLING, n: 20_000 }),
  "sensitivity-weights": sensitivityWeights({
    effects: LEARNED_BOTH,
    sampling: JOINT_SAMPLING,
    n: 20_000,
    proxyEffects: [0.03, 0.05],
  }),
  "proxy-backtest": backtestProxy({
    experiments: CART_PAST.map((past) => ({ ...past, decisionDay: 7, matureDay: 35 })),
  }),
  "sequential-proxy-assisted": sequentialProxyAssisted({
    effects: LEARNED,
    sampling: CART.sampling,
    days: [...Array.from({ length: 10 }, () => SEEN_COHORT), ...Array.from({ length: 4 }, () => COHORT)],
    attributionDays: 7,
    draws: 2000,
  }),
  "sequential-proxy-assisted planned": sequentialProxyAssisted({
    effects: CART.effects,
    sampling: CART.sampling,
    days: Array.from({ length: 14 }, () => COHORT),
    lookDays: [7, 14, 21],
    attributionDays: 7,
  }),
  "effect-covariance-estimate of weak tests": estimateEffectCovariance({
    experiments: CART_PAST.map((past) => ({
      ...past,
      covariance: past.covariance.map((row) => row.map((c) => 9 * c)),
    })),
  }),
  "programme-gain learned": programmeGain({ ...YEAR, effects: LEARNED, sampling: CART.sampling }),
  "joint-unit-covariance": jointUnitCovariance({
    funnelRates: [0.5, 0.1, 0.02],
    proxies: ["product view", "add to cart"],
  }),
};
