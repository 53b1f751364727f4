import { DomainError } from "../core/domain-error.ts";

/**
 * The one quantity of a power analysis that is left out, and so solved for; alpha where none is.
 *
 * @param values every quantity but alpha, by the name under which a caller is told of it
 * @throws {DomainError} for two that are left out, or for none, alpha included
 */
export function leftOut<Name extends string>(
  values: Readonly<Record<Name, unknown>>,
  alpha: unknown,
): Name | "alpha" {
  const names = (Object.keys(values) as Name[]).filter((name) => values[name] === undefined);
  const [first, second] = names;
  if (second !== undefined) {
    throw new DomainError(
      second,
      undefined,
      `must be given where ${first} is left out: one quantity is solved for`,
    );
  }
  if (first !== undefined) return first;
  if (alpha !== undefined) {
    const expected = `must be left out where ${Object.keys(values).join(", ")} are given: one quantity is solved for`;
    throw new DomainError("alpha", alpha, expected);
  }
  return "alpha";
}
