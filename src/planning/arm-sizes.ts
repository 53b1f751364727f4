import { checkPositive } from "../core/checks.ts";
import { DomainError } from "../core/domain-error.ts";
import { ALLOCATION_RANGE, checkedAllocation, isAllocation } from "../models/allocation.ts";
import { checkExactlyOne } from "./check-exactly-one.ts";
import type { ArmUnits } from "./sizes.ts";

/** How many units the arms have: `n` with an allocation, or both arms by number. */
export interface ArmSizeOptions {
  /** Units of the control arm, above 0; a plan may be at a fractional size. */
  readonly n?: number | undefined;
  /** Treatment n over control n, above 0; 1 unless said. */
  readonly allocation?: number | undefined;
  /** Units of the control arm, instead of `n`. */
  readonly control?: number | undefined;
  /** Units of the treatment arm, together with `control`. */
  readonly treatment?: number | undefined;
}

export interface ArmSizes extends ArmUnits {
  readonly allocation: number;
}

export function armSizes({ n, allocation, control, treatment }: ArmSizeOptions): ArmSizes {
  checkExactlyOne("n", n, "control", control);
  return n === undefined
    ? sizesByNumber(control as number, treatment as number, allocation)
    : sizesByAllocation(n, treatment, allocation);
}

function sizesByAllocation(
  n: number,
  treatment: number | undefined,
  allocation: number | undefined,
): ArmSizes {
  checkPositive("n", n);
  if (treatment !== undefined) {
    throw new DomainError(
      "treatment",
      treatment,
      "must be left out where n is given: say allocation instead",
    );
  }
  const ratio = checkedAllocation(allocation);
  return { control: n, treatment: n * ratio, allocation: ratio };
}

function sizesByNumber(control: number, treatment: number, allocation: number | undefined): ArmSizes {
  checkPositive("control", control);
  checkPositive("treatment", treatment);
  if (allocation !== undefined) {
    throw new DomainError("allocation", allocation, "must be left out where control and treatment are given");
  }
  const ratio = treatment / control;
  if (!isAllocation(ratio)) {
    throw new DomainError("treatment", treatment, `must be ${ALLOCATION_RANGE} times control = ${control}`);
  }
  return { control, treatment, allocation: ratio };
}
