import { proportionInterval } from "../../src/inference/proportion-interval.ts";
import type { Row } from "./job.ts";

/** A rate as it was found, with what chance leaves open of it; counted ones leave nothing open. */
export interface Rate {
  readonly rate: number;
  readonly lower: number;
  readonly upper: number;
}

/** What is promised of a rate: a limit on one side, or on both. */
export interface Promised {
  readonly atMost?: number;
  readonly atLeast?: number;
}

/** Of the Monte Carlo intervals: a rate that is as promised fails once in a thousand times, or once in two thousand. */
const MONTE_CARLO_LEVEL = 0.999;
/** Of sums of thousands of probabilities. */
const ROUNDING = 1e-9;

/** What simulations show: hits in so many runs, with Clopper and Pearson's interval. */
export function simulatedRate(hits: number, runs: number): Rate {
  const { lower, upper } = proportionInterval({
    n: runs,
    conversions: hits,
    method: "clopper-pearson",
    confidenceLevel: MONTE_CARLO_LEVEL,
  });
  return { rate: hits / runs, lower, upper };
}

/** What was counted over every outcome. */
export function countedRate(rate: number): Rate {
  return { rate, lower: rate, upper: rate };
}

/** Promised exactly, but for what an approximation may miss, which has to be said where it is used. */
export function about(rate: number, slack = 0): Promised {
  return { atLeast: rate - slack, atMost: rate + slack };
}

/** Whether a rate may be what is promised: it fails where all that chance leaves open of it lies beyond. */
export function keeps({ lower, upper }: Rate, { atMost = 1, atLeast = 0 }: Promised): boolean {
  return lower <= atMost + ROUNDING && upper >= atLeast - ROUNDING;
}

/** The columns that `rateRow` fills after its labels. */
export const RATE_COLUMNS: readonly string[] = ["rate", "99.9 % interval", "promised"];

/** A line of a table: what it is of, the rate, what chance leaves open, what is promised, and whether it is kept. */
export function rateRow(
  labels: readonly string[],
  claim: string,
  found: Rate,
  promised: Promised | null,
): Row {
  const isCounted = found.lower === found.upper;
  const open = isCounted ? "counted" : `${percent(found.lower)} to ${percent(found.upper)}`;
  const cells = [...labels, percent(found.rate), open, promised === null ? "nothing" : promiseText(promised)];
  if (promised === null) return { cells };
  const figure = isCounted ? percent(found.rate) : `${percent(found.rate)}, ${open}`;
  return {
    cells,
    check: {
      claim: `${claim}: ${labels.join(", ")}`,
      figure,
      limit: promiseText(promised),
      within: keeps(found, promised),
    },
  };
}

/** A share with as many digits as it takes to see what it is promised to be. */
export function percent(share: number, digits = 2): string {
  return `${(100 * share).toFixed(digits)} %`;
}

function promiseText({ atMost, atLeast }: Promised): string {
  const text = (share: number): string => `${Number((100 * share).toFixed(2))} %`;
  if (atMost === undefined) return `at least ${text(atLeast!)}`;
  if (atLeast === undefined) return `at most ${text(atMost)}`;
  return atLeast === atMost ? text(atMost) : `${text(atLeast)} to ${text(atMost)}`;
}
