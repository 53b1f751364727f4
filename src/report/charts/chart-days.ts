import type { DayAnalysis } from "../../experiment/day-analysis.ts";
import { dayFinding } from "../describe-days.ts";
import { percent, span } from "../figures.ts";
import { type ChartText, COLORS } from "./chart.ts";
import { type DrawnDays, drawnDays, type DrawnEffect } from "./drawn-days.ts";
import { AMOUNT_TICKS } from "./effect-axis.ts";
import { effectDomain } from "./effect-domain.ts";
import { type EndLabel, endLabels } from "./end-labels.ts";
import { endsOf, intervalParts } from "./interval-parts.ts";
import type { Layer } from "./layer.ts";
import { band, dots, line, type Plot, PLOT_HEIGHT, PLOT_WIDTH, plotChart, rules, zeroLine } from "./plot.ts";
import type { VegaLiteSpec } from "./vega-lite-spec.ts";
import { wholeTicks } from "./whole-ticks.ts";

/** Each day with its interval, all days up to it, how the effect goes with the days, and what to expect of later ones. */
export function chartDays(result: DayAnalysis): VegaLiteSpec {
  const drawn = drawnDays(result);
  const plot = plotOf(result, drawn);
  const [start, end] = plot.x.domain;
  return plotChart(textOf(result, drawn), plot, [
    ...soFarLayers(drawn, plot),
    zeroLine(plot),
    line(plot, drawn.course, { color: COLORS.ink, strokeWidth: 2 }),
    ...effectLayers(plot, drawn.days.filter(({ standsOut }) => !standsOut).map(asMark), OWN),
    ...effectLayers(plot, drawn.days.filter(({ standsOut }) => standsOut).map(asMark), STANDS_OUT),
    ...(drawn.later === null
      ? []
      : effectLayers(plot, [{ ...drawn.later, x: end - 0.05 * (end - start), name: "Later days" }], LATER)),
    ...endLabels(plot, labelsOf(drawn)),
  ]);
}

const BASIS = { "day-of-entry": "Day of entry", "day-of-exposure": "Day of exposure" } as const;

interface EffectStyle {
  readonly color: string;
  readonly shape: string;
  readonly size: number;
}

const OWN: EffectStyle = { color: COLORS.treatment, shape: "square", size: 60 };
const STANDS_OUT: EffectStyle = { color: COLORS.proxy, shape: "cross", size: 240 };
const LATER: EffectStyle = { color: COLORS.ink, shape: "diamond", size: 160 };

interface EffectMark extends DrawnEffect {
  readonly x: number;
  readonly name: string;
}

function asMark({ day, ...effect }: DrawnDays["days"][number]): EffectMark {
  return { ...effect, x: day, name: `Day ${day}` };
}

function plotOf(result: DayAnalysis, { axis, days, course, overall, later }: DrawnDays): Plot {
  const [first, last] = [result.days[0]!.day, result.days.at(-1)!.day];
  const pad = 0.04 * (last - first) + 0.4;
  const joint = [overall, later].filter((effect) => effect !== null);
  const values = [...days, ...joint].flatMap(({ estimate, interval }) => [
    estimate,
    ...endsOf(interval, axis.ends),
  ]);
  return {
    // What to expect of later days stands beyond the last one.
    x: {
      title: BASIS[result.by],
      labelExpr: AMOUNT_TICKS,
      domain: [first - pad, last + (later === null ? 1 : 3) * pad],
      values: wholeTicks(first, last),
    },
    y: {
      title: axis.title,
      labelExpr: axis.labelExpr,
      domain: effectDomain(values, [
        0,
        ...joint.map(({ estimate }) => estimate),
        ...course.map(({ y }) => y),
        ...days.filter(({ standsOut }) => standsOut).map(({ estimate }) => estimate),
      ]),
    },
    width: PLOT_WIDTH,
    height: PLOT_HEIGHT,
  };
}

/** Effects that stand in the plot, with arrows where their intervals leave it. */
function effectLayers(plot: Plot, effects: readonly EffectMark[], mark: EffectStyle): Layer[] {
  const [lowest, highest] = plot.y.domain;
  const drawn = effects.map((effect) => ({ ...effect, ...intervalParts(effect.interval, plot.y.domain) }));
  const arrow = { color: mark.color, shape: "triangle", size: 60 };
  const beyond = (isOut: (effect: (typeof drawn)[number]) => boolean, y: number): readonly Mark[] =>
    drawn.filter(isOut).map(({ x, name }) => ({ x, y, what: name }));
  return [
    rules(
      plot,
      drawn.flatMap(({ x, bars }) => bars.map(({ from, to }) => ({ x, y: from, y2: to }))),
      { strokeWidth: 2, color: mark.color },
    ),
    dots(
      plot,
      beyond(({ opensBelow }) => opensBelow, lowest),
      { ...arrow, angle: 180 },
    ),
    dots(
      plot,
      beyond(({ opensAbove }) => opensAbove, highest),
      arrow,
    ),
    dots(
      plot,
      drawn
        .filter(({ estimate }) => estimate >= lowest && estimate <= highest)
        .map(({ x, estimate, name }) => ({ x, y: estimate, what: name })),
      mark,
    ),
  ];
}

type Mark = Parameters<typeof dots>[1][number];

/** All days up to each one together. */
function soFarLayers({ soFar }: DrawnDays, plot: Plot): Layer[] {
  const [lowest, highest] = plot.y.domain;
  return [
    band(
      plot,
      soFar.map(({ day, interval: { lower, upper } }) => ({
        x: day,
        y: Math.max(lower, lowest),
        y2: Math.min(upper, highest),
      })),
      { color: COLORS.band, opacity: 0.35 },
    ),
    line(
      plot,
      soFar.map(({ day, estimate }) => ({ x: day, y: estimate })),
      { color: COLORS.quiet, strokeWidth: 1.5, strokeDash: [6, 3] },
    ),
  ];
}

function labelsOf({ overall, later, axis }: DrawnDays): EndLabel[] {
  const label = (name: string, effect: DrawnEffect | null): EndLabel[] =>
    effect === null ? [] : [{ y: effect.estimate, text: `${name}: ${axis.format(effect.estimate)}` }];
  // Where the days show no change, later ones are expected to be like all of them.
  if (overall?.estimate === later?.estimate) return label("all days, and later ones", overall);
  return [...label("all days together", overall), ...label("later days", later)];
}

function textOf(result: DayAnalysis, { axis, days, soFar, course, later }: DrawnDays): ChartText {
  const { format, ends } = axis;
  const figures = ({ estimate, interval }: DrawnEffect): string =>
    `${format(estimate)} (${span(interval, format, ends)})`;
  return {
    finding: dayFinding(result),
    detail: [
      `Squares: each day, with its ${percent(result.confidenceLevel)} interval.`,
      ...(soFar.length === 0 ? [] : ["Dashed, with a band: all days up to that one."]),
      ...(course.length === 0 ? [] : ["Line: how the effect goes with the days."]),
      ...(later === null ? [] : ["Diamond: what to expect of later days."]),
      ...(days.some(({ standsOut }) => standsOut) ? ["Cross: the day that does not fit."] : []),
    ].join(" "),
    description: [
      ...days.map((day) => `Day ${day.day}: ${figures(day)}.`),
      ...(later === null ? [] : [`Later days: ${figures(later)}.`]),
    ].join(" "),
  };
}
