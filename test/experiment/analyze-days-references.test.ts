import { describe, expect, it } from "vitest";
import { analyzeDays, type DayAnalysis } from "../../src/experiment/analyze-days.ts";
import byMpmath from "../reference/experiment/days.json" with { type: "json" };
import byR from "../reference/experiment/days-r.json" with { type: "json" };
import { relativeError } from "../support/relative-error.ts";

interface Counts {
  readonly day: number;
  readonly nc: number;
  readonly xc: number;
  readonly nt: number;
  readonly xt: number;
}

function analyze({
  by,
  scale,
  days,
}: {
  readonly by: string;
  readonly scale: string;
  readonly days: readonly Counts[];
}): DayAnalysis {
  return analyzeDays({
    by: by as "day-of-entry",
    scale: scale as "difference",
    days: days.map(({ day, nc, xc, nt, xt }) => ({
      day,
      control: { n: nc, conversions: xc },
      treatment: { n: nt, conversions: xt },
    })),
  });
}

function expectClose(pairs: readonly (readonly [number | null, number])[], tolerance: number): void {
  for (const [actual, expected] of pairs) {
    expect(relativeError(actual!, expected), `${actual} for ${expected}`).toBeLessThan(tolerance);
  }
}

describe("effects over days by mpmath", () => {
  // Largest errors seen: 2e-15, of p-values 2e-13 (the farthest is 1e-250); of decays 1e-14.
  it.each(byMpmath.cases)("$name: line, pool and parts", (row) => {
    const { overall, heterogeneity, trend, earlyAgainstLate } = analyze(row);
    expectClose(
      [
        [overall.estimate, row.overall],
        [overall.standardError, row.overallError],
        [heterogeneity!.statistic, row.q],
        [trend!.slope.standardError, row.slopeError],
        [trend!.dispersion, row.dispersion],
        [earlyAgainstLate!.early.estimate, row.early],
        [earlyAgainstLate!.late.estimate, row.late],
      ],
      1e-12,
    );
    const size = Math.max(Math.abs(row.first), Math.abs(row.last));
    expect(Math.abs(trend!.slope.estimate! - row.slope)).toBeLessThan(1e-13 * size);
    expect(Math.abs(trend!.first - row.first)).toBeLessThan(1e-13 * size);
    expect(Math.abs(trend!.last - row.last)).toBeLessThan(1e-13 * size);
    expect(Math.abs(trend!.change.interval.lower - row.changeLower)).toBeLessThan(1e-13 * size);
    expect(Math.abs(earlyAgainstLate!.change.estimate! - row.change)).toBeLessThan(1e-13 * size);
    expectClose(
      [
        [heterogeneity!.pValue, row.qP],
        [trend!.pValue, row.pValue],
        [trend!.residual.pValue, row.residualP],
        [earlyAgainstLate!.pValue, row.changeP],
      ],
      1e-12,
    );
  });

  it.each(byMpmath.cases.filter(({ by }) => by === "day-of-entry"))("$name: the farthest day", (row) => {
    const sizes = row.residuals.map(Math.abs);
    const largest = Math.max(...sizes);
    const { outlier } = analyze(row);
    expect(outlier!.day).toBe(row.days[sizes.indexOf(largest)]!.day);
    expect(relativeError(Math.abs(outlier!.residual), largest)).toBeLessThan(1e-12);
  });

  it.each(byMpmath.cases.filter(({ decay }) => decay !== undefined))("$name: decay", (row) => {
    const { pattern, decay, longRun } = analyze(row);
    const expected = row.decay!;
    expect(pattern).toBe("novelty");
    expect(longRun).toBe(decay!.longRun);
    expectClose(
      [
        [decay!.halfLife.estimate, expected.halfLife],
        [decay!.halfLife.standardError, expected.halfLifeError],
        [decay!.halfLife.interval.lower, expected.halfLifeLower],
        [decay!.halfLife.interval.upper, expected.halfLifeUpper],
        [decay!.excess, expected.excess],
        [decay!.residual.statistic, expected.q],
        [longRun.estimate, expected.level],
        [longRun.standardError, expected.levelError],
        [longRun.interval.lower, expected.levelLower],
        [longRun.interval.upper, expected.levelUpper],
      ],
      1e-12,
    );
  });
});

describe("effects over days by R", () => {
  it.each(byR.cases)("$name: metafor, and lm where the days scatter", (row) => {
    const { overall, heterogeneity, trend, earlyAgainstLate, outlier } = analyze(row);
    const isScattered = trend!.dispersion > 1;
    expectClose(
      [
        [overall.estimate, row.pooled[0]!],
        [overall.standardError, row.pooled[1]!],
        [heterogeneity!.statistic, row.q],
        [heterogeneity!.pValue, row.qP],
        [trend!.slope.estimate, row.slope],
        [trend!.slope.standardError, isScattered ? row.lmError : row.slopeError],
        [trend!.pValue, isScattered ? row.lmP : row.slopeP],
        [trend!.residual.statistic, row.residualQ],
        [trend!.residual.pValue, row.residualP],
        [earlyAgainstLate!.early.estimate, row.early[0]!],
        [earlyAgainstLate!.early.standardError, row.early[1]!],
        [earlyAgainstLate!.late.estimate, row.late[0]!],
        [earlyAgainstLate!.late.standardError, row.late[1]!],
      ],
      1e-10,
    );
    if (outlier !== null) {
      const largest = Math.max(...row.standardized.map(Math.abs));
      expect(relativeError(Math.abs(outlier.residual), largest)).toBeLessThan(1e-11);
    }
  });

  // nls stops at about 1e-8 of its parameters; its profile limits are found by uniroot.
  it.each(byR.cases.filter(({ decay }) => decay !== undefined))("$name: nls and its profile", (row) => {
    const { decay, longRun } = analyze(row);
    const expected = row.decay!;
    expectClose(
      [
        [decay!.halfLife.estimate, expected.halfLife],
        [decay!.halfLife.standardError, expected.halfLifeError],
        [decay!.halfLife.interval.lower, expected.halfLifeLimits[0]!],
        [decay!.halfLife.interval.upper, expected.halfLifeLimits[1]!],
        [decay!.excess, expected.excess],
        [longRun.estimate, expected.level],
        [longRun.standardError, expected.levelError],
        [longRun.interval.lower, expected.levelLimits[0]!],
        [longRun.interval.upper, expected.levelLimits[1]!],
      ],
      1e-6,
    );
  });
});
