import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { createRandom } from "../../src/numerics/random.ts";
import { assessProxy } from "../../src/proxy/assess-proxy.ts";
import { elicitEffectCovariance } from "../../src/proxy/elicit-effect-covariance.ts";
import { estimateEffectCovariance } from "../../src/proxy/estimate-effect-covariance.ts";
import type * as Example from "../../examples/asos-proxy.ts";

// 39 real experiments of ASOS.com (Liu, Cardoso, Couturier and McCoy 2021, arXiv 2111.10198, CC BY 4.0): the effect on a
// binary metric after about a week as the proxy of that at the end. The figures are in examples/asos-effects.csv.
const printed: string[] = [];
let example: typeof Example;
beforeAll(async () => {
  vi.spyOn(console, "log").mockImplementation((line: string) => printed.push(line));
  example = await import("../../examples/asos-proxy.ts");
}, 60_000);
afterAll(() => vi.restoreAllMocks());

describe("early and final rates of the same units", () => {
  it("have the covariance that goes with who has converted early", () => {
    // Early units convert late at one rate, later ones at another; logs of both rates over many repetitions.
    const random = createRandom(39);
    const [early, later, earlyRate, conversionSince, laterRate] = [4000, 6000, 0.12, 0.1, 0.2];
    const theirs = earlyRate + (1 - earlyRate) * conversionSince;
    const rate = (early * theirs + later * laterRate) / (early + later);
    const runs = 40_000;
    let [x, y, xx, xy, yy] = [0, 0, 0, 0, 0];
    for (let run = 0; run < runs; run++) {
      const converted = random.binomial(early, earlyRate);
      const final =
        converted + random.binomial(early - converted, conversionSince) + random.binomial(later, laterRate);
      const a = Math.log(converted / early / earlyRate);
      const b = Math.log(final / (early + later) / rate);
      x += a / runs;
      y += b / runs;
      xx += a ** 2 / runs;
      xy += (a * b) / runs;
      yy += b ** 2 / runs;
    }
    const covariance = xy - x * y;
    const [early2, final2] = [xx - x * x, yy - y * y];
    const expected = (1 - theirs) / ((early + later) * rate);
    const error = Math.sqrt((early2 * final2 + covariance ** 2) / runs);
    expect(Math.abs(covariance - expected)).toBeLessThan(4 * error);
  });
});

describe("what the experiments teach", () => {
  it("hardly depends on what is not published of the early units", () => {
    const others = (["not-since", "all-conversions"] as const).map((units) =>
      estimateEffectCovariance({ experiments: example.asosExperiments(units) }),
    );
    for (const { rho } of [example.learned, ...others].map(({ readings }) => readings)) {
      expect(rho.median).toBeGreaterThan(0.92);
      expect(rho.interval.lower).toBeGreaterThan(0.8);
    }
  });

  it("rests on the three that dwarf the others: without them nothing is known of the correlation", () => {
    const { readings, tauProxy } = example.withoutLarge;
    expect(readings.rho.interval.lower).toBeLessThan(-0.2);
    expect(readings.rho.interval.upper).toBeGreaterThan(0.5);
    expect(example.learned.tauProxy).toBeGreaterThan(4 * tauProxy);
  });
});

describe("the example", () => {
  it("prints what the early effect is worth, and what that rests on", () => {
    const text = printed.join("\n");
    expect(text).toContain("45 comparisons");
    expect(text).toContain("what is learned, three experiments teach");
    expect(text).toContain("Days saved: 38 on average");
    expect(text).toContain("assisted-sure");
    expect(text).not.toContain("NaN");
  });

  it("foretells final effects as often as it says, and better than without the early ones", () => {
    const { coverage, logScoreGain } = example.backtest.validation;
    expect(coverage.estimate).toBe(43 / 45);
    expect(coverage.interval.lower).toBeLessThan(0.95);
    expect(logScoreGain.interval.lower).toBeGreaterThan(0);
  });

  it("finds that agreement with noisy final effects flatters those who decide by them", () => {
    const of = (name: string) => example.backtest.policies.find(({ policy }) => policy === name)!;
    expect(of("sales-sign").agreement.estimate).toBe(1);
    expect(of("sales-sign").accuracy.estimate).toBeLessThan(0.85);
    expect(of("proxy-sign").accuracy.estimate).toBeLessThan(of("proxy-sign").agreement.estimate!);
  });
});

describe("Udacity's test: enrolments fall significantly, payments do not", () => {
  // Of those who clicked, over the 23 days with outcomes: who enrolled, and who paid; all who paid had enrolled.
  const udacity = {
    control: { neither: 13_508, macroOnly: 0, microOnly: 1752, both: 2033 },
    treatment: { neither: 13_837, macroOnly: 0, microOnly: 1478, both: 1945 },
  };

  it("is never green, whichever experiments one learns from or whatever one believes", () => {
    // All of ASOS's experiments are the next test's.
    const effects = example.withoutLarge;
    expect(assessProxy({ ...udacity, effects }).light).not.toBe("green");
    for (const elasticity of [-0.5, 0, 0.3, 0.8, 1.2]) {
      const believed = elicitEffectCovariance({ elasticity, tauProxy: 0.1, directEffectSd: 0.05 });
      expect(assessProxy({ ...udacity, effects: believed }).light).not.toBe("green");
    }
  });

  it("shows a fall of the proxy alone, beyond what ASOS's tests ever saw, and decides nothing by it", () => {
    const effects = example.learned;
    const { seen, light, reasons, next } = assessProxy({
      ...udacity,
      effects,
      largestPastProxyEffect: effects.largestPastProxyEffect,
    });
    expect(seen.pattern).toBe("micro-only");
    expect(seen.proxyEffect).toBeLessThan(0);
    expect(Math.abs(seen.proxyEffect)).toBeGreaterThan(effects.largestPastProxyEffect);
    expect(light).not.toBe("green");
    expect(reasons.map(({ code }) => code)).toContain("ONLY_PROXY_MOVED");
    expect(next.action).toBe("no-decision-yet");
  });
});
