import { checkPositive } from "../core/checks.ts";
import { DomainError } from "../core/domain-error.ts";

// One unit against the most that any experiment has had, with room to spare. Beyond it 1 / allocation overflows.
const SMALLEST_ALLOCATION = 1e-15;
const LARGEST_ALLOCATION = 1e15;
export const ALLOCATION_RANGE: string = `from ${SMALLEST_ALLOCATION} to ${LARGEST_ALLOCATION}`;

export function isAllocation(ratio: number): boolean {
  return ratio >= SMALLEST_ALLOCATION && ratio <= LARGEST_ALLOCATION;
}

/** Treatment n over control n, 1 unless said. */
export function checkedAllocation(allocation: number = 1): number {
  checkPositive("allocation", allocation);
  if (!isAllocation(allocation)) {
    throw new DomainError("allocation", allocation, `must be ${ALLOCATION_RANGE}`);
  }
  return allocation;
}
