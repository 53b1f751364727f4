import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { createRandom } from "../../src/numerics/random.ts";
import { covarianceMarginals } from "../../src/proxy/covariance-marginals.ts";
import {
  type CovariancePosterior,
  covariancePosterior,
  posteriorWithout,
  underPrior,
} from "../../src/proxy/covariance-posterior.ts";
import { type CovariancePrior, DEFAULT_PRIOR } from "../../src/proxy/covariance-prior.ts";
import { effectMoments } from "../../src/proxy/effect-moments.ts";
import type { EffectTable } from "../../src/proxy/effect-table.ts";
import { selectExperiments } from "../../src/proxy/select-experiments.ts";
import { heavyNodes, predictiveNode, thinPosterior } from "../../src/proxy/thin-posterior.ts";
import { drawPast } from "../support/past-worlds.ts";

interface Case {
  readonly name: string;
  readonly effects: readonly (readonly number[])[];
  readonly covariances: readonly (readonly (readonly number[])[])[];
  readonly clusters: readonly { readonly members: number[]; readonly shared: readonly number[][] }[];
  readonly prior: Omit<CovariancePrior, "meanRatio"> & { readonly meanRatio: number | "Infinity" };
  readonly tauProxyCut: number;
  readonly tauMacroCut: number;
  readonly expected: Readonly<Record<string, number>>;
}

const { cases } = JSON.parse(
  readFileSync(new URL("../reference/proxy/covariance-posterior.json", import.meta.url), "utf8"),
) as { cases: Case[] };

const prior: CovariancePrior = { ...DEFAULT_PRIOR, typicalProxyEffect: 0.05, typicalMacroEffect: 0.05 };

function tableOf({ effects, covariances, clusters }: Case): EffectTable {
  return {
    scale: "log-lift",
    experiments: effects.length,
    metrics: 2,
    effects: Float64Array.from(effects.flat()),
    covariances: Float64Array.from(covariances.flat(2)),
    clusters: clusters.map(({ members, shared }) => ({ members, shared: Float64Array.from(shared.flat()) })),
  };
}

/** Means of the covariance's numbers and of the means of the true effects. */
function figures(posterior: CovariancePosterior): Record<string, number> {
  const { points, weights, size, units } = posterior;
  const sums: Record<string, number> = {};
  for (let node = 0; node < size; node++) {
    const tauProxy = units.unitProxy * Math.exp(points[3 * node]!);
    const tauMacro = units.unitMacro * Math.exp(points[3 * node + 1]!);
    const rho = Math.tanh(points[3 * node + 2]!);
    const { meanProxy, meanMacro } = predictiveNode(posterior, node, 1);
    const values = {
      tauProxy,
      tauMacro,
      covariance: rho * tauProxy * tauMacro,
      rho,
      rhoSquared: rho * rho,
      meanProxy,
      meanMacro,
    };
    for (const [name, value] of Object.entries(values)) {
      sums[name] = (sums[name] ?? 0) + weights[node]! * value;
    }
  }
  return sums;
}

describe("covariancePosterior", () => {
  it.each(cases)("agrees with dense covariances and Gauss–Legendre rules: $name", (reference) => {
    const meanRatio = reference.prior.meanRatio === "Infinity" ? Infinity : reference.prior.meanRatio;
    const posterior = covariancePosterior(tableOf(reference), { ...reference.prior, meanRatio });
    const { expected } = reference;
    const found = figures(posterior);
    // Relative to a typical size, since means and covariances may lie around 0.
    const size = (name: string): number =>
      name.startsWith("mean")
        ? expected[name.replace("mean", "tau")]!
        : name === "covariance"
          ? expected["tauProxy"]! * expected["tauMacro"]!
          : Math.max(0.1, expected[name]!);
    for (const [name, value] of Object.entries(found)) {
      expect(Math.abs(value - expected[name]!) / size(name), `${name}`).toBeLessThan(1e-5);
    }
    const { tauProxy, tauMacro, rho } = covarianceMarginals(posterior);
    expect(Math.abs(rho.probabilityPositive - expected["rhoAboveZero"]!)).toBeLessThan(1e-5);
    expect(Math.abs(rho.cdf(0.5) - expected["rhoBelowHalf"]!)).toBeLessThan(1e-5);
    expect(Math.abs(tauProxy.cdf(reference.tauProxyCut) - expected["tauProxyBelow"]!)).toBeLessThan(1e-5);
    expect(Math.abs(tauMacro.cdf(reference.tauMacroCut) - expected["tauMacroBelow"]!)).toBeLessThan(1e-5);
  });

  it.each([
    ["weak", { tauProxy: 0.01, tauMacro: 0.01, rho: 0.5 }, 20, 5000],
    ["good", { tauProxy: 0.04, tauMacro: 0.04, rho: 0.8 }, 50, 50_000],
    ["almost perfect", { tauProxy: 0.04, tauMacro: 0.04, rho: -0.9999 }, 30, 1e7],
    ["many", { tauProxy: 0.04, tauMacro: 0.04, rho: 0.3 }, 1000, 20_000],
  ] as const)("is the same on a finer lattice: %s", (_name, world, experiments, n) => {
    const table = drawPast(world, experiments, n, createRandom(experiments), experiments > 100 ? 0 : 0.8);
    const [coarse, fine] = [covariancePosterior(table, prior), covariancePosterior(table, prior, 0.45)];
    const [a, b] = [figures(coarse), figures(fine)];
    for (const name of ["tauProxy", "tauMacro", "rho", "rhoSquared"]) {
      expect(Math.abs(a[name]! - b[name]!) / Math.abs(b[name]!), `${name}`).toBeLessThan(1e-5);
    }
    const [m, f] = [covarianceMarginals(coarse), covarianceMarginals(fine)];
    for (const name of ["tauProxy", "tauMacro", "rho"] as const) {
      for (const p of [0.025, 0.5, 0.975]) {
        expect(Math.abs(f[name].cdf(m[name].quantile(p)) - p), `${name} ${p}`).toBeLessThan(1e-4);
      }
    }
    // A slope has no direction of its own on the lattice.
    expect(Math.abs(f.slope.cdf(m.slope.quantile(0.025)) - 0.025)).toBeLessThan(1e-3);
  });

  it("takes out experiments as if they had never been, in and out of clusters", () => {
    const table: EffectTable = {
      ...drawPast({ tauProxy: 0.05, tauMacro: 0.05, rho: 0.7 }, 12, 40_000, createRandom(3)),
      clusters: [{ members: [1, 4, 7], shared: Float64Array.from([1e-5, 4e-6, 4e-6, 5e-5]) }],
    };
    const all = covariancePosterior(table, prior);
    for (const left of [[0], [2, 7]]) {
      const kept = Array.from({ length: 12 }, (_, k) => k).filter((k) => !left.includes(k));
      const anew = figures(covariancePosterior(selectExperiments(table, kept), prior));
      const without = figures(posteriorWithout(all, left));
      for (const name of Object.keys(anew)) {
        expect(Math.abs(without[name]! - anew[name]!), `${name} without ${left.join()}`).toBeLessThan(
          2e-5 * Math.max(0.05, Math.abs(anew[name]!)),
        );
      }
    }
  });

  it("changes its prior on the same nodes as if it had been asked anew", () => {
    const table = drawPast({ tauProxy: 0.05, tauMacro: 0.05, rho: 0.7 }, 12, 40_000, createRandom(4));
    const other = { ...prior, unrelatedShare: 0, positiveTilt: 0, lkj: 4, typicalMacroEffect: 0.1 };
    const again = figures(underPrior(covariancePosterior(table, prior), other));
    const anew = figures(covariancePosterior(table, other));
    expect(again["rho"]).toBeCloseTo(anew["rho"]!, 5);
    expect(again["tauMacro"]! / anew["tauMacro"]!).toBeCloseTo(1, 5);
  });

  it("does not mind the units of either metric", () => {
    const table = drawPast({ tauProxy: 0.05, tauMacro: 0.05, rho: 0.7 }, 10, 40_000, createRandom(5));
    const scaled: EffectTable = {
      ...table,
      effects: table.effects.map((value, i) => value * (i % 2 === 0 ? 1e-9 : 1e6)),
      covariances: table.covariances.map((value, i) => value * [1e-18, 1e-3, 1e-3, 1e12][i % 4]!),
    };
    const a = figures(covariancePosterior(table, prior));
    const b = figures(
      covariancePosterior(scaled, { ...prior, typicalProxyEffect: 0.05e-9, typicalMacroEffect: 0.05e6 }),
    );
    expect(b["rho"]).toBeCloseTo(a["rho"]!, 9);
    expect(b["tauProxy"]! / a["tauProxy"]!).toBeCloseTo(1e-9, 17);
  });

  it("comes out for three experiments and for a hundred thousand", () => {
    const world = { tauProxy: 0.04, tauMacro: 0.04, rho: 0.8 };
    const many = covarianceMarginals(
      covariancePosterior(drawPast(world, 100_000, 20_000, createRandom(6), 0), prior),
    );
    expect(many.rho.cdf(0.8)).toBeGreaterThan(1e-3);
    expect(many.rho.cdf(0.8)).toBeLessThan(1 - 1e-3);
    expect(many.rho.quantile(0.975) - many.rho.quantile(0.025)).toBeLessThan(0.03);
    const three = covarianceMarginals(
      covariancePosterior(drawPast(world, 3, 20_000, createRandom(7)), prior),
    );
    expect(three.rho.quantile(0.975) - three.rho.quantile(0.025)).toBeGreaterThan(1);
  });
});

describe("thinPosterior", () => {
  it("keeps what smooth figures of the effects are, with a tenth of the nodes", () => {
    const table = drawPast({ tauProxy: 0.04, tauMacro: 0.04, rho: 0.8 }, 40, 20_000, createRandom(8));
    const posterior = covariancePosterior(table, prior);
    const { nodes, weightLeftOut } = thinPosterior(posterior);
    const full = effectMoments(heavyNodes(posterior).nodes);
    const thin = effectMoments(nodes);
    expect(nodes.length).toBeLessThan(posterior.size / 4);
    expect(weightLeftOut).toBeLessThan(1e-5);
    for (const name of ["tauProxy", "tauMacro", "rho"] as const) {
      expect(Math.abs(thin[name] / full[name] - 1), `${name}`).toBeLessThan(1e-3);
    }
  });
});
