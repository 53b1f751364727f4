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
    const where = shortened(field, LONGEST_SHOWN);
    const wanted = shortened(expected, LONGEST_EXPECTED);
    super(`${where} = ${shortened(describe(value), LONGEST_SHOWN)}, ${wanted}`);
    this.name = "DomainError";
    this.field = where;
    this.value = value;
    this.expected = wanted;
  }
}

/** A message is one line that a person reads; the whole value stands on the error. */
const LONGEST_SHOWN = 200;
/** A document at fault in fifty places says so of each. */
const LONGEST_EXPECTED = 10_000;
/** Of a list in lists, which may hold itself. */
const SHOWN_LEVELS = 2;

function shortened(text: string, longest: number): string {
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}

/** The value as it would be written; of what is long or deep no more than is shown. */
function describe(value: unknown, levels = SHOWN_LEVELS): string {
  if (typeof value === "string") return JSON.stringify(value.slice(0, LONGEST_SHOWN));
  if (Array.isArray(value)) {
    if (levels === 0) return "[…]";
    const entries = Array.from(value.slice(0, LONGEST_SHOWN), (entry) => describe(entry, levels - 1));
    return `[${entries.join(", ")}]`;
  }
  if (typeof value === "object" && value !== null) return "{…}";
  return String(value);
}
