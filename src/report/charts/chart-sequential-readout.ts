import type { SequentialReadout } from "../../experiment/sequential-readout.ts";
import { amount, units } from "../figures.ts";
import { looksFinding } from "../looks-blocks.ts";
import { boundaryPlot } from "./boundary-plot.ts";
import { AMOUNT_TICKS } from "./effect-axis.ts";
import { plotChart } from "./plot.ts";
import type { VegaLiteSpec } from "./vega-lite-spec.ts";

/** The way of the statistic of a watched test, in the boundaries of its looks. */
export function chartSequentialReadout(result: SequentialReadout): VegaLiteSpec {
  const { looks, planned, alternative, stoppedAt, method } = result;
  const last = looks.at(-1)!.matured.control;
  const end = planned.control < Infinity ? Math.max(planned.control, last) : last;
  const { plot, layers } = boundaryPlot(
    {
      alternative,
      looks: looks.map(({ matured, boundary, futility }) => ({
        x: matured.control,
        efficacy: boundary,
        futility,
      })),
      path: looks.map(({ z }) => z),
      stoppedAt: stoppedAt === null ? null : stoppedAt - 1,
    },
    { title: "Units in control whose outcome is final", labelExpr: AMOUNT_TICKS, domain: [0, 1.04 * end] },
  );
  return plotChart(
    {
      finding: looksFinding(result),
      detail: `z at each look, and the boundaries that these looks have (${method}); the planned end is at ${units(planned.control)} units in control`,
      description: looks
        .map(
          ({ matured, z, boundary }, i) =>
            `Look ${i + 1} at ${units(matured.control)} units: z ${z === null ? "unknown" : amount(z)}, boundary ${boundary === Infinity ? "none" : amount(boundary)}.`,
        )
        .join(" "),
    },
    plot,
    layers,
  );
}
