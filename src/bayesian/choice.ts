import type { EachArm } from "./each-arm.ts";

/** Which arm may be chosen at an expected loss that nobody minds. */
export interface Choice {
  /** The expected loss that is small enough not to matter, in units of the metric. */
  readonly thresholdOfCaring: number;
  /** The arm whose expected loss is at most the threshold: `either` where both are, `undecided` where none is. */
  readonly arm: "treatment" | "control" | "either" | "undecided";
}

/** Reads the losses against a threshold of caring (Stucchi 2015). */
export function chooseArm(
  { control, treatment }: EachArm<number>,
  thresholdOfCaring: number | undefined,
): Choice | null {
  if (thresholdOfCaring === undefined) return null;
  const isTreatmentSafe = treatment <= thresholdOfCaring;
  const isControlSafe = control <= thresholdOfCaring;
  if (isTreatmentSafe && isControlSafe) return { thresholdOfCaring, arm: "either" };
  if (isTreatmentSafe) return { thresholdOfCaring, arm: "treatment" };
  return { thresholdOfCaring, arm: isControlSafe ? "control" : "undecided" };
}
