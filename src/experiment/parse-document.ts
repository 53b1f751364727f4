import type * as z from "zod/mini";
import { didYouMean, nearest } from "../core/did-you-mean.ts";
import { DomainError } from "../core/domain-error.ts";
import { writtenPath } from "./document-path.ts";
import { MOST_FAULTS } from "./fault.ts";
import { faultSentence } from "./fault-sentence.ts";
import { plainDocument } from "./plain-document.ts";

/**
 * Reads a document that came from outside: as the schema wants it, or a `DomainError` that names every field at fault.
 *
 * @param name - what the document is, such as `plan`; paths in messages start with it
 * @throws {DomainError} whose field is the path of the first fault, a misspelt field before others; further faults
 *   follow in the message
 */
export function parseDocument<T>(name: string, schema: z.ZodMiniType<T>, document: unknown): T {
  const plain = plainDocument(name, document);
  const known: KnownFields = new WeakMap();
  // The sentences are given to each parse, so that no global state is set.
  const parsed = schema.safeParse(plain, { error: (issue) => sentence(issue, known) });
  if (parsed.success) return parsed.data;
  const faults = faultsOf(parsed.error.issues, [], known);
  const [first, ...others] = [...new Set([...unknownFields(faults), ...faults])];
  const also = others
    .slice(0, MOST_FAULTS - 1)
    .map((fault) => `; ${writtenPath(name, fault.path)}: ${fault.message}`)
    .join("");
  const more = others.length >= MOST_FAULTS ? "; and others" : "";
  throw new DomainError(
    writtenPath(name, first!.path),
    valueAt(plain, first!.path),
    `${first!.message}${also}${more}`,
  );
}

interface Fault {
  readonly path: readonly PropertyKey[];
  readonly message: string;
  /** Of an unknown field: the known one that was perhaps meant. */
  readonly meant?: string | null;
}

/** For the unknown keys of an object, the very list that zod made of them: the fields that it knows. */
type KnownFields = WeakMap<readonly string[], readonly string[]>;

// What zod reports no longer knows the schema that it comes from; when it asks for a sentence, it does.
function sentence(issue: z.core.$ZodRawIssue, known: KnownFields): string {
  if (issue.code === "unrecognized_keys") {
    known.set(issue.keys, Object.keys((issue.inst as z.ZodMiniObject).shape));
  }
  return faultSentence(issue);
}

function faultsOf(
  issues: readonly z.core.$ZodIssue[],
  at: readonly PropertyKey[],
  known: KnownFields,
): Fault[] {
  const faults = issues.flatMap((issue): Fault[] => {
    const path = [...at, ...issue.path];
    if (issue.code === "unrecognized_keys") {
      const fields = known.get(issue.keys) ?? [];
      return issue.keys.slice(0, 2 * MOST_FAULTS).map((key) => ({
        path: [...path, key],
        message: `is not a known field here${didYouMean(key, fields)}`,
        meant: nearest(key, fields),
      }));
    }
    return issue.code === "invalid_union" && issue.errors.length > 0
      ? nearestShape(issue.errors, path, known)
      : [{ path, message: issue.message }];
  });
  return faults.filter((fault) => !faults.some((other) => isMisspeltAs(other, fault)));
}

function unknownFields(faults: readonly Fault[]): readonly Fault[] {
  return faults.filter(({ meant }) => meant !== undefined);
}

/** Whether an unknown field stands where another one is missing, so that it need not be named again. */
function isMisspeltAs({ path, meant }: Fault, missing: Fault): boolean {
  if (typeof meant !== "string" || missing.path.length !== path.length) return false;
  return missing.path.every((key, i) => key === (i === path.length - 1 ? meant : path[i]));
}

// Where none of several shapes fits, zod names only the place. The shape that came nearest says more: one that the value
// has, and of those the one with the fewest faults in it, and of those the one that knows most of the fields.
function nearestShape(
  errors: readonly (readonly z.core.$ZodIssue[])[],
  path: readonly PropertyKey[],
  known: KnownFields,
): Fault[] {
  const alike = errors.filter((issues) => !issues.some(isAnotherShape));
  return (alike.length > 0 ? alike : errors)
    .map((issues) => faultsOf(issues, path, known))
    .toSorted((a, b) => a.length - b.length || unknownFields(a).length - unknownFields(b).length)[0]!;
}

/** Whether the whole value is of another type, or none of the words that it may be. */
function isAnotherShape({ code, path }: z.core.$ZodIssue): boolean {
  return path.length === 0 && (code === "invalid_type" || code === "invalid_value");
}

function valueAt(document: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) => (value as Record<PropertyKey, unknown> | undefined)?.[key],
    document,
  );
}
