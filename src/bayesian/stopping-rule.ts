import { checkObject, checkOpenUnit, checkPositive } from "../core/checks.ts";
import { DomainError } from "../core/domain-error.ts";
import { normalLossQuantile } from "../numerics/normal-loss.ts";
import { normalUpperQuantile } from "../numerics/normal.ts";
import { ln } from "../numerics/elementary/ln.ts";

/** When an arm may be chosen: exactly one of the two. */
export interface StoppingRuleOptions {
  /** An arm is chosen once its expected loss is at most this: a rate, above 0. */
  readonly thresholdOfCaring?: number | undefined;
  /** An arm is chosen once it is better with at least this probability, in (0.5, 1). */
  readonly probabilityToBeat?: number | undefined;
}

/** What an arm must show to be chosen. */
export interface StoppingRule {
  readonly kind: "expected-loss" | "probability-to-beat";
  readonly limit: number;
}

/** What an arm shows: E max(other rate − own rate, 0), P(own rate < other rate), and own mean − other mean. */
export interface ArmStanding {
  readonly loss: number;
  readonly behind: number;
  readonly lead: number;
}

export function checkedStoppingRule(options: StoppingRuleOptions): StoppingRule {
  checkObject("options", options);
  const { thresholdOfCaring, probabilityToBeat } = options;
  if ((thresholdOfCaring === undefined) === (probabilityToBeat === undefined)) {
    throw new DomainError(
      "thresholdOfCaring",
      thresholdOfCaring,
      "must be given, or probabilityToBeat, and exactly one of the two",
    );
  }
  if (thresholdOfCaring !== undefined) {
    checkPositive("thresholdOfCaring", thresholdOfCaring);
    return { kind: "expected-loss", limit: thresholdOfCaring };
  }
  checkOpenUnit("probabilityToBeat", probabilityToBeat!);
  if (probabilityToBeat! <= 0.5) {
    throw new DomainError("probabilityToBeat", probabilityToBeat, "must lie above 0.5 and below 1");
  }
  return { kind: "probability-to-beat", limit: probabilityToBeat! };
}

/** Room for the rounding of a figure that equals the limit: small arms give round figures. */
const TIE = 1 + 1e-12;

/** Whether the rule chooses an arm; where both losses are small enough, the smaller one decides. */
export function isChosen({ kind, limit }: StoppingRule, { loss, behind, lead }: ArmStanding): boolean {
  return kind === "expected-loss" ? loss <= limit * TIE && lead > 0 : behind <= (1 - limit) * TIE;
}

/** By how many of its standard deviations a normally distributed effect must lie from 0 for the rule to choose. */
export function normalDistance({ kind, limit }: StoppingRule, standardDeviation: number): number {
  if (kind === "probability-to-beat") return normalUpperQuantile(1 - limit);
  const logLoss = ln(limit) - ln(standardDeviation);
  return Math.max(0, normalLossQuantile(logLoss));
}
