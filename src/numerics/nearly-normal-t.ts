import { gaussHermite } from "./gauss-hermite.ts";
import type { QuadratureRule } from "./gauss-legendre.ts";
import { log1pmx } from "./log1pmx.ts";
import { normalSf } from "./normal.ts";
import { cbrt } from "./elementary/cbrt.ts";
import { exp } from "./elementary/exp.ts";

// T = (Z + noncentrality) / S with many degrees of freedom. The cube root Y of S² is so nearly normal (Wilson and
// Hilferty 1931) that a few nodes of the Gauss–Hermite rule are enough: with k = 3 df / 2 − 1, Y = y₀ (1 + h) and
// h = x / √(3k), its density is that of a standard normal x times exp(k (ln(1 + h) − h + h²/2 − h³/3)), whose exponent
// begins with −x⁴ / 36k.

interface NearlyNormalRule {
  readonly rule: QuadratureRule;
  /** With fewer degrees of freedom the density of Y needs more nodes. */
  readonly fewestDf: number;
  /** How far the log of the normal tail at t S may move while S moves by one deviation. */
  readonly largestSway: number;
}

// Each holds to 1e-14.
const RULES: readonly NearlyNormalRule[] = [
  { rule: /* @__PURE__ */ gaussHermite(6), fewestDf: 3000, largestSway: 0.05 },
  { rule: /* @__PURE__ */ gaussHermite(8), fewestDf: 400, largestSway: 0.1 },
  { rule: /* @__PURE__ */ gaussHermite(12), fewestDf: 100, largestSway: 0.35 },
];

/** P(T > t), computed as a tail of its own; null where so few nodes are not enough. */
export function nearlyNormalTSf(t: number, df: number, noncentrality: number): number | null {
  const swayed = (Math.abs(t) / Math.sqrt(2 * df)) * Math.max(1, Math.abs(t - noncentrality));
  const found = RULES.find(({ fewestDf, largestSway }) => df >= fewestDf && swayed <= largestSway);
  if (found === undefined) return null;
  const { nodes, weights } = found.rule;
  const k = 1.5 * df - 1;
  const mode = cbrt(k / (1.5 * df));
  const unit = 1 / Math.sqrt(3 * k);
  let sum = 0;
  let total = 0;
  for (let i = 0; i < nodes.length; i++) {
    const h = unit * nodes[i]!;
    const y = mode * (1 + h);
    const weight = weights[i]! * exp(k * (log1pmx(h) + h * h * (0.5 - h / 3)));
    sum += weight * normalSf(t * y * Math.sqrt(y) - noncentrality);
    total += weight;
  }
  return sum / total;
}
