import type { EffectCovarianceEstimate } from "../../proxy/estimate-effect-covariance.ts";
import type { PastEffectPair } from "../../proxy/past-effects.ts";
import { learnedHeadline } from "../describe-learned-effects.ts";
import { intervalName, units } from "../figures.ts";
import { COLORS } from "./chart.ts";
import { domainAround, within } from "./domain.ts";
import { type EndLabel, endLabels } from "./end-labels.ts";
import type { Layer } from "./layer.ts";
import {
  band,
  dots,
  line,
  type Plot,
  PLOT_WIDTH,
  type PlotAxis,
  plotChart,
  type Point,
  rules,
  words,
} from "./plot.ts";
import { type ReadScale, readScale } from "./read-scale.ts";
import type { VegaLiteSpec } from "./vega-lite-spec.ts";

const HEIGHT = 380;
/** More points than these are a cloud, of which every so-manieth draws the same. */
const MOST_POINTS = 2000;
/** Standard errors of more than these hide what they belong to. */
const MOST_CROSSES = 150;
/** Of the range of the estimates, left free around them. */
const MARGIN = 0.06;

/** Past experiments, and the line through their true effects. */
export function chartLearnedEffects(result: EffectCovarianceEstimate): VegaLiteSpec {
  const scale = readScale(result.scale);
  const every = Math.ceil(result.past.length / MOST_POINTS);
  const drawn = result.past.filter((_, k) => k % every === 0);
  const plot = plotOf(result, drawn, scale);
  const layers = [
    ...opposedQuadrants(plot),
    ...bands(plot, result, scale),
    ...rawLine(plot, result, scale),
    line(
      plot,
      result.line.map(({ proxyEffect, median }) => ({ x: scale.at(proxyEffect), y: scale.at(median) })),
      { color: COLORS.treatment, strokeWidth: 3, interpolate: "monotone" },
    ),
    ...experiments(plot, drawn, scale),
    ...quadrantNames(plot),
    ...endLabels(plot, lineNames(result, scale)),
  ];
  return plotChart(
    {
      finding: learnedHeadline(result),
      detail: detailOf(result, drawn.length),
      description: inWords(result, scale),
    },
    plot,
    layers,
  );
}

function plotOf(
  { line: points }: EffectCovarianceEstimate,
  drawn: readonly PastEffectPair[],
  { at, axis: { title, labelExpr } }: ReadScale,
): Plot {
  const axis = (metric: string, values: readonly number[]): PlotAxis => {
    return { title: `${title} of ${metric}`, labelExpr, domain: domainAround([0, ...values], MARGIN) };
  };
  return {
    x: axis(
      "the proxy",
      [...drawn, ...points].map(({ proxyEffect }) => at(proxyEffect)),
    ),
    y: axis(
      "sales",
      drawn.map(({ macroEffect }) => at(macroEffect)),
    ),
    width: PLOT_WIDTH,
    height: HEIGHT,
  };
}

/** Where proxy and sales go apart. */
function opposedQuadrants(plot: Plot): Layer[] {
  const [left, right] = plot.x.domain;
  const [bottom, top] = plot.y.domain;
  const shade = { color: COLORS.grid, opacity: 0.7 };
  const ground = (from: number, to: number, end: number): Layer =>
    band(
      plot,
      [from, to].map((x) => ({ x, y: 0, y2: end })),
      shade,
    );
  return [
    ground(left, 0, top),
    ground(0, right, bottom),
    rules(
      plot,
      [
        { x: left, x2: right, y: 0 },
        { x: 0, y: bottom, y2: top },
      ],
      { color: COLORS.control, strokeWidth: 1 },
    ),
  ];
}

function quadrantNames(plot: Plot): Layer[] {
  const [left, right] = plot.x.domain;
  const [bottom, top] = plot.y.domain;
  return [
    words(plot, [{ x: right, y: bottom, text: "Proxy up, sales down" }], { align: "right", dx: -6, dy: -10 }),
    words(plot, [{ x: left, y: top, text: "Proxy down, sales up" }], { align: "left", dx: 6, dy: 10 }),
  ];
}

function bands(plot: Plot, { line: points }: EffectCovarianceEstimate, { at }: ReadScale): Layer[] {
  const between = (ends: "interval" | "trueEffects"): { x: number; y: number; y2: number }[] =>
    points.map((point) => ({
      x: at(point.proxyEffect),
      y: at(point[ends].lower),
      y2: at(point[ends].upper),
    }));
  return [
    band(plot, between("trueEffects"), { color: COLORS.band, opacity: 0.28, interpolate: "monotone" }),
    band(plot, between("interval"), { color: COLORS.band, opacity: 0.75, interpolate: "monotone" }),
  ];
}

/** The regression that ignores the noise of the estimates, at the places of the line. */
function rawPoints({ line: points, estimates }: EffectCovarianceEstimate, { at }: ReadScale): Point[] {
  const { observed, mean } = estimates.totalCovariance;
  const [ofProxy, ofBoth] = [observed[0]![0]!, observed[0]![1]!];
  if (!(ofProxy > 0)) return [];
  return points.map(({ proxyEffect }) => ({
    x: at(proxyEffect),
    y: at(mean[1]! + (ofBoth / ofProxy) * (proxyEffect - mean[0]!)),
  }));
}

function rawLine(plot: Plot, result: EffectCovarianceEstimate, scale: ReadScale): Layer[] {
  return [line(plot, rawPoints(result, scale), { color: COLORS.ink, strokeWidth: 1.5, strokeDash: [5, 4] })];
}

function experiments(plot: Plot, drawn: readonly PastEffectPair[], { at, format }: ReadScale): Layer[] {
  const crosses = drawn.length > MOST_CROSSES ? [] : drawn;
  return [
    rules(
      plot,
      crosses.flatMap(({ proxyEffect: s, macroEffect: y, proxyStandardError, macroStandardError }) => [
        {
          x: within(plot.x.domain, at(s - proxyStandardError)),
          x2: within(plot.x.domain, at(s + proxyStandardError)),
          y: at(y),
        },
        {
          x: at(s),
          y: within(plot.y.domain, at(y - macroStandardError)),
          y2: within(plot.y.domain, at(y + macroStandardError)),
        },
      ]),
      { color: COLORS.quiet, strokeWidth: 1, opacity: 0.45 },
    ),
    dots(
      plot,
      drawn.map(({ name, proxyEffect, macroEffect }) => ({
        x: at(proxyEffect),
        y: at(macroEffect),
        what: `${name === null ? "" : `${name}: `}proxy ${format(proxyEffect)}, sales ${format(macroEffect)}`,
      })),
      drawn.length > MOST_CROSSES
        ? { color: COLORS.ink, size: 16, opacity: 0.5 }
        : { color: COLORS.ink, size: 34 },
    ),
  ];
}

function lineNames(result: EffectCovarianceEstimate, scale: ReadScale): EndLabel[] {
  const raw = rawPoints(result, scale).at(-1);
  const height = (value: number): number => scale.at(value);
  const last = result.line.at(-1)!;
  return [
    { y: height(last.median), text: "True effects" },
    ...(raw === undefined ? [] : [{ y: raw.y, text: "Raw estimates" }]),
  ];
}

function detailOf(result: EffectCovarianceEstimate, drawn: number): string {
  const { interval } = result.line[0]!;
  return [
    drawn > MOST_CROSSES
      ? "Each point a past experiment"
      : "Each cross a past experiment with its standard errors",
    `line: average true effect on sales, in its ${intervalName(interval)}`,
    "lighter: where true effects lie",
    "dashes: the line through the estimates as they are, noise included",
    ...(drawn < result.past.length
      ? [`${units(drawn)} of the ${units(result.past.length)} experiments are drawn, evenly chosen`]
      : []),
  ].join("; ");
}

function inWords({ line: points, past }: EffectCovarianceEstimate, { format }: ReadScale): string {
  const told = [points[0]!, points.at(-1)!].map(
    ({ proxyEffect, median, interval }) =>
      `Where the proxy truly changes by ${format(proxyEffect)}, sales change by ${format(median)} on average (${format(interval.lower)} to ${format(interval.upper)}).`,
  );
  const apart = past.filter(({ proxyEffect, macroEffect }) => proxyEffect * macroEffect < 0).length;
  return [
    ...told,
    `In ${units(apart)} of the ${units(past.length)} experiments the two estimates point different ways.`,
  ].join(" ");
}
