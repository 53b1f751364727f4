import { describe, expect, it } from "vitest";
import { groupEffects, type PosteriorFigures } from "../../src/bayesian/group-effects.ts";
import { analyzeSegments, type Segment } from "../../src/experiment/analyze-segments.ts";
import type { SegmentAnalysis } from "../../src/experiment/segment-analysis.ts";
import type { EffectScale } from "../../src/proxy/effect-covariance.ts";
import { crossoverTest } from "../../src/inference/crossover-test.ts";
import { pauleMandel } from "../../src/models/paule-mandel.ts";
import { inverseVariance } from "../../src/models/inverse-variance.ts";
import fromR from "../reference/experiment/segments-r.json" with { type: "json" };
import mpmath from "../reference/experiment/segments.json" with { type: "json" };
import { relativeError } from "../support/relative-error.ts";

interface Figures {
  readonly estimate: number;
  readonly standardError: number;
  readonly lower: number;
  readonly upper: number;
}

/** In standard deviations, since estimates and ends may be near 0. */
function errorsOf({ estimate, interval }: PosteriorFigures, expected: Figures): number {
  const scale = expected.upper - expected.lower;
  return Math.max(
    Math.abs(estimate - expected.estimate) / scale,
    Math.abs(interval.lower - expected.lower) / scale,
    Math.abs(interval.upper - expected.upper) / scale,
  );
}

const zValues = ({ y, se }: { readonly y: readonly number[]; readonly se: readonly number[] }): number[] =>
  y.map((estimate, k) => estimate / se[k]!);

describe("effects of segments against 30 digits", () => {
  const cases = mpmath.cases.map((expected) => ({
    expected,
    groups: groupEffects(
      expected.y.map((estimate, k) => ({ estimate, standardError: expected.se[k]! })),
      0.95,
    ),
  }));

  it("have posterior means and intervals within 1e-8 of the intervals' widths", () => {
    for (const { expected, groups } of cases) {
      expected.effects.forEach((effect, k) => {
        expect(errorsOf(groups.effects[k]!, effect)).toBeLessThan(1e-8);
        expect(relativeError(groups.effects[k]!.standardError, effect.standardError)).toBeLessThan(1e-8);
        expect(Math.abs(groups.effects[k]!.kept - effect.kept)).toBeLessThan(1e-9);
      });
      expect(errorsOf(groups.average, expected.average)).toBeLessThan(1e-8);
      const [lower, upper] = expected.prediction as [number, number];
      const { prediction } = groups;
      const error = Math.max(Math.abs(prediction.lower - lower), Math.abs(prediction.upper - upper));
      expect(error / (upper - lower)).toBeLessThan(1e-8);
    }
  });

  it("have Q and Paule and Mandel's spread to 1e-12", () => {
    for (const { y, se, q, pauleMandel: tau } of mpmath.cases) {
      expect(relativeError(pauleMandel(y, se), tau)).toBeLessThan(1e-12);
      // A Q of rounding alone is 0 but for that.
      expect(relativeError(inverseVariance(y, se).q + 1, q + 1)).toBeLessThan(1e-12);
    }
  });

  it("have the p-value of Gail and Simon to 1e-12, and its log far below 1e-308", () => {
    for (const { y, se, crossover } of mpmath.cases) {
      const found = crossoverTest(zValues({ y, se }));
      expect(relativeError(found.pValue, crossover.pValue)).toBeLessThan(1e-12);
      expect(relativeError(found.positive, crossover.positive)).toBeLessThan(1e-12);
    }
    for (const { logPValue, ...input } of mpmath.crossover) {
      const error = Math.abs(crossoverTest(zValues(input)).logPValue - logPValue);
      expect(error / Math.max(1, Math.abs(logPValue))).toBeLessThan(1e-12);
    }
  });
});

it("Gail and Simon's test has the critical values of their table 1", () => {
  // Of 2 to 6 groups at 5 %; the second group has all the evidence one would ask for.
  const table = [2.71, 4.23, 5.43, 6.5, 7.48];
  table.forEach((critical, i) => {
    const z = Array.from({ length: i + 2 }, (_, k) => (k === 0 ? -Math.sqrt(critical) : k === 1 ? 9 : 0));
    expect(crossoverTest(z).pValue).toBeCloseTo(0.05, 3);
  });
});

describe("heterogeneity of segments against metafor", () => {
  interface Fit {
    readonly q: number;
    readonly pValue: number;
    readonly iSquared: number;
    readonly tau: number;
  }
  const analyze = (segments: readonly Segment[], scale: EffectScale): SegmentAnalysis =>
    analyzeSegments({ segmentation: "case", measured: "before-exposure", segments, scale });
  const expectFit = (segments: readonly Segment[], scale: EffectScale, fit: Fit): void => {
    const { cochran, tau } = analyze(segments, scale).heterogeneity!;
    expect(relativeError(cochran.statistic, fit.q)).toBeLessThan(1e-12);
    expect(relativeError(cochran.pValue, fit.pValue)).toBeLessThan(1e-12);
    expect(Math.abs(cochran.iSquared - fit.iSquared)).toBeLessThan(1e-12);
    // metafor stops its search for the spread at 1e-13 of its square's own scale.
    expect(Math.abs(tau.pauleMandel - fit.tau)).toBeLessThan(1e-6 * (fit.tau + 1e-3));
  };

  it("of rates on both scales, with Mantel and Haenszel's ratio and Tarone's test", () => {
    for (const { n1, x1, n2, x2, ...expected } of fromR.rates) {
      const segments = n1.map((n, k) => ({
        name: `s${k}`,
        control: { n, conversions: x1[k]! },
        treatment: { n: n2[k]!, conversions: x2[k]! },
      }));
      expectFit(segments, "log-lift", expected.logLift);
      expectFit(segments, "difference", expected.difference);
      const { pooled, heterogeneity, segments: found } = analyze(segments, "log-lift");
      found.forEach(({ effect }, k) => {
        expect(relativeError(effect!.estimate, expected.y[k]!)).toBeLessThan(1e-12);
        expect(relativeError(effect!.standardError, expected.se[k]!)).toBeLessThan(1e-12);
      });
      const ratio = Math.log1p(pooled!.lift.estimate!);
      expect(relativeError(ratio, expected.mantelHaenszelLogRatio)).toBeLessThan(1e-12);
      expect(relativeError(heterogeneity!.tarone!.statistic, expected.tarone)).toBeLessThan(1e-10);
      expect(relativeError(heterogeneity!.tarone!.pValue, expected.taroneP)).toBeLessThan(1e-10);
    }
  });

  it("of means on both scales", () => {
    for (const { n1, m1, v1, n2, m2, v2, logLift, difference } of fromR.means) {
      const segments = n1.map((n, k) => ({
        name: `s${k}`,
        control: { n, mean: m1[k]!, variance: v1[k]! },
        treatment: { n: n2[k]!, mean: m2[k]!, variance: v2[k]! },
      }));
      expectFit(segments, "log-lift", logLift);
      expectFit(segments, "difference", difference);
    }
  });

  it("of rates of events", () => {
    for (const { n1, x1, n2, x2, logLift } of fromR.counts) {
      const segments = n1.map((n, k) => ({
        name: `s${k}`,
        control: { n, events: x1[k]! },
        treatment: { n: n2[k]!, events: x2[k]! },
      }));
      expectFit(segments, "log-lift", logLift);
    }
  });
});
