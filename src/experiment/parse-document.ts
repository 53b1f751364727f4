import en from "zod/v4/locales/en.js";
import type * as z from "zod/mini";
import { DomainError } from "../core/domain-error.ts";

// zod/mini brings no sentences of its own; they are given to each parse, so that no global state is set.
const sentences = en().localeError;

/**
 * Reads a document that came from outside: as the schema wants it, or a `DomainError` that names every field at fault.
 *
 * @param name - what the document is, such as `plan`; paths in messages start with it
 * @throws {DomainError} whose field is the path of the first fault; further faults follow in the message
 */
export function parseDocument<T>(name: string, schema: z.ZodMiniType<T>, document: unknown): T {
  const parsed = schema.safeParse(document, { error: sentences });
  if (parsed.success) return parsed.data;
  const [first, ...others] = parsed.error.issues.flatMap((issue) => faultsOf(issue, []));
  const also = others.map((fault) => `; ${pathOf(name, fault.path)}: ${fault.message}`).join("");
  throw new DomainError(
    pathOf(name, first!.path),
    valueAt(document, first!.path),
    `${first!.message}${also}`,
  );
}

interface Fault {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

// Where none of several shapes fits, zod names only the place. The shape that came nearest says more: one that the value
// has, and of those the one with the fewest faults in it.
function faultsOf(issue: z.core.$ZodIssue, at: readonly PropertyKey[]): Fault[] {
  const path = [...at, ...issue.path];
  if (issue.code !== "invalid_union" || issue.errors.length === 0) return [{ path, message: issue.message }];
  const alike = issue.errors.filter((issues) => !issues.some(isAnotherShape));
  const nearest = (alike.length > 0 ? alike : issue.errors).toSorted((a, b) => a.length - b.length)[0]!;
  return nearest.flatMap((inner) => faultsOf(inner, path));
}

/** Whether the whole value is of another type, or none of the words that it may be. */
function isAnotherShape({ code, path }: z.core.$ZodIssue): boolean {
  return path.length === 0 && (code === "invalid_type" || code === "invalid_value");
}

function pathOf(name: string, path: readonly PropertyKey[]): string {
  return path.reduce<string>(
    (text, key) => (typeof key === "number" ? `${text}[${key}]` : `${text}.${String(key)}`),
    name,
  );
}

function valueAt(document: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) => (value as Record<PropertyKey, unknown> | undefined)?.[key],
    document,
  );
}
