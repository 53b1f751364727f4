import { logGammaPowerConstant } from "./gamma-prefix.ts";
import { logIncompleteGamma } from "./incomplete-gamma.ts";
import { logChiConstant, logChiKernel, logChiMixture } from "./log-chi-mixture.ts";
import { LOG_SQRT_TWO_PI } from "./normal-tail.ts";
import { normalLogPdf, normalLogSf } from "./normal.ts";
import { findPeak, logPeakIntegral } from "./peak-integral.ts";
import { exp } from "./elementary/exp.ts";
import { expm1 } from "./elementary/expm1.ts";
import { hypot } from "./elementary/hypot.ts";
import { ln } from "./elementary/ln.ts";
import { log1p } from "./elementary/log1p.ts";

/** What is asked about T = (Z + noncentrality) / S at t. */
export type Part = "lower" | "upper" | "density";

/** The natural log of P(T <= t), P(T > t) or the density at t, for t >= 0 and any noncentrality. */
export function logNoncentralT(part: Part, t: number, df: number, noncentrality: number): number {
  if (t === Infinity) return part === "lower" ? 0 : -Infinity;
  return isSharp(t, df, noncentrality)
    ? overNormal(part, t, df, noncentrality)
    : overChi(part, t, df, noncentrality);
}

/** The chi variable spreads this much wider than the normal one: then it takes least time to integrate over Z. */
const SHARP = 5;
/** As far from 0 as Z + noncentrality has to stay for its integrand to look analytic. */
const FAR_FROM_ZERO = 20;

function isSharp(t: number, df: number, noncentrality: number): boolean {
  // About where Z + noncentrality lies when T is at most t.
  const expected = noncentrality / (1 + df / t / t);
  return expected > FAR_FROM_ZERO + SHARP * Math.sqrt(2 * df);
}

/** E over U = ln S of the normal tail or density at z = t S − noncentrality. */
function overChi(part: Part, t: number, df: number, noncentrality: number): number {
  const logT = ln(t);
  const z = (u: number): number =>
    Math.abs(u) < 0.5 ? t - noncentrality + t * expm1(u) : exp(u + logT) - noncentrality;
  const start = likelyU(part, t, df, noncentrality);
  if (part === "density") return logChiMixture((u) => u + normalLogPdf(z(u)), df, start);
  return logChiMixture((u) => normalLogSf(part === "upper" ? z(u) : -z(u)), df, start);
}

/** Where the chi density times the normal density at z is largest; 0 where the normal tail is no tail. */
function likelyU(part: Part, t: number, df: number, noncentrality: number): number {
  if (part === (t < noncentrality ? "upper" : "lower")) return 0;
  const length = hypot(t, Math.sqrt(df));
  const along = noncentrality * (t / length);
  const root = Math.sqrt(along * along + 4 * df);
  const scaled = along > 0 ? 0.5 * (along + root) : (2 * df) / (root - along);
  return ln(scaled) - ln(length);
}

/** Below it the leading power of the tail of S is exact, and S² nears the smallest double. */
const POWER_BELOW = -300;

/** E over Z of the tail or density of S at (Z + noncentrality) / t. */
function overNormal(part: Part, t: number, df: number, noncentrality: number): number {
  const half = 0.5 * df;
  const logOfS = (z: number): number => {
    const x = z + noncentrality;
    if (x <= 0) return part === "lower" ? 0 : -Infinity;
    const relative = (z + (noncentrality - t)) / t;
    const u = Math.abs(relative) < 0.5 ? log1p(relative) : ln(x) - ln(t);
    if (part === "density") return logChiKernel(u, df);
    if (u < POWER_BELOW) {
      return part === "lower" ? 0 : half * (2 * u + ln(half)) + logGammaPowerConstant(half);
    }
    const deviation = half * expm1(2 * u);
    const tails = logIncompleteGamma(half * exp(2 * u), half, deviation);
    return part === "upper" ? tails.lower : tails.upper;
  };
  const log = (z: number): number => logOfS(z) - 0.5 * z * z;
  const constant = part === "density" ? logChiConstant(df) - ln(t) : 0;
  return constant - LOG_SQRT_TWO_PI + logPeakIntegral(log, findPeak(log, 0, 1));
}
