import { DomainError } from "../core/domain-error.ts";

/**
 * Checks every part of a list that is not empty, merges them from left to right, and checks the total.
 *
 * @param word - what a part is called, such as `mean`
 */
export function mergeParts<Summary>(
  word: string,
  parts: readonly Summary[],
  check: (field: string, value: Summary) => void,
  mergeTwo: (a: Summary, b: Summary) => Summary,
): Summary {
  if (!Array.isArray(parts) || parts.length === 0) {
    throw new DomainError("parts", parts, `must be a list of at least one ${word}`);
  }
  checkParts(parts as readonly Summary[], check);
  const total = parts.reduce(mergeTwo);
  check("total", total);
  return total;
}

/** Checks every part, and says of a broken one which it is. */
export function checkParts<Summary>(
  parts: readonly Summary[],
  check: (field: string, value: Summary) => void,
): void {
  let i = 0;
  try {
    for (; i < parts.length; i++) check("parts", parts[i]!);
  } catch (error) {
    // Once more with its number: to write that for every sound part took longer than to merge it.
    check(`parts[${i}]`, parts[i]!);
    throw error;
  }
}
