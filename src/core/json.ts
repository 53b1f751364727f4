import { DomainError } from "./domain-error.ts";
import { jsonFault } from "./json-fault.ts";

// JSON has no infinities. They travel as the strings "Infinity" and "-Infinity", which other languages read as
// numbers; a text that happens to be one of these gets a "$" in front, and so does one that starts with "$" already.
const NEEDS_ESCAPE = /^\$*-?Infinity$/;
const ESCAPED = /^\$+-?Infinity$/;

/**
 * Writes a result or a document as JSON, infinities included.
 *
 * @param value - any plain data: numbers, strings, booleans, null, arrays, objects, and typed columns of numbers, which
 *   become lists with null for NaN
 * @param indent - spaces of indentation; 0 (one line) unless said
 * @returns JSON in which an infinite number is the string "Infinity" or "-Infinity"
 * @throws {DomainError} for a NaN, which JSON would turn into null without a word, and for what JSON has no way to write:
 *   a bigint, an object that holds itself, too many levels
 * @example
 * ```ts
 * import { fromJson, toJson } from "microlift";
 * toJson({ upper: Infinity }); // '{"upper":"Infinity"}'
 * fromJson(toJson({ upper: Infinity })); // { upper: Infinity }
 * ```
 */
export function toJson(value: unknown, indent = 0): string {
  try {
    return JSON.stringify(value, writable, indent);
  } catch (error) {
    if (error instanceof DomainError) throw error;
    // Engines say a cycle, and a stack that ends, in words of their own.
    throw new DomainError("value", value, "must be plain data without cycles, in not too many levels");
  }
}

function writable(key: string, entry: unknown): unknown {
  const field = key === "" ? "value" : key;
  if (ArrayBuffer.isView(entry)) return listOf(entry as Float64Array);
  if (typeof entry === "string" && NEEDS_ESCAPE.test(entry)) return `$${entry}`;
  if (typeof entry === "bigint")
    throw new DomainError(field, entry, "must be no bigint to be written as JSON");
  if (typeof entry !== "number" || Number.isFinite(entry)) return entry;
  if (Number.isNaN(entry)) throw new DomainError(field, entry, "must be a number to be written as JSON");
  return entry > 0 ? "Infinity" : "-Infinity";
}

/** A typed column as a list: it has no null, so NaN stands for one. */
function listOf(column: Float64Array): (number | null)[] {
  return Array.from(column, (entry) => (Number.isNaN(entry) ? null : entry));
}

/**
 * Reads what `toJson` wrote.
 *
 * @param text - JSON
 * @returns the value, with "Infinity" and "-Infinity" as numbers
 * @throws {DomainError} for a text that is not JSON
 * @example
 * ```ts
 * import { fromJson } from "microlift";
 * fromJson('{"n":"Infinity"}'); // { n: Infinity }
 * ```
 */
export function fromJson(text: string): unknown {
  if (typeof text !== "string") throw new DomainError("text", text, "must be a text");
  try {
    return JSON.parse(text, (_, entry: unknown) => {
      if (entry === "Infinity") return Infinity;
      if (entry === "-Infinity") return -Infinity;
      return typeof entry === "string" && ESCAPED.test(entry) ? entry.slice(1) : entry;
    });
  } catch (error) {
    if (error instanceof SyntaxError) throw new DomainError("text", text.slice(0, 60), expectedIn(text));
    // Engines go through the levels with a stack that ends somewhere.
    if (error instanceof RangeError)
      throw new DomainError("text", text.slice(0, 60), "must be JSON of fewer levels");
    throw error;
  }
}

/** In our own words, since each engine has others. */
function expectedIn(text: string): string {
  const fault = jsonFault(text);
  if (fault === null) return "must be JSON";
  return `must be JSON: expected ${fault.expected} at line ${fault.line}, column ${fault.column}`;
}
