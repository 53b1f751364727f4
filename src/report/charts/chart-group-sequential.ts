import type { GroupSequentialAnalysis } from "../../sequential/group-sequential-analysis.ts";
import type { GroupSequentialDesign } from "../../sequential/group-sequential-design.ts";
import { designFinding, groupSequentialFinding } from "../describe-group-sequential.ts";
import { amount, finite, percent, signed } from "../figures.ts";
import { boundaryPlot } from "./boundary-plot.ts";
import { chart } from "./chart.ts";
import { SHARE_TICKS } from "./effect-axis.ts";
import { drawnLayers } from "./layer.ts";
import type { PlotAxis } from "./plot.ts";
import type { VegaLiteSpec } from "./vega-lite-spec.ts";

/** The boundaries of a design. */
export function chartGroupSequentialDesign(design: GroupSequentialDesign): VegaLiteSpec {
  const { looks, alternative, alpha, spending } = design;
  const { plot, layers } = boundaryPlot(
    {
      alternative,
      looks: looks.map(({ information, efficacy, futility }) => ({ x: information, efficacy, futility })),
      path: [],
      stoppedAt: null,
    },
    informationAxis(1),
  );
  return chart(
    {
      finding: designFinding(design),
      detail: `Where each look stops the test: false alarms of ${percent(alpha)} over all looks (${spending})`,
      description: looks
        .map(
          ({ information, efficacy, criticalPValue }, i) =>
            `Look ${i + 1} at ${percent(information)} of the units: stop at z ${finite(efficacy)}, p ${amount(criticalPValue)}.`,
        )
        .join(" "),
    },
    { width: plot.width, height: plot.height, layer: drawnLayers(layers) },
  );
}

/** The way of the statistic in the boundaries that its looks have. */
export function chartGroupSequentialAnalysis(result: GroupSequentialAnalysis): VegaLiteSpec {
  const { looks, alternative, stoppedAt } = result;
  const { plot, layers } = boundaryPlot(
    {
      alternative,
      looks: looks.map(({ information, efficacy, futility }) => ({ x: information, efficacy, futility })),
      path: looks.map(({ z }) => z),
      stoppedAt: stoppedAt === null ? null : stoppedAt - 1,
    },
    informationAxis(Math.max(1, looks.at(-1)!.information)),
  );
  return chart(
    {
      finding: groupSequentialFinding(result),
      detail: `z at each look, and the boundaries that these looks have (${result.method})`,
      description: looks
        .map(
          ({ information, z, efficacy }, i) =>
            `Look ${i + 1} at ${percent(information)} of the units: z ${signed(z)}, boundary ${finite(efficacy)}.`,
        )
        .join(" "),
    },
    { width: plot.width, height: plot.height, layer: drawnLayers(layers) },
  );
}

/** Shares of the planned units, with room beside the last look. */
function informationAxis(end: number): PlotAxis {
  return { title: "Share of the planned units", labelExpr: SHARE_TICKS, domain: [0, 1.05 * end] };
}
