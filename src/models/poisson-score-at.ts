import type { Count } from "../summaries/count.ts";
import type { TwoArms } from "../summaries/two-arms.ts";
import { crossProductBeyond } from "./cross-product-beyond.ts";
import type { LevelScale } from "./level-scale.ts";
import { hypot } from "../numerics/elementary/hypot.ts";

/**
 * The rates of events most likely to give Poisson counts when the effect is `nullValue`: with R = 1 + λ all events over n₁ + R n₂,
 * and for a difference δ the root of N r₁² + (Nδ − X) r₁ − x₁δ, where N and X are all units and events.
 *
 * @param control - units above 0, and events; expected ones need not be whole
 * @param treatment - the same of the treatment arm
 * @param nullValue - a difference, or a lift above −1
 */
export function restrictedEventRates(
  scale: LevelScale,
  control: Count,
  treatment: Count,
  nullValue: number,
): TwoArms<number> {
  const { n: n1, events: x1 } = control;
  const { n: n2, events: x2 } = treatment;
  if (scale === "lift") {
    const base = (x1 + x2) / (n1 + (1 + nullValue) * n2);
    return { control: base, treatment: (1 + nullValue) * base };
  }
  if (nullValue < 0) {
    const swapped = restrictedEventRates(scale, treatment, control, -nullValue);
    return { control: swapped.treatment, treatment: swapped.control };
  }
  const total = n1 + n2;
  const middle = x1 + x2 - total * nullValue;
  const root = hypot(middle, 2 * Math.sqrt(total) * Math.sqrt(x1) * Math.sqrt(nullValue));
  // Of the two forms of the root of a quadratic equation the one that does not cancel.
  const base = middle >= 0 ? (middle + root) / (2 * total) : (2 * x1 * nullValue) / (root - middle);
  return { control: base, treatment: base + nullValue };
}

/**
 * The score statistic of two Poisson rates at any null value of the effect, with the variance at the restricted rates.
 * Standard normal if the null value is true; positive where the effect lies above it; 0 where the counts say nothing.
 *
 * @param nullValue - a difference, or a lift above −1
 */
export function poissonScoreAt(
  scale: LevelScale,
  control: Count,
  treatment: Count,
  nullValue: number,
): number {
  const { n: n1, events: x1 } = control;
  const { n: n2, events: x2 } = treatment;
  const [e, f] = scale === "lift" ? [x1, n2] : [n1, n2];
  const beyond = crossProductBeyond(x2, n1, x1, n2, nullValue, e, f) / (n1 * n2);
  if (beyond === 0) return 0;
  const rates = restrictedEventRates(scale, control, treatment, nullValue);
  const factor = scale === "lift" ? 1 + nullValue : 1;
  return beyond / hypot(factor * Math.sqrt(rates.control / n1), Math.sqrt(rates.treatment / n2));
}
