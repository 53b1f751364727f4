import { upperExit } from "../numerics/look-exits.ts";
import { stageErrors } from "./cumulative-errors.ts";
import type { EfficacyPlan, FutilityPlan } from "./solve-design.ts";
import { type DesignWalks, walksAt } from "./solve-design.ts";
import type { GroupSequentialDesign } from "./group-sequential-design.ts";
import { isSpendingFunction, spentError } from "./spending.ts";
import { SMALLEST_STEP } from "./information-rates.ts";

/** What of a design holds at whatever information it is looked at. */
export type DesignRules = Pick<
  GroupSequentialDesign,
  "alpha" | "alternative" | "drift" | "futility" | "gamma" | "looks" | "power" | "spending"
>;

export function tailsOf({ alternative }: Pick<DesignRules, "alternative">): 1 | 2 {
  return alternative === "two-sided" ? 2 : 1;
}

/**
 * The information of all looks, those to come included: as planned, from the number of the next look on.
 *
 * @param isFinal whether no look follows those seen
 */
export function allLooks(design: DesignRules, seen: readonly number[], isFinal: boolean): readonly number[] {
  if (isFinal) return seen;
  const last = seen.at(-1)!;
  const planned = design.looks.slice(seen.length).map(({ information }) => information);
  const ahead = planned.filter((information) => information >= last + SMALLEST_STEP);
  return [...seen, ...(ahead.length > 0 ? ahead : [1])];
}

/**
 * The boundaries of a design at the information that its looks really have, the last of which is the final one.
 *
 * A spending function spends what it would by then, and Haybittle's and Peto's early boundary stays where it is. Any
 * other design spends at each look what was planned for the look of that number (Slud and Wei 1982), so that its own
 * boundaries come out where nothing deviates. The final look spends what is left of alpha.
 */
export function actualBoundaries(design: DesignRules, information: readonly number[]): DesignWalks {
  const { alternative, power, futility } = design;
  const tailAlpha = design.alpha / tailsOf(design);
  return walksAt(
    {
      information,
      isTwoSided: alternative === "two-sided",
      tailAlpha,
      power,
      efficacy: efficacyAt(design, information, tailAlpha),
      futility: futilityAt(design, information),
      isBinding: futility?.binding === true,
    },
    design.drift,
  );
}

function efficacyAt(design: DesignRules, information: readonly number[], tailAlpha: number): EfficacyPlan {
  if (design.spending === "haybittle-peto" && design.looks.length > 1) {
    return { kind: "fixed-early", early: design.looks[0]!.efficacy };
  }
  return { kind: "spending", stageErrors: stageErrors(cumulativeErrors(design, information, tailAlpha)) };
}

/** What one tail has spent by each look. */
export function cumulativeErrors(
  design: DesignRules,
  information: readonly number[],
  tailAlpha: number,
): number[] {
  const last = information.length - 1;
  return information.map((now, k) =>
    k === last ? tailAlpha : Math.min(tailAlpha, spentEarly(design, k, now, tailAlpha)),
  );
}

/** By a look that others follow. */
function spentEarly(
  { spending, gamma, looks, alpha }: DesignRules,
  k: number,
  information: number,
  tailAlpha: number,
): number {
  // A design of one look tests at its end only.
  if (looks.length === 1) return 0;
  if (isSpendingFunction(spending)) return spentError({ spending, gamma }, tailAlpha, information);
  return tailAlpha * (looks[k]!.cumulativeAlpha / alpha);
}

function futilityAt(
  { futility, looks, power }: DesignRules,
  information: readonly number[],
): FutilityPlan | null {
  if (futility === null) return null;
  const last = looks.length - 1;
  if (futility.method === "given") {
    return {
      kind: "given",
      boundaries: information.map((_, k) => (k < last ? looks[k]!.futility : null)),
    };
  }
  const rule = { spending: futility.method, gamma: futility.gamma };
  return {
    kind: "spending",
    stageErrors: stageErrors(information.map((now) => spentError(rule, 1 - power, now))),
  };
}

/** Type I error that is spent up to each look. */
export function spentAlpha(design: DesignRules, { alphaWalk }: DesignWalks): number[] {
  let spent = 0;
  return alphaWalk.looks.map((look, k) => {
    spent += tailsOf(design) * upperExit(look, alphaWalk.efficacy[k]!);
    return spent;
  });
}
