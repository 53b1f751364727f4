import type { Status } from "../core/status.ts";
import { assistedEquivalentN } from "./assisted-equivalent-n.ts";
import { crossoverN } from "./crossover-n.ts";
import { type DecisionPosterior, decisionPosterior } from "./decision-posterior.ts";
import type { DecisionRule, DecisionSetting } from "./decision-rule.ts";
import type { TargetReading } from "./decision-target.ts";
import { decisionWorlds, type RuleInWorlds } from "./decision-worlds.ts";
import { macroEquivalentN } from "./macro-equivalent-n.ts";
import { sameUnits } from "./sample-sizes.ts";
import { averageOutcome, type ShippingOutcome } from "./shipping-rule.ts";

/** What deciding by the proxy, by the macro metric and by both is worth under one rule, n units per arm each. */
export interface DecisionReading {
  readonly rule: DecisionRule;
  /** Probability that a change ships exactly when its true macro effect is positive. */
  readonly accuracyProxy: number;
  readonly accuracyMacro: number;
  readonly accuracyAssisted: number;
  /** Expected true macro effect per change tested, counting what ships; on the scale of the effects. */
  readonly gainProxy: number;
  readonly gainMacro: number;
  readonly gainAssisted: number;
  /** Probability that a change that ships loses macro conversions. */
  readonly wrongShipShare: { readonly proxy: number; readonly macro: number; readonly assisted: number };
  /** Macro units that earn as much as the n units of the proxy, over n; null for a proxy of the wrong sign. */
  readonly speedupProxy: number | null;
  /** Macro units that earn as much as n units of both, over n. */
  readonly speedupAssisted: number;
  /** Macro units per arm that earn as much as the n units of the proxy; null for a proxy of the wrong sign. */
  readonly macroEquivalentN: number | null;
  /** What the proxy is worth however many units it has; null for a proxy of the wrong sign. */
  readonly ceiling: { readonly accuracy: number; readonly macroEquivalentN: number } | null;
  /** From this n per arm on the macro metric decides better; null for a proxy of the wrong sign. */
  readonly crossoverN: number | null;
  /** Intervals over the posterior of the effect covariance; null for a covariance without one. */
  readonly posterior: DecisionPosterior | null;
}

/**
 * Reads what a decision is worth under the setting's rule.
 *
 * @param rho - of the average over the nodes: a proxy of the wrong sign earns no speedup, and its fields are null
 * @param confidenceLevel - of the intervals over the nodes; null where they are no posterior
 */
export function decisionReading(
  setting: DecisionSetting,
  n: number,
  rho: number,
  confidenceLevel: number | null,
): DecisionReading {
  const { nodes, rule } = setting;
  const worlds = decisionWorlds(setting, n);
  const average = ({ outcomes }: RuleInWorlds): ShippingOutcome => averageOutcome(nodes, outcomes);
  const proxy = average(worlds.proxy);
  const macro = average(worlds.macro);
  const assisted = average(worlds.assisted);
  const alike = rule.kind !== "significance";
  const hasSpeedup = earnsSpeedup(rule, rho);
  const equivalent = hasSpeedup ? macroEquivalentN(setting, worlds.proxy.rule, alike) : null;
  return {
    rule,
    accuracyProxy: proxy.accuracy,
    accuracyMacro: macro.accuracy,
    accuracyAssisted: assisted.accuracy,
    gainProxy: proxy.gain,
    gainMacro: macro.gain,
    gainAssisted: assisted.gain,
    wrongShipShare: {
      proxy: proxy.wrongShipShare,
      macro: macro.wrongShipShare,
      assisted: assisted.wrongShipShare,
    },
    speedupProxy: equivalent === null ? null : equivalent / n,
    speedupAssisted: assistedEquivalentN(setting, sameUnits(n)) / n,
    macroEquivalentN: equivalent,
    ceiling: hasSpeedup
      ? {
          accuracy: average(worlds.ceiling).accuracy,
          macroEquivalentN: macroEquivalentN(setting, worlds.ceiling.rule, alike),
        }
      : null,
    crossoverN: hasSpeedup ? crossoverN(setting) : null,
    posterior: confidenceLevel === null ? null : decisionPosterior(setting, worlds, n, confidenceLevel),
  };
}

/** The posterior mean turns a proxy of the wrong sign round; the other rules follow it into losses. */
export function earnsSpeedup({ kind }: DecisionRule, rho: number): boolean {
  return kind === "posterior-mean" || rho >= 0;
}

/** Whether there is a speedup at all, and whether anything is without bound. */
export function decisionStatus({ speedupProxy }: DecisionReading, target: TargetReading | null): Status {
  if (speedupProxy === null) return "undetermined";
  return speedupProxy === Infinity || target?.nProxy === Infinity ? "unbounded" : "ok";
}
