import { DomainError } from "../../src/core/domain-error.ts";

/** What is wrong with an answer that any public function gave; null where it keeps the promises of the library. */
export function faultOf(value: unknown, path = "result"): string | null {
  if (typeof value === "number") return Number.isNaN(value) ? `${path} is NaN` : null;
  // A typed column has no null, and NaN stands for one.
  if (typeof value !== "object" || value === null || ArrayBuffer.isView(value)) return null;
  const own = faultOfObject(value as Record<string, unknown>, path);
  if (own !== null) return own;
  for (const [key, part] of Object.entries(value)) {
    const fault = faultOf(part, `${path}.${key}`);
    if (fault !== null) return fault;
  }
  return null;
}

function faultOfObject(value: Record<string, unknown>, path: string): string | null {
  const { lower, upper, pValue, logPValue, estimate, status } = value;
  if ("confidenceLevel" in value && typeof lower === "number" && typeof upper === "number") {
    // A one-sided interval at a level below one half may end beyond the estimate, never beyond its open end.
    if (lower > upper) return `${path} runs from ${lower} to ${upper}`;
  }
  if (typeof pValue === "number" && !(pValue >= 0 && pValue <= 1)) return `${path}.pValue is ${pValue}`;
  if (typeof logPValue === "number" && logPValue > 0) return `${path}.logPValue is ${logPValue}`;
  if (estimate === null && status !== "undetermined")
    return `${path} has no estimate, and is ${String(status)}`;
  return null;
}

/** Calls a function: what is wrong with its answer, or with its complaint; null where both are as promised. */
export function faultOfCall(call: () => unknown): string | null {
  try {
    return faultOf(call());
  } catch (error) {
    if (!(error instanceof DomainError)) return `threw ${String(error)}`;
    if (error.field === "") return "complained about no field";
    return error.message.includes(error.expected) ? null : `did not say what was expected: ${error.message}`;
  }
}
