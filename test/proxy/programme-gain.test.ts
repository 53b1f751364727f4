import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { EffectCovariance } from "../../src/proxy/effect-covariance.ts";
import {
  programmeGain,
  type ProgrammeGain,
  type ProgrammeGainInput,
} from "../../src/proxy/programme-gain.ts";
import type { PolicyOutcome } from "../../src/proxy/programme-policy.ts";
import { proxyAssisted } from "../../src/proxy/proxy-assisted.ts";
import { assistedRule, macroRule } from "../../src/proxy/decision-rule.ts";
import { expectedGain } from "../../src/proxy/shipping-rule.ts";
import { sameUnits } from "../../src/proxy/sample-sizes.ts";
import { relativeError } from "../support/relative-error.ts";

const effects = { tauProxy: 0.04, tauMacro: 0.03, rho: 0.7 };
const sampling = { proxy: 18, macro: 98, correlation: 3 / 7 };
const base: ProgrammeGainInput = { effects, sampling, unitsPerDay: 1000, ideasPerYear: 30 };

/** 50 worlds around the covariance, as a posterior has them. */
const learned: EffectCovariance = {
  ...effects,
  source: "learned",
  posterior: [0.2, 0.4, 0.6, 0.8, 0.95].flatMap((rho) =>
    [0.6, 0.8, 1, 1.2, 1.5].flatMap((size) =>
      [1, 2].map((weight) => ({
        weight,
        rho,
        tauProxy: 0.04 * size,
        tauMacro: (0.03 * weight) / size,
        meanMacro: 0.002 * (size - 1),
      })),
    ),
  ),
};

function best(gain: ProgrammeGain, policy: number): PolicyOutcome {
  return gain.policies[policy]!.best;
}

describe("the best size of a test", () => {
  it("shares the traffic among all ideas where traffic is not idle, by the sign", () => {
    for (const policy of [0, 1, 2]) {
      expect(relativeError(best(programmeGain(base), policy).n, (1000 * 365) / 30)).toBeLessThan(1e-14);
    }
  });

  // Gains go with √(n/(n + k)) over n + o, o the units that enter while a decision waits: 2 n² + k n = k o.
  it.each([3, 14, 30])(
    "weighs a wait of %i idle days against what a larger test tells",
    (attributionDays) => {
      const gain = programmeGain({
        ...base,
        ideasPerYear: Infinity,
        minimumTestDays: 0.1,
        whileWaiting: "idle",
        macroDelay: { attributionDays },
      });
      const [k, o] = [sampling.macro / effects.tauMacro ** 2, 1000 * attributionDays];
      expect(relativeError(best(gain, 0).n, (Math.sqrt(k * k + 8 * k * o) - k) / 4)).toBeLessThan(1e-5);
    },
  );

  it("is the shortest one allowed where ideas never end, and says so", () => {
    const gain = programmeGain({ ...base, ideasPerYear: Infinity, minimumTestDays: 2 });
    expect(best(gain, 0).testDays).toBeCloseTo(2, 10);
    expect(gain.warnings.map(({ code }) => code)).toContain("SHORTEST_TEST");
  });

  it("gains no less than any other size, by brute force", () => {
    fc.assert(
      fc.property(
        fc.record({
          rho: fc.double({ min: -0.9, max: 0.99, noNaN: true }),
          meanMacro: fc.constantFrom(0, -0.02, 0.01),
          unitsPerDay: fc.constantFrom(100, 1000, 20_000),
          ideasPerYear: fc.constantFrom(6, 30, 200, Infinity),
          days: fc.constantFrom(0, 7, 30),
          whileWaiting: fc.constantFrom("idle" as const, "next-test" as const),
          counting: fc.constantFrom("year-of-testing" as const, "within-the-year" as const),
          rule: fc.constantFrom(
            { kind: "sign" as const },
            { kind: "significance" as const, alpha: 0.05 },
            { kind: "posterior-mean" as const },
            { kind: "posterior-probability" as const, threshold: 0.9 },
          ),
        }),
        ({ rho, meanMacro, days, ...options }) => {
          const own = {
            effects: { ...effects, rho, meanMacro },
            sampling,
            macroDelay: { attributionDays: days },
          };
          const field = options.counting === "year-of-testing" ? "gainPerYear" : "gainWithinYear";
          const most = programmeGain({ ...own, ...options }).policies.map((policy) => policy.best[field]);
          for (let i = 0; i <= 12; i++) {
            const n = options.unitsPerDay * 7 * (365 / 7) ** (i / 12);
            programmeGain({ ...own, ...options, n }).policies.forEach(({ atN }, policy) => {
              expect(atN![field] - most[policy]!).toBeLessThanOrEqual(1e-9 * Math.abs(most[policy]!));
            });
          }
        },
      ),
      { numRuns: 12 },
    );
  });
});

describe("policies side by side", () => {
  it("gain most by both, where all sales are waited for and the covariance is known", () => {
    fc.assert(
      fc.property(
        fc.double({ min: -1, max: 1, noNaN: true }),
        fc.double({ min: 100, max: 1e6, noNaN: true }),
        (rho, n) => {
          const { policies } = programmeGain({ ...base, effects: { ...effects, rho }, n, maturity: 1 });
          const [waiting, trusting, both] = policies.map(({ atN }) => atN!.gainPerTest);
          expect(both!).toBeGreaterThanOrEqual(Math.max(waiting!, trusting!) * (1 - 1e-12));
        },
      ),
    );
  });

  it("ship false winners half of the time by the sign, and alpha / 2 of the time when sales must be significant", () => {
    const at = (rule: ProgrammeGainInput["rule"]): number[] =>
      programmeGain({ ...base, rule, n: 20_000 }).policies.map(({ atN }) => atN!.falseShipRate);
    expect(at({ kind: "sign" })[0]).toBe(0.5);
    const [waiting, trusting, both] = at({ kind: "significance", alpha: 0.05 });
    expect(waiting).toBeCloseTo(0.025, 14);
    expect(both).toBeCloseTo(0.025, 14);
    // What the proxy does on its own passes for a win.
    expect(trusting).toBeGreaterThan(3 * 0.025);
  });

  it("ship by a posterior probability what proxyAssisted would", () => {
    const { policies } = programmeGain({
      ...base,
      rule: { kind: "posterior-probability", threshold: 0.9 },
      n: 20_000,
      maturity: 0.4,
    });
    const { falseShipRate } = proxyAssisted({
      effects,
      sampling,
      nProxy: 20_000,
      nMacro: 8000,
      shipThreshold: 0.9,
    });
    expect(policies[2]!.atN!.falseShipRate).toBeCloseTo(falseShipRate, 14);
  });

  it("know the sales of those who entered early enough when both decide", () => {
    const { policies } = programmeGain({
      ...base,
      n: 20_000,
      proxyDelayDays: 1,
      assistedDelayDays: 4,
      macroDelay: { attributionDays: 14 },
    });
    expect(policies[2]!.atN!.nMacro).toBe(10_000);
    expect(policies.map(({ atN }) => atN!.decisionDays)).toEqual([34, 21, 24]);
  });

  it("count a year's tests by what is left of the year", () => {
    const days = 73; // A fifth of the year: tests are decided at 1/5 + delay, 2/5 + delay, …
    const { policies } = programmeGain({
      ...base,
      n: 1000 * days,
      ideasPerYear: Infinity,
      macroDelay: { attributionDays: 36.5 },
    });
    const [waiting, trusting] = policies.map(({ atN }) => atN!.gainWithinYear / atN!.gainPerTest);
    expect(trusting).toBeCloseTo(0.8 + 0.6 + 0.4 + 0.2, 12);
    expect(waiting).toBeCloseTo(0.7 + 0.5 + 0.3 + 0.1, 12);
  });

  it("leave lifts to compound on log-lifts, and have none on differences", () => {
    const { gainPerYear, liftPerYear } = best(programmeGain(base), 1);
    expect(liftPerYear).toBe(Math.expm1(gainPerYear));
    const differences = { effects: { ...effects, scale: "difference" as const }, sampling };
    expect(best(programmeGain({ ...base, ...differences }), 1).liftPerYear).toBeNull();
  });
});

describe("how much more than waiting a policy gains", () => {
  it("is read in every world of the posterior, with sizes and rules made for all of them", () => {
    const gain = programmeGain({ ...base, effects: learned, n: 15_000, maturity: 0.5, confidenceLevel: 0.8 });
    const total = learned.posterior!.reduce((sum, { weight }) => sum + weight, 0);
    const nodes = learned.posterior!.map(
      (node) => ({ meanProxy: 0, ...node, weight: node.weight / total }) as never,
    );
    const setting = { nodes, sampling, rule: { kind: "sign" as const } };
    const sizes = { ...sameUnits(15_000), nMacro: 7500, nOverlap: 7500 };
    const [both, waiting] = [assistedRule(setting, sizes), macroRule(setting, 15_000)];
    let probability = 0;
    let [most, least] = [-Infinity, Infinity];
    for (const node of nodes as { weight: number }[]) {
      const world = [{ ...node, weight: 1 }] as never;
      const difference = (365 / 15) * (expectedGain(world, both) - expectedGain(world, waiting));
      if (difference > 0) probability += node.weight;
      [most, least] = [Math.max(most, difference), Math.min(least, difference)];
    }
    const comparison = gain.comparisonsAtN[1]!;
    expect(comparison.probabilityGainsMore).toBeCloseTo(probability, 12);
    expect(comparison.difference).toBeCloseTo(
      (365 / 15) * (expectedGain(nodes, both) - expectedGain(nodes, waiting)),
      12,
    );
    const { lower, upper } = comparison.differenceInterval!;
    expect(lower).toBeGreaterThan(least);
    expect(upper).toBeLessThan(most);
    expect(lower).toBeLessThan(comparison.difference);
    expect(upper).toBeGreaterThan(comparison.difference);
  });

  it("has a ratio that is above 1 just where the policy gains more, worlds without a gain included", () => {
    const worlds = [
      { weight: 8, tauProxy: 0.04, tauMacro: 0.03, rho: 0.7 },
      { weight: 1, tauProxy: 0.04, tauMacro: 0.001, rho: 0.9, meanMacro: -0.01, meanProxy: -0.2 },
      { weight: 1, tauProxy: 0.04, tauMacro: 0.001, rho: 0.1, meanMacro: -0.01, meanProxy: 0.2 },
    ];
    const own = { ...effects, source: "learned" as const, posterior: worlds };
    const at = (confidenceLevel: number): { lower: number; upper: number } =>
      programmeGain({ ...base, effects: own, confidenceLevel }).comparisons[0]!.ratioInterval!;
    expect(at(0.9)).toMatchObject({ lower: -Infinity, upper: Infinity });
    const { lower, upper } = at(0.7);
    expect(lower).toBe(upper);
    expect(lower).toBeGreaterThan(1);
    expect(programmeGain({ ...base, effects: own }).comparisons[0]!.probabilityGainsMore).toBeCloseTo(
      0.9,
      12,
    );
  });

  it("has no interval without a posterior, and no ratio to a gain that is not there", () => {
    const known = programmeGain(base).comparisons[0]!;
    expect([known.differenceInterval, known.ratioInterval, known.probabilityGainsMore]).toEqual([
      null,
      null,
      1,
    ]);
    const harmful = programmeGain({ ...base, effects: { ...effects, meanMacro: -0.2 } });
    expect(harmful.status).toBe("undetermined");
    expect(harmful.comparisons[0]!.ratio).toBeNull();
    expect(harmful.warnings.map(({ code }) => code)).toContain("NO_GAIN");
  });

  it("warns of a vanity proxy: it moves easily and sells nothing", () => {
    const gain = programmeGain({ ...base, effects: { tauProxy: 0.4, tauMacro: 0.03, rho: 0.02 } });
    expect(gain.comparisons[0]!.ratio).toBeLessThan(0.1);
    expect(gain.warnings.map(({ code }) => code)).toContain("PROXY_LOSES");
  });
});

describe("simulated years", () => {
  it.each([
    { counting: "year-of-testing" as const, rule: { kind: "sign" as const } },
    { counting: "within-the-year" as const, rule: { kind: "significance" as const, alpha: 0.1 } },
  ])("gain on average what the closed form says: $counting", ({ counting, rule }) => {
    for (const population of [
      undefined,
      { family: "spike-and-normal" as const, probabilityOfNoEffect: 0.6 },
    ]) {
      const { policies } = programmeGain({
        ...base,
        effects: { ...learned, population },
        ideasPerYear: 20.5,
        macroDelay: { attributionDays: 14 },
        assistedDelayDays: 7,
        counting,
        rule,
        n: 15_000,
        simulate: { seed: 5, years: 800 },
      });
      for (const { atN, simulated } of policies) {
        const expected = counting === "year-of-testing" ? atN!.gainPerYear : atN!.gainWithinYear;
        expect(Math.abs(simulated!.meanGain - expected)).toBeLessThan(4.5 * simulated!.standardError);
        expect(simulated!.quantiles.map(({ gain }) => gain)).toEqual(
          simulated!.quantiles.map(({ gain }) => gain).toSorted((a, b) => a - b),
        );
        expect(simulated!.shareOfLosses).toBeLessThan(0.5);
      }
    }
  });

  it("are the same for the same seed, at the best sizes where no n was given", () => {
    const simulated = (seed: number): unknown =>
      programmeGain({ ...base, simulate: { seed, years: 50 } }).policies.map((policy) => policy.simulated);
    expect(simulated(1)).toEqual(simulated(1));
    expect(simulated(1)).not.toEqual(simulated(2));
    expect(simulated(1)).toMatchObject([{ n: programmeGain(base).policies[0]!.best.n }, {}, {}]);
  });
});

describe("a programme refuses", () => {
  it.each([
    ["unitsPerDay", { unitsPerDay: 0 }],
    ["ideasPerYear", { ideasPerYear: 0 }],
    ["proxyDelayDays", { proxyDelayDays: 5, assistedDelayDays: 2, macroDelay: { attributionDays: 9 } }],
    ["proxyDelayDays", { proxyDelayDays: 9, macroDelay: { attributionDays: 7 } }],
    ["assistedDelayDays", { assistedDelayDays: 5 }],
    ["macroDelay.windowDays", { macroDelay: { meanDays: 3 } }],
    ["maturity", { maturity: 1.2 }],
    ["minimumTestDays", { minimumTestDays: 365 }],
    [
      "sampling.scale",
      {
        effects: { ...effects, scale: "log-lift" as const },
        sampling: { ...sampling, scale: "difference" as const },
      },
    ],
    ["rule.threshold", { rule: { kind: "posterior-probability" as const, threshold: 1 } }],
    ["simulate.years", { simulate: { seed: 1, years: 1e6 } }],
  ])("%s that makes no sense", (field, options) => {
    expect(() => programmeGain({ ...base, ...options })).toThrow(field);
  });
});

describe("the gain of a year by the size of its tests", () => {
  it.each(["year-of-testing", "within-the-year"] as const)(
    "is what each policy gains there: %s",
    (counting) => {
      const { curve, policies } = programmeGain({ ...base, effects: learned, n: 20_000, counting });
      const counted = (outcome: PolicyOutcome): number =>
        counting === "year-of-testing" ? outcome.gainPerYear : outcome.gainWithinYear;
      for (const { n, testDays, gains } of curve) {
        expect(testDays).toBe(n / 1000);
        const there = programmeGain({ ...base, effects: learned, n, counting });
        expect(gains.map(({ gain }) => gain)).toEqual(
          there.policies.map(({ atN }) => expect.closeTo(counted(atN!), 15)),
        );
        for (const { gain, interval } of gains) {
          expect(interval!.lower).toBeLessThanOrEqual(gain);
          expect(interval!.upper).toBeGreaterThanOrEqual(gain);
        }
      }
      const sizes = curve.map(({ n }) => n);
      expect(sizes).toContain(20_000);
      expect(sizes).toEqual(sizes.toSorted((a, b) => a - b));
      // No size that is drawn gains more than the best.
      policies.forEach(({ best: top }, i) => {
        expect(Math.max(...curve.map(({ gains }) => gains[i]!.gain))).toBeLessThanOrEqual(
          counted(top) * (1 + 1e-9),
        );
      });
    },
  );

  it("has no intervals where effects are assumed", () => {
    const { curve } = programmeGain(base);
    expect(curve.every(({ gains }) => gains.every(({ interval }) => interval === null))).toBe(true);
  });
});
