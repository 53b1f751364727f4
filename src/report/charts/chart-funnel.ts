import type { FunnelAnalysis, FunnelStepEffect } from "../../experiment/funnel-analysis.ts";
import { funnelFinding } from "../describe-funnel.ts";
import { percent, REAL_ENDS, signed, span } from "../figures.ts";
import { quoted } from "../labels.ts";
import { shortened } from "../shortened.ts";
import { chart, COLORS, shown } from "./chart.ts";
import { DIFFERENCE_AXIS, SHARE_TICKS } from "./effect-axis.ts";
import { effectDomain } from "./effect-domain.ts";
import { firstRows } from "./forest.ts";
import { intervalLayers } from "./interval-layers.ts";
import { intervalParts } from "./interval-parts.ts";
import { drawnLayers, type Layer } from "./layer.ts";
import { fromTop, quantitative } from "./scales.ts";
import type { VegaLiteSpec } from "./vega-lite-spec.ts";

/** In pixels. */
const STEP_HEIGHT = 46;
const BAR = 15;
const SHARES_WIDTH = 260;
const PARTS_WIDTH = 190;
const GAP = 8;
const NAME_COLUMNS = 26;

/** How many come to each step in both arms, and beside it what each step brought of the effect on the last one. */
export function chartFunnel(funnel: FunnelAnalysis): VegaLiteSpec {
  const [steps, leftOut] = firstRows(funnel.steps.map((step, i) => stepOf(funnel, step, i)));
  const height = STEP_HEIGHT * steps.length;
  const last = quoted(funnel.steps.at(-1)!.name);
  return chart(
    {
      finding: funnelFinding(funnel),
      detail: `Left: the share of all units that come to each step, the control above the treatment. Right: what the step brought of the effect on ${last}, with its ${percent(funnel.confidenceLevel)} interval.${leftOut}`,
      description: steps
        .map(
          ({ name, control, treatment, brought }) =>
            `${name}: ${control} in the control, ${treatment} in the treatment; brought ${brought}.`,
        )
        .join(" "),
    },
    {
      width: undefined,
      spacing: 75,
      hconcat: [
        { width: SHARES_WIDTH, height, layer: drawnLayers(shareLayers(steps, height)) },
        { width: PARTS_WIDTH, height, layer: drawnLayers(partLayers(steps, height)) },
      ],
    },
  );
}

/** A step as it is drawn. */
interface DrawnStep {
  readonly name: string;
  /** The middle of its row, from the top. */
  readonly y: number;
  readonly controlRate: number;
  readonly treatmentRate: number;
  readonly control: string;
  readonly treatment: string;
  /** In conversions of the last step; null where it cannot be determined. */
  readonly part: number | null;
  readonly lower: number;
  readonly upper: number;
  readonly brought: string;
}

function stepOf({ treatment }: FunnelAnalysis, step: FunnelStepEffect, i: number): DrawnStep {
  const { name, effect, conversions, contribution } = step;
  const conversionsOf = (difference: number): string => signed(difference * treatment.n);
  return {
    name: shown(name),
    y: STEP_HEIGHT * (i + 0.5),
    controlRate: effect.control.rate,
    treatmentRate: effect.treatment.rate,
    control: shown(percent(effect.control.rate)),
    treatment: shown(percent(effect.treatment.rate)),
    part: conversions,
    lower: contribution.interval.lower * treatment.n,
    upper: contribution.interval.upper * treatment.n,
    brought:
      conversions === null
        ? "unknown"
        : shown(`${signed(conversions)} (${span(contribution.interval, conversionsOf, REAL_ENDS)})`),
  };
}

/** Two bars a step, with their figures; the names at the left. */
function shareLayers(steps: readonly DrawnStep[], height: number): Layer[] {
  const y = fromTop(height);
  const x = quantitative("rate", [0, 1], {
    title: "Share of all units",
    labelExpr: SHARE_TICKS,
    tickCount: 4,
  });
  const bars = (arm: "control" | "treatment", mark: object): Layer[] => {
    const side = arm === "control" ? -1 : 1;
    const values = steps.map((step, i) => ({
      y: step.y + (side * BAR) / 2,
      rate: step[`${arm}Rate`],
      // The first pair says which bar is whose.
      figures: i === 0 ? `${step[arm]} ${arm}` : step[arm],
    }));
    return [
      {
        data: { values },
        mark: { type: "bar", orient: "horizontal", height: BAR - 2, ...mark },
        encoding: { x, y },
      },
      {
        data: { values },
        mark: { type: "text", align: "left", baseline: "middle", dx: 5 },
        encoding: { x, y, text: { field: "figures", type: "nominal" } },
      },
    ];
  };
  return [
    ...bars("control", { color: COLORS.grid, stroke: COLORS.control, strokeWidth: 1 }),
    ...bars("treatment", { color: COLORS.treatment }),
    {
      data: {
        values: steps.map(({ y: place, name }) => ({
          y: place,
          name: shortened(name, NAME_COLUMNS),
          whole: name,
        })),
      },
      mark: { type: "text", align: "right", baseline: "middle", x: -GAP },
      encoding: {
        y,
        text: { field: "name", type: "nominal" },
        tooltip: { field: "whole", type: "nominal", title: "Step" },
      },
    },
  ];
}

/** A bar from 0 for what each step brought, with its interval. */
function partLayers(steps: readonly DrawnStep[], height: number): Layer[] {
  const known = steps.flatMap(({ part, ...step }) => (part === null ? [] : [{ ...step, part }]));
  const domain = effectDomain(
    known.flatMap(({ part, lower, upper }) => [part, lower, upper]),
    [0, ...known.map(({ part }) => part)],
  );
  const y = fromTop(height);
  const x = (field: string): object =>
    quantitative(field, domain, {
      title: "Conversions brought",
      labelExpr: DIFFERENCE_AXIS.labelExpr,
      tickCount: 3,
    });
  const intervals = known.map((step) => ({ ...step, ...intervalParts({ ...step, excluded: null }, domain) }));
  return [
    {
      data: { values: known.map(({ y: place, part }) => ({ y: place, from: 0, part })) },
      mark: { type: "bar", orient: "horizontal", height: BAR, color: COLORS.band },
      encoding: { x: x("from"), x2: { field: "part" }, y },
    },
    {
      data: { values: [{ zero: 0 }] },
      mark: { type: "rule", color: COLORS.quiet },
      encoding: { x: x("zero") },
    },
    ...intervalLayers(intervals, { domain, x, y, color: COLORS.ink, strokeWidth: 2, arrowSize: 60 }),
    {
      data: { values: steps.map(({ y: place, brought }) => ({ y: place, brought })) },
      mark: { type: "text", align: "left", baseline: "middle", x: PARTS_WIDTH + GAP },
      encoding: { y, text: { field: "brought", type: "nominal" } },
    },
  ];
}
