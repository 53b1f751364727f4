/**
 * Thrown when an argument lies outside the domain of a function: a count above its n, a rate outside (0, 1), a NaN.
 *
 * The message names field, value and expectation (`control.conversions = 130, must be at most n = 122`), and the
 * three stand on the error as well, so that a form can put the message beside the field.
 *
 * @example
 * ```ts
 * import { DomainError, proportionInterval } from "microlift";
 * try {
 *   proportionInterval({ n: 122, conversions: 130 });
 * } catch (error) {
 *   if (error instanceof DomainError) console.log(error.field, error.value, error.expected);
 * }
 * ```
 */
export class DomainError extends Error {
  /** Path of the offending argument, as the caller wrote it: `control.conversions`. */
  readonly field: string;
  /** The value that was given. */
  readonly value: unknown;
  /** What would have been accepted, in words: `must be at most n = 122`. */
  readonly expected: string;

  constructor(field: string, value: unknown, expected: string) {
    super(`${field} = ${shortened(describe(value))}, ${expected}`);
    this.name = "DomainError";
    this.field = field;
    this.value = value;
    this.expected = expected;
  }
}

/** A message is one line that a person reads; the whole value stands on the error. */
const LONGEST_SHOWN = 200;

function shortened(text: string): string {
  return text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}…` : text;
}

function describe(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(describe).join(", ")}]`;
  if (typeof value === "object" && value !== null) return "{…}";
  return String(value);
}
