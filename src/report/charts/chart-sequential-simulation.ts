import type { SequentialSimulation } from "../../sequential/simulate-sequential.ts";
import { simulationFinding } from "../describe-sequential-duration.ts";
import { amount, percent, units } from "../figures.ts";
import { COLORS } from "./chart.ts";
import { AMOUNT_TICKS, SHARE_TICKS } from "./effect-axis.ts";
import { endLabels } from "./end-labels.ts";
import { dots, line, type Plot, PLOT_HEIGHT, PLOT_WIDTH, plotChart, rules } from "./plot.ts";
import { seriesStyle } from "./series-style.ts";
import type { VegaLiteSpec } from "./vega-lite-spec.ts";

const BAR = 12;
const HEADROOM = 1.1;

/** What simulated tests did at each look. */
export function chartSequentialSimulation(result: SequentialSimulation): VegaLiteSpec {
  const { looks, experiments, rejection } = result;
  const end = looks.at(-1)!.n * 1.05;
  const highest = Math.max(
    0.05,
    ...looks.flatMap(({ rejected, stopsAbove, stopsBelow }) => [
      rejected.estimate + 2 * rejected.standardError,
      stopsAbove.estimate,
      stopsBelow.estimate,
    ]),
  );
  const plot: Plot = {
    x: { title: "Units in control", labelExpr: AMOUNT_TICKS, domain: [0, end] },
    y: {
      title: "Share of the simulated tests",
      labelExpr: SHARE_TICKS,
      domain: [0, Math.min(1, highest * HEADROOM)],
    },
    width: PLOT_WIDTH,
    height: PLOT_HEIGHT,
  };
  const shift = ((BAR / 2 + 1) / plot.width) * end;
  const style = seriesStyle(0, "macro");
  const found = looks.map(({ n, rejected }) => ({ x: n, y: rejected.estimate }));
  const last = looks.at(-1)!;
  return plotChart(
    {
      finding: simulationFinding(result),
      detail: `Found by each look, ± 2 standard errors of ${units(experiments)} simulated tests; bars: stopped at that look, at the left through the upper boundary, at the right (lighter) through the lower one`,
      description: looks
        .map(
          ({ n, rejected, stopsAbove, stopsBelow }, i) =>
            `Look ${i + 1} at ${amount(n)} units: found so far ${percent(rejected.estimate)}, stopped above ${percent(stopsAbove.estimate)}, below ${percent(stopsBelow.estimate)}.`,
        )
        .join(" "),
    },
    plot,
    [
      rules(
        plot,
        looks.map(({ n, stopsAbove }) => ({ x: n - shift, y: 0, y2: stopsAbove.estimate })),
        { color: COLORS.control, strokeWidth: BAR },
      ),
      rules(
        plot,
        looks.map(({ n, stopsBelow }) => ({ x: n + shift, y: 0, y2: stopsBelow.estimate })),
        { color: COLORS.band, strokeWidth: BAR },
      ),
      line(plot, found, style.line),
      rules(
        plot,
        looks.map(({ n, rejected: { estimate, standardError } }) => ({
          x: n,
          y: Math.max(0, estimate - 2 * standardError),
          y2: Math.min(1, estimate + 2 * standardError),
        })),
        { color: COLORS.macro, strokeWidth: 1.5 },
      ),
      dots(
        plot,
        found.map(({ x, y }) => ({ x, y, what: `Found by ${amount(x)} units: ${percent(y)}` })),
        style.symbol,
      ),
      ...endLabels(plot, [
        { y: last.rejected.estimate, text: `found: ${percent(rejection.estimate)}`, symbol: style.symbol },
      ]),
    ],
  );
}
