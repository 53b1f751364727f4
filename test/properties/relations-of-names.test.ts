import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compareBetaBinomial } from "../../src/bayesian/compare-beta-binomial.ts";
import { analyzeExperiment } from "../../src/experiment/analyze-experiment.ts";
import { analyzeSegments } from "../../src/experiment/analyze-segments.ts";
import { ADJUSTMENT_METHODS } from "../../src/inference/adjust-on.ts";
import { adjustPValues } from "../../src/inference/adjust-p-values.ts";
import { compareStratified } from "../../src/inference/compare-stratified.ts";
import { estimateEffectCovariance } from "../../src/proxy/estimate-effect-covariance.ts";
import { relativeError, scaledError } from "../support/relative-error.ts";

// Names say what a result belongs to, and order says nothing: a few of each here, RELATION_RUNS in the slow lane.
const numRuns = Number(process.env["RELATION_RUNS"] ?? 20);

const arm = fc
  .tuple(fc.integer({ min: 500, max: 1e6 }), fc.double({ min: 0.02, max: 0.6, noNaN: true }))
  .map(([n, rate]) => ({ n, conversions: Math.round(n * rate) }));
const groups = fc.array(fc.record({ control: arm, treatment: arm }), { minLength: 2, maxLength: 5 });
const named = groups.map((all) => all.map((group, i) => ({ ...group, name: `group ${i}` })));
const shift = fc.integer({ min: 1, max: 4 });

function rotated<T>(all: readonly T[], by: number): T[] {
  const start = by % all.length;
  return [...all.slice(start), ...all.slice(0, start)].toReversed();
}

describe("in another order", () => {
  it("strata make the same test and the same effects", () => {
    fc.assert(
      fc.property(named, shift, (strata, by) => {
        const [there, here] = [
          compareStratified({ strata }),
          compareStratified({ strata: rotated(strata, by) }),
        ];
        expect(scaledError(here.statistic!, there.statistic!)).toBeLessThan(1e-9);
        expect(scaledError(here.logPValue!, there.logPValue!)).toBeLessThan(1e-9);
        expect(relativeError(1 + here.lift.estimate!, 1 + there.lift.estimate!)).toBeLessThan(1e-11);
      }),
      { numRuns },
    );
  });

  it("segments keep what each was found to be", () => {
    fc.assert(
      fc.property(named, shift, (segments, by) => {
        const common = { segmentation: "device", measured: "before-exposure" } as const;
        const there = analyzeSegments({ ...common, segments });
        const here = analyzeSegments({ ...common, segments: rotated(segments, by) });
        for (const segment of there.segments) {
          const same = here.segments.find(({ name }) => name === segment.name)!;
          expect(same.comparison).toEqual(segment.comparison);
          expect(scaledError(same.adjustedLogPValue!, segment.adjustedLogPValue!)).toBeLessThan(1e-12);
          expect(scaledError(same.shrunken!.estimate, segment.shrunken!.estimate)).toBeLessThan(1e-7);
        }
        expect(here.finding.effectsDiffer).toBe(there.finding.effectsDiffer);
      }),
      { numRuns: Math.ceil(numRuns / 4) },
    );
  });

  // A call takes a second.
  it.runIf("RELATION_RUNS" in process.env)("past experiments teach the same", () => {
    const effect = fc.double({ min: -0.15, max: 0.15, noNaN: true });
    const past = fc.uniqueArray(fc.tuple(effect, effect), {
      minLength: 5,
      maxLength: 8,
      selector: ([proxyEffect]) => proxyEffect,
    });
    const covariance = [
      [0.0004, 0.0002],
      [0.0002, 0.0016],
    ] as const;
    const learn = (all: readonly (readonly [number, number])[]): readonly number[] => {
      const experiments = all.map(([proxyEffect, macroEffect]) => ({ proxyEffect, macroEffect, covariance }));
      const { tauProxy, tauMacro, rho } = estimateEffectCovariance({ experiments });
      return [tauProxy, tauMacro, rho];
    };
    fc.assert(
      fc.property(past, shift, (all, by) => {
        const [there, here] = [learn(all), learn(rotated(all, by))];
        here.forEach((value, i) => expect(scaledError(value, there[i]!)).toBeLessThan(1e-6));
      }),
      { numRuns: Math.ceil(numRuns / 400) },
    );
  });
});

describe("metrics of an experiment", () => {
  it("follow their names, and one more outside the family changes none", () => {
    fc.assert(
      fc.property(
        arm,
        arm,
        fc.array(fc.double({ min: 0.1, max: 0.9, noNaN: true }), { minLength: 3, maxLength: 3 }),
        (a, b, of) => {
          const metrics = [
            { name: "order", role: "macro", kind: "proportion" },
            { name: "cart", role: "secondary", kind: "proportion" },
            { name: "search", role: "secondary", kind: "proportion" },
          ] as const;
          const guard = { name: "complaint", role: "guardrail", kind: "proportion", margin: 0.1 } as const;
          const read = (
            order: readonly ((typeof metrics)[number] | typeof guard)[],
          ): ReadonlyMap<string, unknown> => {
            const arms = [a, b].map(({ n, conversions }, i) => ({
              name: `arm ${i}`,
              n,
              results: order.map(({ name }) => ({
                metric: name,
                conversions: Math.round(conversions * (name === "order" ? 1 : of[name.length % 3]!)),
              })),
            }));
            const readout = analyzeExperiment({ name: "e", control: "arm 0", metrics: order, arms } as never);
            return new Map(readout.treatments[0]!.metrics.map((metric) => [metric.name, metric]));
          };
          const there = read(metrics);
          for (const here of [read(rotated(metrics, 1)), read([...metrics, guard])])
            for (const [name, metric] of there) expect(here.get(name)).toEqual(metric);
        },
      ),
      { numRuns: Math.ceil(numRuns / 4) },
    );
  });
});

describe("a family of p-values", () => {
  const pValues = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 8 });

  it.each(ADJUSTMENT_METHODS)(
    "adjusted by %s: none smaller, in the order that they had, by their names",
    (method) => {
      fc.assert(
        fc.property(pValues, shift, (raw, by) => {
          const adjusted = adjustPValues(raw, method);
          adjusted.forEach((p, i) => {
            expect(p).toBeGreaterThanOrEqual(raw[i]! * (1 - 1e-15));
            expect(p).toBeLessThanOrEqual(1);
            raw.forEach((other, j) => other > raw[i]! && expect(adjusted[j]!).toBeGreaterThanOrEqual(p));
          });
          rotated(adjusted, by).forEach((p, i) =>
            expect(relativeError(adjustPValues(rotated(raw, by), method)[i]!, p)).toBeLessThan(1e-13),
          );
        }),
        { numRuns },
      );
    },
  );
});

describe("a posterior", () => {
  it("speaks more for the treatment the more of it convert, and its quantiles are in order", () => {
    fc.assert(
      fc.property(arm, arm, (control, treatment) => {
        fc.pre(treatment.conversions < treatment.n);
        const options = {
          control,
          prior: { alpha: 1, beta: 1 },
          quantileLevels: [0.05, 0.25, 0.5, 0.75, 0.95],
        };
        const less = compareBetaBinomial({ ...options, treatment });
        const more = compareBetaBinomial({
          ...options,
          treatment: { ...treatment, conversions: treatment.conversions + 1 },
        });
        expect(more.probabilityToBeat).toBeGreaterThanOrEqual(less.probabilityToBeat - 1e-13);
        const quantiles = less.lift.quantiles.map(({ value }) => value);
        expect(quantiles).toEqual(quantiles.toSorted((x, y) => x - y));
      }),
      { numRuns: Math.ceil(numRuns / 4) },
    );
  });
});
