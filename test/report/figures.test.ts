import { describe, expect, it } from "vitest";
import {
  amount,
  between,
  chance,
  change,
  days,
  frequency,
  LIFT_ENDS,
  percent,
  points,
  pValue,
  RATE_DIFFERENCE_ENDS,
  span,
  times,
  units,
} from "../../src/report/figures.ts";

const plain = (text: string): string => text.replaceAll("\u00a0", " ");
const interval = (
  lower: number,
  upper: number,
  excluded: { lower: number; upper: number } | null = null,
) => ({
  lower,
  upper,
  excluded,
});

describe("figures", () => {
  it("groups thousands and keeps whole numbers whole", () => {
    expect(amount(80_682)).toBe("80,682");
    expect(amount(1_234_567.8)).toBe("1,234,568");
    expect(amount(0.65279)).toBe("0.653");
    expect(amount(999.6)).toBe("1,000");
    expect(amount(-1234.5)).toBe("-1,235");
    expect(amount(-0)).toBe("0");
  });

  it("writes the largest and the smallest numbers as powers of ten", () => {
    expect(plain(amount(3e17))).toBe("3 × 10^17");
    expect(plain(amount(2.345e-9))).toBe("2.35 × 10^-9");
  });

  it("says in words what has no end", () => {
    expect(amount(Infinity)).toBe("no upper limit");
    expect(amount(-Infinity)).toBe("no lower limit");
    expect(units(Infinity)).toBe("no number is enough");
    expect(times(Infinity)).toBe("without limit");
    expect(days(Infinity)).toBe("never");
  });

  it("shows shares with sensible digits, and never rounds one up to 100 %", () => {
    expect(plain(percent(0.0057261))).toBe("0.573 %");
    expect(plain(percent(0.0234))).toBe("2.34 %");
    expect(plain(percent(0.999_999_6))).toBe("99.99996 %");
    expect(plain(percent(1))).toBe("100 %");
    expect(plain(chance(1))).toBe("more than 99.99 %");
    expect(plain(chance(0))).toBe("less than 0.01 %");
  });

  it("gives changes their sign", () => {
    expect(plain(change(0.123))).toBe("+12.3 %");
    expect(plain(change(-0.012))).toBe("-1.2 %");
    expect(plain(change(0))).toBe("0 %");
    expect(plain(points(0.0068))).toBe("+0.68 pp");
  });

  it("shows tiny p-values by their logarithm, which no double underflow spoils", () => {
    expect(plain(pValue(0.0123, Math.log(0.0123)))).toBe("p = 0.012");
    expect(plain(pValue(1e-7, Math.log(1e-7)))).toBe("p < 0.0001");
    expect(plain(pValue(0, -57 * Math.LN10))).toBe("p = 10^-57");
    expect(plain(pValue(0, -4321 * Math.LN10))).toBe("p = 10^-4321");
    expect(plain(pValue(0.996, Math.log(0.996)))).toBe("p > 0.99");
    expect(plain(pValue(1, 0))).toBe("p = 1");
  });

  it("says how often chance does something", () => {
    expect(frequency(1 / 40)).toBe("about once in 40 such tests");
    expect(plain(frequency(0.62))).toBe("in 62 % of such tests");
    expect(frequency(1e-9)).toBe("less than once in a million such tests");
  });

  it("shows days with their weeks", () => {
    expect(plain(days(19.316, 3))).toBe("19.3 days (3 weeks)");
    expect(plain(days(1))).toBe("1 day");
  });

  it("puts intervals into words, open ends and gaps too", () => {
    expect(plain(between(interval(0.012, 0.098), change, LIFT_ENDS))).toBe("between +1.2 % and +9.8 %");
    expect(plain(between(interval(0.012, Infinity), change, LIFT_ENDS))).toBe(
      "at least +1.2 %, with no upper limit",
    );
    expect(plain(between(interval(-1, 0.03), points, RATE_DIFFERENCE_ENDS))).toBe("at most +3 pp");
    expect(plain(between(interval(-0.03, 1), points, RATE_DIFFERENCE_ENDS))).toBe("at least -3 pp");
    expect(between(interval(-1, Infinity), change, LIFT_ENDS)).toBe("anything, nothing is ruled out");
    expect(plain(between(interval(-Infinity, Infinity, { lower: -2, upper: 3 }), amount))).toBe(
      "at most -2, or at least 3; only what lies between is ruled out",
    );
    expect(plain(span(interval(-1, Infinity, { lower: -0.5, upper: 2 }), change, LIFT_ENDS))).toBe(
      "up to -50 %, or from +200 %",
    );
  });
});
