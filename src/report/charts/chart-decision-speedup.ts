import type { Interval } from "../../core/interval.ts";
import type { DecisionSpeedup } from "../../proxy/decision-speedup.ts";
import { decisionSpeedupHeadline } from "../describe-decision-speedup.ts";
import { intervalName, percent, span, times, units } from "../figures.ts";
import { SHARE_TICKS } from "./effect-axis.ts";
import { type ValueRow, valueRows } from "./value-rows.ts";
import type { VegaLiteSpec } from "./vega-lite-spec.ts";

/** How often a decision by proxy, by sales and by both is right, between a coin and never wrong. */
export function chartDecisionSpeedup(result: DecisionSpeedup): VegaLiteSpec {
  const { n, posterior, ceiling, speedupProxy, speedupAssisted } = result;
  const row = (name: string, accuracy: number, interval: Interval | undefined, more = ""): ValueRow => ({
    name,
    figure: `${percent(accuracy)}${interval === undefined ? "" : ` (${span(interval, percent)})`}${more}`,
    value: accuracy,
    interval: interval ?? null,
  });
  const rows = [
    row(
      "Proxy alone",
      result.accuracyProxy,
      posterior?.accuracyProxy,
      speedupProxy === null ? "" : `, worth ${times(speedupProxy)}`,
    ),
    row("Sales alone", result.accuracyMacro, posterior?.accuracyMacro, ", worth 1×"),
    row(
      "Both together",
      result.accuracyAssisted,
      posterior?.accuracyAssisted,
      `, worth ${times(speedupAssisted)}`,
    ),
    ...(ceiling === null
      ? []
      : [
          {
            ...row("Proxy, unlimited units", ceiling.accuracy, posterior?.ceilingAccuracy),
            isDoubtful: true,
          },
        ]),
  ];
  return valueRows(
    {
      finding: decisionSpeedupHeadline(result),
      detail: [
        `Share of changes that are decided rightly with ${units(n)} units per arm`,
        ...(posterior === null ? [] : [`${intervalName(posterior.accuracyProxy)}s, given past experiments`]),
        ...(ceiling === null ? [] : ["open bar: the ceiling"]),
      ].join("; "),
    },
    rows,
    {
      title: "Right decisions",
      labelExpr: SHARE_TICKS,
      reference: { value: 0.5, name: "a coin" },
      mustBeSeen: [1],
    },
  );
}
