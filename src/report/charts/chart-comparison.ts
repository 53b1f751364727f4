import type { AnyComparison } from "../comparison-reading.ts";
import { readComparison } from "../comparison-reading.ts";
import { headline } from "../describe-comparison.ts";
import { effectSentence } from "../effect-text.ts";
import { intervalName } from "../figures.ts";
import { capital } from "../labels.ts";
import { effectAxis } from "./effect-axis.ts";
import { firstRows, forest, type ForestRow, forestInWords } from "./forest.ts";
import type { VegaLiteSpec } from "./vega-lite-spec.ts";

/** The effect of one comparison with its interval: as a lift, or as a difference where the lift cannot be determined. */
export function chartComparison(result: AnyComparison): VegaLiteSpec {
  const reading = readComparison(result);
  const scale = result.lift.estimate === null ? "difference" : "lift";
  const axis = effectAxis(scale, isOfRates(result));
  const effect = result[scale];
  const [parts, leftOut] = firstRows(partsOf(result, scale));
  const whole: ForestRow =
    parts.length === 0 ? { name: "Treatment", effect } : { name: "All together", effect, shape: "whole" };
  const name = `${capital(scale)} of the treatment against the control`;
  return forest(
    {
      finding: headline(result, reading),
      detail: `${name}, with its ${intervalName(effect.interval)}.${leftOut}`,
      description: `${capital(scale)}: ${effectSentence(effect, axis.format, axis.ends)} ${forestInWords(parts, axis)}`,
    },
    [...parts, whole],
    axis,
  );
}

/** A difference of rates is read in percentage points. */
function isOfRates(result: AnyComparison): boolean {
  return (
    result.kind === "proportion-comparison" ||
    (result.kind === "stratified-comparison" && result.oddsRatio !== null)
  );
}

/** The strata of a comparison by strata; the others have no parts. */
function partsOf(result: AnyComparison, scale: "lift" | "difference"): ForestRow[] {
  if (result.kind !== "stratified-comparison") return [];
  return result.strata.map((stratum) => ({
    name: stratum.isUsed ? stratum.name : `${stratum.name} (left out)`,
    effect: stratum[scale],
  }));
}
