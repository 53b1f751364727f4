import type { Warning } from "../core/warning.ts";
import type { ProportionComparison } from "../inference/proportion-comparison.ts";
import { judgementReasons } from "./judgement-reasons.ts";
import type { ProxyEvidence, SeenPattern } from "./proxy-evidence.ts";

/** Green: learned, and a guide worth following. Amber: not to decide alone. Red: it misleads, or is worth too little. */
export type Light = "green" | "amber" | "red";

/**
 * `proxy-agrees`: proxy and what is known of sales point the same way, surely enough. `detects-only`: the proxy shows a
 * change sooner, and decides worse. `misleads`: it points away from sales. `cannot-tell`: none of these.
 */
export type ProxyVerdict = "proxy-agrees" | "cannot-tell" | "detects-only" | "misleads";

/** What to do next, and whether the proxy had a say in it. */
export interface NextStep {
  readonly action: "ship" | "do-not-ship" | "wait-for-sales" | "no-decision-yet";
  /** What the action rests on. */
  readonly basis: "sales" | "proxy-and-sales";
  readonly message: string;
}

/** What the evidence on a proxy comes to. */
export interface Judgement {
  readonly light: Light;
  readonly verdict: ProxyVerdict;
  /** Why, the weightiest first. */
  readonly reasons: readonly Warning[];
  readonly next: NextStep;
}

/** Turns the evidence into a light, a verdict, reasons and a next step. */
export function judgeProxy(evidence: ProxyEvidence): Judgement & { readonly pattern: SeenPattern } {
  const micro = significantDirection(evidence.micro, evidence.alpha);
  const macro = significantDirection(evidence.macro, evidence.alpha);
  const pattern = patternOf(micro, macro);
  const found = judgementReasons(evidence, pattern);
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

function lightOf({ isLearned, worth, thresholds }: ProxyEvidence, has: (code: string) => boolean): Light {
  if (RED_REASONS.some(has)) return "red";
  if (!isLearned || has("BEYOND_PAST_EFFECTS")) return "amber";
  return worth.worthwhile > thresholds.green ? "green" : "amber";
}

const RED_REASONS = ["WRONG_SIGN", "SEEN_OPPOSITE", "GAINS_LESS_THAN_WAITING", "PROXY_ADDS_LITTLE"];

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

function whole(n: number): string {
  return Math.floor(n).toString();
}
