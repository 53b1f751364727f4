import type { DrawChart } from "../report/html/draw-pictures.ts";
import { textWidth } from "./text-width.ts";

/** What draws charts as SVG: Vega-Lite and Vega, optional peers; null where they are not installed. */
export async function drawSvg(): Promise<DrawChart | null> {
  try {
    const [vega, { compile }] = await Promise.all([import("vega"), import("vega-lite")]);
    const { loader, parse, View } = vega;
    measureTexts(vega);
    const closed = loader();
    // All data stand in the chart itself.
    closed.load = async (address) => {
      throw new Error(`a chart asked for ${address}`);
    };
    return (chart) => {
      const { spec } = compile(chart as never);
      return new View(parse(spec), { renderer: "none", loader: closed }).toSVG();
    };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ERR_MODULE_NOT_FOUND") return null;
    throw error;
  }
}

/** Without a screen Vega guesses how wide a text is; its guess leaves a third of a chart empty. */
export function measureTexts(vega: object): void {
  (vega as { readonly textMetrics: { width: typeof textWidth } }).textMetrics.width = textWidth;
}
