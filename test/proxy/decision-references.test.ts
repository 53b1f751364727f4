import { describe, expect, it } from "vitest";
import { decisionSpeedup } from "../../src/proxy/decision-speedup.ts";
import { paradoxRisk } from "../../src/proxy/paradox-risk.ts";
import { predictMacro } from "../../src/proxy/predict-macro.ts";
import { proxyAssisted } from "../../src/proxy/proxy-assisted.ts";
import { surrogateThresholdEffect } from "../../src/proxy/surrogate-threshold-effect.ts";
import { surrogateThresholdFromLine } from "../../src/proxy/surrogate-threshold-from-line.ts";
import fixture from "../reference/proxy/decisions.json" with { type: "json" };
import { relativeError } from "../support/relative-error.ts";

/** The rows are exact to a few units in the sixteenth digit; the roots among them lose one digit more. */
const TOLERANCE = 1e-12;

interface Row {
  readonly input: Record<string, number | readonly number[] | undefined>;
  readonly expected: Record<string, number | string>;
}

function row(id: string): Row {
  const found = fixture.cases.find((each) => each.id === id);
  if (found === undefined) throw new Error(`no row ${id}`);
  return found as unknown as Row;
}

function setting({ input }: Row) {
  const number = (name: string): number => input[name] as number;
  const [meanProxy, meanMacro] = (input["priorMean"] ?? [0, 0]) as readonly [number, number];
  return {
    effects: {
      tauProxy: number("tauProxy"),
      tauMacro: number("tauMacro"),
      rho: number("rho"),
      meanProxy,
      meanMacro,
    },
    sampling: {
      proxy: number("unitVarDiffProxy"),
      macro: number("unitVarDiffMacro"),
      correlation: number("samplingCorr"),
    },
  };
}

function expectClose(actual: number | null | undefined, expected: number | string | undefined): void {
  expect(relativeError(actual!, Number(expected))).toBeLessThan(TOLERANCE);
}

describe("the figures of the method specification", () => {
  it("gives the constants of the worked example", () => {
    const { expected, ...rest } = row("decision-constants");
    const result = decisionSpeedup({ ...setting({ expected, ...rest }), n: 20_000 });
    expectClose(result.halfReliabilityN.proxy, expected["kProxy"]);
    expectClose(result.halfReliabilityN.macro, expected["kMacro"]);
    expectClose(result.ceiling?.accuracy, expected["maxAccuracy"]);
    expectClose(result.ceiling?.macroEquivalentN, expected["ceilingMacroEquivalentN"]);
    expectClose(result.crossoverN, expected["crossoverN"]);
    expectClose(result.minimumUsefulRho, expected["minUsefulRho"]);
    expectClose(result.speedupAtSmallN, expected["speedupAsN0"]);
  });

  it.each(["decision-n20000", "decision-n200000"])("gives accuracies and speedups of %s", (id) => {
    const reference = row(id);
    const result = decisionSpeedup({ ...setting(reference), n: reference.input["n"] as number });
    expectClose(result.proxyQuality, reference.expected["proxyQuality"]);
    expectClose(result.accuracyProxy, reference.expected["pCorrectProxy"]);
    expectClose(result.accuracyMacro, reference.expected["pCorrectMacro"]);
    expectClose(result.accuracyAssisted, reference.expected["pCorrectJoint"]);
    expectClose(result.speedupProxy, reference.expected["speedupProxyOnly"]);
    expectClose(result.speedupAssisted, reference.expected["speedupProxyAssisted"]);
  });

  it.each(["decision-target0.7", "decision-target0.8"])(
    "gives the n of %s, infinite beyond the ceiling",
    (id) => {
      const reference = row(id);
      const { target } = decisionSpeedup({
        ...setting(reference),
        targetAccuracy: reference.input["targetCorrect"] as number,
      });
      expectClose(target?.nProxy, reference.expected["nProxy"]);
      expectClose(target?.nMacro, reference.expected["nMacro"]);
      expectClose(target?.speedup, reference.expected["speedup"]);
    },
  );

  it("gives the gain per test", () => {
    const reference = row("expected-gain");
    const own = setting(reference);
    expectClose(decisionSpeedup({ ...own, n: 20_000 }).gainProxy, reference.expected["gainPerTest"]);
    expectClose(decisionSpeedup({ ...own, n: 1e30 }).gainMacro, reference.expected["gainPerfect"]);
  });

  it("gives the accuracies around a mean, by the sign and by the posterior mean", () => {
    const reference = row("paradox-nonzero-mean");
    const input = { ...setting(reference), n: 20_000 };
    expectClose(decisionSpeedup(input).accuracyProxy, reference.expected["naiveSignRule"]);
    const { accuracyProxy } = decisionSpeedup({ ...input, rule: { kind: "posterior-mean" } });
    expectClose(accuracyProxy, reference.expected["bayesRule"]);
  });

  it.each(["cond-n-0.0008", "cond-n-0.002"])("gives the n for one worthwhile effect, %s", (id) => {
    const reference = row(id);
    const macroEffect = reference.input["macroEffect"] as number;
    const found = decisionSpeedup({ ...setting(reference), n: 1000, macroEffect }).worthwhileEffect!;
    for (const name of [
      "nProxy",
      "nMacro",
      "speedup",
      "ceilingSignAccuracy",
      "nProxyIfTransmissionCertain",
    ] as const) {
      expectClose(found[name], reference.expected[name]);
    }
  });

  it("gives the worth of a proxy with some of the sales", () => {
    const reference = row("decision-delayed");
    const result = proxyAssisted({ ...setting(reference), nProxy: 20_000, nMacro: 8_000 });
    expectClose(result.reliability, reference.expected["R2"]);
    expectClose(result.macroEquivalentN, reference.expected["macroEquivalentN"]);
  });

  it("predicts the macro effect", () => {
    const reference = row("blup-proxy");
    const result = predictMacro({ ...setting(reference), n: 20_000, proxyEffect: 0.006 });
    expectClose(result.mean, reference.expected["mean"]);
    expectClose(result.standardDeviation, reference.expected["sd"]);
    expectClose(result.probabilityMacroLoss, reference.expected["pMacroNegative"]);
  });

  it("gives the risk of the paradox", () => {
    const reference = row("paradox-sigwin");
    const result = paradoxRisk({ ...setting(reference), n: 20_000 });
    expectClose(result.probabilitySignificantProxyWin, reference.expected["pSigProxyWin"]);
    expectClose(result.probabilityMacroLossGivenWin, reference.expected["pMacroLossGivenSigProxyWin"]);
    expectClose(result.discordance, reference.expected["discordance"]);
  });

  it("gives the threshold effects", () => {
    const reference = row("ste-0.9");
    const result = surrogateThresholdEffect({ ...setting(reference), n: 20_000, confidenceLevel: 0.9 });
    expectClose(result.steTrueEffect, reference.expected["steTrueEffect"]);
    expectClose(result.steObservedEffect, reference.expected["steObserved"]);
  });

  it("gives the threshold of an uncertain line", () => {
    const { input, expected } = row("ste-quadratic");
    const { threshold } = surrogateThresholdFromLine({
      line: {
        intercept: input["b0"] as number,
        slope: input["b1"] as number,
        interceptVariance: input["v00"] as number,
        slopeVariance: input["v11"] as number,
        covariance: input["v01"] as number,
        residualVariance: input["tau2Resid"] as number,
      },
    });
    expectClose(threshold, expected["ste"]);
  });
});

describe("the worked example, read under both rules", () => {
  const effects = { tauProxy: 0.004, tauMacro: 0.0008, rho: 0.8 };
  const sampling = { proxy: 0.18, macro: 0.0392, correlation: 3 / 7 };

  it("crosses over at 77,639 per arm under the sign rule and at about 480,000 under z = 1.96", () => {
    const { byRule } = decisionSpeedup({ effects, sampling, n: 200_000 });
    expect(Math.round(byRule.sign.crossoverN!)).toBe(77_639);
    expect(byRule.significance.crossoverN! / 480_000).toBeCloseTo(1, 1);
  });

  it("has a matched-gain speedup of 1.83 at n = 200,000 where the sign rule has .47", () => {
    const { byRule } = decisionSpeedup({ effects, sampling, n: 200_000 });
    expect(byRule.sign.speedupProxy).toBeCloseTo(0.47, 2);
    expect(byRule.significance.speedupProxy).toBeCloseTo(1.83, 2);
  });

  it("decides 3.28 times as fast at 60 % accuracy, 1.52 times at 75 %, never at 80 %", () => {
    const speedup = (targetAccuracy: number): number =>
      decisionSpeedup({ effects, sampling, targetAccuracy }).target!.speedup;
    expect(speedup(0.6)).toBeCloseTo(3.28, 2);
    expect(speedup(0.75)).toBeCloseTo(1.52, 2);
    expect(speedup(0.8)).toBe(0);
  });

  it("ships 39 % of changes with no macro effect and twice the typical proxy effect, 60 % at n = 100,000", () => {
    const rate = (n: number): number =>
      proxyAssisted({ effects, sampling, n }).falseShipCurve.find((point) => point.multipleOfTau === 2)!.rate;
    expect(rate(20_000)).toBeCloseTo(0.39, 2);
    expect(rate(100_000)).toBeCloseTo(0.6, 2);
  });
});
