import { NO_BREAK_SPACE, plainText } from "../plain-text.ts";
import { wrap } from "../wrap.ts";
import type { VegaLiteSpec } from "./vega-lite-spec.ts";

/** What a chart says in words. */
export interface ChartText {
  /** The title: the finding, in one sentence. */
  readonly finding: string;
  /** How it was measured, and how sure it is. */
  readonly detail: string;
  /** The figures, for readers who do not see the picture. */
  readonly description: string;
}

/** The words of a chart whose rows are its description, unless it has one of its own. */
export type DescribedByRows = Omit<ChartText, "description"> & Partial<Pick<ChartText, "description">>;

/** Colours that differ for colour-blind readers and, by their lightness, in grey. Shape or dash always says the same. */
export const COLORS = {
  ink: "#1f2933",
  /** Text beside the data; 7:1 on white. */
  quiet: "#52606d",
  grid: "#e4e7eb",
  control: "#7b8794",
  treatment: "#0b4f8a",
  /** Sales, and a proxy beside them. */
  macro: "#0b4f8a",
  proxy: "#d9730d",
  band: "#9fb8cf",
} as const;

export const CHART_WIDTH = 560;
// Characters that fit the width: 15 and 12 pixels of a sans-serif font, at slightly more than half of that a character.
const TITLE_COLUMNS = 66;
const SUBTITLE_COLUMNS = 86;

/** A chart in the look of the library: what is drawn, under a title that says the finding. */
export function chart(text: ChartText, body: Readonly<Record<string, unknown>>): VegaLiteSpec {
  return {
    $schema: "https://vega.github.io/schema/vega-lite/v6.json",
    title: {
      text: lines(text.finding, TITLE_COLUMNS),
      subtitle: lines(text.detail, SUBTITLE_COLUMNS),
    },
    description: `${shown(text.finding)} ${shown(text.description)}`,
    background: "white",
    width: CHART_WIDTH,
    autosize: { type: "pad", contains: "padding" },
    padding: 12,
    config: CONFIG,
    ...body,
  };
}

/** Text as a chart shows it. */
export function shown(text: string): string {
  return plainText(text).replaceAll(NO_BREAK_SPACE, " ").trim();
}

/** Broken where the text may break: a figure stays with its unit. */
function lines(text: string, columns: number): string[] {
  return wrap(plainText(text), columns).map(shown);
}

const CONFIG = {
  font: "sans-serif",
  view: { stroke: null },
  title: {
    anchor: "start",
    frame: "bounds",
    color: COLORS.ink,
    fontSize: 15,
    fontWeight: 600,
    lineHeight: 19,
    subtitleColor: COLORS.quiet,
    subtitleFontSize: 12,
    subtitleLineHeight: 16,
    subtitlePadding: 6,
    offset: 14,
  },
  axis: {
    labelColor: COLORS.ink,
    labelFontSize: 12,
    labelLimit: 220,
    titleColor: COLORS.quiet,
    titleFontSize: 12,
    titleFontWeight: "normal",
    gridColor: COLORS.grid,
    domainColor: COLORS.control,
    tickColor: COLORS.control,
  },
  legend: {
    labelColor: COLORS.ink,
    labelFontSize: 12,
    titleColor: COLORS.quiet,
    titleFontSize: 12,
    titleFontWeight: "normal",
    orient: "top",
    symbolStrokeWidth: 2,
  },
  text: { color: COLORS.ink, fontSize: 12 },
};
