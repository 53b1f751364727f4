import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compareBetaBinomial } from "../../src/bayesian/compare-beta-binomial.ts";
import { DomainError } from "../../src/core/domain-error.ts";
import { analyzeExperiment } from "../../src/experiment/analyze-experiment.ts";
import { planExperiment } from "../../src/experiment/plan-experiment.ts";
import { compareMeans } from "../../src/inference/compare-means.ts";
import { compareProportions } from "../../src/inference/compare-proportions.ts";
import { durationDays } from "../../src/planning/duration-days.ts";
import { sampleSizeForProportions } from "../../src/planning/sample-size-for-proportions.ts";
import { assessProxy } from "../../src/proxy/assess-proxy.ts";
import { decisionSpeedup } from "../../src/proxy/decision-speedup.ts";
import { detectionSpeedup } from "../../src/proxy/detection-speedup.ts";
import { observedSpeedup } from "../../src/proxy/observed-speedup.ts";
import { proxyAssisted } from "../../src/proxy/proxy-assisted.ts";
import type { AnyResult } from "../../src/report/any-result.ts";
import { displayWidth } from "../../src/report/display-width.ts";
import { toMarkdown } from "../../src/report/to-markdown.ts";
import { toText } from "../../src/report/to-text.ts";
import { HILLSTROM, samples } from "./samples.ts";
import { renamed } from "../support/renamed.ts";

const UNREADABLE = /NaN|undefined|null|Infinity|\[object/;

/** Cells of a row: bars that no backslash escapes divide them. */
const cells = (line: string): number => line.split(/(?<!\\)\|/).length;

function expectReadable(result: AnyResult): void {
  const text = toText(result);
  const markdown = toMarkdown(result);
  expect(text).not.toMatch(UNREADABLE);
  expect(markdown).not.toMatch(UNREADABLE);
  expect(Math.max(...text.split("\n").map(displayWidth))).toBeLessThanOrEqual(80);
  expectWellFormedTables(markdown);
}

function expectWellFormedTables(markdown: string): void {
  for (const block of markdown.split("\n\n").filter((part) => part.startsWith("|"))) {
    const lines = block.trimEnd().split("\n");
    expect(lines[1]).toMatch(/^\|( :?-+:? \|)+$/);
    expect(new Set(lines.map(cells)).size).toBe(1);
  }
}

const proportion = fc
  .tuple(fc.integer({ min: 1, max: 1e6 }), fc.double({ min: 0, max: 1, noNaN: true }))
  .map(([n, share]) => ({ n, conversions: Math.round(n * share) }));
const jointCounts = fc.record({
  neither: fc.nat(1e5),
  macroOnly: fc.nat(100),
  microOnly: fc.nat(1e4),
  both: fc.nat(1e3),
});
const rate = fc.double({ min: 1e-6, max: 0.9, noNaN: true });
const lift = fc.double({ min: -0.9, max: 0.1, noNaN: true });
const rho = fc.oneof(fc.constantFrom(-1, 0, 1), fc.double({ min: -1, max: 1, noNaN: true }));
const tau = fc.double({ min: 1e-4, max: 1, noNaN: true });

/** The result, or nothing where the input was refused. */
function attempt(make: () => AnyResult): AnyResult | null {
  try {
    return make();
  } catch (error) {
    if (error instanceof DomainError) return null;
    throw error;
  }
}

function expectAlwaysReadable<T>(inputs: fc.Arbitrary<T>, make: (input: T) => AnyResult, runs = 100): void {
  let made = 0;
  fc.assert(
    fc.property(inputs, (input) => {
      const result = attempt(() => make(input));
      if (result === null) return;
      made += 1;
      expectReadable(result);
    }),
    { numRuns: runs, seed: 2 },
  );
  // Most inputs are good ones, so that the property says something.
  expect(made).toBeGreaterThan(runs / 2);
}

describe("every page", () => {
  it.each(Object.entries(samples))("is readable: %s", (_, result) => {
    expectReadable(result);
  });

  it("has a sample of every kind", () => {
    const source = readFileSync(new URL("../../src/report/describe.ts", import.meta.url), "utf8");
    const described = [...source.matchAll(/case "([\w-]+)":/g)].map(([, kind]) => kind!);
    expect(new Set(Object.values(samples).map(({ kind }): string => kind))).toEqual(new Set(described));
  });

  it("fits a narrow and a wide terminal", () => {
    for (const result of Object.values(samples)) {
      for (const width of [40, 57, 200]) {
        const lines = toText(result, { width }).split("\n");
        expect(Math.max(...lines.map(displayWidth))).toBeLessThanOrEqual(width);
      }
    }
  });

  it("puts each answer below its question where the terminal is narrow", () => {
    const lines = toText(samples["experiment-readout"]!, { width: 40 }).split("\n");
    const place = lines.indexOf("How sure:");
    expect(lines[place + 1]).toMatch(/^ {2}\S/);
  });

  it("shows its decision, ceiling and crossover wherever it shows a detection speedup", () => {
    const kinds = new Set([
      "detection-speedup",
      "planning-speedup",
      "observed-speedup",
      "calendar-speedup",
      "proxy-assessment",
    ]);
    for (const result of Object.values(samples).filter(({ kind }) => kinds.has(kind))) {
      const page = toText(result).replaceAll(/\s+/g, " ");
      expect(page).toMatch(/Decid(es|ing):/);
      expect(page).toMatch(/Ceiling:|its ceiling and its crossover cannot be determined/);
      expect(page).toMatch(/Crossover:|its ceiling and its crossover cannot be determined/);
    }
  });

  it("begins with the finding, and ends with what to mind", () => {
    const page = toText(samples["experiment-readout"]!);
    const order = [
      "ship it",
      "What we saw",
      "What it says about sales",
      "How sure",
      "What to do next",
      "What this rests on",
    ];
    const places = order.map((part) => page.indexOf(part));
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(places[0]).toBeGreaterThan(0);
  });
});

describe("readable over random inputs", () => {
  it("comparisons of proportions, zero cells included", () => {
    expectAlwaysReadable(
      fc.record({
        control: proportion,
        treatment: proportion,
        test: fc.constantFrom("score", "miettinen-nurminen", "wald"),
        alternative: fc.constantFrom("two-sided", "greater", "less"),
      }),
      compareProportions,
    );
  });

  it("comparisons of means", () => {
    const mean = fc.record({
      n: fc.integer({ min: 2, max: 1e6 }),
      mean: fc.double({ min: -1e3, max: 1e3, noNaN: true }),
      variance: fc.oneof(fc.constant(0), fc.double({ min: 0, max: 1e6, noNaN: true })),
    });
    expectAlwaysReadable(fc.record({ control: mean, treatment: mean }), compareMeans);
  });

  it("Beta-binomial comparisons", () => {
    expectAlwaysReadable(fc.record({ control: proportion, treatment: proportion }), compareBetaBinomial, 30);
  });

  it("sample sizes and durations", () => {
    expectAlwaysReadable(fc.record({ baseline: rate, lift }), sampleSizeForProportions);
    expectAlwaysReadable(
      fc.record({
        n: fc.oneof(fc.constant(Infinity), fc.integer({ min: 1, max: 1e9 })),
        unitsPerDay: fc.oneof(fc.constant(0), fc.double({ min: 0, max: 1e6, noNaN: true })),
      }),
      durationDays,
    );
  });

  it("detection speedups, with effects and without", () => {
    expectAlwaysReadable(
      fc.record({
        microRate: rate,
        macroRate: rate,
        microLift: fc.oneof(fc.constant(0), lift),
        macroLift: fc.oneof(fc.constant(0), lift),
      }),
      detectionSpeedup,
    );
    expectAlwaysReadable(fc.record({ tauProxy: tau, tauMacro: tau, rho }), (effects) =>
      detectionSpeedup({ microRate: 0.1, macroRate: 0.02, microLift: 0.1, macroLift: 0.05, effects }),
    );
  });

  it("decision speedups and decisions by both", () => {
    const sampling = { proxy: 18, macro: 98, correlation: 3 / 7 };
    expectAlwaysReadable(fc.record({ tauProxy: tau, tauMacro: tau, rho }), (effects) =>
      decisionSpeedup({ effects, sampling, n: 10_000, targetAccuracy: 0.8 }),
    );
    expectAlwaysReadable(fc.record({ tauProxy: tau, tauMacro: tau, rho }), (effects) =>
      proxyAssisted({ effects, sampling, nProxy: 10_000, nMacro: 0 }),
    );
  });

  it("observed speedups and verdicts on proxies", () => {
    expectAlwaysReadable(fc.record({ control: jointCounts, treatment: jointCounts }), observedSpeedup);
    expectAlwaysReadable(
      fc.record({
        control: jointCounts,
        treatment: jointCounts,
        effects: fc.record({ tauProxy: tau, tauMacro: tau, rho }),
      }),
      assessProxy,
      40,
    );
  });

  it("read-outs of experiments", () => {
    const arm = (name: string) =>
      fc
        .tuple(
          fc.integer({ min: 1, max: 1e5 }),
          fc.double({ min: 0, max: 1, noNaN: true }),
          fc.double({ min: 0, max: 1, noNaN: true }),
        )
        .map(([n, micro, macro]) => {
          const steps = Math.round(n * micro);
          return {
            name,
            n,
            results: [
              { metric: "step", conversions: steps },
              { metric: "sale", conversions: Math.round(steps * macro) },
            ],
          };
        });
    expectAlwaysReadable(
      fc.tuple(arm("old"), arm("new")),
      (arms) =>
        analyzeExperiment({
          name: "random",
          control: "old",
          metrics: [
            { name: "sale", role: "macro", kind: "proportion" },
            { name: "step", role: "proxy", kind: "proportion", nested: true },
          ],
          arms,
        }),
      40,
    );
  });
});

describe("names from users", () => {
  const plan = planExperiment({
    name: "NAME",
    control: "NAME control",
    treatments: ["NAME treatment"],
    metrics: [
      { name: "NAME sale", role: "macro", kind: "proportion", baseline: 0.02, lift: 0.1 },
      { name: "NAME step", role: "proxy", kind: "proportion", baseline: 0.1, lift: 0.1 },
    ],
  });
  // A plan does not depend on its names, and planning takes long.
  const named = (name: string): AnyResult => renamed(plan, name) as AnyResult;

  it("cannot command a terminal, or break a line", () => {
    const page = toText(named("\u001b[31mred\u001b[0m\u0007\r\n\u202eevil\u009b2J\u0000"));
    // eslint-disable-next-line no-control-regex
    expect(page).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
    expect(page).toContain("[31mred[0m evil2J sale");
  });

  it("cannot add markup to Markdown", () => {
    const page = toMarkdown(named("a | b *c* _d_ `e` <script>x</script> [f](https://g) # h\n## i\n- j"));
    expect(page).not.toMatch(/<script|<\/script/);
    expect(page).not.toMatch(/(?<!\\)`/);
    expect(page).not.toMatch(/(?<!\\)\[f/);
    expect(page).not.toMatch(/^(## i|- j)/m);
    expect(page).not.toContain("https://g");
    expect(page).toContain(String.raw`a \| b \*c\* \_d\_`);
    expectWellFormedTables(page);
  });

  it("cannot break a table or widen a page, whatever they are", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", minLength: 1, maxLength: 40 }), (name) => {
        const result = named(name);
        expectWellFormedTables(toMarkdown(result));
        expect(Math.max(...toText(result).split("\n").map(displayWidth))).toBeLessThanOrEqual(80);
      }),
      { numRuns: 25, seed: 2 },
    );
  });

  it("keep their place in tables when they are wide", () => {
    const page = toText(named("加入购物车"));
    const rows = page.split("\n").filter((line) => /^加入购物车 (sale|step) /.test(line));
    expect(rows).toHaveLength(2);
    expect(new Set(rows.map(displayWidth)).size).toBe(1);
  });
});

describe("bad input", () => {
  it("refuses what is no result of this library", () => {
    expect(() => toText({ kind: "horoscope" } as never)).toThrow(/^result.kind = "horoscope"/);
    expect(() => toMarkdown(null as never)).toThrow(DomainError);
    expect(() => toMarkdown("power" as never)).toThrow(DomainError);
  });

  it("refuses a terminal too narrow for a table, and headings too deep for Markdown", () => {
    const result = observedSpeedup(HILLSTROM);
    expect(() => toText(result, { width: 39 })).toThrow(/^width = 39/);
    expect(() => toText(result, { width: 80.5 })).toThrow(DomainError);
    expect(() => toMarkdown(result, { headingLevel: 0 })).toThrow(/^headingLevel = 0/);
    expect(() => toMarkdown(result, { headingLevel: 5 })).toThrow(/^headingLevel = 5/);
    expect(toMarkdown(result, { headingLevel: 4 })).toMatch(/^#### Observed speedup/);
  });
});
