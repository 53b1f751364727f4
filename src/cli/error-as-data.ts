import { DomainError } from "../core/domain-error.ts";
import { toJson } from "../core/json.ts";
import { messageOf } from "./error-message.ts";

/** An error as one line of JSON holds it; the last three where the input is wrong. */
export interface ErrorAsData {
  readonly name: string;
  readonly message: string;
  readonly field?: string;
  /** Left out where JSON has no way to write it, and where it would take pages. */
  readonly value?: unknown;
  readonly expected?: string;
}

export function errorAsData(error: unknown): ErrorAsData {
  const name = error instanceof Error ? error.name : "Error";
  const message = messageOf(error);
  if (!(error instanceof DomainError)) return { name, message };
  const { field, value, expected } = error;
  return { name, message, field, ...(isWritable(value) ? { value } : {}), expected };
}

const LONGEST_VALUE = 10_000;

function isWritable(value: unknown): boolean {
  try {
    const written = toJson(value) as string | undefined;
    return written !== undefined && written.length <= LONGEST_VALUE;
  } catch {
    return false;
  }
}
