import type { Interval } from "../../core/interval.ts";
import { type ChartText, CHART_WIDTH, chart, COLOURS, shown } from "./chart.ts";
import type { VegaLiteSpec } from "./vega-lite-spec.ts";

/** An effect in a forest: a point in its interval, with what it is called at the left and its figures at the right. */
export interface ForestRow {
  readonly name: string;
  readonly figures: string;
  readonly estimate: number | null;
  readonly interval: Pick<Interval, "lower" | "upper">;
}

export interface ForestAxis {
  readonly title: string;
  /** A format of d3, such as `+.0%`. */
  readonly format: string;
}

const ROW_HEIGHT = 30;
const MARGIN = 0.06;

/** Effects below each other on one axis, beside the line of no effect. */
export function forest(text: ChartText, rows: readonly ForestRow[], axis: ForestAxis): VegaLiteSpec {
  const domain = domainOf(rows);
  const inside = (value: number): number => Math.min(Math.max(value, domain[0]), domain[1]);
  const values = rows.map(({ name, figures, estimate, interval: { lower, upper } }, i) => ({
    row: i,
    name: shown(name),
    figures: shown(figures),
    estimate: estimate === null || !Number.isFinite(estimate) ? null : estimate,
    lower: inside(lower),
    upper: inside(upper),
    // An interval that has no end leaves the picture as an arrow.
    openBelow: lower < domain[0] ? domain[0] : null,
    openAbove: upper > domain[1] ? domain[1] : null,
  }));
  const y = { field: "row", type: "ordinal", axis: null };
  const x = (field: string): unknown => ({
    field,
    type: "quantitative",
    scale: { domain, nice: false, zero: false },
    axis: { title: axis.title, format: axis.format, tickCount: 6 },
  });
  const arrow = (field: string, angle: number): unknown => ({
    transform: [{ filter: `isValid(datum.${field})` }],
    mark: { type: "point", shape: "triangle", angle, size: 90, filled: true, color: COLOURS.treatment },
    encoding: { x: x(field), y },
  });
  const label = (field: string, position: object): unknown => ({
    mark: { type: "text", baseline: "middle", limit: 200, ...position },
    encoding: { y, text: { field, type: "nominal" } },
  });
  return chart(text, {
    height: { step: ROW_HEIGHT },
    data: { values },
    layer: [
      {
        data: { values: [{ zero: 0 }] },
        mark: { type: "rule", strokeDash: [4, 4], color: COLOURS.quiet },
        encoding: { x: x("zero") },
      },
      {
        mark: { type: "rule", strokeWidth: 3, color: COLOURS.treatment },
        encoding: { x: x("lower"), x2: { field: "upper" }, y },
      },
      arrow("openBelow", -90),
      arrow("openAbove", 90),
      {
        transform: [{ filter: "isValid(datum.estimate)" }],
        mark: {
          type: "point",
          shape: "square",
          size: 110,
          filled: true,
          opacity: 1,
          color: COLOURS.treatment,
        },
        encoding: { x: x("estimate"), y },
      },
      label("name", { align: "right", x: -10 }),
      label("figures", { align: "left", x: CHART_WIDTH + 10 }),
    ],
  });
}

/** From the lowest to the highest end that is finite, no effect included, with a margin. */
function domainOf(rows: readonly ForestRow[]): [number, number] {
  const ends = rows.flatMap(({ estimate, interval }) => [estimate ?? 0, interval.lower, interval.upper]);
  const finite = [0, ...ends.filter((value) => Number.isFinite(value))];
  const lowest = Math.min(...finite);
  const highest = Math.max(...finite);
  const margin = MARGIN * (highest - lowest || 1);
  return [lowest - margin, highest + margin];
}
