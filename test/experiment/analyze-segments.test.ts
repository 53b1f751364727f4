import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DomainError } from "../../src/core/domain-error.ts";
import {
  analyzeSegments,
  type AnalyzeSegmentsOptions,
  type Segment,
} from "../../src/experiment/analyze-segments.ts";
import type { SegmentAnalysis } from "../../src/experiment/segment-analysis.ts";
import { compareMeans } from "../../src/inference/compare-means.ts";
import { compareProportions } from "../../src/inference/compare-proportions.ts";
import { compareStratified } from "../../src/inference/compare-stratified.ts";
import type { Mean } from "../../src/summaries/mean.ts";
import type { Proportion } from "../../src/summaries/proportion.ts";
import type { TwoArms } from "../../src/summaries/two-arms.ts";
import hillstrom from "../reference/experiment/hillstrom-segments.json" with { type: "json" };
import { relativeError } from "../support/relative-error.ts";
import { faultOf } from "../support/sound-result.ts";

const rates = (n1: number, x1: number, n2: number, x2: number): TwoArms<Proportion> => ({
  control: { n: n1, conversions: x1 },
  treatment: { n: n2, conversions: x2 },
});
const device: AnalyzeSegmentsOptions = {
  segmentation: "device",
  measured: "before-exposure",
  plannedSegmentation: true,
  segments: [
    { name: "phone", ...rates(9000, 540, 9020, 652) },
    { name: "tablet", ...rates(1100, 70, 1080, 74) },
    { name: "desktop", ...rates(5000, 410, 4990, 424) },
  ],
};
const codes = ({ warnings }: SegmentAnalysis): string[] => warnings.map(({ code }) => code);
const analyze = (segments: readonly Segment[], more: Partial<AnalyzeSegmentsOptions> = {}): SegmentAnalysis =>
  analyzeSegments({ ...device, segments, ...more });
const fieldOf = (options: unknown): string => {
  try {
    analyzeSegments(options as AnalyzeSegmentsOptions);
  } catch (error) {
    if (error instanceof DomainError) return error.field;
    throw error;
  }
  return "";
};

describe("analyzeSegments", () => {
  it("compares each segment as the test of its kind does, and pools them as compareStratified does", () => {
    const { segments, pooled, crude, shares } = analyzeSegments(device);
    const joint = compareStratified({ strata: device.segments as (Segment & TwoArms<Proportion>)[] });
    device.segments.forEach((segment, k) => {
      expect(segments[k]!.comparison).toStrictEqual(
        compareProportions(segment as unknown as TwoArms<Proportion>),
      );
    });
    expect(pooled!.pValue).toBe(joint.pValue);
    expect(pooled!.difference).toStrictEqual(joint.difference);
    expect(pooled!.lift).toStrictEqual(joint.lift);
    expect(shares).toStrictEqual(joint.shares);
    expect(crude).toStrictEqual(compareProportions(rates(15_100, 1020, 15_090, 1150)));
  });

  it("pools means by the shares of units as compareStratified does", () => {
    const segments = [
      {
        name: "new",
        control: { n: 900, mean: 5, variance: 80 },
        treatment: { n: 950, mean: 5.5, variance: 90 },
      },
      {
        name: "old",
        control: { n: 300, mean: 20, variance: 400 },
        treatment: { n: 280, mean: 22, variance: 500 },
      },
    ];
    const { pooled, mix, crude } = analyze(segments);
    const joint = compareStratified({ strata: segments });
    expect(pooled!.difference).toStrictEqual(joint.difference);
    expect(pooled!.pValue).toBe(joint.pValue);
    expect(mix!.difference).toBeCloseTo(crude!.difference.estimate! - pooled!.difference.estimate!, 12);
  });

  it("refuses segments measured after exposure, and says why", () => {
    expect(() => analyzeSegments({ ...device, measured: "after-exposure", basedOn: "add to cart" })).toThrow(
      /measured = "after-exposure", must be "before-exposure": the treatment itself moves units between segments by add to cart/,
    );
    expect(fieldOf({ ...device, measured: undefined })).toBe("measured");
  });

  it("names segments that overlap by what they hold more than the whole", () => {
    const overall = rates(15_100, 1020, 15_090, 1150);
    expect(codes(analyzeSegments({ ...device, overall }))).toStrictEqual([]);
    expect(fieldOf({ ...device, overall: rates(15_099, 1020, 15_090, 1150) })).toBe("overall.control.n");
    expect(fieldOf({ ...device, overall: rates(15_100, 1020, 15_090, 1149) })).toBe(
      "overall.treatment.conversions",
    );
    expect(fieldOf({ ...device, overall: rates(15_101, 1022, 15_090, 1150) })).toBe(
      "overall.control.n - overall.control.conversions",
    );
  });

  it("says how many units are in no segment, and weighs them in the test of shares", () => {
    const result = analyzeSegments({ ...device, overall: rates(16_100, 1100, 15_290, 1160) });
    expect(result.withoutSegment).toStrictEqual({ control: 1000, treatment: 200 });
    expect(codes(result)).toStrictEqual(["SEGMENT_IMBALANCE", "UNITS_WITHOUT_SEGMENT"]);
    expect(result.shares!.degreesOfFreedom).toBe(3);
  });

  it("refuses names given twice, kinds mixed, empty lists and broken arms by their path", () => {
    const [phone] = device.segments;
    expect(fieldOf({ ...device, segments: [] })).toBe("segments");
    expect(fieldOf({ ...device, segments: [phone, phone] })).toBe("segments[1].name");
    expect(fieldOf({ ...device, segments: [{ ...phone, name: "" }] })).toBe("segments[0].name");
    expect(
      fieldOf({ ...device, segments: [phone, { ...phone, name: "b", treatment: { n: 3, events: 2 } }] }),
    ).toBe("segments[1].treatment.conversions");
    expect(fieldOf({ ...device, segments: [{ name: "a", ...rates(10, 11, 5, 2) }] })).toBe(
      "segments[0].control.conversions",
    );
    expect(fieldOf({ ...device, segments: [{ name: "a", ...rates(0, 1, 5, 2) }] })).toBe(
      "segments[0].control.conversions",
    );
    expect(fieldOf({ ...device, plannedSegmentation: 1 })).toBe("plannedSegmentation");
    expect(fieldOf({ ...device, relevantSpread: 0 })).toBe("relevantSpread");
    expect(fieldOf({ ...device, overall: { control: { n: 20_000, conversions: 2000 } } })).toBe(
      "overall.treatment",
    );
  });

  it("warns of Simpson's paradox where the split differed between segments", () => {
    const result = analyze([
      { name: "weekdays", ...rates(9000, 900, 1000, 110) },
      { name: "weekend", ...rates(1000, 20, 9000, 190) },
    ]);
    expect(result.crude!.difference.estimate).toBeLessThan(0);
    expect(result.pooled!.difference.estimate).toBeGreaterThan(0);
    expect(codes(result)).toContain("SIMPSON");
    expect(codes(result)).toContain("SEGMENT_IMBALANCE");
    expect(result.mix!.pValue).toBeLessThan(1e-12);
  });

  it("warns where the mix moves the effect without turning it round", () => {
    const result = analyze([
      { name: "weekdays", ...rates(6000, 600, 5000, 550) },
      { name: "weekend", ...rates(4000, 80, 5000, 200) },
    ]);
    expect(codes(result)).toContain("MIX_MOVES_EFFECT");
    expect(codes(result)).not.toContain("SIMPSON");
  });

  it("says plainly that segments differ, do not differ, or cannot be told apart", () => {
    const steady = (x2: readonly number[]): SegmentAnalysis =>
      analyze(x2.map((x, k) => ({ name: `s${k}`, ...rates(200_000, 10_000, 200_000, x) })));
    expect(steady([11_000, 12_900, 9500]).finding).toMatchObject({
      effectsDiffer: "yes",
      standOut: ["s1", "s2"],
      best: "s1",
    });
    expect(steady([12_000, 12_010, 11_990, 12_000, 11_995]).finding.effectsDiffer).toBe("no");
    expect(analyzeSegments(device).finding).toMatchObject({
      effectsDiffer: "cannot-tell",
      standOut: [],
      best: "phone",
    });
    expect(analyzeSegments({ ...device, improvesWhen: "decrease" }).finding.best).toBe("desktop");
  });

  it("takes differences where levels are below 0, and log-lifts otherwise, unless told", () => {
    const profit = (mean: number): Segment => ({
      name: String(mean),
      control: { n: 100, mean, variance: 4 },
      treatment: { n: 100, mean: mean + 1, variance: 4 },
    });
    expect(analyze([profit(2), profit(5)]).scale).toBe("log-lift");
    expect(analyze([profit(-2), profit(5)]).scale).toBe("difference");
    const asked = analyze([profit(-2), profit(5), profit(6)], { scale: "log-lift" });
    expect(asked.segments[0]!.effect).toBeNull();
    expect(codes(asked)).toContain("SEGMENTS_LEFT_OUT");
    expect(analyze([profit(2), profit(5)], { scale: "difference" }).segments[0]!.shrunken!.lift).toBeNull();
  });

  it("leaves out what cannot be weighed, with a warning and no crash", () => {
    const result = analyze([
      ...device.segments,
      { name: "empty arm", control: { n: 0, conversions: 0 }, treatment: { n: 5, conversions: 1 } },
      { name: "no sales", ...rates(100, 0, 100, 0) },
      { name: "one unit", ...rates(1, 1, 1, 0) },
    ]);
    const plain = analyzeSegments(device);
    expect(result.heterogeneity).toStrictEqual(plain.heterogeneity);
    expect(result.segments[3]).toMatchObject({
      comparison: null,
      adjustedPValue: null,
      effect: null,
      shrunken: null,
    });
    expect(result.warnings.find(({ code }) => code === "SEGMENTS_LEFT_OUT")!.message).toContain(
      "empty arm, no sales, one unit",
    );
    expect(result.status).toBe("ok");
    const lone = analyze([device.segments[0]!]);
    expect(lone).toMatchObject({ status: "undetermined", heterogeneity: null, mix: null });
    expect(codes(lone)).toStrictEqual(["SINGLE_SEGMENT"]);
    const nothing = analyze([
      { name: "a", control: { n: 0 } as Proportion, treatment: { n: 0, conversions: 0 } },
    ]);
    expect(nothing).toMatchObject({ pooled: null, crude: null, shares: null });
  });

  it("labels what was not planned as exploratory", () => {
    expect(codes(analyzeSegments({ ...device, plannedSegmentation: false }))).toStrictEqual(["EXPLORATORY"]);
  });

  it("adds up ratios by their denominators and counts by their units", () => {
    const ratio = (n: number, clicks: number, sessions: number) => ({
      n,
      numerator: { mean: clicks, variance: clicks * 3 },
      denominator: { mean: sessions, variance: sessions * 2 },
      covariance: clicks,
    });
    const ratios = analyze([
      { name: "new", control: ratio(1000, 1.2, 2), treatment: ratio(900, 1.3, 2.1) },
      { name: "old", control: ratio(400, 5, 6), treatment: ratio(500, 5.4, 6.2) },
    ]);
    const counts = analyze([
      {
        name: "new",
        control: { n: 1000, events: 1200, variance: 3 },
        treatment: { n: 900, events: 1150, variance: 3.2 },
      },
      {
        name: "old",
        control: { n: 400, events: 2000, variance: 9 },
        treatment: { n: 500, events: 2600, variance: 9.5 },
      },
    ]);
    for (const { mix, crude, pooled } of [ratios, counts]) {
      const apart = crude!.difference.estimate! - pooled!.difference.estimate!;
      expect(relativeError(mix!.difference, apart)).toBeLessThan(1e-10);
    }
    // Were the counts Poisson, their errors would be smaller by the root of the dispersion.
    expect(counts.segments[0]!.comparison!.method).toBe("quasi-poisson");
  });
});

describe("segments of Hillstrom's e-mail test", () => {
  const arms = (segment: (typeof hillstrom.channel)[number], of: "visits" | "conversions"): Segment => ({
    name: segment.name,
    control: { n: segment.control.n, conversions: segment.control[of] },
    treatment: { n: segment.treatment.n, conversions: segment.treatment[of] },
  });
  const email = { segmentation: "channel", measured: "before-exposure", plannedSegmentation: true } as const;

  it("differ in their lift of visits between new and old customers, and not by what was bought before", () => {
    const { overall } = hillstrom;
    const visits = (column: "newbie" | "mens" | "channel"): SegmentAnalysis =>
      analyzeSegments({
        ...email,
        segments: hillstrom[column].map((segment) => arms(segment, "visits")),
        overall: {
          control: { n: overall.control.n, conversions: overall.control.visits },
          treatment: { n: overall.treatment.n, conversions: overall.treatment.visits },
        },
      });
    // Q by metafor 3.8-1 over the log ratios of escalc(measure = "RR").
    expect(relativeError(visits("newbie").heterogeneity!.cochran.statistic, 17.484546861297)).toBeLessThan(
      1e-12,
    );
    expect(relativeError(visits("channel").heterogeneity!.cochran.pValue, 0.0376268829406683)).toBeLessThan(
      1e-12,
    );
    expect(visits("newbie").finding).toMatchObject({ effectsDiffer: "yes", standOut: ["0", "1"], best: "1" });
    expect(visits("mens").finding.effectsDiffer).toBe("no");
    for (const result of [visits("newbie"), visits("mens"), visits("channel")]) {
      expect(result.withoutSegment).toStrictEqual({ control: 0, treatment: 0 });
      expect(codes(result)).toStrictEqual([]);
      expect(result.heterogeneity!.crossover.pValue).toBe(1);
    }
  });

  it("hold spend with its overall mean and variance", () => {
    const mean = ({ n, spendMean, spendVariance }: (typeof hillstrom.overall)["control"]): Mean => ({
      n,
      mean: spendMean,
      variance: spendVariance,
    });
    for (const column of ["channel", "zip_code", "newbie", "mens"] as const) {
      const result = analyzeSegments({
        ...email,
        segments: hillstrom[column].map(({ name, control, treatment }) => ({
          name,
          control: mean(control),
          treatment: mean(treatment),
        })),
      });
      const whole = compareMeans({
        control: mean(hillstrom.overall.control),
        treatment: mean(hillstrom.overall.treatment),
      });
      expect(relativeError(result.crude!.pValue!, whole.pValue!)).toBeLessThan(1e-10);
      expect(faultOf(result)).toBeNull();
    }
  });
});

describe("segments of any kind", () => {
  const proportion = fc
    .tuple(
      fc.oneof(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 1e12 })),
      fc.double({ min: 0, max: 1, noNaN: true }),
    )
    .map(([n, share]) => ({ n, conversions: Math.round(n * share) }));
  const segments = fc
    .array(fc.tuple(proportion, proportion), { minLength: 1, maxLength: 8 })
    .map((pairs) => pairs.map(([control, treatment], k) => ({ name: `s${k}`, control, treatment })));

  it("give sound answers, and none of their order", () => {
    fc.assert(
      fc.property(segments, fc.constantFrom("log-lift" as const, "difference" as const), (list, scale) => {
        const result = analyze(list, { scale });
        expect(faultOf(result)).toBeNull();
        const turned = analyze(list.toReversed(), { scale });
        const [a, b] = [result.heterogeneity, turned.heterogeneity];
        expect(a === null).toBe(b === null);
        if (a === null || b === null) return;
        const unit = Math.max(1, a.cochran.statistic);
        expect(Math.abs(a.cochran.statistic - b.cochran.statistic) / unit).toBeLessThan(1e-9);
        expect(relativeError(a.tau.upper, b.tau.upper)).toBeLessThan(1e-6);
      }),
      { numRuns: 200 },
    );
  });

  it("turn round when the arms change places", () => {
    fc.assert(
      fc.property(segments, (list) => {
        const there = analyze(list);
        const back = analyze(
          list.map(({ name, control, treatment }) => ({ name, control: treatment, treatment: control })),
        );
        there.segments.forEach(({ shrunken, effect }, k) => {
          const other = back.segments[k]!;
          expect(effect === null).toBe(other.effect === null);
          if (shrunken === null || effect === null) return;
          const error = Math.abs(shrunken.estimate + other.shrunken!.estimate) / shrunken.standardError;
          expect(error).toBeLessThan(1e-6);
        });
      }),
      { numRuns: 100 },
    );
  });

  it("are shrunken towards their average, and never past it", () => {
    fc.assert(
      fc.property(segments, (list) => {
        const { segments: found, heterogeneity } = analyze(list);
        if (heterogeneity === null) return;
        const estimates = found.flatMap(({ effect }) => (effect === null ? [] : [effect.estimate]));
        const least = estimates.reduce((a, b) => Math.min(a, b));
        const most = estimates.reduce((a, b) => Math.max(a, b));
        for (const { shrunken } of found) {
          if (shrunken === null) continue;
          const room = 1e-9 * (shrunken.standardError + Math.abs(most) + Math.abs(least));
          expect(shrunken.estimate).toBeGreaterThanOrEqual(least - room);
          expect(shrunken.estimate).toBeLessThanOrEqual(most + room);
          expect(shrunken.kept).toBeGreaterThanOrEqual(0);
          expect(shrunken.kept).toBeLessThanOrEqual(1);
        }
      }),
      { numRuns: 100 },
    );
  });
});
