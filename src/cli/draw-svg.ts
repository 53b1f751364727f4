import type { DrawChart } from "../report/html/draw-pictures.ts";

/** What draws charts as SVG: Vega-Lite and Vega, optional peers; null where they are not installed. */
export async function drawSvg(): Promise<DrawChart | null> {
  try {
    const [{ loader, parse, View }, { compile }] = await Promise.all([import("vega"), import("vega-lite")]);
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
