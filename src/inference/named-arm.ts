import { checkObject, checkText } from "../core/checks.ts";
import { DomainError } from "../core/domain-error.ts";
import type { Arm } from "./arm-family.ts";

/** An arm among several. */
export type NamedArm = Arm & {
  /** Not empty, and no other arm's. */
  readonly name: string;
};

/** Refuses a list of arms that is too short, or in which a name is missing or given twice. */
export function checkNamedArms(field: string, arms: readonly NamedArm[], least: number): void {
  if (!Array.isArray(arms) || arms.length < least) {
    throw new DomainError(field, arms, `must be a list of at least ${least} ${least === 1 ? "arm" : "arms"}`);
  }
  const names = new Set<string>();
  for (let i = 0; i < arms.length; i++) {
    const arm = arms[i] as NamedArm;
    checkObject(`${field}[${i}]`, arm);
    checkText(`${field}[${i}].name`, arm.name);
    if (names.has(arm.name))
      throw new DomainError(`${field}[${i}].name`, arm.name, "must not be another arm's name");
    names.add(arm.name);
  }
}
