import { checkBetween, checkOneOf } from "../core/checks.ts";
import { checkedUserSpending, stageErrors } from "./cumulative-errors.ts";
import type { EfficacyPlan } from "./solve-design.ts";
import {
  checkedSpendingFunction,
  checkNoParameter,
  SPENDING_FUNCTIONS,
  spentError,
  type SpendingFunctionName,
  type UserSpending,
} from "./spending.ts";
import { pow } from "../numerics/elementary/pow.ts";

/** Families whose boundaries have a shape of their own, whatever they spend by a look. */
export type BoundaryShapeName = "obrien-fleming" | "pocock" | "wang-tsiatis" | "haybittle-peto";

/** How the type I error is shared out among the looks. */
export type SpendingName = BoundaryShapeName | SpendingFunctionName | "user-defined";

/** How alpha is shared out between the looks: by a spending function, or by the shape of the boundaries. */
export interface EfficacyOptions {
  /** `lan-demets-obrien-fleming` unless said; of one's own, the alpha spent so far as a function or at each look. */
  readonly spending?: BoundaryShapeName | SpendingFunctionName | UserSpending | undefined;
  /** Parameter of `kim-demets`, above 0, and of `hwang-shih-decani`. */
  readonly gamma?: number | undefined;
  /** Parameter of `wang-tsiatis`, from −0.5 to 1: 0 is O'Brien–Fleming, 0.5 Pocock. */
  readonly delta?: number | undefined;
}

export interface CheckedEfficacy {
  readonly plan: EfficacyPlan;
  readonly spending: SpendingName;
  readonly gamma: number | null;
  readonly delta: number | null;
}

interface TypeOneError {
  readonly alpha: number;
  readonly tailAlpha: number;
}

export const BOUNDARY_SHAPES: readonly BoundaryShapeName[] = [
  "obrien-fleming",
  "pocock",
  "wang-tsiatis",
  "haybittle-peto",
];
/** Critical value before the last look of Haybittle (1971) and Peto et al. (1976). */
const HAYBITTLE_PETO = 3;

/** The plan of the efficacy boundaries, and the words that it goes by. */
export function checkedEfficacy(
  { spending = "lan-demets-obrien-fleming", gamma, delta }: EfficacyOptions,
  information: readonly number[],
  error: TypeOneError,
): CheckedEfficacy {
  if (typeof spending === "function" || typeof spending === "object") {
    const name = "user-defined";
    checkNoParameter("gamma", gamma, name);
    checkNoParameter("delta", delta, name);
    const cumulative = checkedUserSpending("spending", spending, information, "alpha", error.alpha);
    const plan = spendingPlan(cumulative.map((spent) => spent * (error.tailAlpha / error.alpha)));
    return { plan, spending: name, gamma: null, delta: null };
  }
  checkOneOf("spending", spending, [...BOUNDARY_SHAPES, ...SPENDING_FUNCTIONS]);
  if (spending !== "wang-tsiatis") checkNoParameter("delta", delta, spending);
  if (isShape(spending)) {
    checkNoParameter("gamma", gamma, spending);
    return { plan: shapePlan(spending, delta, information), spending, gamma: null, delta: delta ?? null };
  }
  const rule = checkedSpendingFunction("", spending, gamma);
  const plan = spendingPlan(information.map((rate) => spentError(rule, error.tailAlpha, rate)));
  return { plan, ...rule, delta: null };
}

function isShape(name: SpendingName): name is BoundaryShapeName {
  return (BOUNDARY_SHAPES as readonly string[]).includes(name);
}

function spendingPlan(cumulative: readonly number[]): EfficacyPlan {
  return { kind: "spending", stageErrors: stageErrors(cumulative) };
}

function shapePlan(
  name: BoundaryShapeName,
  delta: number | undefined,
  information: readonly number[],
): EfficacyPlan {
  if (name === "haybittle-peto") return { kind: "fixed-early", early: HAYBITTLE_PETO };
  if (name === "wang-tsiatis") checkBetween("delta", delta!, -0.5, 1);
  const exponent = name === "wang-tsiatis" ? delta! : name === "pocock" ? 0.5 : 0;
  return { kind: "shape", shape: information.map((rate) => pow(rate, exponent - 0.5)) };
}
