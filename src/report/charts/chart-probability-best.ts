import type { ProbabilityBest } from "../../bayesian/probability-best.ts";
import { bestFinding } from "../describe-several-posteriors.ts";
import { chance } from "../figures.ts";
import { shortened } from "../shortened.ts";
import { chart, COLORS, shown } from "./chart.ts";
import { SHARE_TICKS } from "./effect-axis.ts";
import { firstRows } from "./forest.ts";
import { drawnLayers, type Layer } from "./layer.ts";
import { fromTop, quantitative } from "./scales.ts";
import type { VegaLiteSpec } from "./vega-lite-spec.ts";

/** In pixels. */
const ROW_HEIGHT = 30;
const BAR = 18;
const WIDTH = 380;
const GAP = 8;
const NAME_COLUMNS = 34;

/** How probably each of several arms is the best: a bar an arm. */
export function chartProbabilityBest(result: ProbabilityBest): VegaLiteSpec {
  const [arms, leftOut] = firstRows(result.arms);
  const bars = arms.map(({ name, probabilityBest }, i) => ({
    y: ROW_HEIGHT * (i + 0.5),
    name: shortened(shown(name), NAME_COLUMNS),
    whole: shown(name),
    probability: probabilityBest,
    figure: shown(chance(probabilityBest)),
  }));
  const height = ROW_HEIGHT * arms.length;
  return chart(
    {
      finding: bestFinding(result),
      detail: `The chance of each arm to be the best, given the data and the prior.${leftOut}`,
      description: arms.map(({ name, probabilityBest }) => `${name}: ${chance(probabilityBest)}.`).join(" "),
    },
    { width: WIDTH, height, layer: drawnLayers(layersOf(bars, height)) },
  );
}

function layersOf(values: readonly object[], height: number): Layer[] {
  const y = fromTop(height);
  const x = quantitative("probability", [0, 1], {
    title: "Chance to be the best",
    labelExpr: SHARE_TICKS,
    tickCount: 5,
  });
  const words = (field: string, mark: object, encoding: object): Layer => ({
    data: { values },
    mark: { type: "text", baseline: "middle", ...mark },
    encoding: { y, text: { field, type: "nominal" }, ...encoding },
  });
  return [
    {
      data: { values },
      mark: { type: "bar", orient: "horizontal", height: BAR, color: COLORS.treatment },
      encoding: { x, y },
    },
    words("figure", { align: "left", dx: GAP }, { x }),
    words(
      "name",
      { align: "right", x: -GAP },
      { tooltip: { field: "whole", type: "nominal", title: "Arm" } },
    ),
  ];
}
