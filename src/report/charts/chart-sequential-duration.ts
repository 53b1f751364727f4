import type { SequentialDuration } from "../../sequential/sequential-duration-result.ts";
import { sequentialDurationFinding, WATCHED } from "../describe-sequential-duration.ts";
import { amount, chance, change, percent } from "../figures.ts";
import { COLORS } from "./chart.ts";
import { AMOUNT_TICKS, SHARE_TICKS } from "./effect-axis.ts";
import { endLabels } from "./end-labels.ts";
import { dots, line, type Plot, PLOT_HEIGHT, PLOT_WIDTH, plotChart, rules, words } from "./plot.ts";
import { seriesStyle } from "./series-style.ts";
import type { VegaLiteSpec } from "./vega-lite-spec.ts";
import { wholeTicks } from "./whole-ticks.ts";

/** Of the room of a look, the bar of those that end there. */
const BAR_SHARE = 0.6;
const WIDEST_BAR = 16;

/** What a watched test has found by each of its looks, with the effect and without one. */
export function chartSequentialDuration(result: SequentialDuration): VegaLiteSpec {
  const { looks, horizonDays, medianDays, power, typeIError, lift, alpha } = result;
  const plot: Plot = {
    x: {
      title: "Day",
      labelExpr: AMOUNT_TICKS,
      domain: [0, horizonDays * 1.03],
      values: wholeTicks(0, Math.floor(horizonDays)),
    },
    y: { title: "Share of such tests", labelExpr: SHARE_TICKS, domain: [0, 1] },
    width: PLOT_WIDTH,
    height: PLOT_HEIGHT,
  };
  const found = looks.map((look, i) => ({
    x: look.day,
    y: look.power,
    here: look.power - (looks[i - 1]?.power ?? 0),
  }));
  const alarms = looks.map((look) => ({ x: look.day, y: look.typeIError }));
  const [first, second] = [seriesStyle(0, "macro"), seriesStyle(1, "secondary")];
  const dotted = looks.length <= 20;
  const width = Math.min(WIDEST_BAR, (BAR_SHARE * plot.width) / Math.max(1, looks.length));
  return plotChart(
    {
      finding: sequentialDurationFinding(result),
      detail: `Shares of such tests that have found a lift of ${change(lift)} by each look, and of those without any lift that have raised a false alarm; bars: found at that look. Watched: ${WATCHED[result.method]}`,
      description: `With the lift ${chance(power)} have found it by day ${amount(horizonDays)}; without one ${chance(typeIError)} raise a false alarm, where ${percent(alpha)} are allowed.`,
    },
    plot,
    [
      rules(
        plot,
        found.map(({ x, here }) => ({ x, y: 0, y2: Math.max(0, here) })),
        { color: COLORS.band, strokeWidth: width },
      ),
      ...(medianDays < Infinity
        ? [
            rules(
              plot,
              [
                { x: medianDays, y: 0, y2: 0.5 },
                { x: 0, x2: medianDays, y: 0.5 },
              ],
              {
                color: COLORS.ink,
                strokeWidth: 1,
                strokeDash: [2, 2],
              },
            ),
            words(plot, [{ x: medianDays, y: 0.5, text: `half by day ${amount(medianDays)}` }], {
              align: "left",
              dx: 8,
              dy: 10,
            }),
          ]
        : []),
      line(plot, found, first.line),
      line(plot, alarms, second.line),
      ...(dotted
        ? [
            dots(
              plot,
              found.map(({ x, y }) => ({ x, y, what: `Found by day ${amount(x)}: ${chance(y)}` })),
              first.symbol,
            ),
            dots(
              plot,
              alarms.map(({ x, y }) => ({ x, y, what: `False alarms by day ${amount(x)}: ${chance(y)}` })),
              second.symbol,
            ),
          ]
        : []),
      ...endLabels(plot, [
        { y: power, text: `found: ${chance(power)}`, symbol: first.symbol },
        { y: typeIError, text: `false alarms: ${chance(typeIError)}`, symbol: second.symbol },
      ]),
    ],
  );
}
