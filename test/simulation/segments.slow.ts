import { describe, expect, it } from "vitest";
import { groupEffects } from "../../src/bayesian/group-effects.ts";
import { analyzeSegments } from "../../src/experiment/analyze-segments.ts";
import { drawBinomial } from "../../src/numerics/draw-binomial.ts";
import { createRandom, type Random } from "../../src/numerics/random.ts";

function draw(random: Random, n: number, rate: number): number {
  return drawBinomial(n, rate, () => random.uniform());
}

describe("shrunken effects of segments", () => {
  const RUNS = 2000;
  /** Standard errors alike, up to sevenfold apart, and thirtyfold apart. */
  const errors = {
    alike: (count: number) => Array.from({ length: count }, () => 1),
    unlike: (count: number) => Array.from({ length: count }, (_, k) => 0.3 + (1.7 * k) / (count - 1)),
    wide: (count: number) => Array.from({ length: count }, (_, k) => 0.1 * 30 ** (k / (count - 1))),
  };

  /** How often intervals cover, of all groups and of the one with the largest estimate; and the squared error kept. */
  function coverage(random: Random, standardErrors: readonly number[], spread: number) {
    let covered = 0;
    let bestCovered = 0;
    let shrunkenError = 0;
    let rawError = 0;
    for (let run = 0; run < RUNS; run++) {
      const truths = standardErrors.map(() => 0.7 + spread * random.normal());
      const effects = standardErrors.map((standardError, k) => ({
        estimate: truths[k]! + standardError * random.normal(),
        standardError,
      }));
      const { effects: shrunken } = groupEffects(effects, 0.95);
      let best = 0;
      effects.forEach(({ estimate }, k) => {
        if (estimate > effects[best]!.estimate) best = k;
      });
      shrunken.forEach(({ estimate, interval }, k) => {
        const isCovered = interval.lower <= truths[k]! && truths[k]! <= interval.upper;
        if (isCovered) covered += 1;
        if (isCovered && k === best) bestCovered += 1;
        shrunkenError += (estimate - truths[k]!) ** 2;
        rawError += (effects[k]!.estimate - truths[k]!) ** 2;
      });
    }
    return {
      all: covered / RUNS / standardErrors.length,
      best: bestCovered / RUNS,
      error: shrunkenError / rawError,
    };
  }

  // Typical error = that of the harmonic mean of variances. Seen: 0.920 (ten segments alike, effects as far apart as their
  // errors) to 0.993 over all segments, and 0.906 at worst for one of them (the least precise of three, twentyfold spread).
  it.each([2, 3, 5, 10])(
    "cover what they claim within 4 in 100, whatever the spread, at %d segments",
    (count) => {
      const random = createRandom(700 + count);
      for (const make of Object.values(errors)) {
        const standardErrors = make(count);
        const precision = standardErrors.reduce((sum, error) => sum + 1 / error ** 2, 0);
        const typical = Math.sqrt(count / precision);
        for (const times of [0, 0.5, 1, 2, 4, 10, 20]) {
          const { all, best, error } = coverage(random, standardErrors, times * typical);
          expect(all).toBeGreaterThan(0.91);
          expect(best).toBeGreaterThan(0.88);
          // Of two or three segments of unlike size whose effects are far apart the spread can hardly be learned: there the
          // squared errors are larger by a fifth than the raw ones' at most, from five segments on by a twentieth.
          expect(error).toBeLessThan(count <= 3 ? 1.3 : 1.1);
          // And far better where effects do not differ.
          if (times === 0) expect(error).toBeLessThan(0.65);
        }
      }
    },
  );
});

describe("tests over segments", () => {
  const RUNS = 4000;

  /** Shares of runs in which tests reject, over segments whose true lifts are given. */
  function rejections(random: Random, sizes: readonly number[], lifts: readonly number[]) {
    let cochran = 0;
    let crossover = 0;
    let standOut = 0;
    let imbalance = 0;
    let said = 0;
    for (let run = 0; run < RUNS; run++) {
      const result = analyzeSegments({
        segmentation: "region",
        measured: "before-exposure",
        segments: sizes.map((n, k) => {
          const rate = 0.04 + 0.03 * k;
          return {
            name: `s${k}`,
            control: { n, conversions: draw(random, n, rate) },
            treatment: { n, conversions: draw(random, n, rate * (1 + lifts[k]!)) },
          };
        }),
      });
      if (result.heterogeneity!.cochran.pValue < 0.05) cochran += 1;
      if (result.heterogeneity!.crossover.pValue < 0.05) crossover += 1;
      if (result.finding.standOut.length > 0) standOut += 1;
      if (result.mix !== null && result.mix.pValue < 0.001) imbalance += 1;
      if (result.finding.effectsDiffer === "no") said += 1;
    }
    return {
      cochran: cochran / RUNS,
      crossover: crossover / RUNS,
      standOut: standOut / RUNS,
      imbalance: imbalance / RUNS,
      no: said / RUNS,
    };
  }
  const sizes = [3000, 6000, 9000, 4000, 12_000];
  const even = (lift: number): number[] => sizes.map(() => lift);
  /** Three standard errors of a share of 0.05. */
  const ROOM = 0.0104;

  it("keep their errors where all segments have one lift", () => {
    for (const lift of [0, 0.15]) {
      const { cochran, crossover, standOut } = rejections(createRandom(900), sizes, even(lift));
      expect(Math.abs(cochran - 0.05)).toBeLessThan(ROOM);
      // Where all effects are 0 the test of both signs is at its most careful.
      expect(crossover).toBeLessThan(0.05);
      expect(standOut).toBeLessThan(0.05 + ROOM);
    }
  });

  it("of both signs keep 5 % at the worst of cases with one sign: one large effect, the others none", () => {
    const { crossover } = rejections(createRandom(901), sizes, [0, 0, 0, 0, 0.6]);
    expect(Math.abs(crossover - 0.05)).toBeLessThan(ROOM);
  });

  it("see lifts of both signs, and do not say that such segments are alike", () => {
    const { cochran, crossover, no } = rejections(createRandom(902), sizes, [0.25, -0.25, 0.25, -0.2, 0.2]);
    expect(cochran).toBeGreaterThan(0.95);
    expect(crossover).toBeGreaterThan(0.8);
    expect(no).toBeLessThan(0.02);
  });
});

describe("the mix of segments", () => {
  it("moves the crude effect beyond chance as seldom as the test says, where units are drawn at random", () => {
    const random = createRandom(903);
    const RUNS = 4000;
    let rejected = 0;
    for (let run = 0; run < RUNS; run++) {
      let left = { control: 9000, treatment: 6000 };
      const shares = [0.5, 0.6, 1];
      const segments = shares.map((share, k) => {
        const n = {
          control: share === 1 ? left.control : draw(random, left.control, share),
          treatment: share === 1 ? left.treatment : draw(random, left.treatment, share),
        };
        left = { control: left.control - n.control, treatment: left.treatment - n.treatment };
        const rate = [0.02, 0.1, 0.3][k]!;
        return {
          name: `s${k}`,
          control: { n: n.control, conversions: draw(random, n.control, rate) },
          treatment: { n: n.treatment, conversions: draw(random, n.treatment, 1.2 * rate) },
        };
      });
      const { mix } = analyzeSegments({ segmentation: "age", measured: "before-exposure", segments });
      if (mix!.pValue < 0.05) rejected += 1;
    }
    expect(Math.abs(rejected / RUNS - 0.05)).toBeLessThan(0.0104);
  });
});
