import { checkOneOf } from "./checks.ts";

/** The alternative hypothesis, about treatment against control. */
export type Alternative = "two-sided" | "greater" | "less";

/** All of them. */
export const ALTERNATIVES: readonly Alternative[] = ["two-sided", "greater", "less"];

export function checkAlternative(field: string, value: Alternative): void {
  checkOneOf(field, value, ALTERNATIVES);
}
