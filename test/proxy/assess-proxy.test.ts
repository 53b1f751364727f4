import { describe, expect, it } from "vitest";
import { DomainError } from "../../src/core/domain-error.ts";
import { assessProxy, type AssessProxyInput } from "../../src/proxy/assess-proxy.ts";
import type { EffectCovariance, EffectNode } from "../../src/proxy/effect-covariance.ts";
import { elicitEffectCovariance } from "../../src/proxy/elicit-effect-covariance.ts";
import { estimateEffectCovariance } from "../../src/proxy/estimate-effect-covariance.ts";
import { proxyAssisted } from "../../src/proxy/proxy-assisted.ts";
import type { JointCounts } from "../../src/summaries/joint-counts.ts";

/** Hillstrom, men's e-mail against none: visit and conversion; every buyer visited. */
const hillstrom = {
  control: { neither: 19_044, macroOnly: 0, microOnly: 2_140, both: 122 },
  treatment: { neither: 17_413, macroOnly: 0, microOnly: 3_627, both: 267 },
};
const elicited = elicitEffectCovariance({ elasticity: 0.8, tauProxy: 0.1, directEffectSd: 0.05 });

/** A significant win on the proxy, sales where they were. */
const proxyWin = {
  control: { neither: 18_000, macroOnly: 0, microOnly: 1_600, both: 400 },
  treatment: { neither: 17_600, macroOnly: 0, microOnly: 1_995, both: 405 },
};

function learned(rhos: readonly number[], tauMacro = 0.08): EffectCovariance {
  const posterior: EffectNode[] = rhos.map((rho) => ({ tauProxy: 0.1, tauMacro, rho, weight: 1 }));
  return { tauProxy: 0.1, tauMacro, rho: rhos[0]!, source: "learned", posterior };
}

/** Four days in: few sales have matured, all visits are known. */
function early(effects: EffectCovariance): AssessProxyInput {
  const arm = (micro: number, both: number): JointCounts => ({
    neither: 2_000 - micro,
    macroOnly: 0,
    microOnly: micro - both,
    both,
  });
  return {
    control: arm(200, 40),
    treatment: arm(245, 46),
    micro: { control: { n: 20_000, conversions: 2_000 }, treatment: { n: 20_000, conversions: 2_400 } },
    effects,
    plannedN: 20_000,
  };
}

const codes = ({ reasons }: { readonly reasons: readonly { readonly code: string }[] }): string[] =>
  reasons.map(({ code }) => code);

describe("the light", () => {
  it("is never green for a covariance that was assumed, whatever it promises", () => {
    for (const rho of [0.5, 0.99, 1]) {
      const result = assessProxy({ ...hillstrom, effects: { tauProxy: 0.1, tauMacro: 0.09, rho } });
      expect(result.light).toBe("amber");
      expect(codes(result)).toContain("ASSUMED_COVARIANCE");
    }
  });

  it("is never green for an estimate that is plugged in without its posterior", () => {
    const { light } = assessProxy({
      ...hillstrom,
      effects: { tauProxy: 0.1, tauMacro: 0.09, rho: 0.95, source: "learned" },
    });
    expect(light).toBe("amber");
  });

  it("is green when past experiments make a gain over waiting likely", () => {
    const result = assessProxy(early(learned([0.9, 0.92, 0.94, 0.96])));
    expect(result.light).toBe("green");
    expect(result.probabilityGainsMore).toBe(1);
    expect(result.next).toMatchObject({ action: "ship", basis: "proxy-and-sales" });
    expect(result.verdict).toBe("proxy-agrees");
  });

  it("is amber when past experiments leave it open, and red when they speak against it", () => {
    const open = assessProxy(early(learned([0.95, 0.94, 0.1, -0.2])));
    expect(open.light).toBe("amber");
    expect(codes(open)).toContain("PAST_TOO_THIN");
    const against = assessProxy(early(learned([0.15, 0.1, 0.05, 0.02])));
    expect(against.light).toBe("red");
    expect(against.next.action).toBe("wait-for-sales");
  });

  it("is red for a proxy that moves easily and says nothing about sales, however significant its win", () => {
    const vanity = assessProxy({ ...early(learned([0.02, 0.01, 0, -0.01])) });
    expect(vanity.seen.micro.pValue!).toBeLessThan(1e-6);
    expect(vanity.light).toBe("red");
    expect(vanity.next.action).not.toBe("ship");
    expect(vanity.verdict).toBe("detects-only");
  });

  it("is red for a proxy of the wrong sign, which misleads", () => {
    const result = assessProxy({ ...hillstrom, effects: { tauProxy: 0.1, tauMacro: 0.09, rho: -0.6 } });
    expect(result).toMatchObject({ light: "red", verdict: "misleads" });
    expect(codes(result)).toContain("WRONG_SIGN");
  });

  it("says that the proxy points the other way only where that is sure", () => {
    const sentence = (rhos: readonly number[]): string =>
      assessProxy({ ...early(learned(rhos)) }).reasons.find(({ code }) => code === "WRONG_SIGN")!.message;
    expect(sentence([-0.5, -0.6])).toContain("points the wrong way");
    expect(sentence([0.3, -0.2, -0.4])).toContain("do not tend to raise sales (rho = -0.10)");
  });

  it("is red when proxy and sales moved significantly apart", () => {
    const result = assessProxy({
      control: { neither: 17_000, macroOnly: 0, microOnly: 2_400, both: 600 },
      treatment: { neither: 16_500, macroOnly: 0, microOnly: 3_050, both: 450 },
      effects: learned([0.9, 0.92]),
    });
    expect(result.seen.pattern).toBe("opposite");
    expect(result).toMatchObject({ light: "red", verdict: "misleads" });
    expect(result.next).toMatchObject({ action: "do-not-ship", basis: "sales" });
  });

  it("turns amber beyond the effects of past experiments", () => {
    const effects = learned([0.9, 0.92, 0.94, 0.96]);
    const result = assessProxy({ ...early(effects), largestPastProxyEffect: 0.1 });
    expect(result.light).toBe("amber");
    expect(codes(result)).toContain("BEYOND_PAST_EFFECTS");
  });

  it("turns amber beyond the effects that a learned covariance comes from", () => {
    const effects = { ...learned([0.9, 0.92, 0.94, 0.96]), largestPastProxyEffect: 0.1 };
    const result = assessProxy(early(effects));
    expect(result.light).toBe("amber");
    expect(codes(result)).toContain("BEYOND_PAST_EFFECTS");
    expect(assessProxy({ ...early(effects), largestPastProxyEffect: 0.5 }).light).toBe("green");
  });

  it("is not green for a proxy that only cleans noise from sales, though deciding by both gains more", () => {
    const shineThrough = assessProxy({ ...hillstrom, effects: learned([0.02, 0.021]) });
    expect(shineThrough.probabilityGainsMore).toBe(1);
    expect(shineThrough.assisted.weights.proxy).toBeLessThan(0);
    expect(shineThrough.probabilityWorthwhile).toBe(0);
    expect(shineThrough.light).toBe("red");
    expect(codes(shineThrough)).toContain("PROXY_ADDS_LITTLE");
  });

  it("asks of the proxy to raise the gain of the sales at hand by the margin", () => {
    const effects = learned([0.5, 0.52]);
    const lightAt = (margin: number) =>
      assessProxy({ ...hillstrom, effects, thresholds: { green: 0.9, red: 0.1, margin } }).light;
    expect(lightAt(0)).toBe("green");
    expect(lightAt(0.5)).toBe("red");
  });

  it("is amber, not red, where the proxy may be good and the past cannot tell", () => {
    const result = assessProxy({ ...hillstrom, effects: learned([0.9, 0.8, 0.1, 0, -0.1]) });
    expect(result.probabilityPromising).toBeCloseTo(0.4, 12);
    expect(result.light).toBe("amber");
  });

  it("says when another prior of the correlation would change it", () => {
    const prior = {
      typicalProxyEffect: 0.05,
      typicalMacroEffect: 0.05,
      unrelatedShare: 0,
      unrelatedLkj: 20,
      lkj: 1,
      positiveTilt: 4,
      meanRatio: 0,
    };
    const sure = assessProxy(early({ ...learned([0.9, 0.92, 0.94, 0.96]), prior }));
    expect(sure.lightUnderPriors).toEqual([
      { prior: "uniform-correlation", light: "green" },
      { prior: "lkj-4", light: "green" },
    ]);
    expect(codes(sure)).not.toContain("PRIOR_DECIDES");
    const leaning = assessProxy(early({ ...learned([0.95, 0.94, 0.93, 0.92, 0.9, 0.1]), prior }));
    const shy = leaning.lightUnderPriors.find((other) => other.prior === "lkj-4")!;
    expect(shy.light).not.toBe(leaning.light);
    expect(codes(leaning)).toContain("PRIOR_DECIDES");
    expect(assessProxy(early(learned([0.9, 0.92]))).lightUnderPriors).toEqual([]);
  });

  it("takes a covariance as it was learned, prior and largest effect included", () => {
    const covariance = [
      [0.0009, 0.0009],
      [0.0009, 0.0049],
    ];
    const effects = estimateEffectCovariance({
      experiments: [0.05, -0.03, 0.09, 0.01, -0.06, 0.02].map((proxyEffect, k) => ({
        proxyEffect,
        macroEffect: proxyEffect * (1 + 0.1 * k),
        covariance,
      })),
    });
    const result = assessProxy(early(effects));
    expect(result.light).not.toBe("green");
    expect(result.lightUnderPriors).toHaveLength(2);
    expect(codes(result)).toContain("BEYOND_PAST_EFFECTS");
  });

  it("keeps to the thresholds that the caller sets", () => {
    const effects = learned([0.95, 0.94, 0.1, -0.2]);
    const { probabilityGainsMore } = assessProxy(early(effects));
    expect(probabilityGainsMore).toBe(0.5);
    expect(assessProxy({ ...early(effects), thresholds: { green: 0.4, red: 0.1 } }).light).toBe("green");
    expect(assessProxy({ ...early(effects), thresholds: { green: 0.9, red: 0.6 } }).light).toBe("red");
  });
});

describe("the verdict on Hillstrom's e-mail", () => {
  const result = assessProxy({ ...hillstrom, effects: elicited });

  it("says what was seen, that sales decide by themselves, and that the covariance was assumed", () => {
    expect(result.seen.pattern).toBe("both");
    expect(result.seen.micro.treatment.conversions).toBe(3_894);
    expect(result.seen.macro.treatment.conversions).toBe(267);
    expect(result).toMatchObject({ light: "amber", verdict: "proxy-agrees" });
    expect(result.next).toMatchObject({ action: "ship", basis: "sales" });
  });

  it("puts the decision speedup beside every detection speedup", () => {
    expect(result.detection.observed.decision.speedup).toBe(result.decision.speedupProxy);
    expect(result.detection.planning.decision.ceiling).not.toBeNull();
  });

  it("names the correlation at which deciding now earns what waiting does", () => {
    const rho = result.tippingRho.light!;
    expect(rho).toBeGreaterThan(0);
    expect(rho).toBeLessThan(elicited.rho);
  });

  it("names the direct effect that would cancel what the proxy foretells", () => {
    expect(result.smallestDirectEffect).toBe(-result.prediction.mean);
  });

  it("survives a structured clone", () => {
    expect(structuredClone(result)).toEqual(result);
  });
});

describe("a win of the proxy alone", () => {
  it("is no evidence of a gain, and says so", () => {
    const result = assessProxy({ ...proxyWin, effects: { tauProxy: 0.1, tauMacro: 0.08, rho: 0.3 } });
    expect(result.seen.pattern).toBe("micro-only");
    expect(codes(result)).toContain("ONLY_PROXY_MOVED");
    expect(result.next.action).toBe("no-decision-yet");
  });

  it("tips at a correlation at which the posterior just reaches the shipping threshold", () => {
    const effects = { tauProxy: 0.1, tauMacro: 0.08, rho: 0.9 };
    const { tippingRho, seen, assisted } = assessProxy({ ...proxyWin, effects });
    expect(assisted.posterior!.ships).toBe(true);
    const { posterior } = proxyAssisted({
      effects: { ...effects, rho: tippingRho.decision! },
      sampling: samplingOf(proxyWin),
      n: seen.nProxy,
      proxyEffect: seen.proxyEffect,
      macroEffect: seen.macroEffect!,
    });
    expect(posterior!.probabilityPositive).toBeCloseTo(0.9, 10);
  });
});

/** By hand: variances of the two log rates, and their covariance in a nested funnel, (1 − m)/m. */
function samplingOf({ control, treatment }: typeof proxyWin) {
  const arms = [control, treatment].map((arm) => {
    const n = arm.neither + arm.microOnly + arm.both;
    return { micro: (arm.microOnly + arm.both) / n, macro: arm.both / n };
  });
  const add = (f: (arm: { micro: number; macro: number }) => number): number => f(arms[0]!) + f(arms[1]!);
  const proxy = add(({ micro }) => (1 - micro) / micro);
  const macro = add(({ macro: rate }) => (1 - rate) / rate);
  return { proxy, macro, correlation: proxy / Math.sqrt(proxy * macro) };
}

describe("early data", () => {
  it("leaves the macro estimate out while an arm has no sale, and says so", () => {
    const result = assessProxy({
      control: { neither: 900, macroOnly: 0, microOnly: 100, both: 0 },
      treatment: { neither: 880, macroOnly: 0, microOnly: 117, both: 3 },
      effects: elicited,
    });
    expect(result.seen.macroEffect).toBeNull();
    expect(result.seen.nMacro).toBe(0);
    expect(result.warnings.map(({ code }) => code)).toContain("MACRO_TOO_FEW");
    expect(result.assisted.posterior).not.toBeNull();
  });

  it("uses the micro conversions of units whose sales are still to come", () => {
    const { seen, assisted } = assessProxy(early(elicited));
    expect(seen).toMatchObject({ nProxy: 20_000, nMacro: 2_000 });
    expect(seen.proxyEffect).toBeCloseTo(Math.log(1.2), 14);
    expect(assisted).toMatchObject({ nProxy: 20_000, nMacro: 2_000, nOverlap: 2_000 });
  });
});

describe("bad input", () => {
  const base = { ...hillstrom, effects: elicited };
  const none = { neither: 100, macroOnly: 0, microOnly: 0, both: 0 };
  const cases: [string, AssessProxyInput][] = [
    ["control.both", { ...base, control: { ...base.control, both: -1 } }],
    ["treatment", { ...base, treatment: none }],
    ["plannedN", { ...base, plannedN: 0 }],
    ["alpha", { ...base, alpha: 1 }],
    ["thresholds.red", { ...base, thresholds: { green: 0.5, red: 0.6 } }],
    ["thresholds.margin", { ...base, thresholds: { green: 0.9, red: 0.1, margin: -0.1 } }],
    ["effects.largestPastProxyEffect", { ...base, effects: { ...elicited, largestPastProxyEffect: -1 } }],
    ["largestPastProxyEffect", { ...base, largestPastProxyEffect: -1 }],
    ["sampling.scale", { ...base, sampling: { scale: "difference", proxy: 1, macro: 1, correlation: 0 } }],
    [
      "micro.control",
      {
        ...base,
        micro: { control: { n: 10, conversions: 5 }, treatment: { n: 30_000, conversions: 5_000 } },
      },
    ],
  ];

  it.each(cases)("is refused by the name of its field, %s", (field, input) => {
    expect(() => assessProxy(input)).toThrowError(DomainError);
    try {
      assessProxy(input);
    } catch (error) {
      expect((error as DomainError).field).toBe(field);
    }
  });
});
