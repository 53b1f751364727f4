import { checkObject, checkText } from "../core/checks.ts";
import type { AnyResult } from "./any-result.ts";
import type { VegaLiteSpec } from "./charts/vega-lite-spec.ts";
import { checkDraw, type DrawChart, drawFigure, drawPictures } from "./html/draw-pictures.ts";
import { htmlFragment, htmlPiece } from "./html/html-fragment.ts";
import { titleAndBlocks } from "./html/title-and-blocks.ts";
import { toMarkdown } from "./to-markdown.ts";
import { toText } from "./to-text.ts";
import { hasChart, toVegaLite } from "./to-vega-lite.ts";

/** One thing in several formats, by MIME type; who shows it takes the one it likes best. */
export interface MimeBundle {
  readonly "text/plain": string;
  readonly "text/markdown"?: string;
  readonly "text/html"?: string;
  readonly "application/vnd.vegalite.v5+json"?: VegaLiteSpec;
}

// The names under which a Jupyter kernel, and the consoles of Node and Deno, look for how to show a value.
const JUPYTER: unique symbol = /* @__PURE__ */ Symbol.for("Jupyter.display");
const CONSOLE: unique symbol = /* @__PURE__ */ Symbol.for("nodejs.util.inspect.custom");

/** What a notebook shows as the value of a cell, and a console as text. */
export interface Displayed {
  /** For a Jupyter kernel. */
  readonly [JUPYTER]: () => MimeBundle | Promise<MimeBundle>;
  /** For the consoles of Node and Deno. */
  readonly [CONSOLE]: () => string;
  /** The words, as `toText` gives them. */
  readonly toString: () => string;
}

export interface DisplayOptions {
  /** Draws a chart as an SVG document, which then stands among the words. */
  readonly draw?: DrawChart | undefined;
}

/** The newest version that JupyterLab and Visual Studio Code draw. docs/decisions/0024. */
const NOTEBOOK_SCHEMA = "https://vega.github.io/schema/vega-lite/v5.json";

/**
 * A result, or a chart, as a notebook shows it: the last expression of a cell, or an argument of `Deno.jupyter.display`.
 *
 * Without `draw` the front end chooses: JupyterLab shows the words with their tables, Visual Studio Code the chart, whose
 * title says the finding. With `draw`, words and charts stand together everywhere. Outside notebooks it prints as text.
 *
 * @param result - any result of this library, or a chart made by `toVegaLite`
 * @param options.draw - draws a chart as an SVG document, such as with Vega
 * @returns an object that Deno's Jupyter kernel shows as text, Markdown, HTML, and without `draw` as Vega-Lite; its
 * `toString` is the text
 * @throws {DomainError} for a result of an unknown kind, and a `draw` that is no function; for a drawing that is no SVG
 * document when it is shown
 * @example
 * ```ts
 * import { display, sampleSizeForProportions } from "microlift";
 * const plan = display(sampleSizeForProportions({ baseline: 0.05, lift: 0.2 }));
 * String(plan).split("\n")[0]; // "Sample size"
 * ```
 */
export function display(result: AnyResult | VegaLiteSpec, options: DisplayOptions = {}): Displayed {
  checkObject("result", result);
  checkObject("options", options);
  const { draw } = options;
  checkDraw(draw);
  const [text, bundle] = isChart(result) ? ofChart(result, draw) : ofResult(result, draw);
  return { [JUPYTER]: bundle, [CONSOLE]: () => text, toString: () => text };
}

/** The text of what is shown, and what makes its formats when they are asked for. */
type Showing = readonly [text: string, bundle: () => MimeBundle | Promise<MimeBundle>];

function ofResult(result: AnyResult, draw: DrawChart | undefined): Showing {
  const text = toText(result);
  const [title, blocks] = titleAndBlocks(result);
  const words = { "text/plain": text, "text/markdown": toMarkdown(result) };
  if (draw === undefined) {
    const chart = hasChart(result) ? forNotebooks(toVegaLite(result)) : {};
    return [text, () => ({ ...words, "text/html": htmlFragment(title, blocks), ...chart })];
  }
  return [
    text,
    async () => ({ ...words, "text/html": htmlFragment(title, blocks, await drawPictures(blocks, draw)) }),
  ];
}

function isChart(result: AnyResult | VegaLiteSpec): result is VegaLiteSpec {
  return !("kind" in result) && "$schema" in result;
}

function ofChart(chart: VegaLiteSpec, draw: DrawChart | undefined): Showing {
  checkText("result.description", chart.description);
  const words = { "text/plain": chart.description };
  return [
    chart.description,
    draw === undefined
      ? () => ({ ...words, ...forNotebooks(chart) })
      : async () => ({ ...words, "text/html": htmlPiece(await drawFigure(chart, draw)) }),
  ];
}

function forNotebooks(chart: VegaLiteSpec): Pick<MimeBundle, "application/vnd.vegalite.v5+json"> {
  return { "application/vnd.vegalite.v5+json": { ...chart, $schema: NOTEBOOK_SCHEMA } };
}
