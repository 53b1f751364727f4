import type { Interval } from "../../core/interval.ts";
import { shortened } from "../shortened.ts";
import { chart, type DescribedByRows, COLORS, shown } from "./chart.ts";
import { within } from "./domain.ts";
import { effectDomain } from "./effect-domain.ts";
import { drawnLayers, type Layer } from "./layer.ts";
import { fromTop, quantitative } from "./scales.ts";
import type { VegaLiteSpec } from "./vega-lite-spec.ts";

/** A figure with its name, and with an interval where there is one. */
export interface ValueRow {
  readonly name: string;
  /** What stands at the right of the row. */
  readonly figure: string;
  readonly value: number;
  readonly interval: Pick<Interval, "lower" | "upper"> | null;
  /** Drawn as an open mark, as what is known to mislead. */
  readonly isDoubtful?: boolean;
}

/** The axis below the rows. */
export interface ValueAxis {
  readonly title: string;
  readonly labelExpr: string;
  /** What values are read against, such as a coin flip: a dashed line, from which bars begin. */
  readonly reference: { readonly value: number; readonly name: string };
  /** Values that the picture must hold beside the rows'. */
  readonly mustBeSeen?: readonly number[];
}

const WIDTH = 380;
const ROW_HEIGHT = 30;
const GAP = 12;
const NAME_COLUMNS = 30;

/** Figures below each other as bars from a reference, with their intervals; told one after the other unless said. */
export function valueRows(text: DescribedByRows, rows: readonly ValueRow[], axis: ValueAxis): VegaLiteSpec {
  const { value: reference, name } = axis.reference;
  const [lowest, highest] = effectDomain(
    rows.flatMap(({ value, interval }) => [
      value,
      ...(interval === null ? [] : [interval.lower, interval.upper]),
    ]),
    [reference, ...rows.map(({ value }) => value).filter(Number.isFinite), ...(axis.mustBeSeen ?? [])],
  );
  const inside = (value: number): number => within([lowest, highest], value);
  const height = ROW_HEIGHT * rows.length;
  const middle = (i: number): number => ROW_HEIGHT * (i + 0.5);
  const { title, labelExpr } = axis;
  const x = (field: string): object =>
    quantitative(field, [lowest, highest], { title, labelExpr, tickCount: 5 });
  const y = fromTop(height);
  const beside = (values: readonly object[], mark: object): Layer => ({
    data: { values },
    mark: { type: "text", baseline: "middle", ...mark },
    encoding: { y, text: { field: "text", type: "nominal" } },
  });
  const bars = rows.map(({ value, isDoubtful = false }, i) => ({
    y: middle(i),
    from: reference,
    to: inside(value),
    isDoubtful,
  }));
  const bar = (values: readonly object[], mark: object): Layer => ({
    data: { values },
    mark: { type: "bar", size: 14, ...mark },
    encoding: { x: x("from"), x2: { field: "to" }, y },
  });
  const layers: Layer[] = [
    bar(
      bars.filter(({ isDoubtful }) => !isDoubtful),
      { color: COLORS.band },
    ),
    bar(
      bars.filter(({ isDoubtful }) => isDoubtful),
      { color: "white", stroke: COLORS.quiet, strokeDash: [3, 2] },
    ),
    {
      data: {
        values: rows.flatMap(({ interval }, i) =>
          interval === null
            ? []
            : [{ y: middle(i), from: inside(interval.lower), to: inside(interval.upper) }],
        ),
      },
      mark: { type: "rule", strokeWidth: 2, color: COLORS.treatment },
      encoding: { x: x("from"), x2: { field: "to" }, y },
    },
    {
      data: { values: rows.map(({ value }, i) => ({ y: middle(i), at: inside(value) })) },
      mark: { type: "point", shape: "square", size: 60, filled: true, opacity: 1, color: COLORS.treatment },
      encoding: { x: x("at"), y },
    },
    {
      data: { values: [{ at: reference }] },
      mark: { type: "rule", strokeDash: [4, 4], color: COLORS.quiet },
      encoding: { x: x("at") },
    },
    {
      data: { values: [{ at: reference, y: 0, text: shown(name) }] },
      mark: { type: "text", baseline: "bottom", dy: -5, color: COLORS.quiet },
      encoding: { x: x("at"), y, text: { field: "text", type: "nominal" } },
    },
    beside(
      rows.map((row, i) => ({ y: middle(i), text: shortened(shown(row.name), NAME_COLUMNS) })),
      { align: "right", x: -GAP },
    ),
    beside(
      rows.map((row, i) => ({ y: middle(i), text: shown(row.figure) })),
      { align: "left", x: WIDTH + GAP },
    ),
  ];
  return chart(
    { description: rowsInWords(rows), ...text },
    { width: WIDTH, height, layer: drawnLayers(layers) },
  );
}

/** The rows in words, for readers who do not see them. */
function rowsInWords(rows: readonly ValueRow[]): string {
  return rows.map(({ name, figure }) => `${name}: ${figure}.`).join(" ");
}
