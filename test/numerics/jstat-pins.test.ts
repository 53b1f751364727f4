import jstat from "jstat";
import { describe, expect, it } from "vitest";
import { beta } from "../../src/numerics/beta.ts";
import { binomial } from "../../src/numerics/binomial.ts";
import { normal } from "../../src/numerics/normal.ts";
import { studentT } from "../../src/numerics/student-t.ts";
import { relativeError } from "../support/relative-error.ts";

// [call, what jstat 1.9.6 answers, what we answer, mpmath]. Should a later jstat get these right, the reason for a kernel
// of our own goes.
const pins: [string, number, number, number][] = [
  ["beta.cdf(0.5, 1e7, 1e7)", jstat["beta"]!.cdf(0.5, 1e7, 1e7), beta.cdf(0.5, 1e7, 1e7), 0.5],
  ["beta.cdf(0.3, 3e6, 7e6)", jstat["beta"]!.cdf(0.3, 3e6, 7e6), beta.cdf(0.3, 3e6, 7e6), 0.500036706177585],
  [
    "beta.inv(1 - 1e-12, 1, 1e6)",
    jstat["beta"]!.inv(0.999999999999, 1, 1e6),
    beta.quantile(0.999999999999, 1, 1e6),
    2.763066150413406e-5,
  ],
  ["studentt.cdf(-0.1, 1e6)", jstat["studentt"]!.cdf(-0.1, 1e6), studentT.cdf(-0.1, 1e6), 0.4601721727460216],
  ["normal.cdf(-9)", jstat["normal"]!.cdf(-9, 0, 1), normal.cdf(-9), 1.1285884059538405e-19],
  ["normal.inv(1e-18)", jstat["normal"]!.inv(1e-18, 0, 1), normal.quantile(1e-18), -8.757290348782314],
  [
    "binomial.cdf(3, 100, 0.3)",
    jstat["binomial"]!.cdf(3, 100, 0.3),
    binomial.cdf(3, 100, 0.3),
    4.425285341991696e-12,
  ],
  [
    "binomial.pdf(1000, 10000, 0.1)",
    jstat["binomial"]!.pdf(1000, 10000, 0.1),
    binomial.pmf(1000, 10000, 0.1),
    0.013296955574587915,
  ],
];

describe("jstat is wrong by more than a percent of a percent where ours is right to 1e-14", () => {
  it.each(pins)("%s", (_call, theirs, ours, right) => {
    expect(relativeError(theirs, right) < 1e-4).toBe(false); // NaN is wrong too
    expect(relativeError(ours, right)).toBeLessThan(1e-14);
  });
});
