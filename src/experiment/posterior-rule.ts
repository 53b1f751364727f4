import { normalSf, normalUpperQuantile } from "../numerics/normal.ts";
import { varianceFactor } from "../planning/variance-factor.ts";
import type { PlannedMetric } from "./experiment-plan.ts";
import { percent } from "./figures.ts";
import { metricEffectPrior } from "./metric-effect-prior.ts";
import type { PlannedSizes } from "./planned-sizes.ts";
import type { ShippingPolicy } from "./shipping-policy.ts";
import { log1p } from "../numerics/elementary/log1p.ts";

/** The rule that ships on the posterior of the macro metric. */
export type PosteriorRule = Extract<Required<ShippingPolicy>, { readonly kind: "macro-posterior" }>;

/** What a decision on the posterior of the macro metric rests on, with its errors in the planned test. */
export function posteriorRuleAssumptions(
  { threshold, thresholdOfCaring }: PosteriorRule,
  { macro, n, levels }: PlannedSizes,
  treatments: number,
): string[] {
  const ships = (lift: number): number =>
    shippingChance(threshold, macro, n.control, levels.allocation, lift);
  const cared = thresholdOfCaring === Infinity ? "" : "at most ";
  return [
    `A treatment ships by the posterior of "${macro.name}". In the planned test one without any effect ships with a probability of ${cared}${percent(ships(0))}, one with the planned lift with ${cared}${percent(ships(macro.lift!))}.`,
    "The rule is for a test that is read once: who looks again and again and stops when the posterior is sure ships what does nothing far more often (calibrateBayesianStopping).",
    ...(treatments > 1
      ? [
          "Posteriors are not adjusted for the number of treatments: the chance that one of them ships without an effect grows with each.",
        ]
      : []),
  ];
}

/** How often the rule ships a treatment with that true lift, by the normal approximation of the log-lift. */
function shippingChance(
  threshold: number,
  macro: PlannedMetric,
  n: number,
  allocation: number,
  lift: number,
): number {
  const side = macro.improvesWhen === "decrease" ? -1 : 1;
  const prior = metricEffectPrior(macro);
  const variance = (relativeVariance(macro) * varianceFactor(macro) * (1 + 1 / allocation)) / n;
  const error = Math.sqrt(variance);
  // Ships where (kept · estimate + (1 − kept) · mean) / (error · √kept) exceeds the quantile.
  const kept = prior === null ? 1 : 1 / (1 + variance / prior.standardDeviation ** 2);
  const least = normalUpperQuantile(1 - threshold) * error * Math.sqrt(kept);
  const given = (1 - kept) * side * (prior?.mean ?? 0);
  return normalSf(((least - given) / kept - side * log1p(lift)) / error);
}

/** Variance of one unit over the square of the level. */
function relativeVariance({ kind, baseline, standardDeviation, dispersion = 1 }: PlannedMetric): number {
  switch (kind) {
    case "proportion":
      return (1 - baseline) / baseline;
    case "count":
      return dispersion / baseline;
    case "mean":
    case "ratio":
      return (standardDeviation! / baseline) ** 2;
  }
}
