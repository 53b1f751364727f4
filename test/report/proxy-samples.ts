import { experimentsNeeded } from "../../src/proxy/experiments-needed.ts";
import { individualSurrogacy } from "../../src/proxy/individual-surrogacy.ts";
import { jointUnitCovariance } from "../../src/proxy/joint-unit-covariance.ts";
import { microValue } from "../../src/proxy/micro-value.ts";
import { programmeGain } from "../../src/proxy/programme-gain.ts";
import { rankProxies } from "../../src/proxy/rank-proxies.ts";
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
const SCROLL = {
  name: "scroll",
  effects: { tauProxy: 0.08, tauMacro: 0.04, rho: 0.05 },
  sampling: { proxy: 1, macro: 98, correlation: 0.1 },
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
  "joint-unit-covariance": jointUnitCovariance({
    funnelRates: [0.5, 0.1, 0.02],
    proxies: ["product view", "add to cart"],
  }),
};
