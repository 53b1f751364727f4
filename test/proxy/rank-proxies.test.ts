import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { EffectCovariance } from "../../src/proxy/effect-covariance.ts";
import { decisionSpeedup } from "../../src/proxy/decision-speedup.ts";
import { type DiscretePosterior, probabilityHighest } from "../../src/proxy/probability-highest.ts";
import { programmeGain } from "../../src/proxy/programme-gain.ts";
import { type ProxyRanking, rankProxies, type RankProxiesInput } from "../../src/proxy/rank-proxies.ts";
import { createRandom } from "../../src/numerics/random.ts";
import { relativeError } from "../support/relative-error.ts";

const sampling = { proxy: 18, macro: 98, correlation: 0.4 };

/** A posterior of rho around a value, as past experiments leave it. */
function learned(rho: number, tauProxy = 0.04, deviation = 0.1): EffectCovariance {
  const steps = [-2, -1, 0, 1, 2];
  return {
    tauProxy,
    tauMacro: 0.03,
    rho,
    source: "learned",
    posterior: steps.map((z) => ({
      weight: Math.exp((-z * z) / 2),
      tauProxy,
      tauMacro: 0.03 * (1 + 0.1 * z),
      rho: Math.tanh(Math.atanh(rho) + deviation * z),
    })),
  };
}

const input: RankProxiesInput = {
  n: 10_000,
  unitsPerDay: 1000,
  ideasPerYear: 30,
  macroDelay: { attributionDays: 21 },
  candidates: [
    // Moves at every touch and means next to nothing.
    { name: "scroll", effects: learned(0.03, 0.3), sampling: { ...sampling, proxy: 1 }, effort: 1 },
    { name: "add-to-cart", effects: learned(0.8), sampling, effort: 2 },
    { name: "wish list", effects: learned(0.4), sampling, effort: 5, delayDays: 2 },
    { name: "bounce", effects: learned(-0.6), sampling, effort: 4 },
  ],
};

function names({ ranking }: ProxyRanking): string[] {
  return ranking.map(({ name }) => name);
}

describe("a ranking of proxies", () => {
  const result = rankProxies(input);

  it("goes by what they gain, so that one which merely moves comes after all that sell", () => {
    expect(names(result)).toEqual(["add-to-cart", "wish list", "scroll", "bounce"]);
    const scroll = result.ranking[2]!;
    for (const other of result.ranking)
      expect(scroll.detectionSpeedup).toBeGreaterThanOrEqual(other.detectionSpeedup);
    expect(scroll.decisionSpeedup).toBeLessThan(0.1);
    expect(result.warnings.map(({ code }) => code)).toEqual(["FASTEST_IS_NOT_BEST", "WRONG_SIGN"]);
  });

  it("has the vanity proxy last, however fast it is, under each rule", () => {
    for (const rule of [
      { kind: "sign" },
      { kind: "significance", alpha: 0.05 },
      { kind: "posterior-mean" },
    ] as const) {
      for (const tauProxy of [0.04, 0.4, 4]) {
        const vanity = {
          name: "vanity",
          effects: learned(0.02, tauProxy, 0.03),
          sampling: { ...sampling, proxy: 0.01 },
        };
        const { ranking } = rankProxies({
          ...input,
          rule,
          candidates: [
            vanity,
            ...input.candidates.slice(1, 3).map((other) => ({ ...other, effort: undefined })),
          ],
        });
        expect(ranking.at(-1)!.name).toBe("vanity");
        expect(ranking.at(-1)!.probabilityBest).toBeLessThan(1e-3);
      }
    }
  });

  it("says of each what programmeGain and decisionSpeedup say", () => {
    for (const candidate of input.candidates.slice(0, 3)) {
      const own = result.ranking.find(({ name }) => name === candidate.name)!;
      const { n, unitsPerDay, ideasPerYear, macroDelay } = input;
      const programme = programmeGain({
        effects: candidate.effects,
        sampling: candidate.sampling,
        n,
        unitsPerDay,
        ideasPerYear,
        macroDelay,
        proxyDelayDays: candidate.delayDays,
      });
      const { gainPerYear, gainWithinYear, decisionDays } = programme.policies[1]!.atN!;
      expect(own).toMatchObject({ gainPerYear, gainWithinYear, decisionDays });
      expect(own.probabilityGainsMore).toBe(programme.comparisonsAtN[0]!.probabilityGainsMore);
      expect(own.ratioToWaiting).toBe(programme.comparisonsAtN[0]!.ratio);
      const decision = decisionSpeedup({ effects: candidate.effects, sampling: candidate.sampling, n });
      expect(relativeError(own.decisionSpeedup, decision.speedupProxy!)).toBeLessThan(1e-12);
      expect(relativeError(own.proxyQuality, decision.proxyQuality)).toBeLessThan(1e-12);
      const { proxy, macro } = decision.halfReliabilityN;
      expect(relativeError(own.detectionSpeedup, macro / proxy)).toBeLessThan(1e-12);
    }
  });

  it("draws potential against effort at the medians, which count as high themselves", () => {
    expect(result.cuts).toEqual({ potential: expect.any(Number) as number, effort: 3 });
    const quadrants = Object.fromEntries(result.ranking.map(({ name, quadrant }) => [name, quadrant]));
    expect(quadrants).toEqual({
      "add-to-cart": "quickWin",
      "wish list": "bigBet",
      scroll: "fillIn",
      bounce: "avoid",
    });
    const alone = rankProxies({ ...input, candidates: [input.candidates[1]!] });
    expect(alone.ranking[0]!.quadrant).toBe("bigBet");
    expect(alone.ranking[0]!.probabilityBest).toBeCloseTo(1, 14);
    const cut = rankProxies({ ...input, cuts: { effort: 2 } });
    expect(cut.ranking[0]!.quadrant).toBe("bigBet");
  });

  it("counts potentials in money where a value is given", () => {
    const value = { perMacro: 60, unitsPerYear: 1e6, macroRate: 0.02 };
    const { ranking } = rankProxies({ ...input, value });
    for (const { potential, gainPerYear } of ranking) {
      expect(relativeError(potential, 60 * 1e6 * 0.02 * Math.expm1(gainPerYear))).toBeLessThan(1e-14);
    }
    expect(() => rankProxies({ ...input, value: { perMacro: 60, unitsPerYear: 1e6 } })).toThrow(
      "value.macroRate",
    );
  });

  it("prefers, of two alike, the one that is known sooner, and lets a delay cost within the year", () => {
    const [early, late] = [0, 14].map((delayDays) => ({
      name: `after ${delayDays}`,
      effects: learned(0.7),
      sampling,
      delayDays,
    }));
    expect(names(rankProxies({ ...input, candidates: [late!, early!] }))).toEqual(["after 0", "after 14"]);
    const { ranking } = rankProxies({ ...input, candidates: [late!, early!], counting: "within-the-year" });
    expect(ranking[0]!.potential).toBeGreaterThan(1.05 * ranking[1]!.potential);
    expect(ranking[0]!.probabilityBest).toBeGreaterThan(0.5);
  });

  it("tells from overlapping posteriors only so much", () => {
    const close = rankProxies({
      ...input,
      candidates: [0.7, 0.65].map((rho) => ({
        name: `rho ${rho}`,
        effects: learned(rho, 0.04, 0.3),
        sampling,
      })),
    });
    expect(names(close)).toEqual(["rho 0.7", "rho 0.65"]);
    expect(close.ranking[0]!.probabilityBest).toBeGreaterThan(0.5);
    expect(close.ranking[0]!.probabilityBest).toBeLessThan(0.8);
    expect(close.multiplicity.optimism).toBeGreaterThan(0.02);
  });
});

describe("looking at many candidates", () => {
  interface MaxZRow {
    readonly fn: string;
    readonly input: { readonly k: number; readonly corr: number; readonly alpha: number };
    readonly expected: { readonly critical: number };
    readonly rel_tol: number;
  }
  const { cases } = JSON.parse(
    readFileSync(new URL("../reference/proxy/programme-and-value.json", import.meta.url), "utf8"),
  ) as { cases: MaxZRow[] };

  it.each(cases.filter(({ fn }) => fn === "equicorrelatedMaxZCritical"))(
    "asks for the critical value of the largest of $input.k with correlation $input.corr",
    ({ input: { k, corr, alpha }, expected, rel_tol: tolerance }) => {
      const { multiplicity } = rankProxies({
        ...input,
        alpha,
        correlation: corr,
        candidates: Array.from({ length: k }, (_, i) => ({ name: `${i}`, effects: learned(0.5), sampling })),
      });
      expect(relativeError(multiplicity.criticalValue, expected.critical)).toBeLessThan(tolerance);
    },
  );
});

describe("the probability of being the highest", () => {
  /** By going through all combinations of values, ties shared. */
  function byEnumeration(candidates: readonly DiscretePosterior[]): number[] {
    const wins = candidates.map(() => 0);
    const visit = (chosen: readonly number[], weight: number): void => {
      if (chosen.length < candidates.length) {
        const { values, weights } = candidates[chosen.length]!;
        values.forEach((value, i) => visit([...chosen, value], weight * weights[i]!));
        return;
      }
      const top = Math.max(...chosen);
      const winners = chosen.filter((value) => value === top).length;
      chosen.forEach((value, i) => {
        if (value === top) wins[i]! += weight / winners;
      });
    };
    visit([], 1);
    return wins;
  }

  it("is that of enumeration, ties included", () => {
    const random = createRandom(8);
    for (let run = 0; run < 20; run++) {
      const candidates = Array.from({ length: 2 + (run % 4) }, () => {
        const raw = Array.from({ length: 4 }, () => random.uniform());
        const total = raw.reduce((sum, weight) => sum + weight, 0);
        return {
          values: raw.map(() => Math.floor(6 * random.uniform())),
          weights: raw.map((weight) => weight / total),
        };
      });
      const expected = byEnumeration(candidates);
      probabilityHighest(candidates).forEach((p, i) =>
        expect(Math.abs(p - expected[i]!)).toBeLessThan(1e-14),
      );
    }
  });

  it("is shared by candidates that are all the same, however many", () => {
    const one = { values: [0, 1], weights: [0.3, 0.7] };
    for (const p of probabilityHighest(Array.from({ length: 12 }, () => one)))
      expect(p).toBeCloseTo(1 / 12, 14);
  });
});

describe("a ranking refuses", () => {
  const [first] = input.candidates;
  it.each([
    ["candidates", { candidates: [] }],
    ["candidates[1].name", { candidates: [first!, first!] }],
    [
      "candidates[0].effects.tauProxy",
      { candidates: [{ ...first!, effects: { tauProxy: 0, tauMacro: 1, rho: 0 } }] },
    ],
    ["candidates[1].effort", { candidates: [first!, { ...first!, name: "b", effort: undefined }] }],
    ["candidates[0].delayDays", { candidates: [{ ...first!, delayDays: 22 }] }],
    [
      "candidates[1].effects.scale",
      {
        candidates: [
          first!,
          { ...first!, name: "b", effects: { ...first!.effects, scale: "difference" as const } },
        ],
      },
    ],
    [
      "candidates[0].sampling.scale",
      {
        candidates: [
          {
            ...first!,
            effects: { ...first!.effects, scale: "log-lift" as const },
            sampling: { ...sampling, scale: "difference" as const },
          },
        ],
      },
    ],
    ["correlation", { correlation: 1 }],
    ["n", { n: 0 }],
  ])("%s that makes no sense", (field, options) => {
    expect(() => rankProxies({ ...input, ...options })).toThrow(field);
  });
});
