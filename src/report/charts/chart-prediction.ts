import type { PredictMacro } from "../../proxy/predict-macro.ts";
import { predictionHeadline } from "../describe-surrogacy.ts";
import { intervalName, units } from "../figures.ts";
import { forest, type ForestRow } from "./forest.ts";
import { readInterval, readScale } from "./read-scale.ts";
import type { VegaLiteSpec } from "./vega-lite-spec.ts";

/** What the proxy alone foretells for sales. */
export function chartPrediction(result: PredictMacro): VegaLiteSpec {
  const { mean, interval, proxyEffect, n } = result;
  const scale = readScale(result.scale);
  const rows: ForestRow[] = [
    {
      name: "True effect on sales",
      effect: { estimate: scale.at(mean), interval: readInterval(scale, interval) },
    },
  ];
  const axis = { ...scale.axis, title: `${scale.axis.title} of sales` };
  return forest(
    {
      finding: predictionHeadline(result),
      detail: `Foretold from ${scale.format(proxyEffect)} on the proxy, seen with ${units(n)} units per arm, with its ${intervalName(interval)}`,
    },
    rows,
    axis,
  );
}
