import * as vega from "vega";
import { compile } from "vega-lite";
import { measureTexts } from "../../src/cli/draw-svg.ts";
import type { VegaLiteSpec } from "../../src/report/charts/vega-lite-spec.ts";

const { loader, parse, View } = vega;
measureTexts(vega);

/** What a chart became: its picture, and everything that Vega-Lite and Vega complained of. */
export interface Drawing {
  readonly svg: string;
  readonly complaints: readonly string[];
}

/** Compiles a chart by Vega-Lite and draws it by Vega, without a screen and without a network. */
export async function drawChart(spec: VegaLiteSpec): Promise<Drawing> {
  const complaints: string[] = [];
  const logger = {
    level: () => logger,
    info: () => logger,
    debug: () => logger,
    warn: (...words: readonly unknown[]) => (complaints.push(words.join(" ")), logger),
    error: (...words: readonly unknown[]) => (complaints.push(words.join(" ")), logger),
  };
  const noNetwork = loader();
  noNetwork.load = async (address) => {
    throw new Error(`a chart asked for ${address}`);
  };
  const compiled = compile(spec as never, { logger: logger as never });
  const view = new View(parse(compiled.spec), {
    renderer: "none",
    logger: logger as never,
    loader: noNetwork,
  });
  return { svg: withOwnClips(await view.toSVG()), complaints };
}

/** Vega numbers its clips over all pictures of a process; here each picture numbers its own. */
function withOwnClips(svg: string): string {
  const seen: string[] = [];
  return svg.replaceAll(/\bclip\d+\b/g, (name) => {
    if (!seen.includes(name)) seen.push(name);
    return `clip${seen.indexOf(name)}`;
  });
}
