import { describe, expect, it } from "vitest";
import {
  analyzeExperiment,
  type ExperimentReadout,
  type TreatmentReadout,
} from "../../src/experiment/analyze-experiment.ts";
import { toMarkdown } from "../../src/report/to-markdown.ts";
import { toText } from "../../src/report/to-text.ts";
import {
  REAL_DOCUMENTS,
  realDocument,
  type ReferenceFigures,
  referenceFigures,
} from "../support/real-documents.ts";
import { relativeError } from "../support/relative-error.ts";
import { roundedJson } from "../support/rounded-json.ts";

type TreatmentFigures = ReferenceFigures["treatments"][number];

/** Relative: SciPy rounds its statistics to 1e-14 or so, which a p-value of 1e-112 shows 500 times over. */
const TOLERANCE = 1e-11;

function expectFigures(pairs: readonly (readonly [number | null, number])[]): void {
  for (const [actual, expected] of pairs) {
    expect(actual).not.toBeNull();
    expect(relativeError(actual!, expected)).toBeLessThan(TOLERANCE);
  }
}

describe("the read-out of a real experiment", () => {
  describe.each(REAL_DOCUMENTS)("%s", (name) => {
    const read = (): ExperimentReadout => analyzeExperiment(realDocument(name));
    const file = (extension: string): string => `./__snapshots__/real/${name}.${extension}`;

    // Read these files: they are what a platform stores and a person reads.
    it("reads as committed, as JSON", async () => {
      await expect(roundedJson(read())).toMatchFileSnapshot(file("json"));
    });

    it("reads as committed, in a terminal", async () => {
      await expect(toText(read())).toMatchFileSnapshot(file("txt"));
    });

    it("reads as committed, in Markdown", async () => {
      await expect(toMarkdown(read())).toMatchFileSnapshot(file("md"));
    });

    it("has the figures that SciPy, NumPy and mpmath find", () => {
      const expected = referenceFigures()[name];
      const readout = read();
      expectFigures([[readout.sampleRatio.pValue, expected.sampleRatio]]);
      expect(readout.treatments.map((treatment) => treatment.name)).toEqual(
        expected.treatments.map((treatment) => treatment.name),
      );
      readout.treatments.forEach((treatment, i) => {
        expectMetrics(treatment, expected.treatments[i]!);
        expectParts(treatment, expected.treatments[i]!);
      });
    });
  });
});

function expectMetrics(treatment: TreatmentReadout, { metrics, zOfLooks }: TreatmentFigures): void {
  expect(treatment.metrics.map((metric) => metric.name)).toEqual(Object.keys(metrics));
  for (const { name, comparison, guardrail } of treatment.metrics) {
    const { statistic, pValue, lift, interval, worstCase } = metrics[name]!;
    expectFigures([
      [comparison!.statistic, statistic],
      [comparison!.pValue, pValue],
      [comparison!.lift.estimate, lift],
      [comparison!.lift.interval.lower, interval[0]],
      [comparison!.lift.interval.upper, interval[1]],
      ...(worstCase === undefined ? [] : [[guardrail!.worstCase, worstCase] as const]),
    ]);
  }
  const looks = treatment.metrics.flatMap(({ sequential }) => sequential?.looks ?? []);
  expect(looks).toHaveLength(zOfLooks.length);
  expectFigures(looks.map(({ z }, k) => [z, zOfLooks[k]!]));
}

function expectParts(treatment: TreatmentReadout, { funnel, segments, days }: TreatmentFigures): void {
  const steps = treatment.funnels.flatMap(({ analysis }) => analysis?.steps ?? []);
  expect(steps.map((step) => step.name)).toEqual(funnel.map(({ step }) => step));
  expectFigures(steps.map(({ logPart }, k) => [logPart.estimate, funnel[k]!.logPart]));
  const macro = treatment.metrics.find(({ role }) => role === "macro")!.name;
  segments.forEach(({ statistic, pValue, pooledLift }, k) => {
    const { analysis } = treatment.segmentations[k]!.metrics.find((metric) => metric.name === macro)!;
    expectFigures([
      [analysis!.heterogeneity!.cochran.statistic, statistic],
      [analysis!.heterogeneity!.cochran.pValue, pValue],
      [analysis!.pooled!.lift.estimate, pooledLift],
    ]);
  });
  days.forEach(({ mean, statistic, pValue, slope, slopeError, trendPValue }, k) => {
    const { analysis } = treatment.dailySeries[0]!.metrics[k]!;
    const { overall, heterogeneity, trend } = analysis!;
    expectFigures([
      [overall.estimate, mean],
      [heterogeneity!.statistic, statistic],
      [heterogeneity!.pValue, pValue],
      [trend!.slope.estimate, slope],
      [trend!.slope.standardError, slopeError],
      [trend!.pValue, trendPValue],
    ]);
  });
}

describe("the parts of the effect along a real funnel", () => {
  it.each(["hillstrom", "udacity", "udacity-mature"] as const)("add up to its log lift: %s", (name) => {
    for (const { funnels } of analyzeExperiment(realDocument(name)).treatments) {
      expect(funnels).toHaveLength(1);
      const { steps, total } = funnels[0]!.analysis!;
      const sum = steps.reduce((parts, { logPart }) => parts + logPart.estimate!, 0);
      expect(Math.abs(sum - total.logLift.estimate!)).toBeLessThan(1e-12);
    }
  });
});
