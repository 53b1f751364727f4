import { marginFinding, type MarginResult } from "../describe-margin-tests.ts";
import { intervalName } from "../figures.ts";
import { effectAxis } from "./effect-axis.ts";
import { forest, type ForestRow } from "./forest.ts";
import type { VegaLiteSpec } from "./vega-lite-spec.ts";

/** An effect beside the margin that it is held against: the test succeeds where its interval leaves the shaded part. */
export function chartMarginTest(result: MarginResult): VegaLiteSpec {
  const { effect, scale, control } = result;
  const axis = effectAxis(scale, "conversions" in control);
  const rows: ForestRow[] = [{ name: "Treatment", effect, shaded: toBeRuledOut(result) }];
  return forest(
    {
      finding: marginFinding(result),
      detail: `${axis.title} of the treatment against the control, with its ${intervalName(effect.interval)}. Shaded: the effects that are to be ruled out.`,
    },
    rows,
    axis,
  );
}

function toBeRuledOut(result: MarginResult): { from: number; to: number }[] {
  if (result.kind === "equivalence-test") {
    return [
      { from: -Infinity, to: result.lower.nullValue },
      { from: result.upper.nullValue, to: Infinity },
    ];
  }
  return result.improvesWhen === "increase"
    ? [{ from: -Infinity, to: result.nullValue }]
    : [{ from: result.nullValue, to: Infinity }];
}
