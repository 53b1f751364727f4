import type { Warning } from "../core/warning.ts";
import type { ProxyEvidence, SeenPattern } from "./proxy-evidence.ts";

/** What speaks for and against the proxy, the weightiest first. */
export function judgementReasons(evidence: ProxyEvidence, pattern: SeenPattern): Warning[] {
  const { rho, worth, thresholds, isLearned, decision, detectionSpeedup } = evidence;
  const { proxyEffect, thresholdEffect, largestPastProxyEffect } = evidence;
  const addsLittle = worth.promising < thresholds.red;
  const gainsLess = worth.gainsMore < thresholds.red;
  const past = largestPastProxyEffect ?? Infinity;
  const candidates: [boolean, string, string][] = [
    [rho < 0, "WRONG_SIGN", wrongSign(rho, evidence.probabilityWrongSign)],
    [
      pattern === "opposite",
      "SEEN_OPPOSITE",
      "In this test proxy and sales moved significantly in opposite directions.",
    ],
    [
      gainsLess,
      "GAINS_LESS_THAN_WAITING",
      `Deciding now by proxy and sales together is unlikely to gain more than waiting for sales (${percent(worth.gainsMore)}).`,
    ],
    [
      addsLittle,
      "PROXY_ADDS_LITTLE",
      `The proxy is unlikely to be worth its while beside sales, however well it were known (${percent(worth.promising)}).`,
    ],
    [
      !isLearned,
      "ASSUMED_COVARIANCE",
      "How the proxy's effects carry over to sales is assumed or plugged in, not averaged over past experiments: no green light.",
    ],
    [
      Math.abs(proxyEffect) > past,
      "BEYOND_PAST_EFFECTS",
      "The effect on the proxy is larger than any in past experiments: what they say may not hold out there.",
    ],
    [
      isLearned && worth.worthwhile > thresholds.green,
      "GAINS_MORE_THAN_WAITING",
      `Past experiments give a chance of ${percent(worth.worthwhile)} that deciding now gains more than waiting for sales, by the proxy's merit.`,
    ],
    [
      isLearned && !gainsLess && !addsLittle && worth.worthwhile <= thresholds.green,
      "PAST_TOO_THIN",
      `Past experiments give a chance of ${percent(worth.gainsMore)} that deciding now gains more than waiting, and of ${percent(worth.worthwhile)} that the proxy is why: too little to rely on it.`,
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
      thresholdEffect > past,
      "NO_PAST_EFFECT_WAS_SAFE",
      "An effect on the proxy that foretells a gain in sales would be larger than any in past experiments.",
    ],
  ];
  return candidates.filter(([holds]) => holds).map(([, code, message]) => ({ code, message }));
}

/** A correlation below 0 is no guide; that it points the other way is said only where that is sure. */
function wrongSign(rho: number, probability: number): string {
  return probability > SURE
    ? `Changes that raise the proxy tend to lower sales (rho = ${rho.toFixed(2)}): the proxy points the wrong way.`
    : `Changes that raise the proxy do not tend to raise sales (rho = ${rho.toFixed(2)}): the proxy is no guide to them.`;
}

const SURE = 0.95;

/** Whole per cent; what is nearly certain is not made certain. */
function percent(probability: number): string {
  if (probability > 0.99) return "more than 99 %";
  return probability < 0.01 ? "less than 1 %" : `${(100 * probability).toFixed(0)} %`;
}
