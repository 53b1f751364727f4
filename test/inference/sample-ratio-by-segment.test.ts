import { describe, expect, it } from "vitest";
import { DomainError } from "../../src/core/domain-error.ts";
import { sampleRatioBySegment } from "../../src/inference/sample-ratio-by-segment.ts";
import { sampleRatioMismatch } from "../../src/inference/sample-ratio-mismatch.ts";
import { relativeError } from "../support/relative-error.ts";

const sound = { name: "Chrome", observed: [50_120, 49_880] };
const broken = { name: "Safari", observed: [20_900, 19_700] };
const codes = ({ warnings }: { warnings: readonly { code: string }[] }): string[] =>
  warnings.map(({ code }) => code);

describe("sampleRatioBySegment", () => {
  it("names the segment that is broken, and shows that the segments differ", () => {
    const result = sampleRatioBySegment({ segments: [sound, broken], expected: [1, 1] });
    expect(result.worst).toBe("Safari");
    expect(result.segments.map(({ mismatch }) => mismatch)).toEqual([false, true]);
    expect(result.warnings[0]).toMatchObject({ code: "MISMATCH_IN_SEGMENTS" });
    expect(result.warnings[0]!.message).toContain("Safari");
    // R 4.2.2: chisq.test(matrix(c(50120, 20900, 49880, 19700), 2), correct = FALSE).
    expect(relativeError(result.homogeneity!.statistic, 21.29799244008031)).toBeLessThan(1e-13);
    expect(result.homogeneity!.degreesOfFreedom).toBe(1);
  });

  it("adjusts the p-values of the single checks, and keeps their logs", () => {
    const segments = [sound, broken, { name: "bots", observed: [9e6, 1e6] }];
    const result = sampleRatioBySegment({ segments, expected: [1, 1] });
    const single = segments.map(({ observed }) => sampleRatioMismatch({ observed, expected: [1, 1] }));
    expect(result.segments.map(({ check }) => check)).toEqual(single);
    expect(result.segments[2]).toMatchObject({ adjustedPValue: 0, mismatch: true });
    expect(result.segments[2]!.adjustedLogPValue).toBeCloseTo(single[2]!.logPValue + Math.log(3), 3);
    expect(relativeError(result.segments[1]!.adjustedPValue!, 2 * single[1]!.pValue)).toBeLessThan(1e-13);
    expect(result.worst).toBe("bots");
    const bh = sampleRatioBySegment({ segments, expected: [1, 1], adjustment: "benjamini-hochberg" });
    expect(relativeError(bh.segments[1]!.adjustedPValue!, 1.5 * single[1]!.pValue)).toBeLessThan(1e-13);
  });

  it("finds two faults that cancel in the whole", () => {
    const result = sampleRatioBySegment({
      segments: [
        { name: "phone", observed: [10_500, 9_500] },
        { name: "desktop", observed: [9_500, 10_500] },
      ],
      expected: [1, 1],
    });
    expect(result.overall).toMatchObject({ statistic: 0, mismatch: false });
    expect(result.segments.every(({ mismatch }) => mismatch)).toBe(true);
    expect(result.homogeneity!.pValue).toBeLessThan(1e-20);
  });

  it("says so where the fault is the same everywhere", () => {
    const segments = Array.from({ length: 20 }, (_, i) => ({
      name: `day ${i + 1}`,
      observed: [5_080, 4_920],
    }));
    const result = sampleRatioBySegment({ segments, expected: [1, 1] });
    expect(result.worst).toBeNull();
    expect(result.overall.mismatch).toBe(true);
    expect(codes(result)).toEqual(["MISMATCH_EVERYWHERE"]);
    expect(result.homogeneity).toMatchObject({ statistic: 0, pValue: 1, degreesOfFreedom: 19 });
  });

  it("leaves out empty segments, and says so", () => {
    const result = sampleRatioBySegment({
      segments: [sound, { name: "tv", observed: [0, 0] }],
      expected: [1, 1],
    });
    expect(result.segments[1]).toMatchObject({ check: null, adjustedPValue: null, mismatch: false });
    expect(result.segments[0]!.adjustedPValue).toBe(result.segments[0]!.check!.pValue);
    expect(result.homogeneity).toBeNull();
    expect(codes(result)).toEqual(["EMPTY_SEGMENTS"]);
    expect(result.warnings[0]!.message).toContain("counted in tv,");
  });

  it("counts small segments exactly, and sees units in an arm planned at 0", () => {
    const result = sampleRatioBySegment({
      segments: [
        { name: "a", observed: [1, 4, 0] },
        { name: "b", observed: [300, 310, 1] },
      ],
      expected: [1, 1, 0],
    });
    expect(result.segments[0]!.check!.method).toBe("exact");
    expect(result.worst).toBe("b");
    expect(result.overall.pValue).toBe(0);
  });

  it.each([
    [{ segments: [], expected: [1, 1] }, "segments"],
    [{ segments: [{ name: "a", observed: [0, 0] }], expected: [1, 1] }, "segments"],
    [{ segments: [sound, { name: "a", observed: [1] }], expected: [1, 1] }, "segments[1].observed"],
    [{ segments: [{ name: "a", observed: [1, -1] }], expected: [1, 1] }, "segments[0].observed[1]"],
    [{ segments: [{ name: 3 as never, observed: [1, 1] }], expected: [1, 1] }, "segments[0].name"],
    [{ segments: [sound], expected: [1, 1, 1] }, "expected"],
    [{ segments: [sound], expected: [1, 1], adjustment: "none" as never }, "adjustment"],
  ])("refuses %j", (options, field) => {
    let thrown: unknown;
    try {
      sampleRatioBySegment(options);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(DomainError);
    expect((thrown as DomainError).field).toBe(field);
  });
});
