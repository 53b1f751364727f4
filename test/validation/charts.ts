import { chart, type ChartText, COLORS } from "../../src/report/charts/chart.ts";
import type { VegaLiteSpec } from "../../src/report/charts/vega-lite-spec.ts";
import { keeps, percent, type Promised, type Rate } from "./rates.ts";

/** A line of a small multiple. */
export interface Panel {
  readonly label: string;
  readonly points: readonly (readonly [x: number, y: number])[];
}

interface Panels {
  readonly text: Omit<ChartText, "description">;
  readonly panels: readonly Panel[];
  readonly xTitle: string;
  readonly yTitle: string;
  readonly yDomain: readonly [number, number];
  /** Where the promise lies. */
  readonly promised: number;
  readonly xScale?: "linear" | "log";
}

const SHARE_TICKS = "format(datum.value, '.3~%')";

/** Small multiples: the same axes for all, the promise dashed in each. */
export function panelChart(drawn: Panels): VegaLiteSpec {
  const { text, panels, xTitle, yTitle, yDomain, promised, xScale = "linear" } = drawn;
  const values = panels.flatMap(({ label, points }) =>
    points.map(([x, y]) => ({ label, x, y: Number(y.toPrecision(4)) })),
  );
  const description = panels
    .map(({ label, points }) => {
      const heights = points.map(([, y]) => y);
      return `${label}: ${percent(Math.min(...heights))} to ${percent(Math.max(...heights))}.`;
    })
    .join(" ");
  const y = {
    field: "y",
    type: "quantitative",
    scale: { domain: yDomain, zero: false },
    axis: { title: yTitle, labelExpr: SHARE_TICKS, tickCount: 5 },
  };
  return chart(
    { ...text, description },
    {
      width: undefined,
      data: { values },
      facet: {
        field: "label",
        type: "nominal",
        sort: panels.map(({ label }) => label),
        header: {
          title: null,
          labelLimit: 0,
          labelFontSize: 12,
          labelColor: COLORS.ink,
          labelFontWeight: 600,
        },
      },
      columns: 2,
      spacing: 24,
      spec: {
        width: 250,
        height: 110,
        layer: [
          {
            mark: { type: "rule", color: COLORS.proxy, strokeDash: [5, 4] },
            encoding: { y: { datum: promised, type: "quantitative" } },
          },
          {
            mark: { type: "line", clip: true, color: COLORS.treatment, strokeWidth: 1.5 },
            encoding: {
              x: {
                field: "x",
                type: "quantitative",
                scale: { type: xScale, nice: false },
                axis: { title: xTitle, tickCount: 4 },
              },
              y,
            },
          },
        ],
      },
    },
  );
}

/** A rate among others, and what is promised of it. */
export interface ShownRate {
  readonly label: string;
  readonly found: Rate;
  readonly promised: Promised | null;
}

/** Rates below each other, with what chance leaves open of each; a mark where the promise lies. */
export function rateChart(text: Omit<ChartText, "description">, rates: readonly ShownRate[]): VegaLiteSpec {
  const values = rates.map(({ label, found, promised }) => ({
    label,
    rate: found.rate,
    lower: found.lower,
    upper: found.upper,
    ...promised,
    standing: promised === null ? "nothing promised" : keeps(found, promised) ? "kept" : "falls short",
  }));
  const standings = {
    domain: ["kept", "nothing promised", "falls short"],
    range: [COLORS.treatment, COLORS.control, COLORS.proxy],
  };
  const y = {
    field: "label",
    type: "nominal",
    sort: rates.map(({ label }) => label),
    axis: { title: null, labelLimit: 480, ticks: false, domain: false, grid: true },
  };
  const x = (field: string): object => ({
    field,
    type: "quantitative",
    scale: { zero: false, nice: true },
    axis: { title: null, labelExpr: SHARE_TICKS, tickCount: 6 },
  });
  const color = { field: "standing", type: "nominal", scale: standings, legend: null };
  const limits = (["atLeast", "atMost"] as const).flatMap((field): object[] => {
    const own = values.filter((value) => value[field] !== undefined);
    if (own.length === 0) return [];
    return [
      {
        data: { values: own },
        mark: { type: "tick", color: COLORS.ink, thickness: 2, size: 14 },
        encoding: { x: x(field), y },
      },
    ];
  });
  return chart(
    {
      ...text,
      description: rates.map(({ label, found }) => `${label}: ${percent(found.rate)}.`).join(" "),
    },
    {
      width: 330,
      height: { step: 19 },
      data: { values },
      layer: [
        {
          mark: { type: "rule", strokeWidth: 2 },
          encoding: { x: x("lower"), x2: { field: "upper" }, y, color },
        },
        {
          mark: { type: "point", filled: true, opacity: 1, size: 45 },
          encoding: {
            x: x("rate"),
            y,
            color,
            shape: {
              field: "standing",
              type: "nominal",
              scale: { domain: standings.domain, range: ["circle", "circle", "diamond"] },
              legend: null,
            },
          },
        },
        ...limits,
      ],
    },
  );
}
