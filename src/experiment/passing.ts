import * as z from "zod/mini";
import { DomainError } from "../core/domain-error.ts";

/** What holds between the fields of a value, as its own check says it. */
export function passing<T>(check: (field: string, value: T) => void): z.core.$ZodCheck<T> {
  return z.superRefine((value, context) => {
    try {
      check("value", value);
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      context.addIssue({ code: "custom", path: pathOf(error.field), message: error.expected });
    }
  });
}

/** `value.shares[2]` without its first part, as keys. */
function pathOf(field: string): (string | number)[] {
  return [...field.matchAll(/\.(\w+)|\[(\d+)\]/g)].map(([, name, index]) => name ?? Number(index));
}
