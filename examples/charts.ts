// Draws results as pictures: SVG files into a folder (charts/ unless another is named), as a script for tsx or Node does
// it. Vega and Vega-Lite draw; the library only says what is to be drawn.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  analyzeExperiment,
  compareProportions,
  elicitEffectCovariance,
  type ExperimentData,
  speedupCurve,
  toVegaLite,
  unitCovariance,
  type VegaLiteSpec,
} from "microlift";
import { parse, View } from "vega";
import { compile, type TopLevelSpec } from "vega-lite";

const draw = (chart: VegaLiteSpec): Promise<string> =>
  new View(parse(compile(chart as unknown as TopLevelSpec).spec), { renderer: "none" }).toSVG();

const data = JSON.parse(
  readFileSync(new URL("hillstrom-data.json", import.meta.url), "utf8"),
) as ExperimentData;
const sales = compareProportions({
  control: { n: 21306, conversions: 122 },
  treatment: { n: 21307, conversions: 267 },
});
// What visits are worth for deciding on sales, under the belief that the plan of this test states.
const visits = speedupCurve({
  effects: elicitEffectCovariance({ elasticity: 0.6, tauProxy: 0.15, directEffectSd: 0.1 }),
  sampling: unitCovariance({
    control: { neither: 19044, macroOnly: 0, microOnly: 2140, both: 122 },
    treatment: { neither: 17413, macroOnly: 0, microOnly: 3627, both: 267 },
  }),
  n: 20513,
});

const charts = {
  readout: toVegaLite(analyzeExperiment(data)),
  sales: toVegaLite(sales),
  visits: toVegaLite(visits),
};

const folder = process.argv[2] ?? "charts";
mkdirSync(folder, { recursive: true });
for (const [name, chart] of Object.entries(charts)) {
  const file = join(folder, `${name}.svg`);
  writeFileSync(file, await draw(chart));
  // The finding is the title of the picture.
  console.log(`${file}: ${chart.title.text.join(" ")}`);
}
