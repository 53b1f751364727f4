import { checkObject, checkOneOf, checkOpenUnit } from "../core/checks.ts";
import { DomainError } from "../core/domain-error.ts";
import { normalLossQuantile } from "../numerics/normal-loss.ts";
import { mixtureLoss, mixtureMean, mixtureTail, type NormalMixture } from "../numerics/normal-mixture.ts";
import { normalCdf, normalQuantile } from "../numerics/normal.ts";
import { checkMagnitude } from "./check-magnitude.ts";
import { ln } from "../numerics/elementary/ln.ts";

/**
 * When a change ships, by the posterior of its macro effect: `probability`, P(effect > 0) exceeds the threshold;
 * `expected-loss`, shipping is expected to lose no more than the threshold of caring (Stucchi 2015); `posterior-mean`,
 * shipping is expected to lose less than not shipping, which is a posterior mean above 0.
 */
export type AssistedDecisionRule =
  | { readonly kind: "probability"; readonly threshold: number }
  | { readonly kind: "expected-loss"; readonly thresholdOfCaring: number }
  | { readonly kind: "posterior-mean" };

/** Refuses an unknown kind, a threshold outside (0, 1), or a threshold of caring that is not above 0. */
function checkAssistedDecisionRule(field: string, rule: AssistedDecisionRule): void {
  checkObject(field, rule);
  checkOneOf(`${field}.kind`, rule.kind, ["probability", "expected-loss", "posterior-mean"]);
  if (rule.kind === "probability") checkOpenUnit(`${field}.threshold`, rule.threshold);
  if (rule.kind === "expected-loss") checkMagnitude(`${field}.thresholdOfCaring`, rule.thresholdOfCaring);
}

export const DEFAULT_SHIP_THRESHOLD: number = 0.9;

/**
 * The rule that options name, in full or by a ship threshold alone.
 *
 * @throws {DomainError} for a broken rule or threshold, or for both
 */
export function chosenRule({
  decisionRule,
  shipThreshold,
}: {
  readonly decisionRule?: AssistedDecisionRule | undefined;
  readonly shipThreshold?: number | undefined;
}): AssistedDecisionRule {
  if (shipThreshold !== undefined) checkOpenUnit("shipThreshold", shipThreshold);
  if (decisionRule === undefined) {
    return { kind: "probability", threshold: shipThreshold ?? DEFAULT_SHIP_THRESHOLD };
  }
  checkAssistedDecisionRule("decisionRule", decisionRule);
  if (shipThreshold !== undefined) {
    throw new DomainError("shipThreshold", shipThreshold, "must be left out beside decisionRule");
  }
  return decisionRule;
}

/** P(effect > 0) that a rule asks for, where the posterior is normal. */
export function probabilityAsked(rule: AssistedDecisionRule, error: () => number): number {
  return rule.kind === "probability" ? rule.threshold : normalCdf(requiredScore(rule, error()));
}

/**
 * How many of its standard deviations a normal posterior's mean must lie above 0 for a change to ship.
 *
 * @param error - standard deviation of the posterior
 */
export function requiredScore(rule: AssistedDecisionRule, error: number): number {
  switch (rule.kind) {
    case "probability":
      return normalQuantile(rule.threshold);
    case "expected-loss":
      return normalLossQuantile(ln(rule.thresholdOfCaring / error));
    case "posterior-mean":
      return 0;
  }
}

/** What speaks for shipping under a rule, and how much of it there must be more than. */
export function caseForShipping(
  rule: AssistedDecisionRule,
  mixture: NormalMixture,
): { readonly strength: number; readonly ships: boolean } {
  switch (rule.kind) {
    case "probability": {
      const strength = mixtureTail(mixture, 0, "upper");
      return { strength, ships: strength > rule.threshold };
    }
    case "expected-loss": {
      const loss = mixtureLoss(mixture, 0, "lower");
      return { strength: -loss, ships: loss <= rule.thresholdOfCaring };
    }
    case "posterior-mean": {
      const strength = mixtureMean(mixture);
      return { strength, ships: strength > 0 };
    }
  }
}
