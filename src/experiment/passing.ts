import * as z from "zod/mini";
import { DomainError } from "../core/domain-error.ts";
import type { Fault } from "./fault.ts";

/** What holds between the fields of a value, as its own check says it. */
export function passing<T>(check: (field: string, value: T) => void): z.core.$ZodCheck<T> {
  return z.superRefine((value, context) => {
    for (const { path, message } of faultsOf(() => check("", value))) {
      context.addIssue({ code: "custom", path: [...path], message });
    }
  });
}

/** The fault that a check throws, with its field as keys; none where it passes. */
export function faultsOf(check: () => unknown): Fault[] {
  try {
    check();
    return [];
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return [{ path: keysOf(error.field), message: error.expected }];
  }
}

/** `futility.gamma` or `shares[2]`, as keys. */
function keysOf(field: string): (string | number)[] {
  return [...field.matchAll(/\[(\d+)\]|[^.[\]]+/g)].map(([name, index]) =>
    index === undefined ? name : Number(index),
  );
}
