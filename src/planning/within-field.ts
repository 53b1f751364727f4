import { DomainError } from "../core/domain-error.ts";

/** Calls a function whose complaints name fields of a part of the options, and gives them the path of that part. */
export function withinField<T>(field: string, call: () => T): T {
  try {
    return call();
  } catch (error) {
    if (error instanceof DomainError) {
      throw new DomainError(`${field}.${error.field}`, error.value, error.expected);
    }
    throw error;
  }
}
