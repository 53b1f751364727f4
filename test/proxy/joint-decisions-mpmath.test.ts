import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { jointProxyAssisted } from "../../src/proxy/joint-proxy-assisted.ts";
import { optimalProxyWeights } from "../../src/proxy/optimal-proxy-weights.ts";
import { relativeError } from "../support/relative-error.ts";

interface Case {
  readonly in: {
    readonly covariance: number[][];
    readonly unit: number[][];
    readonly mean: number[];
    readonly n: number[];
    readonly seen: (number | null)[];
  };
  readonly out: Record<string, string> & {
    readonly proxies: string[];
    readonly composite: string[];
    readonly compositeN: number;
    readonly smallN: string[];
    readonly largeN: string[];
  };
}

const { cases } = JSON.parse(
  readFileSync(new URL("../reference/proxy/joint-decisions.json", import.meta.url), "utf8"),
) as { cases: Case[] };

/** Relative; of weights, relative to the largest of a case. */
const SOLVED = 1e-12;

const worst = (actual: readonly number[], expected: readonly string[]): number => {
  const size = Math.max(...expected.map((value) => Math.abs(Number(value))));
  return Math.max(...actual.map((value, i) => Math.abs(value - Number(expected[i])) / size));
};

describe("jointProxyAssisted, against dense solves at 50 digits", () => {
  it.each(cases.map((one, i) => [i, one] as const))("case %i", (_, { in: input, out }) => {
    const proxies = input.n.length - 1;
    const nMacro = input.n[proxies]!;
    const result = jointProxyAssisted({
      effects: { covariance: input.covariance, mean: input.mean },
      sampling: { covariance: input.unit },
      nProxies: input.n.slice(0, proxies),
      nMacro,
      proxyEffects: input.seen.slice(0, proxies) as number[],
      ...(nMacro === 0 ? {} : { macroEffect: input.seen[proxies]! }),
    });
    expect(
      worst([...result.weights.proxies, result.weights.macro], [...out.proxies, out["macro"]!]),
    ).toBeLessThan(SOLVED);
    for (const name of ["reliability", "macroEquivalentN"] as const) {
      expect(relativeError(result[name], Number(out[name]))).toBeLessThan(SOLVED);
    }
    const posterior = result.posterior!;
    expect(relativeError(posterior.standardDeviation, Number(out["standardDeviation"]))).toBeLessThan(SOLVED);
    const size = Math.abs(Number(out["mean"])) + posterior.standardDeviation;
    expect(Math.abs(posterior.mean - Number(out["mean"])) / size).toBeLessThan(SOLVED);
    expect(relativeError(posterior.probabilityPositive, Number(out["probabilityPositive"]))).toBeLessThan(
      1e-10,
    );
    expect(relativeError(result.falseShipRate, Number(out["rate"]))).toBeLessThan(1e-10);
  });
});

describe("optimalProxyWeights, against dense solves at 50 digits", () => {
  it.each(cases.map((one, i) => [i, one] as const))("case %i", (_, { in: input, out }) => {
    const result = optimalProxyWeights({
      effects: { covariance: input.covariance },
      sampling: { covariance: input.unit },
      n: out.compositeN,
    });
    expect(worst(result.rawWeights, out.composite)).toBeLessThan(SOLVED);
    expect(worst(result.atSmallN.weights, out.smallN)).toBeLessThan(SOLVED);
    expect(worst(result.atLargeN.weights, out.largeN)).toBeLessThan(SOLVED);
    expect(relativeError(result.composite!.proxyQuality, Number(out["proxyQuality"]))).toBeLessThan(SOLVED);
  });
});
