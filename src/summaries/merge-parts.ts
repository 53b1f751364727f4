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
  parts.forEach((part: Summary, i) => check(`parts[${i}]`, part));
  const total = parts.reduce(mergeTwo);
  check("total", total);
  return total;
}
