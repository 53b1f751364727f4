import { DomainError } from "../core/domain-error.ts";
import { type DecisionSetting, macroRule, proxyRule } from "./decision-rule.ts";
import { smallestN } from "./search-n.ts";
import { shippingOutcome } from "./shipping-rule.ts";

/** The n per arm at which decisions are right as often as asked for. */
export interface TargetReading {
  readonly accuracy: number;
  /** Infinity beyond the proxy's ceiling. */
  readonly nProxy: number;
  readonly nMacro: number;
  /** nMacro / nProxy; 0 beyond the ceiling. */
  readonly speedup: number;
}

/** Solves for both n: each the smallest from which on an accuracy is reached. */
export function targetReading(setting: DecisionSetting, accuracy: number): TargetReading {
  const { nodes, sampling } = setting;
  const nProxy = smallestN(
    nodes,
    sampling,
    (n) => shippingOutcome(nodes, proxyRule(setting, n)).accuracy - accuracy,
  );
  const nMacro = smallestN(
    nodes,
    sampling,
    (n) => shippingOutcome(nodes, macroRule(setting, n)).accuracy - accuracy,
  );
  // Where what is known beforehand decides well enough, neither metric is needed.
  return { accuracy, nProxy, nMacro, speedup: nProxy === 0 ? 1 : nMacro / nProxy };
}

/**
 * The n to read everything else at: the proxy's, or the macro metric's where the proxy never gets there.
 *
 * @throws {DomainError} where neither needs or reaches a finite n above 0
 */
export function targetN({ accuracy, nProxy, nMacro }: TargetReading): number {
  const n = nProxy < Infinity ? nProxy : nMacro;
  if (n > 0 && n < Infinity) return n;
  throw new DomainError(
    "targetAccuracy",
    accuracy,
    `needs n = ${n} per arm: say at which n to read the decision`,
  );
}
