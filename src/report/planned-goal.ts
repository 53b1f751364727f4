import type { EquivalencePower } from "../planning/power-for-equivalence.ts";
import type { EquivalenceSampleSize } from "../planning/sample-size-for-equivalence.ts";
import type { MarginPower, MarginSampleSize } from "../planning/margin-plan.ts";
import { marginText, plannedEffect, plannedEffectDetails, type PlannedEffect } from "./planned-effect.ts";

type MarginGoal =
  | MarginSampleSize<"non-inferiority-sample-size" | "superiority-sample-size">
  | MarginPower<"non-inferiority-power" | "superiority-power">;

type EquivalenceGoal = EquivalenceSampleSize | EquivalencePower;

/** What a test is planned to find or to show. */
export type Goal = PlannedEffect | MarginGoal | EquivalenceGoal;

/** The goal after `to`: `see a lift of +10 %`, `show that the treatment is not worse by -2 %`. */
export function goalText(goal: Goal): string {
  if (isEquivalence(goal)) {
    return `show that the effect lies between ${marginText(goal.lower, goal)} and ${marginText(goal.upper, goal)}`;
  }
  if (!isMargin(goal)) return `see ${plannedEffect(goal)}`;
  const bound = marginText(goal.nullValue, goal);
  return goal.kind.startsWith("superiority")
    ? `show that the treatment is better by more than the margin (${bound})`
    : `show that the treatment is not worse by the margin (${bound})`;
}

/** The goal in rows of a table. */
export function goalDetails(goal: Goal): [string, string | null][] {
  const truth = plannedEffectDetails(goal);
  if (isEquivalence(goal)) {
    return [...truth, ["Bounds", `${marginText(goal.lower, goal)} and ${marginText(goal.upper, goal)}`]];
  }
  return isMargin(goal) ? [...truth, ["Margin", marginText(goal.nullValue, goal)]] : truth;
}

function isEquivalence(goal: Goal): goal is EquivalenceGoal {
  return "upper" in goal;
}

function isMargin(goal: Goal): goal is MarginGoal {
  return "nullValue" in goal;
}
