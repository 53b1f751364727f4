import type { Warning } from "../core/warning.ts";
import type { ProportionComparison } from "../inference/proportion-comparison.ts";
import type { DecisionSpeedup } from "./decision-speedup.ts";
import type { AssistedPosterior } from "./proxy-assisted.ts";

export type Light = "green" | "amber" | "red";

/**
 * `proxy-agrees`: proxy and what is known of sales point the same way, surely enough. `detects-only`: the proxy shows a
 * change sooner, and decides worse. `misleads`: it points away from sales. `cannot-tell`: none of these.
 */
export type ProxyVerdict = "proxy-agrees" | "cannot-tell" | "detects-only" | "misleads";

/** Which of the two metrics moved significantly; `opposite` when both did, in different directions. */
export type SeenPattern = "both" | "micro-only" | "macro-only" | "neither" | "opposite";

/** What to do next, and whether the proxy had a say in it. */
export interface NextStep {
  readonly action: "ship" | "do-not-ship" | "wait-for-sales" | "no-decision-yet";
  /** What the action rests on. */
  readonly basis: "sales" | "proxy-and-sales";
  readonly message: string;
}

export interface LightThresholds {
  readonly green: number;
  readonly red: number;
}

export interface Judgement {
  readonly light: Light;
  readonly verdict: ProxyVerdict;
  /** Why, the weightiest first. */
  readonly reasons: readonly Warning[];
  readonly next: NextStep;
}

/** What the judgement weighs. */
export interface ProxyEvidence {
  readonly micro: ProportionComparison;
  readonly macro: ProportionComparison;
  readonly alpha: number;
  /** Learned from past experiments, and with its posterior. */
  readonly isLearned: boolean;
  readonly rho: number;
  readonly detectionSpeedup: number | null;
  readonly decision: DecisionSpeedup;
  readonly posterior: AssistedPosterior;
  readonly shipThreshold: number;
  readonly probabilityGainsMore: number;
  readonly thresholds: LightThresholds;
  readonly proxyEffect: number;
  readonly thresholdEffect: number;
  readonly largestPastProxyEffect: number | null;
  readonly nMacro: number;
  readonly waitingN: number;
}

/** Turns the evidence into a light, a verdict, reasons and a next step. */
export function judgeProxy(evidence: ProxyEvidence): Judgement & { readonly pattern: SeenPattern } {
  const micro = significantDirection(evidence.micro, evidence.alpha);
  const macro = significantDirection(evidence.macro, evidence.alpha);
  const pattern = patternOf(micro, macro);
  const found = reasons(evidence, pattern);
  const has = (code: string): boolean => found.some((reason) => reason.code === code);
  const light = lightOf(evidence, has);
  const verdict = verdictOf(evidence, micro, has);
  return { light, verdict, reasons: found, next: nextStep(evidence, light, macro), pattern };
}

/** 1, −1, or 0 where the test is not significant. */
function significantDirection({ pValue, statistic }: ProportionComparison, alpha: number): number {
  return pValue !== null && statistic !== null && pValue < alpha ? Math.sign(statistic) : 0;
}

function patternOf(micro: number, macro: number): SeenPattern {
  if (micro === 0) return macro === 0 ? "neither" : "macro-only";
  if (macro === 0) return "micro-only";
  return micro === macro ? "both" : "opposite";
}

function lightOf(
  { isLearned, probabilityGainsMore, thresholds }: ProxyEvidence,
  has: (code: string) => boolean,
): Light {
  if (has("WRONG_SIGN") || has("SEEN_OPPOSITE") || probabilityGainsMore < thresholds.red) return "red";
  if (!isLearned || has("BEYOND_PAST_EFFECTS")) return "amber";
  return probabilityGainsMore > thresholds.green ? "green" : "amber";
}

function verdictOf(
  { posterior, shipThreshold, decision }: ProxyEvidence,
  micro: number,
  has: (code: string) => boolean,
): ProxyVerdict {
  const agreeing = micro > 0 ? posterior.probabilityPositive : posterior.probabilityNegative;
  if (has("WRONG_SIGN") || has("SEEN_OPPOSITE") || (micro !== 0 && agreeing < 1 - shipThreshold))
    return "misleads";
  if (has("DETECTS_ONLY") || decision.speedupProxy === 0) return "detects-only";
  return micro !== 0 && agreeing > shipThreshold ? "proxy-agrees" : "cannot-tell";
}

/** Only a green light lets the proxy speak; otherwise sales decide, as far as they can. */
function nextStep(evidence: ProxyEvidence, light: Light, macro: number): NextStep {
  const { posterior, shipThreshold, nMacro, waitingN } = evidence;
  if (light === "green") {
    const basis = "proxy-and-sales";
    if (posterior.ships) {
      return {
        action: "ship",
        basis,
        message: "Ship: proxy and sales together make a gain in sales likely enough.",
      };
    }
    if (posterior.probabilityNegative > shipThreshold) {
      return {
        action: "do-not-ship",
        basis,
        message: "Do not ship: proxy and sales together make a loss likely.",
      };
    }
  }
  if (macro > 0)
    return { action: "ship", basis: "sales", message: "Ship: sales rose significantly by themselves." };
  if (macro < 0) {
    return { action: "do-not-ship", basis: "sales", message: "Do not ship: sales fell significantly." };
  }
  if (nMacro < waitingN) {
    return {
      action: "wait-for-sales",
      basis: "sales",
      message: `Wait for sales: ${whole(nMacro)} of ${whole(waitingN)} units per arm have matured, and the proxy does not stand in for the rest.`,
    };
  }
  return {
    action: "no-decision-yet",
    basis: "sales",
    message:
      "No decision from this test: sales have not moved significantly; test on more units or leave things as they are.",
  };
}

function reasons(evidence: ProxyEvidence, pattern: SeenPattern): Warning[] {
  const { rho, probabilityGainsMore, thresholds, isLearned, decision, detectionSpeedup } = evidence;
  const { proxyEffect, thresholdEffect, largestPastProxyEffect } = evidence;
  const chance = `${(100 * probabilityGainsMore).toFixed(0)} %`;
  const past = largestPastProxyEffect ?? Infinity;
  const candidates: [boolean, string, string][] = [
    [
      rho < 0,
      "WRONG_SIGN",
      `Changes that raise the proxy tend to lower sales (rho = ${rho.toFixed(2)}): the proxy points the wrong way.`,
    ],
    [
      pattern === "opposite",
      "SEEN_OPPOSITE",
      "In this test proxy and sales moved significantly in opposite directions.",
    ],
    [
      probabilityGainsMore < thresholds.red,
      "GAINS_LESS_THAN_WAITING",
      "Deciding now by proxy and sales together is unlikely to gain more than waiting for sales.",
    ],
    [
      !isLearned,
      "ASSUMED_COVARIANCE",
      "How the proxy's effects carry over to sales is assumed or plugged in, not averaged over past experiments: no green light.",
    ],
    [
      isLearned && probabilityGainsMore > thresholds.green,
      "GAINS_MORE_THAN_WAITING",
      `Past experiments give a chance of ${chance} that deciding now gains more than waiting for sales.`,
    ],
    [
      isLearned && probabilityGainsMore >= thresholds.red && probabilityGainsMore <= thresholds.green,
      "PAST_TOO_THIN",
      `Past experiments give a chance of ${chance} that deciding now gains more than waiting: too little to rely on it.`,
    ],
    [
      detectionSpeedup !== null && detectionSpeedup > 1 && (decision.speedupProxy ?? 0) < 1,
      "DETECTS_ONLY",
      "The proxy shows changes sooner than sales do, but decides worse than sales of the same units.",
    ],
    [
      decision.crossoverN !== null && decision.n > decision.crossoverN && decision.crossoverN > 0,
      "BEYOND_CROSSOVER",
      "The test is past the size up to which the proxy decides better than sales of the same units.",
    ],
    [
      pattern === "micro-only",
      "ONLY_PROXY_MOVED",
      "The proxy moved significantly and sales did not: that is no evidence of a gain in sales by itself.",
    ],
    [
      pattern === "macro-only",
      "ONLY_SALES_MOVED",
      "Sales moved significantly and the proxy did not: the change works other than through the proxy.",
    ],
    [
      Math.abs(proxyEffect) > past,
      "BEYOND_PAST_EFFECTS",
      "The effect on the proxy is larger than any in past experiments: what they say may not hold out there.",
    ],
    [
      thresholdEffect > past,
      "NO_PAST_EFFECT_WAS_SAFE",
      "An effect on the proxy that foretells a gain in sales would be larger than any in past experiments.",
    ],
  ];
  return candidates.filter(([holds]) => holds).map(([, code, message]) => ({ code, message }));
}

function whole(n: number): string {
  return Math.floor(n).toString();
}
