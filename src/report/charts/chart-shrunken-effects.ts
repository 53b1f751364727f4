import type { ShrunkenEffect } from "../../bayesian/shrink-effect.ts";
import type { ShrunkenEffects } from "../../bayesian/shrink-effects.ts";
import { normalUpperQuantile } from "../../numerics/normal-quantile.ts";
import { shrunkenEffectFinding, shrunkenEffectsFinding } from "../describe-effect-priors.ts";
import { percent, units } from "../figures.ts";
import { effectAxis } from "./effect-axis.ts";
import { firstRows, forest, type ForestRow } from "./forest.ts";
import type { VegaLiteSpec } from "./vega-lite-spec.ts";

/** Estimates, and below each what remains of it given what effects are like. */
export function chartShrunkenEffects(result: ShrunkenEffect | ShrunkenEffects): VegaLiteSpec {
  const isOne = result.kind === "shrunken-effect";
  const effects = isOne ? [result] : result.effects;
  const axis = { ...effectAxis("difference", false), title: "Effect" };
  const [rows, leftOut] = firstRows(
    effects.flatMap((effect, i) => rowsOf(effect, isOne ? "As estimated" : units(i + 1))),
  );
  const coverage = percent(effects[0]!.interval.confidenceLevel);
  return forest(
    {
      finding: isOne ? shrunkenEffectFinding(result) : shrunkenEffectsFinding(result),
      detail: `Squares: the estimate by itself, with its ${coverage} interval. Circles: the same given what effects are like.${leftOut}`,
    },
    rows,
    axis,
  );
}

function rowsOf({ observed, estimate, interval }: ShrunkenEffect, name: string): ForestRow[] {
  const reach = observed.standardError * normalUpperQuantile((1 - interval.confidenceLevel) / 2);
  const raw = { lower: observed.estimate - reach, upper: observed.estimate + reach, excluded: null };
  return [
    { name, effect: { estimate: observed.estimate, interval: raw } },
    { name: "shrunken", effect: { estimate, interval }, shape: "weighed" },
  ];
}
