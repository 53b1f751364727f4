import type { Interval } from "../../core/interval.ts";
import { span } from "../figures.ts";
import { chart, type DescribedByRows, shown } from "./chart.ts";
import type { EffectAxis } from "./effect-axis.ts";
import { effectDomain } from "./effect-domain.ts";
import { type ForestPlot, forestLayers, PLOT_WIDTH } from "./forest-layers.ts";
import { endsOf } from "./interval-parts.ts";
import { drawnLayers } from "./layer.ts";
import type { VegaLiteSpec } from "./vega-lite-spec.ts";

/** An effect with its interval; the estimate is null where it cannot be determined. */
export interface ForestEffect {
  readonly estimate: number | null;
  readonly interval: Pick<Interval, "lower" | "upper" | "excluded">;
}

/** An effect in a forest: a point in its interval, with what it is called at the left and its figures at the right. */
export interface ForestRow {
  readonly name: string;
  /** A shorter form of the name, where cutting off its end would lose what matters. */
  readonly label?: string;
  /** What stands after the name, where that is cut too. */
  readonly note?: string;
  /** Null where there is too little to tell. */
  readonly effect: ForestEffect | null;
  /** `own` (unless said): of this row alone; `whole`: of all together; `weighed`: against the others, below its own. */
  readonly shape?: ForestShape;
  /** Effects that are not tolerated, or must be ruled out: the row is shaded there, and their margins are marked. */
  readonly shaded?: readonly { readonly from: number; readonly to: number }[];
}

export type ForestShape = "own" | "whole" | "weighed";

/** A line of text between rows. */
export interface ForestHeading {
  readonly heading: string;
}

export type ForestLine = ForestRow | ForestHeading;

/** In pixels. */
const ROW_HEIGHT = 28;
const HEADING_HEIGHT = 34;
const WEIGHED_HEIGHT = 20;

/** A forest has room for so many rows. */
export const MOST_ROWS = 40;

/** Of the domain: room for intervals and margins that go on without an end. */
const OPEN_ROOM = 0.15;

/** Effects below each other on one axis, beside the line of no effect; told one after the other unless said. */
export function forest(text: DescribedByRows, lines: readonly ForestLine[], axis: EffectAxis): VegaLiteSpec {
  const plot = plotOf(lines, axis);
  return chart(
    { description: forestInWords(lines, axis), ...text },
    { width: PLOT_WIDTH, height: plot.height, layer: drawnLayers(forestLayers(plot)) },
  );
}

/** The effects of a forest in words, for readers who do not see it. */
export function forestInWords(lines: readonly ForestLine[], axis: EffectAxis): string {
  return lines
    .map((line) => ("heading" in line ? line.heading : `${line.name}: ${figuresOf(line.effect, axis)}.`))
    .join(" ");
}

/** The first rows, as many as there is room for, and a sentence on the rest. */
export function firstRows<Row>(rows: readonly Row[]): readonly [shown: readonly Row[], leftOut: string] {
  if (rows.length <= MOST_ROWS) return [rows, ""];
  return [rows.slice(0, MOST_ROWS), ` The first ${MOST_ROWS} of ${rows.length} are shown.`];
}

function plotOf(lines: readonly ForestLine[], axis: EffectAxis): ForestPlot {
  let height = 0;
  const rows: ForestPlot["rows"][number][] = [];
  const headings: ForestPlot["headings"][number][] = [];
  for (const line of lines) {
    if ("heading" in line) {
      height += HEADING_HEIGHT;
      headings.push({ y: height - 12, heading: shown(line.heading) });
      continue;
    }
    const shape = line.shape ?? "own";
    const own = shape === "weighed" ? WEIGHED_HEIGHT : ROW_HEIGHT;
    rows.push({
      y: height + own / 2,
      name: shown(line.name),
      label: shown(line.label ?? line.name),
      note: line.note ?? "",
      figures: shown(figuresOf(line.effect, axis)),
      effect: line.effect,
      shape,
      shaded: line.shaded ?? [],
    });
    height += own;
  }
  return { rows, headings, height, axis, domain: domainOf(rows, axis) };
}

/** An effect in figures: its estimate and its interval. */
function figuresOf(effect: ForestEffect | null, { format, ends }: EffectAxis): string {
  if (effect === null) return "too few units to tell";
  const { estimate, interval } = effect;
  const value = estimate === null ? "unknown" : estimate === Infinity ? "infinite" : format(estimate);
  return `${value} (${span(interval, format, ends)})`;
}

function domainOf(rows: ForestPlot["rows"], { ends, noEffect }: EffectAxis): [number, number] {
  const values = rows.flatMap(({ effect }) =>
    effect === null
      ? []
      : [...(effect.estimate === null ? [] : [effect.estimate]), ...endsOf(effect.interval, ends)],
  );
  const margins = rows
    .flatMap(({ shaded }) => shaded.flatMap(({ from, to }) => [from, to]))
    .filter((margin) => margin > ends.lower && margin < ends.upper);
  const [lowest, highest] = effectDomain(values, [noEffect, ...margins]);
  const room = OPEN_ROOM * (highest - lowest);
  const reached = new Set(
    rows.flatMap(({ effect, shaded }) => [
      ...shaded.flatMap(({ from, to }) => [from, to]),
      ...(effect === null ? [] : [effect.interval.lower, effect.interval.upper]),
    ]),
  );
  return [reached.has(-Infinity) ? lowest - room : lowest, reached.has(Infinity) ? highest + room : highest];
}
