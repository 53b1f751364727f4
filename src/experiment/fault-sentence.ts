import type * as z from "zod/mini";
import { expectOneOf } from "../core/did-you-mean.ts";

const TYPES: Readonly<Record<string, string>> = {
  string: "a text",
  number: "a finite number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "an object",
};

/** What a schema expected, in words: zod/mini brings none of its own. */
export function faultSentence(issue: z.core.$ZodRawIssue): string {
  switch (issue.code) {
    case "invalid_type":
      return `must be ${TYPES[issue.expected] ?? issue.expected}`;
    case "invalid_value":
      return expectOneOf(issue.input, issue.values.map(String));
    case "invalid_union":
      return Array.isArray(issue.options)
        ? expectOneOf(discriminatorOf(issue), issue.options.map(String))
        : "has none of the shapes that are known here";
    case "too_small":
      return limit(issue.origin, issue.inclusive === true ? "at least" : "above", issue.minimum);
    case "too_big":
      return limit(issue.origin, issue.inclusive === true ? "at most" : "below", issue.maximum);
    case "invalid_format":
      return EMPTY;
    default:
      return issue.message ?? "is not what belongs here";
  }
}

// The one format that documents ask for is that a name is no blank.
const EMPTY = "must be a text that is not empty";

function limit(origin: string, relation: string, value: number | bigint): string {
  if (origin === "string")
    return relation === "at most" ? `must be a text of at most ${value} characters` : EMPTY;
  if (origin === "array") return `must hold ${relation} ${value} ${value === 1 ? "entry" : "entries"}`;
  return `must be ${relation} ${value}`;
}

/** The word by which an object says which of several shapes it has. */
function discriminatorOf({ input, discriminator }: z.core.$ZodRawIssue): unknown {
  return (input as Record<string, unknown> | undefined)?.[String(discriminator)];
}
