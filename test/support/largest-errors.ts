import { readCsv } from "./csv.ts";
import { relativeError } from "./relative-error.ts";

/**
 * The largest error of each function of a table of numerics/: relative, except that logs, which cross zero, are measured
 * against max(1, |value|). Every column between the first and `value` is an argument, apart from the position `z`.
 */
export function largestErrors(
  table: string,
  functions: Record<string, (...args: number[]) => number>,
): Record<string, number> {
  const largest: Record<string, number> = {};
  for (const row of readCsv(`numerics/${table}.csv`)) {
    const {
      function: name,
      value: text,
      z: _position,
      ...args
    } = row as Record<"function" | "value", string>;
    const value = Number(text);
    const actual = functions[name]!(...Object.values(args as Record<string, string>).map(Number));
    const error = name.includes("log")
      ? Math.abs(actual - value) / Math.max(1, Math.abs(value))
      : relativeError(actual, value);
    largest[name] = Math.max(largest[name] ?? 0, error);
  }
  return largest;
}
