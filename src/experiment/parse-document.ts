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
  const faults = parsed.error.issues.map((issue) => ({
    path: pathOf(name, issue.path),
    message: issue.message,
  }));
  const [first, ...others] = faults;
  const also = others.map((fault) => `; ${fault.path}: ${fault.message}`).join("");
  throw new DomainError(
    first!.path,
    valueAt(document, parsed.error.issues[0]!.path),
    `${first!.message}${also}`,
  );
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
