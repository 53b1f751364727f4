import { DomainError } from "../core/domain-error.ts";
import { writtenPath } from "./document-path.ts";
import type { Path } from "./fault.ts";

/** The deepest document has a dozen. */
const MOST_LEVELS = 100;
/** A thousand metrics in a hundred segments of ten arms have less. */
const MOST_VALUES = 10_000_000;
/** As arms, metrics, days or anything else: what a function takes as its arguments may have some ten thousand. */
const MOST_ENTRIES = 10_000;
/** Of a path into a hundred levels the first few say where. */
const SHOWN_LEVELS = 5;

/**
 * A document as plain data, so that whatever it was made of is read once, ends and can do nothing: its own fields and
 * entries, but no accessors, no cycles and no prototype of anybody's making.
 *
 * @param name - what the document is; paths in messages start with it
 * @throws {DomainError} for more levels, entries or values than a document has, for what cannot be read, and for a list
 *   with fields or a field `__proto__`, which belong to no document
 */
export function plainDocument(name: string, document: unknown): unknown {
  let values = 0;
  const path: (string | number)[] = [];
  const refusal = (value: unknown, expected: string): DomainError =>
    new DomainError(writtenPath(name, shortPath(path)), value, expected);

  const copyOf = (value: unknown): unknown => {
    values += 1;
    if (typeof value !== "object" || value === null) return value;
    if (path.length >= MOST_LEVELS) throw refusal(value, `must lie at most ${MOST_LEVELS} levels deep`);
    const keys = Array.isArray(value) ? keysOfList(value) : Object.keys(value);
    checkSize(keys.length);
    const entries = keys.map((key): [string | number, unknown] => {
      path.push(key);
      if (key === "__proto__") throw refusal(undefined, "is not a known field here");
      const copied = copyOf((value as Record<string | number, unknown>)[key]);
      path.pop();
      return [key, copied];
    });
    return Array.isArray(value) ? entries.map(([, entry]) => entry) : Object.fromEntries(entries);
  };

  /** Its places, those where nothing stands too. */
  const keysOfList = (list: readonly unknown[]): number[] => {
    checkSize(list.length);
    if (Object.keys(list).length > list.length) throw refusal(undefined, "must be a list without fields");
    return Array.from(list, (_, i) => i);
  };
  const checkSize = (size: number): void => {
    if (size > MOST_ENTRIES) throw refusal(undefined, `must hold at most ${MOST_ENTRIES} entries`);
    if (values + size > MOST_VALUES)
      throw refusal(undefined, `must leave the document at most ${MOST_VALUES} values`);
  };

  try {
    return copyOf(document);
  } catch (error) {
    if (error instanceof DomainError) throw error;
    // An accessor, or a proxy, that throws.
    throw refusal(undefined, "must be plain data that can be read");
  }
}

function shortPath(path: Path): Path {
  return path.length > SHOWN_LEVELS ? [...path.slice(0, SHOWN_LEVELS), "…"] : path;
}
