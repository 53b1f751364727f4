import { checkPositive } from "../core/checks.ts";
import { DomainError } from "../core/domain-error.ts";
import { checkExactlyOne } from "./check-exactly-one.ts";

/** How many units the arms have: `n` with an allocation, or both arms by number. */
export interface ArmSizeOptions {
  /** Units of the control arm, above 0; a plan may be at a fractional size. */
  readonly n?: number;
  /** Treatment n over control n, above 0; 1 unless said. */
  readonly allocation?: number;
  /** Units of the control arm, instead of `n`. */
  readonly control?: number;
  /** Units of the treatment arm, together with `control`. */
  readonly treatment?: number;
}

export interface ArmSizes {
  readonly control: number;
  readonly treatment: number;
  readonly allocation: number;
}

export function armSizes({ n, allocation, control, treatment }: ArmSizeOptions): ArmSizes {
  checkExactlyOne("n", n, "control", control);
  if (n !== undefined) {
    checkPositive("n", n);
    if (treatment !== undefined) {
      throw new DomainError(
        "treatment",
        treatment,
        "must be left out where n is given (say allocation instead)",
      );
    }
    const ratio = checkedAllocation(allocation);
    return { control: n, treatment: n * ratio, allocation: ratio };
  }
  checkPositive("control", control as number);
  checkPositive("treatment", treatment as number);
  if (allocation !== undefined) {
    throw new DomainError("allocation", allocation, "must be left out where control and treatment are given");
  }
  return {
    control: control as number,
    treatment: treatment as number,
    allocation: (treatment as number) / (control as number),
  };
}

/** Treatment n over control n, 1 unless said. */
export function checkedAllocation(allocation: number = 1): number {
  checkPositive("allocation", allocation);
  return allocation;
}
