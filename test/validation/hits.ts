import type { Interval } from "../../src/core/interval.ts";
import type { ShownRate } from "./charts.ts";
import type { Row } from "./job.ts";
import { type Promised, rateRow, simulatedRate } from "./rates.ts";

/** Whether an interval holds a value; a gap that it rules out does not. */
export function holds({ lower, upper, excluded }: Interval, value: number): boolean {
  if (value < lower || value > upper) return false;
  return excluded === null || value <= excluded.lower || value >= excluded.upper;
}

/** What is counted over simulated experiments, each with its promise. */
export interface Counted {
  readonly labels: readonly string[];
  readonly promised: Promised | null;
  readonly hits: number;
  readonly runs: number;
}

/** Counts in how many of so many experiments each of some things happens. */
export function count<Name extends string>(
  runs: number,
  experiment: () => Readonly<Record<Name, boolean>>,
): Record<Name, number> {
  const hits: Partial<Record<Name, number>> = {};
  for (let run = 0; run < runs; run++) {
    const happened = experiment();
    for (const name in happened) hits[name] = (hits[name] ?? 0) + Number(happened[name]);
  }
  return hits as Record<Name, number>;
}

/** The lines of a table of simulated rates. */
export function countedRows(claim: string, counted: readonly Counted[]): Row[] {
  return counted.map(({ labels, promised, hits, runs }) =>
    rateRow(labels, claim, simulatedRate(hits, runs), promised),
  );
}

/** The same for a chart. */
export function shownRates(counted: readonly Counted[]): ShownRate[] {
  return counted.map(({ labels, promised, hits, runs }) => ({
    label: labels.join(", "),
    found: simulatedRate(hits, runs),
    promised,
  }));
}
