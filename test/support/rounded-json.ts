import { toJson } from "../../src/core/json.ts";

/** JSON to look at, with 12 digits of each number: the last ones of logarithms and powers differ between engines. */
export function roundedJson(value: unknown): string {
  return `${toJson(rounded(value), 1)}\n`;
}

function rounded(value: unknown): unknown {
  if (typeof value === "number") return Number(value.toPrecision(12));
  if (Array.isArray(value)) return value.map(rounded);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, rounded(part)]));
}
