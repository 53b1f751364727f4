import type { PairsComparison } from "../../inference/compare-all-pairs.ts";
import type { ArmsComparison } from "../../inference/compare-arms.ts";
import { lowerFirst } from "../closing.ts";
import { headline, nameOf, type OneComparison } from "../describe-arms.ts";
import { percent } from "../figures.ts";
import { capital } from "../labels.ts";
import { shortened } from "../shortened.ts";
import { shown } from "./chart.ts";
import { effectAxis } from "./effect-axis.ts";
import { NAME_COLUMNS } from "./forest-layers.ts";
import { firstRows, forest, type ForestRow } from "./forest.ts";
import type { VegaLiteSpec } from "./vega-lite-spec.ts";

/** Several arms against one control or each other, with the intervals that hold for all at once where there are any. */
export function chartArms(result: ArmsComparison | PairsComparison): VegaLiteSpec {
  const comparisons: readonly OneComparison[] =
    result.kind === "arms-comparison" ? result.treatments : result.pairs;
  const scale = comparisons.some(({ comparison }) => comparison.lift.estimate === null)
    ? "difference"
    : "lift";
  const isOfRates = comparisons.some(({ comparison }) => comparison.kind === "proportion-comparison");
  const axis = effectAxis(scale, isOfRates);
  const [rows, leftOut] = firstRows(
    comparisons.map((one): ForestRow => {
      const { estimate, interval } = one.comparison[scale];
      return {
        name: nameOf(one),
        label: labelOf(one),
        effect: { estimate, interval: one.simultaneous?.[scale] ?? interval },
      };
    }),
  );
  const coverage = percent(result.confidenceLevel);
  const held =
    result.noIntervalsReason === null
      ? `${coverage} intervals that hold for all comparisons at once.`
      : `a ${coverage} interval for each comparison by itself: ${lowerFirst(result.noIntervalsReason)}`;
  const against = result.kind === "arms-comparison" ? " against the control" : "";
  return forest(
    {
      finding: headline(comparisons),
      detail: `${capital(scale)}${against}, with ${held}${leftOut}`,
    },
    rows,
    axis,
  );
}

const AGAINST = " against ";
/** Half of what a name has, so that both arms of a pair can be told. */
const HALF = (NAME_COLUMNS - AGAINST.length) / 2;

function labelOf(one: OneComparison): string {
  if ("name" in one) return one.name;
  return [one.treatmentName, one.controlName].map((name) => shortened(shown(name), HALF)).join(AGAINST);
}
