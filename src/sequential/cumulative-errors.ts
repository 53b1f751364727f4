import { DomainError } from "../core/domain-error.ts";
import type { UserSpending } from "./spending.ts";

/** Errors differ by rounding where they differ by less than this share. */
const ROUNDING = 1e-12;

/** The cumulative errors of one's own spending, as they were given or by its function. */
export function checkedUserSpending(
  field: string,
  spending: UserSpending,
  information: readonly number[],
  totalField: string,
  total: number,
): readonly number[] {
  if (
    typeof spending !== "function" &&
    !(Array.isArray(spending) && spending.length === information.length)
  ) {
    throw new DomainError(
      field,
      spending,
      `must give the error spent by each of ${information.length} looks`,
    );
  }
  const cumulative =
    typeof spending === "function" ? information.map((rate) => spending(rate)) : [...spending];
  const name = (k: number): string =>
    typeof spending === "function" ? `${field}(${information[k]})` : `${field}[${k}]`;
  cumulative.forEach((error, k) => {
    const before = k === 0 ? 0 : cumulative[k - 1]!;
    if (!(Number.isFinite(error) && error >= before)) {
      throw new DomainError(name(k), error, `must not be below ${before}, since what is spent stays spent`);
    }
  });
  const last = cumulative.length - 1;
  if (!(Math.abs(cumulative[last]! - total) <= ROUNDING * total)) {
    throw new DomainError(name(last), cumulative[last], `must be ${totalField} = ${total} at the last look`);
  }
  return cumulative;
}

/** What is spent at each look. */
export function stageErrors(cumulative: readonly number[]): number[] {
  return cumulative.map((error, k) => (k === 0 ? error : error - cumulative[k - 1]!));
}
