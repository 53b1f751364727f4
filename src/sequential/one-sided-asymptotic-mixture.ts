import { logAdd } from "../numerics/log-sum.ts";
import { newtonRoot } from "../numerics/newton-root.ts";
import type { Mixture } from "./mixture.ts";
import { exp } from "../numerics/elementary/exp.ts";
import { expm1 } from "../numerics/elementary/expm1.ts";
import { ln } from "../numerics/elementary/ln.ts";
import { log1p } from "../numerics/elementary/log1p.ts";

/**
 * The one-sided asymptotic confidence sequence of Waudby-Smith et al. (2024): effects from a half-normal
 * distribution, with 2 e^(y²/2) − 2 in the place of 2 e^(y²/2) Φ(y), which it never exceeds.
 */
export const ONE_SIDED_ASYMPTOTIC_MIXTURE: Mixture = {
  evidence: (score) => (score > 0 ? logTwiceExpm1(0.5 * score * score) : -Infinity),
  scoreAt,
  tightestRatio,
};

/** ln(2 (e^x − 1)) for x > 0. */
function logTwiceExpm1(x: number): number {
  return x + ln(-2 * expm1(-x));
}

function scoreAt(evidence: number): number {
  return Math.sqrt(2 * logAdd(0, evidence - Math.LN2));
}

/** Where r = score² / P, P = e^d / (2 + e^d), at the evidence d = ½ ln(1 + r) − ln α: solved for d. */
function tightestRatio(alpha: number): number {
  const logAlpha = ln(alpha);
  const ratioAt = (d: number): number => scoreAt(d) ** 2 * (1 + 2 * exp(-d));
  const evidence = newtonRoot(
    (d) => {
      const ratio = ratioAt(d);
      const slope = 2 - 2 * exp(-d) * scoreAt(d) ** 2;
      return [d + logAlpha - 0.5 * log1p(ratio), 1 - (0.5 * slope) / (1 + ratio)];
    },
    0,
    Infinity,
    1 - logAlpha,
  );
  return ratioAt(evidence);
}
