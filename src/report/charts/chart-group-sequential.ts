import type { AnalyzedLook, GroupSequentialAnalysis } from "../../sequential/group-sequential-analysis.ts";
import type { GroupSequentialDesign } from "../../sequential/group-sequential-design.ts";
import { designFinding, groupSequentialFinding } from "../describe-group-sequential.ts";
import { amount, finite, percent, signed, span } from "../figures.ts";
import { boundaryPlot } from "./boundary-plot.ts";
import { chart, COLORS } from "./chart.ts";
import { DIFFERENCE_AXIS, type EffectAxis, LIFT_AXIS, SHARE_TICKS } from "./effect-axis.ts";
import { effectDomain } from "./effect-domain.ts";
import { endLabels } from "./end-labels.ts";
import { endsOf, intervalParts } from "./interval-parts.ts";
import type { Layer } from "./layer.ts";
import { dots, onePlot, type Plot, PLOT_WIDTH, type PlotAxis, plotChart, rules, zeroLine } from "./plot.ts";
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
  return plotChart(
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
    plot,
    layers,
  );
}

/** The way of the statistic in the boundaries that its looks have. */
export function chartGroupSequentialAnalysis(result: GroupSequentialAnalysis): VegaLiteSpec {
  const { looks, alternative, stoppedAt, confidenceLevel } = result;
  const x = informationAxis(Math.max(1, looks.at(-1)!.information));
  const { plot, layers } = boundaryPlot(
    {
      alternative,
      looks: looks.map(({ information, efficacy, futility }) => ({ x: information, efficacy, futility })),
      path: looks.map(({ z }) => z),
      stoppedAt: stoppedAt === null ? null : stoppedAt - 1,
    },
    x,
  );
  const intervals = intervalPanel(looks, x);
  return chart(
    {
      finding: groupSequentialFinding(result),
      detail: `z at each look, and the boundaries that these looks have (${result.method}); below what each look leaves open, at ${percent(confidenceLevel)} over all looks`,
      description: looks
        .map(
          ({ information, z, efficacy }, i) =>
            `Look ${i + 1} at ${percent(information)} of the units: z ${signed(z)}, boundary ${finite(efficacy)}.`,
        )
        .join(" "),
    },
    {
      vconcat: [onePlot(plot, layers), onePlot(intervals.plot, intervals.layers)],
    },
  );
}

/** The repeated interval of each look: of the lift, or of what is known instead. */
function intervalPanel(
  looks: readonly AnalyzedLook[],
  x: PlotAxis,
): { readonly plot: Plot; readonly layers: Layer[] } {
  const { scale, axis } = scaleOf(looks.at(-1)!);
  const intervals = looks.map(({ repeatedIntervals }) => repeatedIntervals[scale]!);
  const domain = effectDomain(
    intervals.flatMap((interval) => endsOf(interval, axis.ends)),
    [0],
  );
  const plot: Plot = {
    x,
    y: { title: axis.title, labelExpr: axis.labelExpr, domain },
    width: PLOT_WIDTH,
    height: PANEL_HEIGHT,
  };
  const parts = intervals.map((interval, i) => ({
    x: looks[i]!.information,
    ...intervalParts(interval, domain),
  }));
  const arrow = (side: "opensBelow" | "opensAbove", y: number, angle: number): Layer =>
    dots(
      plot,
      parts.filter((part) => part[side]).map((part) => ({ x: part.x, y, what: "goes on" })),
      { shape: "triangle", angle, color: COLORS.macro },
    );
  return {
    plot,
    layers: [
      zeroLine(plot),
      rules(
        plot,
        parts.flatMap(({ x: at, bars }) => bars.map(({ from, to }) => ({ x: at, y: from, y2: to }))),
        { color: COLORS.macro, strokeWidth: 3 },
      ),
      arrow("opensBelow", domain[0], 180),
      arrow("opensAbove", domain[1], 0),
      ...endLabels(plot, [
        {
          y:
            (Math.max(domain[0], intervals.at(-1)!.lower) + Math.min(domain[1], intervals.at(-1)!.upper)) / 2,
          text: span(intervals.at(-1)!, axis.format, axis.ends),
        },
      ]),
    ],
  };
}

const PANEL_HEIGHT = 130;

function scaleOf({ repeatedIntervals: { lift, difference } }: AnalyzedLook): {
  readonly scale: keyof AnalyzedLook["repeatedIntervals"];
  readonly axis: EffectAxis;
} {
  if (lift !== null) return { scale: "lift", axis: LIFT_AXIS };
  if (difference !== null) return { scale: "difference", axis: DIFFERENCE_AXIS };
  return { scale: "drift", axis: { ...DIFFERENCE_AXIS, title: "z expected at the end" } };
}

/** Shares of the planned units, with room beside the last look. */
function informationAxis(end: number): PlotAxis {
  return { title: "Share of the planned units", labelExpr: SHARE_TICKS, domain: [0, 1.05 * end] };
}
