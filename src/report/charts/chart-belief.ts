import type { CalendarSpeedup } from "../../proxy/calendar-speedup.ts";
import type { DetectionSpeedup } from "../../proxy/detection-speedup.ts";
import type { ObservedSpeedup } from "../../proxy/observed-speedup.ts";
import type { PlanningSpeedup } from "../../proxy/planning-speedup.ts";
import type { SequentialSpeedup } from "../../proxy/sequential-speedup.ts";
import { decidesBy, wayward } from "../describe-decision-beside.ts";
import { amount, times, units } from "../figures.ts";
import { DEFAULT_LABELS } from "../labels.ts";
import { COLORS } from "./chart.ts";
import { AMOUNT_TICKS } from "./effect-axis.ts";
import type { Layer } from "./layer.ts";
import { logAxis, onLogAxis } from "./log-axis.ts";
import { dots, line, type Plot, PLOT_WIDTH, plotChart, rules, words } from "./plot.ts";
import { salesSide } from "./sales-side.ts";
import type { VegaLiteSpec } from "./vega-lite-spec.ts";

/** A detection speedup, with what it would take for the proxy to decide sooner too. */
export type DetectionResult =
  CalendarSpeedup | DetectionSpeedup | ObservedSpeedup | PlanningSpeedup | SequentialSpeedup;

const HEIGHT = 240;
const HEIGHT_OF_NOTHING = 120;
/** Below a fiftieth nothing is told apart that matters. */
const LOWEST = 0.02;
/** Room above the line where sales are as good. */
const LEAST_TOP = 2;

/** What the proxy is worth for the decision, by how closely one believes true changes go together. */
export function chartBelief(result: DetectionResult): VegaLiteSpec {
  const { decision, warnings } = result;
  const { byRho, breakEvenRho } = decision;
  const top = 1.3 * Math.max(LEAST_TOP, ...byRho.map(({ speedup }) => speedup).filter(Number.isFinite));
  const plot: Plot = {
    x: { title: "Correlation of true changes", labelExpr: AMOUNT_TICKS, domain: [0, 1] },
    y: logAxis("Speedup of the decision", LOWEST, top, "×"),
    width: PLOT_WIDTH,
    height: byRho.length === 0 ? HEIGHT_OF_NOTHING : HEIGHT,
  };
  return plotChart(
    {
      finding: wayward(warnings, DEFAULT_LABELS) ?? decidesBy(decision, DEFAULT_LABELS),
      detail: detailOf(result),
      description:
        byRho.length === 0
          ? "Nothing is drawn, since what the decision would be worth cannot be told."
          : byRho
              .map(({ rho, speedup }) => `At a correlation of ${amount(rho)}: ${times(speedup)}.`)
              .join(" "),
    },
    plot,
    byRho.length === 0
      ? [words(plot, [{ x: 0.5, y: 0, text: "Nothing can be drawn" }], { color: COLORS.quiet })]
      : [
          ...salesSide(plot, runsLow(byRho) ? "top left" : "bottom right"),
          ...(breakEvenRho !== null && breakEvenRho < 1 ? [breakEvenLayer(plot, breakEvenRho)] : []),
          ...beliefs(plot, result),
          ...believedLayers(plot, result),
        ],
  );
}

/** Whether the curve comes where the name of the sales' side stands otherwise. */
function runsLow(byRho: DetectionResult["decision"]["byRho"]): boolean {
  return byRho.some(({ rho, speedup }) => rho > 0.5 && speedup < 3 * LOWEST);
}

function breakEvenLayer(plot: Plot, rho: number): Layer {
  const [bottom, top] = plot.y.domain;
  return rules(plot, [{ x: rho, y: bottom, y2: top }], { color: COLORS.quiet, strokeDash: [3, 3] });
}

/** The correlations of the table, joined where the proxy is worth anything: nothing has no place on a logarithmic axis. */
function beliefs(plot: Plot, { decision }: DetectionResult): Layer[] {
  const [bottom, top] = plot.y.domain;
  const points = decision.byRho
    .filter(({ speedup }) => speedup > 0)
    .map(({ rho, speedup }) => ({
      x: rho,
      y: Math.min(onLogAxis(speedup), top + 1),
      what: `${amount(rho)}: ${times(speedup)}`,
    }));
  return [
    line(plot, points, { color: COLORS.proxy, strokeWidth: 2.5 }),
    dots(
      plot,
      points.filter(({ y }) => y >= bottom && y <= top),
      { color: COLORS.proxy, size: 45 },
    ),
  ];
}

function detailOf({ decision: { byRho, breakEvenRho, n } }: DetectionResult): string {
  if (byRho.length === 0)
    return "Nothing is drawn: how many units the proxy sees, or how far changes move the two, is not known";
  return [
    `What ${units(n!)} units per arm of the proxy are worth, over the same of sales, by how closely true changes go together; how fast the proxy detects is no part of it`,
    ...(breakEvenRho !== null && breakEvenRho < 1
      ? [`left of the dashes (${amount(breakEvenRho)}) the proxy decides better at no size`]
      : []),
  ].join("; ");
}

/** What was learned or is believed, where it is. */
function believedLayers(plot: Plot, { decision: { effects, speedup } }: DetectionResult): Layer[] {
  if (effects === null || speedup === null || effects.rho < 0) return [];
  const [bottom, top] = plot.y.domain;
  const at = { x: effects.rho, y: speedup > 0 ? onLogAxis(speedup) : -Infinity };
  if (at.y < bottom || at.y > top) return [];
  const text = `${effects.source === "learned" ? "Learned" : "Assumed"}: ${times(speedup)}`;
  const isRight = effects.rho < 0.5;
  return [
    dots(plot, [{ ...at, what: text }], { color: COLORS.ink, shape: "diamond", size: 150 }),
    words(plot, [{ ...at, text }], { align: isRight ? "left" : "right", dx: isRight ? 12 : -12, dy: -16 }),
  ];
}
