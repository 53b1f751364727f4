import { readCsv } from "./csv.ts";
import { relativeError } from "./relative-error.ts";
import { tally } from "./tally.ts";

/**
 * The largest error of each function of a table of numerics/: relative, except that logs, which cross zero, are measured
 * against max(1, |value|); some tables have logs of tails near 1 to an absolute precision only. Every column but `function`, `value` and the position `z` is an argument.
 */
export function largestErrors(
  table: string,
  functions: Record<string, (...args: number[]) => number>,
  crossesZero = (name: string): boolean => name.includes("log"),
): Record<string, number> {
  const largest: Record<string, number> = {};
  for (const row of readCsv(`numerics/${table}.csv`)) {
    const name = row["function"]!;
    const value = Number(row["value"]);
    const columns = Object.keys(row).filter(
      (column) => !["function", "z", "value"].includes(column) && row[column] !== "",
    );
    const actual = functions[name]!(...columns.map((column) => Number(row[column])));
    const error = crossesZero(name)
      ? Math.abs(actual - value) / Math.max(1, Math.abs(value))
      : relativeError(actual, value);
    tally.values++;
    largest[name] = Math.max(largest[name] ?? 0, error);
  }
  return largest;
}
