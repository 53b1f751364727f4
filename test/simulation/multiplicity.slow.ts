import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { adjustPValues, type AdjustmentMethod } from "../../src/inference/adjust-p-values.ts";
import { compareArms, type CompareArmsOptions } from "../../src/inference/compare-arms.ts";
import type { Arm } from "../../src/inference/arm-family.ts";
import { compareAllPairs } from "../../src/inference/compare-all-pairs.ts";
import { gatekeeping } from "../../src/inference/gatekeeping.ts";
import { cholesky } from "../../src/numerics/cholesky.ts";
import { normalSf } from "../../src/numerics/normal.ts";
import { createRandom, type Random } from "../../src/numerics/random.ts";

// How often each procedure rejects what is true, against what it promises. The figures stand in
// docs/methods/multiplicity.md, and this test holds them there.

const ALPHA = 0.05;
const DRAWS = 100_000;
/** Monte Carlo errors that an honest procedure may lie above its promise. */
const ROOM = 4;

const text = readFileSync(new URL("../../docs/methods/multiplicity.md", import.meta.url), "utf8");

/** Figures of the row of a table that begins with these cells. */
function documented(...cells: readonly string[]): number[] {
  const start = `| ${cells.join(" | ")} |`;
  const row = text.split("\n").find((line) => line.replaceAll(/ +/g, " ").startsWith(start));
  if (row === undefined) throw new Error(`docs/methods/multiplicity.md has no row ${start}`);
  return row
    .split("|")
    .slice(cells.length + 1, -1)
    .map(Number);
}

function expectDocumented(observed: readonly number[], cells: readonly string[]): void {
  const shown = observed.map((share) => share.toFixed(4));
  // A draw can fall out differently between engines, hence the last digit.
  const figures = documented(...cells);
  expect(figures, `| ${[...cells, ...shown].join(" | ")} |`).toHaveLength(observed.length);
  observed.forEach((share, i) => {
    expect(Math.abs(share - figures[i]!), `| ${[...cells, ...shown].join(" | ")} |`).toBeLessThan(2.1e-4);
  });
}

function expectAtMost(share: number, promise: number, draws: number): void {
  expect(share).toBeLessThan(promise + ROOM * Math.sqrt((promise * (1 - promise)) / draws));
}

const PROCEDURES = [
  "none",
  "bonferroni",
  "sidak",
  "holm",
  "hochberg",
  "hommel",
  "benjamini-hochberg",
  "benjamini-yekutieli",
] as const satisfies readonly AdjustmentMethod[];
/** Proven whatever the dependence. */
const PROVEN = new Set<AdjustmentMethod>(["bonferroni", "holm", "benjamini-yekutieli"]);
const FALSE_DISCOVERY = new Set<AdjustmentMethod>(["benjamini-hochberg", "benjamini-yekutieli"]);

const TESTS = 5;
const equicorrelated = (rho: number): number[][] =>
  Array.from({ length: TESTS }, (_, i) => Array.from({ length: TESTS }, (_column, j) => (i === j ? 1 : rho)));

const DEPENDENCES = [
  { name: "independent", rho: 0, isPositive: true },
  { name: "shared control, 0.5", rho: 0.5, isPositive: true },
  { name: "equicorrelated, 0.9", rho: 0.9, isPositive: true },
  { name: "equicorrelated, −0.24", rho: -0.24, isPositive: false },
];
const TRUTHS = [
  { name: "all null", shifts: [0, 0, 0, 0, 0] },
  { name: "two effects", shifts: [3, 2.5, 0, 0, 0] },
];

describe("five one-sided tests", () => {
  for (const { name, rho, isPositive } of DEPENDENCES) {
    for (const { name: truth, shifts } of TRUTHS) {
      it(`${name}, ${truth}: false rejections within the promise, and as documented`, () => {
        const random = createRandom(20_261_122);
        const factor = cholesky(equicorrelated(rho))!;
        const errors = PROCEDURES.map(() => 0);
        for (let draw = 0; draw < DRAWS; draw++) {
          const z = shifts.map(() => random.normal());
          const pValues = shifts.map((shift, i) =>
            normalSf(shift + factor[i]!.reduce((sum, entry, k) => sum + entry * z[k]!, 0)),
          );
          PROCEDURES.forEach((procedure, k) => {
            const rejected = adjustPValues(pValues, procedure).map((p) => p < ALPHA);
            const wrong = rejected.filter((is, i) => is && shifts[i] === 0).length;
            const all = rejected.filter(Boolean).length;
            errors[k]! += FALSE_DISCOVERY.has(procedure) ? wrong / Math.max(1, all) : Number(wrong > 0);
          });
        }
        const shares = errors.map((sum) => sum / DRAWS);
        PROCEDURES.forEach((procedure, k) => {
          if (procedure !== "none" && (isPositive || PROVEN.has(procedure)))
            expectAtMost(shares[k]!, ALPHA, DRAWS);
        });
        expectDocumented(shares, [name, truth]);
      });
    }
  }
});

const armsOf = (draw: () => Arm, treatments: number): CompareArmsOptions => ({
  control: draw(),
  treatments: Array.from({ length: treatments }, (_, i) => ({ name: `t${i}`, ...draw() })),
});

const proportion = (random: Random, n: number, rate: number) => () => ({
  n,
  conversions: random.binomial(n, rate),
});

/** Mean and variance of n normal units, from their own laws. */
const mean = (random: Random, n: number, deviation: number) => () => ({
  n,
  mean: (deviation * random.normal()) / Math.sqrt(n),
  variance: (deviation ** 2 * 2 * random.gamma((n - 1) / 2)) / (n - 1),
});

describe("arms", () => {
  const draws = 6000;
  const without = (make: (random: Random) => CompareArmsOptions) => ({ make, effects: 0 });
  const scenarios: Readonly<
    Record<string, { make: (random: Random) => CompareArmsOptions; effects: number }>
  > = {
    "rates of 5 %, n = 2000": without((random) => armsOf(proportion(random, 2000, 0.05), 3)),
    "the same, one effect": {
      make: (random) => {
        const { control, treatments } = armsOf(proportion(random, 2000, 0.05), 2);
        return {
          control,
          treatments: [{ name: "effect", ...proportion(random, 2000, 0.08)() }, ...treatments],
        };
      },
      effects: 1,
    },
    "Welch, n = 200": without((random) => armsOf(mean(random, 200, 1), 3)),
    "Welch, n = 8": without((random) => armsOf(mean(random, 8, 1), 3)),
    "Welch, control n = 20, deviation 3; others 60, 1": without((random) => ({
      ...armsOf(mean(random, 60, 1), 3),
      control: mean(random, 20, 3)(),
    })),
  };
  // Without effects each of the two rejects something exactly as often as its single step does.
  const adjustments = ["holm", "dunnett-step-down"] as const;
  it.each(Object.entries(scenarios))(
    "%s: false rejections within the promise, and as documented",
    (name, { make, effects }) => {
      const random = createRandom(7);
      const errors = adjustments.map(() => 0);
      for (let draw = 0; draw < draws; draw++) {
        const options = make(random);
        adjustments.forEach((adjustment, k) => {
          const { treatments } = compareArms({ ...options, adjustment });
          errors[k]! += Number(treatments.slice(effects).some(({ rejected }) => rejected));
        });
      }
      const shares = errors.map((sum) => sum / draws);
      shares.forEach((share) => expectAtMost(share, ALPHA, draws));
      expectDocumented(shares, [name]);
    },
  );

  it("one variance for all arms, n = 8: Dunnett's interval misses no treatment, Tukey's no pair, as often as it says", () => {
    const random = createRandom(11);
    // With one variance and fixed sizes the single level does not depend on the data.
    const draw = mean(random, 8, 1);
    const first = armsOf(draw, 3);
    const dunnett = compareArms({ ...first, test: "pooled", adjustment: "dunnett" }).singleConfidenceLevel!;
    const pairsOf = ({ control, treatments }: CompareArmsOptions) =>
      compareAllPairs({
        arms: [{ name: "control", ...control }, ...treatments],
        test: "pooled",
        adjustment: "none",
      }).pairs;
    const tukey = compareAllPairs({
      arms: [{ name: "control", ...first.control }, ...first.treatments],
      test: "pooled",
    }).singleConfidenceLevel!;
    const missed = [0, 0];
    for (let k = 0; k < DRAWS; k++) {
      const pValues = pairsOf(armsOf(draw, 3)).map(({ comparison }) => comparison.pValue!);
      missed[0]! += Number(pValues.slice(0, 3).some((p) => p < 1 - dunnett));
      missed[1]! += Number(pValues.some((p) => p < 1 - tukey));
    }
    const shares = missed.map((count) => count / DRAWS);
    const error = Math.sqrt((ALPHA * (1 - ALPHA)) / DRAWS);
    shares.forEach((share) => expect(Math.abs(share - ALPHA)).toBeLessThan(ROOM * error));
    expectDocumented(shares, ["one variance, n = 8"]);
  });
});

describe("gates and weights", () => {
  it("keep the family-wise error rate over all families together, with effects in the first", () => {
    const random = createRandom(13);
    const factor = cholesky(equicorrelated(0.5))!;
    const shifts = [3, 3, 0, 0, 0];
    const wrong = [0, 0, 0];
    for (let draw = 0; draw < DRAWS; draw++) {
      const z = shifts.map(() => random.normal());
      const p = shifts.map((shift, i) =>
        normalSf(shift + factor[i]!.reduce((sum, entry, k) => sum + entry * z[k]!, 0)),
      );
      const { families } = gatekeeping({ families: [{ pValues: p.slice(0, 2) }, { pValues: p.slice(2) }] });
      wrong[0]! += Number(families[1]!.rejected.includes(true));
      const sequence = gatekeeping({ families: p.map((value) => ({ pValues: [value] })) });
      wrong[1]! += Number(sequence.families.slice(2).some(({ rejected }) => rejected[0]));
      const weighted = adjustPValues(p, "holm", { weights: [0.4, 0.3, 0.1, 0.1, 0.1] });
      wrong[2]! += Number(weighted.slice(2).some((value) => value < ALPHA));
    }
    const shares = wrong.map((count) => count / DRAWS);
    shares.forEach((share) => expectAtMost(share, ALPHA, DRAWS));
    expectDocumented(shares, ["two effects in front, 0.5"]);
  });
});
