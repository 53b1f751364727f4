import { normalUpperQuantile } from "../../numerics/normal-quantile.ts";
import { percent, units } from "../figures.ts";
import { effectAxis } from "./effect-axis.ts";
import { firstRows, forest, type ForestRow } from "./forest.ts";
import type { VegaLiteSpec } from "./vega-lite-spec.ts";

/** An arm's units, and those that the plan leads to expect, above 0. */
export interface ArmUnits {
  readonly name: string;
  readonly observed: number;
  readonly expected: number;
}

/** By how much each arm exceeds its planned units, with what chance alone does. */
export function sampleRatioForest(
  finding: string,
  arms: readonly ArmUnits[],
  threshold: number,
): VegaLiteSpec {
  const axis = { ...effectAxis("lift", false), title: "Units above or below the plan" };
  const z = normalUpperQuantile(threshold / 2);
  const all = arms.reduce((sum, { observed }) => sum + observed, 0);
  const [rows, leftOut] = firstRows(
    arms.map(({ name, observed, expected }): ForestRow => {
      const estimate = (observed - expected) / expected;
      // Of a binomial count over its expectation.
      const reach = z * Math.sqrt((1 - expected / all) / expected);
      const interval = { lower: estimate - reach, upper: estimate + reach, excluded: null };
      return { name, note: ` (${units(observed)})`, effect: { estimate, interval } };
    }),
  );
  return forest(
    {
      finding,
      detail: `Units of each arm against those that the plan leads to expect, with ${percent(1 - threshold)} intervals.${leftOut}`,
    },
    rows,
    axis,
  );
}
