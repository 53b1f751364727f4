import type { MetricChance } from "../experiment/metric-chance.ts";
import type { MetricPosterior } from "../experiment/posterior-model.ts";
import type { MetricReadout } from "../experiment/read-metrics.ts";
import { type Block, table } from "./block.ts";
import { amount, chance, change, effectFigure, percent, REAL_ENDS, span } from "./figures.ts";
import { liftCells } from "./lift-cells.ts";
import { betaName } from "./prior-rows.ts";
import { expm1 } from "../numerics/elementary/expm1.ts";

/** How probably each metric is higher in the treatment, and its posterior where the views ask for it. */
export function chanceBlocks(metrics: readonly MetricReadout[]): Block[] {
  // Who stops by such a chance is fooled often, so that none stands beside the boundaries of a watched test.
  const read = metrics.filter(({ sequential }) => sequential === null);
  return [
    ...tableOf(
      ["Metric", "Prior", "Chance to be higher"],
      read.flatMap(({ name, chance: of }) =>
        of === null ? [] : [[name, priorName(of), chance(of.probabilityToBeat)]],
      ),
    ),
    ...tableOf(
      ["Metric", "Prior", "Lift by its posterior", "Interval"],
      read.flatMap(({ name, chance: of, posterior }) =>
        of === null || posterior === null ? [] : [[name, priorName(of), ...posteriorCells(posterior)]],
      ),
    ),
  ];
}

function tableOf(titles: readonly string[], rows: readonly (readonly string[])[]): Block[] {
  return rows.length === 0 ? [] : [table(titles, rows, 2)];
}

/** What was held before the data: of the lift where that has a prior, else of the level in each arm. */
function priorName({ prior, effectPrior }: MetricChance): string {
  if (effectPrior !== null) {
    const { mean, standardDeviation } = effectPrior;
    return `lift ${change(expm1(mean))} ± ${percent(expm1(standardDeviation))}`;
  }
  if (prior === null) return "flat";
  if ("shape" in prior) return `Gamma(${amount(prior.shape)}, ${amount(prior.rate)})`;
  if (!("mu" in prior)) return prior.alpha === 1 && prior.beta === 1 ? "flat" : betaName(prior);
  // Without a weight of its own it is the reference prior.
  return prior.kappa === 0 ? "flat" : `about ${amount(prior.mu)}`;
}

/** The median and the equal-tailed interval of the lift. */
function posteriorCells(posterior: MetricPosterior): [estimate: string, interval: string] {
  if (posterior.kind === "shrunken-effect") {
    const shown = effectFigure("log-lift");
    return [shown(posterior.median), span(posterior.interval, shown, REAL_ENDS)];
  }
  return liftCells(posterior.lift);
}
