import type { BetterArm } from "./better-arm.ts";
import { type Choice, chooseArm } from "./choice.ts";
import type { EachArm } from "./each-arm.ts";
import { exp } from "../numerics/elementary/exp.ts";

/** Which of two arms is better. */
export interface ArmOrder {
  /** P(the treatment's parameter > the control's). */
  readonly probabilityToBeat: number;
  /** Its natural log, finite far below 1e-308. */
  readonly logProbabilityToBeat: number;
  /** P(the treatment's parameter < the control's), computed as a tail of its own. */
  readonly probabilityToLose: number;
  /** Its natural log, finite far below 1e-308. */
  readonly logProbabilityToLose: number;
}

/** Which of two arms is better, and what a wrong choice costs. */
export interface ArmOrderWithLosses extends ArmOrder {
  /**
   * By how much the arm is expected to fall short of the other where the other is better: `treatment` is what choosing
   * the treatment is expected to lose, E max(control − treatment, 0).
   */
  readonly expectedLoss: EachArm<number>;
  /** By how much the arm is expected to be ahead of the other where it is better: the loss of choosing the other. */
  readonly expectedGain: EachArm<number>;
}

/** The same, with the choice that it leads to. */
export interface ComparedArms extends ArmOrderWithLosses {
  /** What the losses say against the threshold of caring; null where none was given. */
  readonly choice: Choice | null;
}

export function armOrder({
  logProbabilityToBeat,
  logProbabilityToLose,
}: Pick<BetterArm, "logProbabilityToBeat" | "logProbabilityToLose">): ArmOrder {
  return {
    probabilityToBeat: exp(logProbabilityToBeat),
    logProbabilityToBeat,
    probabilityToLose: exp(logProbabilityToLose),
    logProbabilityToLose,
  };
}

export function armOrderWithLosses(better: BetterArm): ArmOrderWithLosses {
  const { expectedLoss } = better;
  return {
    ...armOrder(better),
    expectedLoss,
    expectedGain: { control: expectedLoss.treatment, treatment: expectedLoss.control },
  };
}

export function comparedArms(better: BetterArm, thresholdOfCaring: number | undefined): ComparedArms {
  return { ...armOrderWithLosses(better), choice: chooseArm(better.expectedLoss, thresholdOfCaring) };
}
