import type { Alternative } from "../core/alternative.ts";
import type { Estimate } from "../core/estimate.ts";
import type { Interval } from "../core/interval.ts";
import { between, type Ends, frequency, intervalName, percent, span } from "./figures.ts";

/** An effect with its interval as a sentence; says so where it cannot be determined. */
export function effectSentence(
  estimate: Pick<Estimate, "estimate" | "interval">,
  format: (value: number) => string,
  ends: Ends,
): string {
  const interval = `${intervalName(estimate.interval)}: ${between(estimate.interval, format, ends)}`;
  if (estimate.estimate === null) return `cannot be determined; ${interval}.`;
  const value = estimate.estimate === Infinity ? "infinite" : format(estimate.estimate);
  return `${value}; ${interval}.`;
}

/** An effect with its interval, or several, as a row of a table. */
export function effectRow(
  name: string,
  { estimate, interval }: Estimate,
  format: (value: number) => string,
  ends: Ends,
  ...others: readonly Interval[]
): string[] {
  const value =
    estimate === null ? "cannot be determined" : estimate === Infinity ? "infinite" : format(estimate);
  return [name, value, ...[interval, ...others].map((each) => span(each, format, ends))];
}

const AS_EXTREME: Readonly<Record<Alternative, string>> = {
  "two-sided": "a difference at least as large",
  greater: "a result at least as high",
  less: "a result at least as low",
};

/** What a p-value says, and no more. */
export function chanceSentence(p: number, alternative: Alternative): string {
  return `If the treatment changed nothing, ${AS_EXTREME[alternative]} would appear by chance ${frequency(p)}`;
}

/** The same of a test with several looks. */
export function watchedChanceSentence(p: number): string {
  return `If the treatment changed nothing, a test that is watched like this one would show as much by chance ${frequency(p)}`;
}

/** What an interval says, and no more. */
export function intervalSentence({ confidenceLevel }: { readonly confidenceLevel: number }): string {
  return `Intervals made like these hold the truth in ${percent(confidenceLevel)} of tests.`;
}
