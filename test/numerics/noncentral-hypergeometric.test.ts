import { describe, expect, it } from "vitest";
import { expectedCell } from "../../src/numerics/expected-cell.ts";
import {
  meanCount,
  noncentralDistribution,
  sumDistribution,
  varianceOfCount,
} from "../../src/numerics/hypergeometric-sum.ts";
import {
  noncentralLogBalance,
  noncentralLogPmf,
  noncentralLogUpperTail,
} from "../../src/numerics/noncentral-hypergeometric.ts";
import reference from "../reference/numerics/inner_functions.json" with { type: "json" };
import { relativeError } from "../support/relative-error.ts";

const rows = reference.noncentral.map(({ population, successes, draws, ...row }) => ({
  ...row,
  parameters: { population, successes, draws },
}));

/** Of a log, as an error of what it is the log of where that is near 1. */
function logError(actual: number, expected: number): number {
  return Math.abs(actual - expected) / Math.max(1, Math.abs(expected));
}

describe("Fisher's noncentral hypergeometric distribution", () => {
  it.each(rows)("has the tail of 50 digits and its slope at $k of $parameters, $logOdds", (row) => {
    const { k, parameters, logOdds, share, logUpper, upperSlope } = row;
    const [log, slope] = noncentralLogUpperTail(k, parameters, logOdds, share);
    expect(logError(log, logUpper)).toBeLessThan(1e-12);
    expect(Math.abs(slope - upperSlope)).toBeLessThan(1e-8 * Math.max(1, Math.abs(upperSlope)));
  });

  it.each(rows)("has the probability of 50 digits of $k of $parameters, $logOdds", (row) => {
    expect(logError(noncentralLogPmf(row.k, row.parameters, row.logOdds), row.logPmf)).toBeLessThan(1e-12);
  });

  it.each(rows)("balances around $k of $parameters, $logOdds as 50 digits say", (row) => {
    const [log, slope] = noncentralLogBalance(row.k, row.parameters, row.logOdds);
    expect(logError(log, row.logBalance)).toBeLessThan(1e-11);
    // Squares of steps by quadrature are good for a Newton step only.
    expect(relativeError(slope, row.balanceSlope)).toBeLessThan(1e-7);
  });

  it.each(rows)("has the same probabilities as a list, $k of $parameters, $logOdds", (row) => {
    const { lowest, probabilities } = noncentralDistribution(row.parameters, row.logOdds);
    const total = probabilities.reduce((sum, p) => sum + p, 0);
    expect(Math.abs(total - 1)).toBeLessThan(1e-12);
    expect(relativeError(Math.log(probabilities[row.k - lowest]!), row.logPmf)).toBeLessThan(1e-11);
    // E max(K − k, 0) and E max(k − K, 0), whose ratio is the balance.
    let above = 0;
    let below = 0;
    probabilities.forEach((p, i) => {
      const distance = lowest + i - row.k;
      if (distance > 0) above += distance * p;
      else below -= distance * p;
    });
    expect(logError(Math.log(above) - Math.log(below), row.logBalance)).toBeLessThan(1e-11);
  });

  it("leaves out only what does not show", () => {
    const parameters = { population: 4000, successes: 700, draws: 1900 };
    const { lowest, probabilities } = noncentralDistribution(parameters, 0.9);
    expect(lowest).toBeGreaterThan(0);
    const largest = Math.max(...probabilities);
    expect(Math.min(...probabilities)).toBeGreaterThanOrEqual(1e-30 * largest);
    expect(probabilities[0]! / largest).toBeLessThan(1e-28);
    expect(probabilities.at(-1)! / largest).toBeLessThan(1e-28);
  });

  it("keeps to its support where the odds are extreme", () => {
    const parameters = { population: 12, successes: 5, draws: 9 };
    const high = noncentralDistribution(parameters, 300);
    expect(high.lowest + high.probabilities.length - 1).toBe(5);
    expect(high.probabilities.at(-1)).toBe(1);
    const low = noncentralDistribution(parameters, -300);
    expect(low.lowest).toBe(2);
    expect(low.probabilities[0]).toBe(1);
  });
});

describe("sums of counts", () => {
  // A = row · column / N at odds 1, and the hypergeometric variance: Abramowitz and Stegun (1964), 26.1.21.
  const strata = [
    { population: 20, successes: 8, draws: 9 },
    { population: 31, successes: 20, draws: 17 },
    { population: 6, successes: 1, draws: 3 },
  ];
  const mean = ({ population, successes, draws }: (typeof strata)[number]): number =>
    (draws * successes) / population;
  const variance = ({ population, successes, draws }: (typeof strata)[number]): number =>
    (draws * (successes / population) * (1 - successes / population) * (population - draws)) /
    (population - 1);

  it("have the mean and the variance of the hypergeometric distribution", () => {
    for (const stratum of strata) {
      const distribution = noncentralDistribution(stratum, 0);
      expect(relativeError(meanCount(distribution), mean(stratum))).toBeLessThan(1e-14);
      expect(relativeError(varianceOfCount(distribution), variance(stratum))).toBeLessThan(1e-13);
    }
  });

  it("add up their means and variances, and every way to the same sum", () => {
    const parts = strata.map((stratum) => noncentralDistribution(stratum, 0));
    const sum = sumDistribution(parts);
    const add = (of: (stratum: (typeof strata)[number]) => number): number =>
      strata.reduce((total, stratum) => total + of(stratum), 0);
    expect(relativeError(meanCount(sum), add(mean))).toBeLessThan(1e-14);
    expect(relativeError(varianceOfCount(sum), add(variance))).toBeLessThan(1e-13);
    const byHand = new Map<number, number>();
    parts[0]!.probabilities.forEach((a, i) =>
      parts[1]!.probabilities.forEach((b, j) =>
        parts[2]!.probabilities.forEach((c, k) => {
          const at = parts[0]!.lowest + i + parts[1]!.lowest + j + parts[2]!.lowest + k;
          byHand.set(at, (byHand.get(at) ?? 0) + a * b * c);
        }),
      ),
    );
    expect(sum.probabilities.length).toBe(byHand.size);
    for (const [at, p] of byHand) {
      expect(relativeError(sum.probabilities[at - sum.lowest]!, p)).toBeLessThan(1e-13);
    }
  });
});

describe("the cell that margins and an odds ratio imply", () => {
  it.each([
    [9, 8, 20, 1],
    [9, 8, 20, 0],
    [9, 18, 20, 0],
    [9, 8, 20, 3.5],
    [9, 8, 20, 0.2],
    [19, 18, 20, 0.01],
    [5e8, 3, 1e9, 1 + 1e-9],
    [7, 700, 1000, 1e12],
  ])("has that odds ratio: row %s, column %s of %s, %s", (row, column, total, oddsRatio) => {
    const cell = expectedCell(row, column, total, oddsRatio);
    expect(cell).toBeGreaterThanOrEqual(Math.max(0, row + column - total));
    expect(cell).toBeLessThanOrEqual(Math.min(row, column));
    const lhs = cell * (total - row - column + cell);
    const rhs = oddsRatio * (row - cell) * (column - cell);
    expect(Math.abs(lhs - rhs)).toBeLessThanOrEqual(
      1e-12 * total * Math.max(1, cell) * Math.max(1, oddsRatio),
    );
  });
});
