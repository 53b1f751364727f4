import { compareProportions, compareProportionsBatch } from "microlift";
import type { Row } from "./run.ts";
import { timeInTurns } from "./stopwatch.ts";

const ROWS = 2000;

/** Rows a second on one core that a platform is promised. */
const LEAST = { score: 150_000, wald: 1_000_000 } as const;

/** A column of comparisons beside as many single calls. */
export function benchBatch(): Row[] {
  const columns = manyTests();
  const rows = Array.from({ length: ROWS }, (_, row) => ({
    control: { n: columns.controlN[row]!, conversions: columns.controlConversions[row]! },
    treatment: { n: columns.treatmentN[row]!, conversions: columns.treatmentConversions[row]! },
  }));
  const out = compareProportionsBatch(columns);
  return (["score", "wald"] as const).map((test) => {
    const ns = timeInTurns({
      batch: () => compareProportionsBatch({ ...columns, test, out }),
      single: () => rows.map((arms) => compareProportions({ ...arms, test })),
    });
    const rowsPerSecond = (1e9 * ROWS) / ns.batch;
    return {
      what: `compareProportionsBatch, ${test}`,
      figure: `${(rowsPerSecond / 1e6).toPrecision(3)} million rows/s`,
      yardstick: `${(ns.single / ns.batch).toPrecision(3)} × as many as single calls`,
      limit: `at least ${LEAST[test] / 1e6} million`,
      within: rowsPerSecond >= LEAST[test],
    };
  });
}

/** Tests of many sizes and rates, none like the one before. */
function manyTests() {
  const column = (at: (row: number) => number): Uint32Array =>
    Uint32Array.from({ length: ROWS }, (_, row) => at(row));
  const controlN = column((row) => 500 + ((row * 7919) % 100_000));
  const treatmentN = column((row) => 500 + ((row * 104_729) % 100_000));
  const rate = (row: number): number => 0.01 + ((row * 37) % 200) / 1000;
  return {
    controlN,
    controlConversions: column((row) => controlN[row]! * rate(row)),
    treatmentN,
    treatmentConversions: column((row) => treatmentN[row]! * rate(row) * (0.9 + ((row * 53) % 250) / 1000)),
  };
}
