import type { ProxyAssessment } from "../../proxy/assess-proxy.ts";
import { assessmentHeadline } from "../describe-assessment.ts";
import { DEFAULT_LABELS } from "../labels.ts";
import { forest, type ForestRow } from "./forest.ts";
import { readInterval, readScale } from "./read-scale.ts";
import type { VegaLiteSpec } from "./vega-lite-spec.ts";

/** The effect on sales, as it was seen, as the proxy foretells it, and by both. */
export function chartAssessment(result: ProxyAssessment): VegaLiteSpec {
  const { seen, prediction, assisted } = result;
  const scale = readScale(assisted.scale);
  const own = assisted.scale === "log-lift" ? seen.macro.lift : seen.macro.difference;
  const rows: ForestRow[] = [
    { name: "Sales, as seen so far", effect: own },
    {
      name: "Foretold by the proxy",
      effect: { estimate: scale.at(prediction.mean), interval: readInterval(scale, prediction.interval) },
    },
    ...(assisted.posterior === null
      ? []
      : [
          {
            name: "Both together",
            effect: {
              estimate: scale.at(assisted.posterior.mean),
              interval: readInterval(scale, assisted.posterior.interval),
            },
            shape: "whole" as const,
          },
        ]),
  ];
  const axis = { ...scale.axis, title: `${scale.axis.title} of sales` };
  return forest(
    {
      finding: assessmentHeadline(result, DEFAULT_LABELS),
      detail:
        "The effect on sales with its intervals: by sales alone, and, if true changes go together as given, by the proxy alone and by both",
    },
    rows,
    axis,
  );
}
