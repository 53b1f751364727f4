import { checkBoolean, checkObject } from "../core/checks.ts";
import { DomainError } from "../core/domain-error.ts";
import { stageErrors } from "./cumulative-errors.ts";
import type { FutilityPlan } from "./solve-design.ts";
import { checkedSpendingFunction, spentError, type SpendingFunctionName } from "./spending.ts";

/** When to give up: by spending the type II error, or at boundaries of one's own. */
export type FutilityOptions = BetaSpending | GivenFutility;

interface Binding {
  /**
   * Whether stopping for futility is a must. The efficacy boundaries of a binding design are lower, and its type I error
   * only holds where nobody goes on; false unless said.
   */
  readonly binding?: boolean | undefined;
}

/** Futility boundaries that share out 1 − power by a spending function. */
export interface BetaSpending extends Binding {
  /** How 1 − power is shared out; `lan-demets-obrien-fleming` unless said. */
  readonly spending?: SpendingFunctionName | undefined;
  /** Parameter of `kim-demets`, above 0, and of `hwang-shih-decani`. */
  readonly gamma?: number | undefined;
}

/** Futility boundaries that are given. */
export interface GivenFutility extends Binding {
  /** On the z scale, for each look but the last; −Infinity for none, or 0 of a two-sided design. */
  readonly boundaries: readonly number[];
}

/** The futility boundaries as a design names them. */
export interface FutilityDescription {
  readonly method: SpendingFunctionName | "given";
  readonly gamma: number | null;
  readonly binding: boolean;
}

export interface CheckedFutility {
  readonly plan: FutilityPlan;
  readonly description: FutilityDescription;
}

/** The plan of the futility boundaries; null where none are asked for. */
export function checkedFutility(
  futility: FutilityOptions | undefined,
  information: readonly number[],
  { typeTwoError, isTwoSided }: { readonly typeTwoError: number; readonly isTwoSided: boolean },
): CheckedFutility | null {
  if (futility === undefined) return null;
  checkObject("futility", futility);
  const { binding = false } = futility;
  checkBoolean("futility.binding", binding);
  if ("boundaries" in futility) {
    const boundaries = checkedBoundaries(futility.boundaries, information.length - 1, isTwoSided);
    return {
      plan: { kind: "given", boundaries },
      description: { method: "given", gamma: null, binding },
    };
  }
  const rule = checkedSpendingFunction(
    "futility.",
    futility.spending ?? "lan-demets-obrien-fleming",
    futility.gamma,
  );
  const cumulative = information.map((rate) => spentError(rule, typeTwoError, rate));
  return {
    plan: { kind: "spending", stageErrors: stageErrors(cumulative) },
    description: { method: rule.spending, gamma: rule.gamma, binding },
  };
}

function checkedBoundaries(
  boundaries: readonly number[],
  count: number,
  isTwoSided: boolean,
): (number | null)[] {
  if (!Array.isArray(boundaries) || boundaries.length !== count) {
    throw new DomainError(
      "futility.boundaries",
      boundaries,
      `must give a z for each of the ${count} looks before the last`,
    );
  }
  const none = isTwoSided ? 0 : -Infinity;
  return boundaries.map((z: number, k) => {
    if (!(typeof z === "number" && z >= none && z < Infinity)) {
      throw new DomainError(`futility.boundaries[${k}]`, z, `must be a finite number, or ${none} for none`);
    }
    return z === none ? null : z;
  });
}
