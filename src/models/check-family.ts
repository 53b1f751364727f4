import { checkObject } from "../core/checks.ts";
import { DomainError } from "../core/domain-error.ts";

/**
 * Checks that a value is of exactly one family and has no field of another one, which would go unread.
 *
 * @param families - the field that tells each family, with the other fields that belong to it
 */
export function checkFamily(
  field: string,
  value: object,
  families: Readonly<Record<string, readonly string[]>>,
): void {
  checkObject(field, value);
  const [family, other] = Object.keys(families).filter((name) => name in value);
  if (family === undefined || other !== undefined) {
    throw new DomainError(field, value, `must have exactly one of ${Object.keys(families).join(", ")}`);
  }
  for (const name of Object.values(families).flat()) {
    const given = (value as Readonly<Record<string, unknown>>)[name];
    if (given !== undefined && !families[family]!.includes(name)) {
      throw new DomainError(`${field}.${name}`, given, `must be left out where ${family} is given`);
    }
  }
}
