import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { type CoverageFigures, coverageDocument, coverageFigures } from "./interval-coverage/document.ts";
import { type Coverage, DIFFERENCE, effectCoverage } from "./interval-coverage/enumerate.ts";

const figures: CoverageFigures = coverageFigures();
// Sums of up to ten thousand probabilities.
const ROUNDING = 1e-9;

const everywhere = (method: string): Coverage[] =>
  [
    ...figures.proportion.flatMap(({ rows }) => rows),
    ...Object.values(figures.effects).flatMap((effects) => effects.flatMap(({ rows }) => rows.flat())),
  ].filter((row) => row.method === method);
const lowest = (method: string): number => Math.min(...everywhere(method).map((row) => row.lowest));
const meanAt = (n: number, method: string): number =>
  figures.proportion.find((part) => part.n === n)!.rows.find((row) => row.method === method)!.mean;

describe("coverage, counted over every outcome", () => {
  it("is what docs/methods/coverage.md and its charts say", async () => {
    for (const [name, text] of Object.entries(await coverageDocument(figures))) {
      const committed = readFileSync(new URL(`../../docs/methods/${name}`, import.meta.url), "utf8");
      expect({ [name]: text }).toEqual({ [name]: committed });
    }
  });

  it.each(["clopper-pearson", "exact-conditional"])("of %s never falls below 95 %", (method) => {
    expect(everywhere(method).length).toBeGreaterThan(0);
    expect(lowest(method)).toBeGreaterThanOrEqual(0.95 - ROUNDING);
  });

  it("of the exact unconditional interval of the difference never falls below 95 % at 8 and 10 units", () => {
    const rates = Array.from({ length: 99 }, (_, i) => (i + 1) / 100);
    const effect = { ...DIFFERENCE, methods: ["exact-unconditional"] as const };
    for (const row of effectCoverage(effect, [8, 10], [0, 0.1, 0.3], rates).flat()) {
      expect(row.lowest).toBeGreaterThanOrEqual(0.95 - ROUNDING);
    }
  });

  it("of the Wald interval falls to next to nothing", () => {
    expect(lowest("wald")).toBeLessThan(0.2);
  });

  it("of Wilson, Jeffreys and mid-p is 95 % on average, within 1 %", () => {
    for (const method of ["wilson", "jeffreys", "mid-p"]) {
      for (const n of [50, 200]) expect(Math.abs(meanAt(n, method) - 0.95)).toBeLessThan(0.01);
    }
  });
});

describe("test and interval", () => {
  it("never contradict each other where they are duals, and do so where they are not", () => {
    const share = (test: string, interval: string): number =>
      figures.contradictions.find((row) => row.test === test && row.interval === interval)!.share;
    expect(share("score", "lift, koopman")).toBe(0);
    expect(share("score", "difference, mee")).toBe(0);
    expect(share("wald", "lift, fieller")).toBe(0);
    expect(share("wald", "difference, wald")).toBe(0);
    expect(share("wald", "lift, delta")).toBeGreaterThan(0.2);
  });
});
