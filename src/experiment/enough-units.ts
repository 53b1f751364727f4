import type { Arm } from "../inference/arm-family.ts";

/** Whether an arm can be compared with another: one unit alone shows no variance of a mean or a ratio. */
export function hasEnoughUnits(arm: Arm): boolean {
  return arm.n >= ("mean" in arm || "numerator" in arm ? 2 : 1);
}
