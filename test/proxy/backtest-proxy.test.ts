import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mixtureLogDensity, mixtureTail } from "../../src/numerics/normal-mixture.ts";
import { createRandom } from "../../src/numerics/random.ts";
import type { ReplayedEstimates } from "../../src/proxy/backtest-experiment.ts";
import { BACKTEST_POLICIES, replayPolicy } from "../../src/proxy/backtest-policy.ts";
import { type BacktestProxyInput, backtestProxy } from "../../src/proxy/backtest-proxy.ts";
import { effectNodes } from "../../src/proxy/effect-covariance.ts";
import { estimateEffectCovariance } from "../../src/proxy/estimate-effect-covariance.ts";
import { groupedMean, groupedShare } from "../../src/proxy/grouped-estimate.ts";
import { proxyAssisted } from "../../src/proxy/proxy-assisted.ts";
import { effectGivenAll, maturePrediction, maturePrior } from "../../src/proxy/replayed-prediction.ts";
import { relativeError } from "../support/relative-error.ts";

const node = { tauProxy: 0.04, tauMacro: 0.05, rho: 0.6, meanProxy: 0.01, meanMacro: -0.005, weight: 1 };
const nodes = [node];
const alone = { earlyEffect: null, earlyVariance: 1, earlyProxy: 0, earlyMacro: 0 };

/** Estimates of a change of the population, with errors that share units. */
function draw(random: ReturnType<typeof createRandom>, hasEarly: boolean, truth = node) {
  const [a, b, c, d, e] = [
    random.normal(),
    random.normal(),
    random.normal(),
    random.normal(),
    random.normal(),
  ];
  const proxy = truth.meanProxy + truth.tauProxy * a;
  const macro = truth.meanMacro + truth.tauMacro * (truth.rho * a + Math.sqrt(1 - truth.rho ** 2) * b);
  const [sp, sm, se] = [0.03, 0.04, 0.06];
  // Correlation 0.7 of proxy and mature errors; the early error is the mature one and more.
  const mature = 0.7 * c + Math.sqrt(1 - 0.7 ** 2) * d;
  const early = sm * mature + Math.sqrt(se ** 2 - sm ** 2) * e;
  const seen: ReplayedEstimates = {
    proxyEffect: proxy + sp * c,
    macroEffect: macro + sm * mature,
    proxyVariance: sp ** 2,
    macroVariance: sm ** 2,
    proxyMacro: 0.7 * sp * sm,
    ...(hasEarly
      ? { earlyEffect: macro + early, earlyVariance: se ** 2, earlyProxy: 0.7 * sp * sm, earlyMacro: sm ** 2 }
      : alone),
  };
  return { macro, seen };
}

describe("a replayed decision", () => {
  it.each([false, true])("counts the true gain, not shared chance (early sales: %s)", (hasEarly) => {
    for (const policy of BACKTEST_POLICIES) {
      const random = createRandom(11);
      let [difference, square, raw] = [0, 0, 0];
      const runs = 12_000;
      for (let run = 0; run < runs; run++) {
        const { macro, seen } = draw(random, hasEarly);
        const { ships, gain } = replayPolicy(policy, nodes, seen, 0.05, 0.8);
        const miss = gain - (ships ? macro : 0);
        difference += miss / runs;
        square += miss ** 2 / runs;
        if (ships) raw += (seen.macroEffect - macro) / runs;
      }
      const error = Math.sqrt(square / runs);
      expect(Math.abs(difference)).toBeLessThan(4 * error);
      // Without the correction all look better than they are.
      expect(raw).toBeGreaterThan(4 * error);
    }
  });

  it("is that of proxyAssisted", () => {
    const random = createRandom(12);
    for (let run = 0; run < 200; run++) {
      const { seen } = draw(random, true);
      const { posterior } = proxyAssisted({
        effects: node,
        sampling: {
          proxy: seen.proxyVariance,
          macro: seen.earlyVariance,
          correlation: seen.earlyProxy / Math.sqrt(seen.proxyVariance * seen.earlyVariance),
        },
        n: 1,
        proxyEffect: seen.proxyEffect,
        macroEffect: seen.earlyEffect!,
        shipThreshold: 0.8,
      });
      expect(replayPolicy("assisted-sure", nodes, seen, 0.05, 0.8).ships).toBe(posterior!.ships);
      expect(replayPolicy("assisted-mean", nodes, seen, 0.05, 0.8).ships).toBe(posterior!.mean > 0);
    }
  });
});

describe("what others foretell of an experiment", () => {
  const uncertain = [
    { ...node, weight: 0.3 },
    { ...node, rho: -0.5, tauProxy: 0.02, weight: 0.7 },
  ];

  it("is calibrated over the population, and tells true effects from estimates", () => {
    const random = createRandom(13);
    const runs = 10_000;
    let [inside, positive, expected] = [0, 0, 0];
    for (let run = 0; run < runs; run++) {
      const { macro, seen } = draw(random, false, uncertain[random.uniform() < 0.3 ? 0 : 1]);
      const below = mixtureTail(maturePrediction(uncertain, seen), seen.macroEffect, "lower");
      if (below > 0.1 && below < 0.9) inside++;
      expected += mixtureTail(effectGivenAll(uncertain, seen), 0, "upper");
      if (macro > 0) positive++;
    }
    expect(Math.abs(inside / runs - 0.8)).toBeLessThan(4 * Math.sqrt(0.16 / runs));
    expect(Math.abs(positive - expected) / runs).toBeLessThan(4 * Math.sqrt(0.25 / runs));
  });

  it("gains nothing from a proxy that shares neither effects nor units", () => {
    fc.assert(
      fc.property(fc.double({ min: -1, max: 1, noNaN: true }), (proxyEffect) => {
        const seen = { ...draw(createRandom(14), false).seen, proxyEffect, proxyMacro: 0 };
        const unrelated = [{ ...node, rho: 0 }];
        const [informed, uninformed] = [maturePrediction, maturePrior].map((f) =>
          mixtureLogDensity(f(unrelated, seen), seen.macroEffect),
        );
        expect(informed).toBeCloseTo(uninformed!, 11);
      }),
    );
  });
});

describe("estimates by group", () => {
  const own = Array.from({ length: 20 }, (_, k) => ({ members: [k] }));
  const paired = Array.from({ length: 10 }, (_, k) => ({ members: [2 * k, 2 * k + 1] }));

  it("are the textbook ones where every experiment stands alone", () => {
    // R 4.2.2: binom.test(7, 20)$conf.int; t.test(1:20)$conf.int.
    const share = groupedShare(
      own,
      () => true,
      (k) => k < 7,
      0.95,
    );
    expect(relativeError(share.interval.lower, 0.1539092)).toBeLessThan(1e-6);
    expect(relativeError(share.interval.upper, 0.5921885)).toBeLessThan(1e-6);
    const mean = groupedMean(
      own,
      Array.from({ length: 20 }, (_, k) => k + 1),
      0.95,
    );
    expect(relativeError(mean.interval.lower, 7.731189)).toBeLessThan(1e-6);
    expect(relativeError(mean.interval.upper, 13.268811)).toBeLessThan(1e-6);
  });

  it("count pairs that agree as one", () => {
    const values = Array.from({ length: 20 }, (_, k) => Math.floor(k / 2));
    const pairs = groupedMean(paired, values, 0.95);
    const once = groupedMean(
      own.slice(0, 10),
      values.filter((_, k) => k % 2 === 0),
      0.95,
    );
    expect(pairs.interval.lower).toBeCloseTo(once.interval.lower, 12);
    const share = groupedShare(
      paired,
      () => true,
      (k) => k < 6,
      0.95,
    );
    expect(share.interval).toEqual(
      groupedShare(
        own.slice(0, 10),
        () => true,
        (k) => k < 3,
        0.95,
      ).interval,
    );
  });
});

const covariance = [
  [0.0004, 0.0003],
  [0.0003, 0.0009],
];
const history: BacktestProxyInput["experiments"] = (
  [
    [0.06, 0.05],
    [-0.02, 0.01],
    [0.03, 0.04],
    [0.09, 0.07],
    [-0.05, -0.06],
    [0, -0.03],
    [0.02, 0.01],
  ] as const
).map(([proxyEffect, macroEffect], k) => ({ name: `test ${k}`, proxyEffect, macroEffect, covariance }));

describe("a backtest", () => {
  const result = backtestProxy({
    experiments: history.map((experiment, k) => ({ ...experiment, decisionDay: 4 + (k % 2), matureDay: 49 })),
  });

  it("learns what it decides by from the other experiments", () => {
    const effects = estimateEffectCovariance({ experiments: history.slice(1) });
    const sampling = { proxy: 0.0004, macro: 0.0009, correlation: 0 };
    const { posterior } = proxyAssisted({
      effects,
      sampling,
      nProxy: 1,
      nMacro: 0,
      proxyEffect: 0.06,
    });
    expect(result.replays[0]!.decisions["assisted-mean"].ships).toBe(posterior!.mean > 0);
    const seen: ReplayedEstimates = {
      proxyEffect: 0.06,
      macroEffect: 0.05,
      proxyVariance: 0.0004,
      macroVariance: 0.0009,
      proxyMacro: 0.0003,
      ...alone,
    };
    const foretold = maturePrediction(effectNodes(effects), seen);
    // Nodes of a lattice around the posterior of all seven against one around that of the six.
    expect(result.replays[0]!.predictedShareBelow).toBeCloseTo(mixtureTail(foretold, 0.05, "lower"), 3);
  });

  it("says how each policy did, and what it cost to wait", () => {
    expect(result.kind).toBe("proxy-backtest");
    expect(result.policies.map(({ policy }) => policy)).toEqual([...BACKTEST_POLICIES]);
    const [proxySign, , assisted, , salesSign] = result.policies;
    expect(proxySign!.ships).toBe(4);
    expect(proxySign!.agreement.estimate).toBeCloseTo(6 / 7, 14);
    expect(salesSign!.agreement.estimate).toBe(1);
    expect(salesSign!.accuracy.estimate).toBeLessThan(1);
    expect(salesSign!.gainKept).toBeNull();
    expect(assisted!.gainKept!.interval.method).toBe("fieller");
    expect(result.daysSaved).toBeCloseTo(49 - (4 * 4 + 3 * 5) / 7, 12);
  });

  it("leaves out together what shares a control", () => {
    const shared = history.map((experiment, k) => ({
      ...experiment,
      ...(k < 3
        ? {
            cluster: "a",
            controlCovariance: [
              [0.0002, 0.00015],
              [0.00015, 0.00045],
            ],
          }
        : {}),
    }));
    const clustered = backtestProxy({ experiments: shared });
    expect(clustered.groups).toBe(5);
    // The first is foretold from the last four alone.
    const four = estimateEffectCovariance({ experiments: history.slice(3) });
    const foretold = maturePrediction(effectNodes(four), {
      proxyEffect: 0.06,
      macroEffect: 0.05,
      proxyVariance: 0.0004,
      macroVariance: 0.0009,
      proxyMacro: 0.0003,
      ...alone,
    });
    expect(clustered.replays[0]!.predictedShareBelow).toBeCloseTo(mixtureTail(foretold, 0.05, "lower"), 3);
  });

  const early = {
    macroEffect: 0.02,
    variance: 0.002,
    covarianceWithProxy: 0.0003,
    covarianceWithMature: 0.0009,
  };
  it("uses sales seen by then where they are given", () => {
    const assisted = backtestProxy({ experiments: history.map((experiment) => ({ ...experiment, early })) });
    expect(assisted.replays[0]!.decisions["assisted-mean"].gain).not.toBe(
      result.replays[0]!.decisions["assisted-mean"].gain,
    );
    expect(assisted.replays[0]!.decisions["proxy-sign"]).toEqual(result.replays[0]!.decisions["proxy-sign"]);
  });

  const [head, ...tail] = history;
  it.each([
    [{ experiments: history.slice(0, 3) }, "experiments"],
    [
      { experiments: [{ ...head!, early: { ...early, variance: 0 } }, ...tail] },
      "experiments[0].early.variance",
    ],
    [
      { experiments: [{ ...head!, early: { ...early, covarianceWithMature: 0.01 } }, ...tail] },
      "experiments[0].early",
    ],
    [{ experiments: [{ ...head!, decisionDay: 9, matureDay: 8 }, ...tail] }, "experiments[0].matureDay"],
    [{ experiments: history, shipThreshold: 1 }, "shipThreshold"],
    [{ experiments: history, alpha: 0 }, "alpha"],
    [{ experiments: history, prior: { lkj: -1 } }, "prior.lkj"],
  ])("refuses broken input %#", (input, field) => {
    expect(() => backtestProxy(input as BacktestProxyInput)).toThrow(expect.objectContaining({ field }));
  });
});
