import type { ProxyFront } from "../../proxy/proxy-front.ts";
import { proxyFrontHeadline } from "../describe-several-proxies.ts";
import { amount, percent, units } from "../figures.ts";
import { shortened } from "../shortened.ts";
import { COLORS, shown } from "./chart.ts";
import { domainAround } from "./domain.ts";
import { AMOUNT_TICKS, SHARE_TICKS } from "./effect-axis.ts";
import { namesBeside } from "./names-beside.ts";
import { dots, line, type Plot, PLOT_WIDTH, plotChart, zeroLine } from "./plot.ts";
import type { VegaLiteSpec } from "./vega-lite-spec.ts";

const HEIGHT = 300;
const NAME_COLUMNS = 24;

/** What more sensitivity costs in meaning: the front of composites, and proxies below it. */
export function chartProxyFront(result: ProxyFront): VegaLiteSpec {
  const { front, marked, n } = result;
  const rhos = [0, ...front, ...marked].map((each) => (typeof each === "number" ? each : each.rho));
  const powers = [...front, ...marked].map(({ power }) => power);
  const plot: Plot = {
    x: {
      title: "Moves significantly in this share of changes",
      labelExpr: SHARE_TICKS,
      domain: [0, Math.min(1, 1.15 * Math.max(...powers))],
    },
    y: {
      title: "Correlation with true effects on sales",
      labelExpr: AMOUNT_TICKS,
      domain: domainAround(rhos, 0.08),
    },
    width: PLOT_WIDTH,
    height: HEIGHT,
  };
  const layers = [
    zeroLine(plot),
    line(
      plot,
      front.map(({ power, rho }) => ({ x: power, y: rho })),
      { color: COLORS.treatment, strokeWidth: 3 },
    ),
    ...namesBeside(
      plot,
      marked.map(({ name, power, rho }) => ({
        x: power,
        y: rho,
        text: shortened(shown(name), NAME_COLUMNS),
      })),
      [
        dots(
          plot,
          marked.map(({ name, power, rho }) => ({
            x: power,
            y: rho,
            what: `${name}: correlation ${amount(rho)}, moves in ${percent(power)}`,
          })),
          { color: COLORS.ink, shape: "diamond", size: 110 },
        ),
      ],
      // The front runs down at the right.
      "left",
    ),
  ];
  return plotChart(
    {
      finding: proxyFrontHeadline(result),
      detail: `In tests of ${units(n)} units per arm; the line: composites that cannot move more easily without going less with sales. Only height is merit: what is far right but low moves, and tells little`,
      description: marked
        .map(({ name, rho, power }) => `${name}: correlation ${amount(rho)}, moves in ${percent(power)}.`)
        .join(" "),
    },
    plot,
    layers,
  );
}
