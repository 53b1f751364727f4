import type { SpeedupCurve } from "../../proxy/speedup-curve.ts";
import type { SpeedupPoint } from "../../proxy/speedup-point.ts";
import { speedupCurveHeadline } from "../describe-speedup-curve.ts";
import { amount, intervalName, percent, times, units } from "../figures.ts";
import { COLORS } from "./chart.ts";
import { type EndLabel, endLabels } from "./end-labels.ts";
import type { Layer } from "./layer.ts";
import { logAxis, onLogAxis } from "./log-axis.ts";
import {
  band,
  dots,
  line,
  type Plot,
  PLOT_HEIGHT,
  PLOT_WIDTH,
  plotChart,
  type Point,
  rules,
  words,
} from "./plot.ts";
import { salesSide } from "./sales-side.ts";
import type { VegaLiteSpec } from "./vega-lite-spec.ts";

/** Below a tenth, and above what the decision can be worth, nothing is told apart that matters. */
const LOWEST = 0.1;
const ROOM = 1.5;
/** A detection speedup further above the decision's lines than this is not drawn to scale: it is no promise. */
const NEAR = 2;

const PROXY = { color: COLORS.proxy, strokeWidth: 3 };
const BOTH = { color: COLORS.macro, strokeWidth: 2, strokeDash: [9, 4] };
const DETECTION = { color: COLORS.quiet, strokeWidth: 1, strokeDash: [1, 3] };
const CEILING = { color: COLORS.control, strokeWidth: 1, strokeDash: [4, 3] };

/** Speedups of a decision against the size of the test, above and below the line where sales are as good. */
export function chartSpeedupCurve(result: SpeedupCurve): VegaLiteSpec {
  const plot = plotOf(result);
  const layers = [
    ...salesSide(plot, "top left"),
    ...decisionLayers(plot, result),
    ...detectionLayers(plot, result),
    ...crossoverLayers(plot, result),
    ...plannedLayers(plot, result),
    ...endLabels(plot, lineLabels(plot, result)),
  ];
  return plotChart(
    { finding: speedupCurveHeadline(result), detail: detailOf(result), description: inWords(result) },
    plot,
    layers,
  );
}

function plotOf(result: SpeedupCurve): Plot {
  const { points, detectionSpeedup } = result;
  const first = points[0]!;
  const last = points.at(-1)!;
  const highest = highestDecision(points);
  const top =
    detectionSpeedup !== null && detectionSpeedup <= NEAR * highest
      ? Math.max(highest, detectionSpeedup)
      : highest;
  const x =
    first.days === null
      ? logAxis("Units per arm", first.n, last.n)
      : logAxis(
          `Days of traffic (${amount(first.n / first.days)} units a day in each arm)`,
          first.days,
          last.days!,
        );
  return {
    x,
    y: logAxis("Speedup", LOWEST, ROOM * top, "×"),
    width: PLOT_WIDTH,
    height: PLOT_HEIGHT,
  };
}

/** At least somewhat above 1, so that there is room for what sales lose to. */
function highestDecision(points: readonly SpeedupPoint[]): number {
  const speedups = points.flatMap(({ speedupProxy, speedupAssisted }) => [
    speedupProxy ?? 0,
    speedupAssisted,
  ]);
  return Math.max(2, ...speedups.filter((speedup) => speedup < Infinity));
}

function decisionLayers(plot: Plot, result: SpeedupCurve): Layer[] {
  const { points, ceiling } = result;
  const [floor, top] = plot.y.domain;
  // What is 0 has no logarithm, and what is infinite no place: both leave the picture.
  const height = (speedup: number): number =>
    Math.min(Math.max(speedup > 0 ? onLogAxis(speedup) : floor - 1, floor - 1), top + 1);
  const alone = points.flatMap((point): Point[] =>
    point.speedupProxy === null ? [] : [{ x: placeOf(point), y: height(point.speedupProxy) }],
  );
  const uncertain = points.flatMap((point) =>
    point.posterior === null || point.speedupProxy === null
      ? []
      : [
          {
            x: placeOf(point),
            y: height(point.posterior.speedupProxy.lower),
            y2: height(point.posterior.speedupProxy.upper),
          },
        ],
  );
  const most = ceiling === null ? Infinity : ceiling.macroEquivalentN;
  return [
    band(plot, uncertain, { color: COLORS.proxy, opacity: 0.18, interpolate: "monotone" }),
    most < Infinity && most > 0
      ? line(
          plot,
          points.map((point) => ({ x: placeOf(point), y: height(most / point.n) })),
          CEILING,
        )
      : line(plot, [], CEILING),
    line(
      plot,
      points.map((point) => ({ x: placeOf(point), y: height(point.speedupAssisted) })),
      { ...BOTH, interpolate: "monotone" },
    ),
    line(plot, alone, { ...PROXY, interpolate: "monotone" }),
  ];
}

/** Thin and dotted, and out of the picture where it is far above: it is no promise. */
function detectionLayers(plot: Plot, { detectionSpeedup }: SpeedupCurve): Layer[] {
  if (detectionSpeedup === null || !(detectionSpeedup > 0)) return [];
  const [from, to] = plot.x.domain;
  const [bottom, top] = plot.y.domain;
  const y = onLogAxis(detectionSpeedup);
  return y <= top && y >= bottom ? [rules(plot, [{ x: from, x2: to, y }], DETECTION)] : [];
}

function crossoverLayers(plot: Plot, { crossoverN, points }: SpeedupCurve): Layer[] {
  const at = points.find(({ n }) => n === crossoverN);
  if (at === undefined) return [];
  const x = placeOf(at);
  const low = 0.5 * plot.y.domain[0];
  const text = `Equal at ${units(at.n)} units`;
  return [
    rules(plot, [{ x, y: 0, y2: low }], { color: COLORS.ink, strokeWidth: 1, strokeDash: [2, 2] }),
    dots(plot, [{ x, y: 0, what: text }], { fill: "white", stroke: COLORS.ink, size: 70, strokeWidth: 2 }),
    words(plot, [{ x, y: low, text }], { align: "right", dx: -6 }),
  ];
}

function plannedLayers(plot: Plot, { n, points }: SpeedupCurve): Layer[] {
  const at = points.find((point) => point.n === n);
  if (at === undefined) return [];
  const [bottom, top] = plot.y.domain;
  const x = placeOf(at);
  const marks = [at.speedupProxy, at.speedupAssisted].flatMap((speedup) => {
    const y = speedup === null || speedup === 0 ? -Infinity : onLogAxis(speedup);
    return y >= bottom && y <= top ? [{ x, y, what: times(speedup!) }] : [];
  });
  return [
    rules(plot, [{ x, y: Math.min(0, ...marks.map(({ y }) => y)), y2: top }], {
      color: COLORS.ink,
      strokeWidth: 1,
    }),
    words(plot, [{ x, y: top, text: `Planned: ${units(at.n)} units` }], { dy: -9 }),
    dots(plot, marks, { color: COLORS.ink, size: 50 }),
  ];
}

function placeOf({ n, days }: SpeedupPoint): number {
  return onLogAxis(days ?? n);
}

/** Lines are named at their right ends, with an arrow to those that left the picture; the detection as what it is. */
function lineLabels({ y: { domain } }: Plot, { points, detectionSpeedup }: SpeedupCurve): EndLabel[] {
  const last = points.at(-1)!;
  const label = (speedup: number, text: string): EndLabel => {
    const y = speedup > 0 ? Math.min(onLogAxis(speedup), domain[1] + 1) : domain[0] - 1;
    const shape = y > domain[1] ? "triangle-up" : y < domain[0] ? "triangle-down" : null;
    return { y, text, symbol: shape === null ? undefined : { shape, size: 40, color: COLORS.quiet } };
  };
  const detection =
    detectionSpeedup === null
      ? []
      : [
          label(detectionSpeedup, `Detects a change: ${times(detectionSpeedup)}`),
          ...["(says nothing of the decision)"].map((text) => ({
            ...label(detectionSpeedup, text),
            symbol: undefined,
          })),
        ];
  return [
    ...detection,
    label(last.speedupAssisted, "Both together decide"),
    ...(last.speedupProxy === null ? [] : [label(last.speedupProxy, "Proxy alone decides")]),
  ];
}

function detailOf({ ceiling, posterior, points }: SpeedupCurve): string {
  const first = points[0]!.posterior;
  return [
    "How many units of sales one unit of the proxy is worth for the decision to ship",
    first === null || posterior === null
      ? "what is assumed of true changes is taken as known"
      : `shaded: ${intervalName(first.speedupProxy)}, given past experiments`,
    ...(ceiling === null || ceiling.macroEquivalentN === Infinity
      ? []
      : [
          `thin dashes: the ceiling, ${units(ceiling.macroEquivalentN)} units of sales however many of the proxy`,
        ]),
  ].join("; ");
}

function inWords(result: SpeedupCurve): string {
  const { points, ceiling, detectionSpeedup } = result;
  const at = (point: SpeedupPoint): string =>
    `At ${units(point.n)} units per arm: the proxy alone ${point.speedupProxy === null ? "no speedup" : times(point.speedupProxy)}, both ${times(point.speedupAssisted)}.`;
  return [
    ...[points[0]!, ...points.filter(({ n }) => n === result.n), points.at(-1)!].map(at),
    ...(ceiling === null
      ? []
      : [`The proxy alone is right in at most ${percent(ceiling.accuracy)} of cases.`]),
    ...(detectionSpeedup === null
      ? []
      : [`It shows a change ${times(detectionSpeedup)} as fast, which says nothing of the decision.`]),
  ].join(" ");
}
