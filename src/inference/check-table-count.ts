import { DomainError } from "../core/domain-error.ts";
import type { Proportion } from "../summaries/proportion.ts";

/** Above so many tables (n₁ times n₂) the score test is as good, and exact unconditional tests are slow. */
const MOST_TABLES = 1e7;

export function checkTableCount(test: string, control: Proportion, treatment: Proportion): void {
  const tables = control.n * treatment.n;
  if (tables > MOST_TABLES) {
    throw new DomainError(
      "test",
      test,
      `must be another one, such as "score", where control.n times treatment.n is above ${MOST_TABLES} (it is ${tables})`,
    );
  }
}
