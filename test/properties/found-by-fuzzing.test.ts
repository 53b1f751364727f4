import { describe, expect, it } from "vitest";
import { compareNormal } from "../../src/bayesian/compare-normal.ts";
import { probabilityBest } from "../../src/bayesian/probability-best.ts";
import { skepticalPrior } from "../../src/bayesian/skeptical-prior.ts";
import { winnersCurse } from "../../src/bayesian/winners-curse.ts";
import { DomainError } from "../../src/core/domain-error.ts";
import { analyzeFunnel } from "../../src/experiment/analyze-funnel.ts";
import { compareStratified } from "../../src/inference/compare-stratified.ts";
import { maxZ } from "../../src/inference/max-z.ts";
import { studentizedRange } from "../../src/numerics/studentized-range.ts";
import { powerForEquivalence } from "../../src/planning/power-for-equivalence.ts";
import { sequentialProxyAssisted } from "../../src/proxy/sequential-proxy-assisted.ts";
import { readExperimentConfig } from "../../src/warehouse/experiment-config.ts";
import { parseSummaryRows } from "../../src/warehouse/parse-summary-rows.ts";
import { relativeError } from "../support/relative-error.ts";

// What test/simulation/fuzz.slow.ts has found, case by case.

describe("what fuzzing has found", () => {
  it("strata of means give the fields of strata of rates, and no working of their own", () => {
    const mean = { n: 30, mean: 1, variance: 1 };
    const rate = { n: 30, conversions: 3 };
    const ofMeans = compareStratified({ strata: [{ control: mean, treatment: mean }] });
    const ofRates = compareStratified({ strata: [{ control: rate, treatment: rate }] });
    expect(Object.keys(ofMeans).toSorted()).toEqual(Object.keys(ofRates).toSorted());
  });

  it("the power of an equivalence test with all room is 1, and not 2e-16 more", () => {
    expect(powerForEquivalence({ standardDeviation: 1, margin: 100, n: 150 }).power).toBe(1);
  });

  it("the p-value of the largest of two z that are all but 0 is 1, and not 9e-16 more", () => {
    const correlation = [
      [1, 0.35],
      [0.35, 1],
    ];
    const { tests } = maxZ({ z: [1e-17, 1e-17], correlation });
    expect(tests.map(({ adjustedPValue }) => adjustedPValue)).toEqual([1, 1]);
  });

  it("a metric whose name is no text is refused by its place", () => {
    const config = {
      control: "A",
      metrics: [{ name: ["purchase"], role: "macro", kind: "proportion" }],
      rows: { source: "t", unit: "u", arm: "a", measures: [{ metric: "purchase", event: "purchase" }] },
    };
    expect(() => readExperimentConfig(config as never)).toThrow(DomainError);
    expect(() => readExperimentConfig(config as never)).toThrow(/^metrics\[0\]\.name = /);
  });

  it("a mean of past effects that lies forty spreads from 0 has a threshold beside it", () => {
    const looks = sequentialProxyAssisted({
      effects: { tauProxy: 1, tauMacro: 1, rho: 0, meanMacro: 40 },
      sampling: { proxy: 1, macro: 4.3, correlation: 0 },
      days: [{ control: { n: 1, micro: 1, macro: [1] }, treatment: { n: 1, micro: 1, macro: [1] } }],
      falseShipRate: 0.01,
    });
    expect(looks.everyLook.falseShipRate).toBeCloseTo(0.01, 9);
  });

  it("a row of a result whose role is no role is refused by its place", () => {
    const numbers =
      "day attribution_days n sum other_sum both mean variance other_mean other_variance covariance";
    const texts = "segmentation segment metric other kind";
    const row = {
      ...Object.fromEntries(numbers.split(" ").map((column) => [column, null])),
      ...Object.fromEntries(texts.split(" ").map((column) => [column, ""])),
      experiment: "checkout",
      part: "all",
      arm: "A",
      n: 100,
    };
    const rows = [
      { ...row, measure: "arm", role: "control" },
      { ...row, measure: "result", metric: "purchase", kind: "proportion", role: "sold", sum: 9 },
    ];
    expect(() => parseSummaryRows(rows)).toThrow(/^rows\[1\]\.role = /);
  });

  it("an arm next to which doubles are far apart has its chances, and two of them are refused", () => {
    const wide = { n: 277, mean: 1, variance: 1 };
    const narrow = { n: 14_868, mean: 1e-44, variance: 1e-44 };
    const { arms } = probabilityBest({ model: "normal", arms: [wide, narrow] });
    const { probabilityToBeat } = compareNormal({ control: wide, treatment: narrow });
    expect(relativeError(arms[1]!.probabilityBest, probabilityToBeat)).toBeLessThan(1e-12);
    const elsewhere = { ...narrow, mean: 1 };
    expect(() => probabilityBest({ model: "normal", arms: [narrow, elsewhere] })).toThrow(DomainError);
  });

  it("the chance that a sure effect is significant is 1, and not 2e-16 more", () => {
    const prior = { mean: 9.82455247813207, scale: 0.1, degreesOfFreedom: 12.252454485748427 };
    expect(
      winnersCurse({ prior: { ...prior, family: "student-t" }, standardError: 1 }).probabilitySignificant,
    ).toBe(1);
  });

  it("a sceptic who holds an effect for less likely than doubles tell is refused", () => {
    expect(() => skepticalPrior({ lift: 0.07, probability: 5e-324 })).toThrow(/^probability = /);
  });

  it("the quantile of a studentized range at the smallest of probabilities is found", () => {
    const p = 7e-323;
    const q = studentizedRange.quantile(p, 2, 34);
    // The neighbours of so small a double are 2 % of it away.
    expect(Math.abs(studentizedRange.logCdf(q, 2, 34) - Math.log(p))).toBeLessThan(0.05);
  });

  it("a metric without a role is refused where rows are described, as it is in documents", () => {
    const config = {
      control: "A",
      metrics: [{ name: "purchase", kind: "proportion" }],
      rows: { source: "t", unit: "u", arm: "a", measures: [{ metric: "purchase", event: "purchase" }] },
    };
    expect(() => readExperimentConfig(config as never)).toThrow(/^metrics\[0\]\.role = /);
  });

  it("a funnel whose last step nobody reached takes a zero with a sign", () => {
    const steps = ["visit", "cart", "order"];
    const treatment = { n: 1000, reached: [800, 200, 30] };
    const [plain, signed] = [0, -0].map((orders) =>
      analyzeFunnel({ steps, control: { n: 1000, reached: [800, 180, orders] }, treatment }),
    );
    expect(signed!.steps[2]!.logPart.standardError).toBe(Infinity);
    expect(signed!.steps[2]!.logPart).toEqual(plain!.steps[2]!.logPart);
  });
});
