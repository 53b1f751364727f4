import { describe, expect, it } from "vitest";
import { DomainError } from "../../src/core/domain-error.ts";
import { aaUniformity } from "../../src/inference/aa-uniformity.ts";
import { normalSf } from "../../src/numerics/normal.ts";
import { createRandom } from "../../src/numerics/random.ts";
import { relativeError } from "../support/relative-error.ts";

const codes = ({ warnings }: { warnings: readonly { code: string }[] }): string[] =>
  warnings.map(({ code }) => code);

describe("aaUniformity", () => {
  it("has the statistic and the exact p-value of R's ks.test", () => {
    // R 4.2.2: ks.test(c(0.02, 0.21, 0.35, 0.48, 0.77, 0.93), "punif", exact = TRUE).
    const check = aaUniformity({ pValues: [0.48, 0.02, 0.93, 0.21, 0.35, 0.77] });
    expect(relativeError(check.statistic, 0.18666666666666668)).toBeLessThan(1e-14);
    expect(relativeError(check.pValue, 0.95859685350716051)).toBeLessThan(1e-12);
    expect(check.uniform).toBe(true);
  });

  it("has the share below alpha with Clopper and Pearson's interval", () => {
    const pValues = Array.from({ length: 100 }, (_, i) => (i + 0.5) / 100);
    const { shareSignificant, pValue } = aaUniformity({ pValues });
    expect(shareSignificant.estimate).toBe(0.05);
    // R 4.2.2: binom.test(5, 100)$conf.int.
    expect(relativeError(shareSignificant.interval.lower, 0.0164318791820522)).toBeLessThan(1e-13);
    expect(relativeError(shareSignificant.interval.upper, 0.1128349111054627)).toBeLessThan(1e-13);
    expect(pValue).toBe(1);
  });

  it("finds errors that are a tenth too small", () => {
    const random = createRandom(1);
    const pValues = Array.from({ length: 20_000 }, () => {
      // Two-sided p-values of statistics with variance 1.25, by the normal distribution's own symmetry.
      const z = Math.abs(random.normal()) * 1.12;
      return Math.min(1, 2 * normalSf(z));
    });
    const check = aaUniformity({ pValues });
    expect(check.uniform).toBe(false);
    expect(check.shareSignificant.interval.lower).toBeGreaterThan(0.05);
    expect(codes(check)).toContain("NOT_UNIFORM");
  });

  it("raises its alarm about as often as it says where all is well", () => {
    const random = createRandom(2);
    let alarms = 0;
    for (let run = 0; run < 1000; run++) {
      const pValues = Array.from({ length: 40 }, () => random.uniform());
      if (!aaUniformity({ pValues, threshold: 0.1 }).uniform) alarms++;
    }
    expect(Math.abs(alarms / 1000 - 0.1)).toBeLessThan(4 * Math.sqrt(0.09 / 1000));
  });

  it("says that discrete p-values cannot be uniform", () => {
    expect(codes(aaUniformity({ pValues: [0.2, 0.2, 0.5, 1, 1] }))).toEqual(["DISCRETE_P_VALUES"]);
  });

  it("works with one p-value, and at the ends", () => {
    expect(aaUniformity({ pValues: [0.3] })).toMatchObject({ n: 1, statistic: 0.7 });
    expect(relativeError(aaUniformity({ pValues: [0.3] }).pValue, 0.6)).toBeLessThan(1e-14);
    expect(aaUniformity({ pValues: [0] })).toMatchObject({ statistic: 1, pValue: 0, logPValue: -Infinity });
    expect(aaUniformity({ pValues: [1] })).toMatchObject({ statistic: 1, pValue: 0 });
    const many = aaUniformity({ pValues: Array.from({ length: 5000 }, () => 1e-3) });
    expect(many.pValue).toBe(0);
    expect(many.logPValue).toBeLessThan(-20_000);
    expect(many.logPValue).toBeGreaterThan(-Infinity);
  });

  it.each([
    [{ pValues: [] }, "pValues"],
    [{ pValues: "0.1" as never }, "pValues"],
    [{ pValues: [0.1, 1.2] }, "pValues[1]"],
    [{ pValues: [0.1], alpha: 0 }, "alpha"],
    [{ pValues: [0.1], threshold: 2 }, "threshold"],
    [{ pValues: [0.1], confidenceLevel: 1 }, "confidenceLevel"],
  ])("refuses %j", (options, field) => {
    let thrown: unknown;
    try {
      aaUniformity(options);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(DomainError);
    expect((thrown as DomainError).field).toBe(field);
  });
});
