import { describe, expect, it } from "vitest";
import { logOddsRatioContrast } from "../../src/bayesian/beta-contrasts.ts";
import { differencePosterior, liftPosterior, oddsRatioPosterior } from "../../src/bayesian/beta-effects.ts";
import { quantileCurve } from "../../src/bayesian/quantile-curve.ts";
import { betaDensity } from "../../src/numerics/beta-density.ts";
import table from "../reference/bayesian/rate-effects.json" with { type: "json" };

// Quantiles, in posterior standard deviations of the log odds ratio: 1e-11, but 1e-10 at a tail of 1e-9. Ends of
// shortest intervals, over a quarter of their width: 1e-9, since a density is flat near its peak and its logs are right
// to 1e-13.

describe.each(table)("the effects of $control and $treatment", (row) => {
  const control = betaDensity(row.control[0]!, row.control[1]!);
  const treatment = betaDensity(row.treatment[0]!, row.treatment[1]!);
  const [body] = row.logOddsRatio.tails;
  const deviation = (Number(body!.upper) - Number(body!.lower)) / 4;

  it("have the quantiles of the odds ratio of 18 digits", () => {
    const contrast = logOddsRatioContrast(control, treatment);
    const error = (side: "lower" | "upper", tail: number, expected: string): number =>
      Math.abs(quantileCurve(contrast).quantile(side, tail) - Number(expected)) / deviation;
    expect(error("lower", 0.5, row.logOddsRatio.median)).toBeLessThan(1e-11);
    for (const { tail, lower, upper } of row.logOddsRatio.tails) {
      const tolerance = tail === 1e-9 ? 1e-10 : 1e-11;
      expect(error("lower", tail, lower)).toBeLessThan(tolerance);
      expect(error("upper", tail, upper)).toBeLessThan(tolerance);
    }
  });

  it("have the shortest intervals of 18 digits", () => {
    const odds = oddsRatioPosterior(control, treatment, 0.95).highestDensityInterval;
    const lift = liftPosterior(control, treatment, 0.95).highestDensityInterval;
    const ratio = { lower: 1 + lift.lower, upper: 1 + lift.upper };
    for (const [found, expected] of [
      [odds, row.oddsRatioShortest],
      [ratio, row.ratioShortest],
    ] as const) {
      const [lower, upper] = expected.map((log) => (log === "-inf" ? 0 : Math.exp(Number(log))));
      const spread = (upper! - lower!) / 4;
      expect(Math.abs(found.lower - lower!) / spread).toBeLessThan(1e-9);
      expect(Math.abs(found.upper - upper!) / spread).toBeLessThan(1e-9);
    }
    if (row.differenceShortest === undefined) return;
    const { highestDensityInterval: found } = differencePosterior(control, treatment, 0.95);
    const [lower, upper] = row.differenceShortest.map(Number);
    const spread = (upper! - lower!) / 4;
    expect(Math.abs(found.lower - lower!) / spread).toBeLessThan(1e-9);
    expect(Math.abs(found.upper - upper!) / spread).toBeLessThan(1e-9);
  });
});
