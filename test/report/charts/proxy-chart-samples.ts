import { createRandom } from "../../../src/numerics/random.ts";
import { estimateEffectCovariance } from "../../../src/proxy/estimate-effect-covariance.ts";
import { rankProxies } from "../../../src/proxy/rank-proxies.ts";
import { speedupCurve } from "../../../src/proxy/speedup-curve.ts";
import { type ChartableResult, hasChart } from "../../../src/report/to-vega-lite.ts";
import { samples } from "../samples.ts";

const CART = {
  effects: { tauProxy: 0.04, tauMacro: 0.04, rho: 0.8 },
  sampling: { proxy: 18, macro: 98, correlation: 0.43 },
};

const YEAR = { unitsPerDay: 1000, ideasPerYear: 30, macroDelay: { attributionDays: 21 } };
/** Twelve candidates, of which some only move: [tauProxy, rho, sampling.proxy, effort]. */
const CANDIDATES = (
  [
    ["add to cart", 0.04, 0.8, 18, 3],
    ["begin checkout", 0.04, 0.88, 40, 5],
    ["product view", 0.06, 0.45, 4, 1],
    ["NAME of a candidate that is long", 0.08, 0.05, 1, 1],
    ["newsletter sign-up", 0.05, 0.3, 60, 4],
    ["coupon opened", 0.07, -0.4, 20, 2],
    ["search used", 0.05, 0.4, 6, 2],
    ["filter used", 0.05, 0.42, 7, 2],
    ["wish list", 0.06, 0.5, 50, 2],
    ["time on page", 0.03, 0.1, 3, 2.2],
    ["account created", 0.04, 0.6, 70, 8],
    ["video watched", 0.09, 0, 15, 7],
  ] as const
).map(([name, tauProxy, rho, proxy, effort]) => ({
  name,
  effects: { tauProxy, tauMacro: 0.04, rho },
  sampling: { proxy, macro: 98, correlation: 0.2 },
  effort,
}));

/** Past experiments on a proxy that moves easily, and whose true effects have nothing to do with sales. */
function vanityPast(count: number): Parameters<typeof estimateEffectCovariance>[0]["experiments"] {
  const random = createRandom(count);
  const covariance = [
    [0.0001, 0.00008],
    [0.00008, 0.0008],
  ];
  return Array.from({ length: count }, (_, k) => {
    const [a, b, e, f] = [random.normal(), random.normal(), random.normal(), random.normal()] as const;
    return {
      name: `NAME ${k}`,
      proxyEffect: 0.1 * a + 0.01 * e,
      macroEffect: 0.03 * b + 0.008 * e + 0.027 * f,
      covariance,
    };
  });
}

const ABOUT_PROXIES = new Set<string>([
  "calendar-speedup",
  "decision-speedup",
  "detection-speedup",
  "effect-covariance-estimate",
  "joint-effect-covariance-estimate",
  "macro-prediction",
  "observed-speedup",
  "optimal-proxy-weights",
  "planning-speedup",
  "programme-gain",
  "proxy-assessment",
  "proxy-backtest",
  "proxy-front",
  "proxy-ranking",
  "sequential-speedup",
  "speedup-curve",
]);

/** Pages about proxies that have a picture, and further pictures that no page has. */
export const proxyChartSamples: Readonly<Record<string, ChartableResult>> = {
  ...Object.fromEntries(
    Object.entries(samples).filter(
      (entry): entry is [string, ChartableResult] => ABOUT_PROXIES.has(entry[1].kind) && hasChart(entry[1]),
    ),
  ),
  "effect-covariance-estimate of vanity": estimateEffectCovariance({ experiments: vanityPast(40) }),
  "effect-covariance-estimate of thousands": estimateEffectCovariance({ experiments: vanityPast(2500) }),
  "proxy-ranking of twelve": rankProxies({ n: 10_000, ...YEAR, candidates: CANDIDATES }),
  "proxy-ranking without efforts": rankProxies({
    n: 10_000,
    ...YEAR,
    candidates: CANDIDATES.slice(0, 7).map(({ name, effects, sampling }) => ({ name, effects, sampling })),
  }),
  "proxy-ranking in money": rankProxies({
    n: 10_000,
    ...YEAR,
    candidates: CANDIDATES.slice(0, 6),
    value: { perMacro: 30, unitsPerYear: 1e6, macroRate: 0.02 },
  }),
  "speedup-curve of effects that pass on in full": speedupCurve({
    ...CART,
    effects: { ...CART.effects, rho: 1 },
    n: 5000,
  }),
};
