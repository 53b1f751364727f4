import { checkObject, checkText } from "../core/checks.ts";
import { DomainError } from "../core/domain-error.ts";

const FEWEST_ARMS = 2;
const MOST_ARMS = 20;

/** Checks a list of 2 to 20 arms, and gives each its name, or `arm 1` and so on. */
export function checkedArmNames(arms: readonly { readonly name?: string | undefined }[]): string[] {
  if (!Array.isArray(arms) || arms.length < FEWEST_ARMS || arms.length > MOST_ARMS) {
    throw new DomainError("arms", arms, `must be a list of ${FEWEST_ARMS} to ${MOST_ARMS} arms`);
  }
  const names: string[] = [];
  for (let i = 0; i < arms.length; i++) {
    const field = `arms[${i}]`;
    const arm = arms[i] as { readonly name?: string | undefined };
    checkObject(field, arm);
    const { name = `arm ${i + 1}` } = arm;
    checkText(`${field}.name`, name);
    if (names.includes(name)) throw new DomainError(`${field}.name`, name, "must not be another arm's name");
    names.push(name);
  }
  return names;
}
