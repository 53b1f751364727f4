import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { AssistedDecisionRule } from "../../src/proxy/assisted-decision-rule.ts";
import { compositeEffects, compositeSampling, pairEffects } from "../../src/proxy/composite-effects.ts";
import type { CompleteEffectNode } from "../../src/proxy/effect-covariance.ts";
import type { JointEffectCovariance } from "../../src/proxy/joint-effect-covariance.ts";
import { jointProxyAssisted } from "../../src/proxy/joint-proxy-assisted.ts";
import { jointUnitCovariance } from "../../src/proxy/joint-unit-covariance.ts";
import { proxyAssisted } from "../../src/proxy/proxy-assisted.ts";
import { unitCovariance } from "../../src/proxy/unit-covariance.ts";
import { proportionMoments } from "../../src/summaries/moments.ts";
import { relativeError } from "../support/relative-error.ts";

const logUniform = (from: number, to: number) =>
  fc.double({ min: Math.log(from), max: Math.log(to), noNaN: true }).map(Math.exp);
const correlation = fc.double({ min: -0.99, max: 0.99, noNaN: true });
const mean = fc.double({ min: -0.01, max: 0.01, noNaN: true });
const node = fc.record({
  tauProxy: logUniform(1e-3, 0.2),
  tauMacro: logUniform(1e-3, 0.2),
  rho: correlation,
  meanProxy: mean,
  meanMacro: mean,
  weight: logUniform(0.1, 1),
});
const units = logUniform(100, 1e7);

const matrix = (proxy: number, macro: number, rho: number) => [
  [proxy * proxy, rho * proxy * macro],
  [rho * proxy * macro, macro * macro],
];
const joint = ({ tauProxy, tauMacro, rho, meanProxy, meanMacro, weight }: CompleteEffectNode) => ({
  covariance: matrix(tauProxy, tauMacro, rho),
  mean: [meanProxy, meanMacro],
  weight,
});

/** A covariance of any size: a factor model with noise of its own for every metric. */
const covarianceOf = (size: number) =>
  fc
    .record({
      loadings: fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: size, maxLength: size }),
      own: fc.array(fc.double({ min: 0.2, max: 1, noNaN: true }), { minLength: size, maxLength: size }),
      scale: fc.array(logUniform(0.01, 0.1), { minLength: size, maxLength: size }),
    })
    .map(({ loadings, own, scale }) =>
      loadings.map((a, i) =>
        loadings.map((b, j) => scale[i]! * scale[j]! * (a * b + (i === j ? own[i]! : 0))),
      ),
    );
const times = (rows: readonly (readonly number[])[], factor: number) =>
  rows.map((row) => row.map((entry) => entry * factor));
const close = (actual: readonly number[], expected: readonly number[], tolerance: number) => {
  const size = Math.max(...expected.map(Math.abs));
  actual.forEach((value, i) =>
    expect(Math.abs(value - expected[i]!)).toBeLessThanOrEqual(tolerance * size + 1e-300),
  );
};

describe("jointProxyAssisted with one proxy", () => {
  it("is proxyAssisted, posterior included", () => {
    fc.assert(
      fc.property(
        fc.array(node, { minLength: 1, maxLength: 3 }),
        logUniform(1, 20),
        logUniform(1, 20),
        correlation,
        units,
        units,
        fc.boolean(),
        fc.constantFrom<AssistedDecisionRule>(
          { kind: "probability", threshold: 0.8 },
          { kind: "expected-loss", thresholdOfCaring: 1e-3 },
          { kind: "posterior-mean" },
        ),
        (nodes, sdProxy, sdMacro, r, nProxy, matured, isMature, decisionRule) => {
          const nMacro = isMature ? matured : 0;
          const macroEffect = isMature ? { macroEffect: 0.02 } : {};
          const posterior = nodes.length > 1;
          const one = proxyAssisted({
            effects: { ...nodes[0]!, ...(posterior ? { posterior: nodes } : {}) },
            sampling: { proxy: sdProxy ** 2, macro: sdMacro ** 2, correlation: r },
            nProxy,
            nMacro,
            proxyEffect: 0.03,
            ...macroEffect,
            decisionRule,
          });
          const several = jointProxyAssisted({
            effects: { ...joint(nodes[0]!), ...(posterior ? { posterior: nodes.map(joint) } : {}) },
            sampling: { covariance: matrix(sdProxy, sdMacro, r) },
            nProxies: [nProxy],
            nMacro,
            proxyEffects: [0.03],
            ...macroEffect,
            decisionRule,
          });
          // A weight is the difference of what effects and noise say: its error is against the larger of them.
          const scale = nodes.reduce(
            (most, { tauProxy, tauMacro }) => Math.max(most, tauMacro / tauProxy),
            0,
          );
          expect(Math.abs(several.weights.proxies[0]! - one.weights.proxy) / scale).toBeLessThan(1e-13);
          expect(Math.abs(several.weights.macro - one.weights.macro)).toBeLessThan(1e-13);
          expect(Math.abs(several.posterior!.mean - one.posterior!.mean)).toBeLessThan(1e-13);
          expect(
            relativeError(several.posterior!.standardDeviation, one.posterior!.standardDeviation),
          ).toBeLessThan(1e-12);
          expect(several.posterior!.ships).toBe(one.posterior!.ships);
          expect(Object.keys(several.posterior!)).toEqual(Object.keys(one.posterior!));
          expect(several.decisionRule).toEqual(one.decisionRule);
          if (Math.abs(one.weights.proxy) < 1e-3 * scale) return;
          expect(relativeError(several.reliability, one.reliability)).toBeLessThan(1e-9);
          expect(Math.abs(several.falseShipRate - one.falseShipRate)).toBeLessThan(1e-10);
          expect(Math.abs(several.shipThreshold - one.shipThreshold)).toBeLessThan(1e-10);
          expect(Math.abs(several.wrongShipShare - one.wrongShipShare)).toBeLessThan(1e-10);
          expect(Math.abs(several.expectedGain - one.expectedGain)).toBeLessThan(
            1e-10 * Math.max(...nodes.map(({ tauMacro }) => tauMacro)),
          );
          several.falseShipCurve.forEach(({ rate, proxyEffect }, i) => {
            expect(Math.abs(rate - one.falseShipCurve[i]!.rate)).toBeLessThan(1e-10);
            expect(relativeError(proxyEffect, one.falseShipCurve[i]!.proxyEffect)).toBeLessThan(1e-12);
          });
          expect(several.warnings.map(({ code }) => code)).toEqual(one.warnings.map(({ code }) => code));
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe("jointProxyAssisted", () => {
  const setting = fc.integer({ min: 1, max: 4 }).chain((proxies) =>
    fc.record({
      covariance: covarianceOf(proxies + 1),
      unit: covarianceOf(proxies + 1).map((rows) => times(rows, 1e4)),
      nProxies: fc.array(units, { minLength: proxies, maxLength: proxies }),
      nMacro: fc.oneof(units, fc.constant(0)),
    }),
  );
  const decide = (
    covariance: JointEffectCovariance["covariance"],
    unit: readonly (readonly number[])[],
    nProxies: readonly number[],
    nMacro: number,
  ) => jointProxyAssisted({ effects: { covariance }, sampling: { covariance: unit }, nProxies, nMacro });

  it("does not care about the order of the proxies", () => {
    fc.assert(
      fc.property(setting, ({ covariance, unit, nProxies, nMacro }) => {
        const last = nProxies.length;
        const order = [...nProxies.keys()].toReversed().concat(last);
        const turned = (rows: readonly (readonly number[])[]) =>
          order.map((i) => order.map((j) => rows[i]![j]!));
        const plain = decide(covariance, unit, nProxies, nMacro);
        const other = decide(turned(covariance), turned(unit), nProxies.toReversed(), nMacro);
        close(other.weights.proxies.toReversed(), plain.weights.proxies, 1e-11);
        expect(relativeError(other.macroEquivalentN, plain.macroEquivalentN)).toBeLessThan(1e-11);
      }),
      { numRuns: 40 },
    );
  });

  it("learns nothing from a copy of a proxy, and gives copies equal weights", () => {
    fc.assert(
      fc.property(setting, ({ covariance, unit, nProxies, nMacro }) => {
        const from = [0, ...covariance.keys()];
        const copied = (rows: readonly (readonly number[])[]) =>
          from.map((i) => from.map((j) => rows[i]![j]!));
        const plain = decide(covariance, unit, nProxies, nMacro);
        const other = decide(copied(covariance), copied(unit), [nProxies[0]!, ...nProxies], nMacro);
        expect(relativeError(other.macroEquivalentN, plain.macroEquivalentN)).toBeLessThan(1e-10);
        const [first, second] = other.weights.proxies;
        close([first!, first! + second!], [second!, plain.weights.proxies[0]!], 1e-9);
      }),
      { numRuns: 40 },
    );
  });

  it("decides the same in other units", () => {
    fc.assert(
      fc.property(setting, logUniform(0.01, 100), ({ covariance, unit, nProxies, nMacro }, factor) => {
        const scaled = (rows: readonly (readonly number[])[]) =>
          rows.map((row, i) => row.map((x, j) => x * (i === 0 ? factor : 1) * (j === 0 ? factor : 1)));
        const plain = decide(covariance, unit, nProxies, nMacro);
        const other = decide(scaled(covariance), scaled(unit), nProxies, nMacro);
        expect(relativeError(other.macroEquivalentN, plain.macroEquivalentN)).toBeLessThan(1e-12);
        expect(Math.abs(other.falseShipRate - plain.falseShipRate)).toBeLessThan(1e-12);
        close([other.weights.proxies[0]! * factor], [plain.weights.proxies[0]!], 1e-10);
      }),
      { numRuns: 40 },
    );
  });

  it("is worth what its composite is worth, and never less than any proxy of it or the sales alone", () => {
    fc.assert(
      fc.property(setting, units, ({ covariance, unit, nMacro }, n) => {
        const matured = Math.min(n, nMacro);
        const proxies = covariance.length - 1;
        const all = jointProxyAssisted({
          effects: { covariance },
          sampling: { covariance: unit },
          nProxies: Array.from({ length: proxies }, () => n),
          nMacro: matured,
        });
        const asOne = (weights: readonly number[]) =>
          proxyAssisted({
            effects: compositeEffects({ covariance }, weights),
            sampling: compositeSampling({ covariance: unit }, weights),
            nProxy: n,
            nMacro: matured,
          });
        expect(
          relativeError(asOne(all.composite.weights).macroEquivalentN, all.macroEquivalentN),
        ).toBeLessThan(1e-10);
        for (let i = 0; i < proxies; i++) {
          const single = asOne(all.composite.weights.map((_, j) => (i === j ? 1 : 0)));
          expect(single.macroEquivalentN).toBeLessThanOrEqual(all.macroEquivalentN * (1 + 1e-12));
        }
        expect(all.macroEquivalentN).toBeGreaterThanOrEqual(matured);
      }),
      { numRuns: 40 },
    );
  });

  it("takes overlaps as said", () => {
    const effects = {
      covariance: [
        [0.0016, 0.0004, 0.0004],
        [0.0004, 0.0009, 0.0003],
        [0.0004, 0.0003, 0.0004],
      ],
    };
    const sampling = {
      covariance: [
        [3, 3, 3],
        [3, 18, 18],
        [3, 18, 98],
      ],
    };
    const nested = jointProxyAssisted({ effects, sampling, nProxies: [20_000, 10_000], nMacro: 5000 });
    const said = jointProxyAssisted({
      effects,
      sampling,
      nProxies: [20_000, 10_000],
      nMacro: 5000,
      nOverlap: [
        [20_000, 10_000, 5000],
        [10_000, 10_000, 5000],
        [5000, 5000, 5000],
      ],
    });
    expect(said).toEqual(nested);
    const apart = jointProxyAssisted({
      effects,
      sampling,
      nProxies: [20_000, 10_000],
      nMacro: 5000,
      nOverlap: [
        [20_000, 0, 0],
        [0, 10_000, 0],
        [0, 0, 5000],
      ],
    });
    expect(apart.macroEquivalentN).toBeGreaterThan(nested.macroEquivalentN);
  });

  it.each([
    [{ decisionRule: { kind: "luck" } }, "decisionRule.kind"],
    [{ decisionRule: { kind: "posterior-mean" }, shipThreshold: 0.9 }, "shipThreshold"],
    [{ shipThreshold: 1 }, "shipThreshold"],
    [{ nProxies: [100] }, "nProxies"],
    [{ nProxies: [100, 0] }, "nProxies[1]"],
    [{ nMacro: -1 }, "nMacro"],
    [{ proxyEffects: [0.1] }, "proxyEffects"],
    [{ proxyEffects: [0.1, 0.1] }, "macroEffect"],
    [{ macroEffect: 0.1 }, "proxyEffects"],
    [
      {
        nOverlap: [
          [100, 101, 50],
          [101, 100, 50],
          [50, 50, 50],
        ],
      },
      "nOverlap[0][1]",
    ],
    [
      {
        effects: {
          covariance: [
            [1, 2, 0],
            [2, 1, 0],
            [0, 0, 1],
          ],
        },
      },
      "effects.covariance",
    ],
    [{ effects: { covariance: [[1]] } }, "effects.covariance"],
    [
      {
        sampling: {
          covariance: [
            [1, 0],
            [0, 1],
          ],
        },
      },
      "sampling.covariance",
    ],
    [
      {
        sampling: {
          scale: "difference",
          covariance: [
            [1, 0, 0],
            [0, 1, 0],
            [0, 0, 1],
          ],
        },
      },
      "sampling.scale",
    ],
  ])("refuses %j", (change, field) => {
    const input = {
      effects: {
        scale: "log-lift",
        covariance: [
          [1, 0, 0],
          [0, 1, 0],
          [0, 0, 1],
        ],
      },
      sampling: {
        covariance: [
          [1, 0, 0],
          [0, 1, 0],
          [0, 0, 1],
        ],
      },
      nProxies: [100, 100],
      nMacro: 50,
      ...change,
    };
    expect(() => jointProxyAssisted(input as never)).toThrow(expect.objectContaining({ field }));
  });
});

describe("compositeEffects", () => {
  const effects = {
    covariance: [
      [4, 1, 1],
      [1, 9, 2],
      [1, 2, 16],
    ],
    mean: [1, 2, 3],
    proxies: ["cart", "search"],
    source: "learned" as const,
    posterior: [
      {
        covariance: [
          [4, 0, 2],
          [0, 9, 0],
          [2, 0, 16],
        ],
        weight: 1,
      },
      {
        covariance: [
          [4, 0, 0],
          [0, 9, 3],
          [0, 3, 16],
        ],
        mean: [0, 1, 0],
        weight: 3,
      },
    ],
  };

  it("projects covariance, means and every node of the posterior", () => {
    const composite = compositeEffects(effects, [2, -1]);
    expect(composite.tauProxy).toBeCloseTo(Math.sqrt(4 * 4 + 9 - 4), 14);
    expect(composite.rho).toBeCloseTo(0, 14);
    expect([composite.meanProxy, composite.meanMacro, composite.source]).toEqual([0, 3, "learned"]);
    expect(composite.posterior![0]!.rho).toBeCloseTo(4 / 5 / 4, 14);
    expect(composite.posterior![1]).toMatchObject({ meanProxy: -1, meanMacro: 0, weight: 3 });
  });

  it("gives one proxy by name or place", () => {
    expect(pairEffects(effects, "search")).toEqual(pairEffects(effects, 1));
    expect(pairEffects(effects, 1).rho).toBeCloseTo(2 / 12, 14);
    expect(() => pairEffects(effects, "sale")).toThrow(expect.objectContaining({ field: "proxy" }));
  });
});

describe("jointUnitCovariance", () => {
  it("agrees with unitCovariance on two rates of a nested funnel, on either scale", () => {
    for (const scale of ["log-lift", "difference"] as const) {
      const one = unitCovariance({ microRate: 0.13, macroRate: 0.021, nested: true, scale });
      expect(one.method).toBe("nested");
      const { covariance } = jointUnitCovariance({ funnelRates: [0.13, 0.021], scale });
      close(
        covariance.flat(),
        matrix(Math.sqrt(one.proxy), Math.sqrt(one.macro), one.correlation).flat(),
        1e-14,
      );
    }
  });

  it("agrees with unitCovariance on the moments of two arms, up to n − 1 for n", () => {
    const control = { neither: 880, macroOnly: 5, microOnly: 90, both: 25 };
    const treatment = { neither: 1680, macroOnly: 20, microOnly: 240, both: 60 };
    for (const scale of ["log-lift", "difference"] as const) {
      const one = unitCovariance({ control, treatment, scale });
      const { covariance, n } = jointUnitCovariance({
        control: proportionMoments(control),
        treatment: proportionMoments(treatment),
        scale,
      });
      expect(n).toBe(one.n);
      close(
        covariance.flat(),
        matrix(Math.sqrt(one.proxy), Math.sqrt(one.macro), one.correlation).flat(),
        2e-3,
      );
    }
  });

  it("puts the macro metric last", () => {
    const control = {
      n: 10,
      metrics: ["sale", "cart"],
      mean: [0.2, 0.5],
      covariance: [
        [2, 1],
        [1, 3],
      ],
    };
    const result = jointUnitCovariance({ control, macro: "sale", scale: "difference" });
    expect(result.covariance).toEqual([
      [6, 2],
      [2, 4],
    ]);
    expect(result.proxies).toEqual(["cart"]);
  });

  it("refuses rates that do not fall, and means without a log", () => {
    expect(() => jointUnitCovariance({ funnelRates: [0.1, 0.2] })).toThrow(
      expect.objectContaining({ field: "funnelRates[1]" }),
    );
    const control = {
      n: 10,
      metrics: ["a", "b"],
      mean: [0, 1],
      covariance: [
        [1, 0],
        [0, 1],
      ],
    };
    expect(() => jointUnitCovariance({ control })).toThrow(
      expect.objectContaining({ field: "control.mean[0]" }),
    );
  });
});
