import type { BetterArm } from "./better-arm.ts";
import { type Choice, chooseArm } from "./choice.ts";
import type { EachArm } from "./each-arm.ts";

/** Which arm is better, as every comparison of two arms reports it; the words are those of `PosteriorComparison`. */
export interface ComparedArms {
  readonly probabilityToBeat: number;
  readonly logProbabilityToBeat: number;
  readonly probabilityToLose: number;
  readonly logProbabilityToLose: number;
  readonly expectedLoss: EachArm<number>;
  readonly expectedGain: EachArm<number>;
  readonly choice: Choice | null;
}

export function comparedArms(
  { logProbabilityToBeat, logProbabilityToLose, expectedLoss }: BetterArm,
  thresholdOfCaring: number | undefined,
): ComparedArms {
  return {
    probabilityToBeat: Math.exp(logProbabilityToBeat),
    logProbabilityToBeat,
    probabilityToLose: Math.exp(logProbabilityToLose),
    logProbabilityToLose,
    expectedLoss,
    expectedGain: { control: expectedLoss.treatment, treatment: expectedLoss.control },
    choice: chooseArm(expectedLoss, thresholdOfCaring),
  };
}
