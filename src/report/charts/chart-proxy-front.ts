import type { ProxyFront } from "../../proxy/proxy-front.ts";
import { proxyFrontHeadline } from "../describe-several-proxies.ts";
import { amount, percent, units } from "../figures.ts";
import { BESIDE, besidePoints } from "./beside-points.ts";
import { chart, COLOURS, shown } from "./chart.ts";
import { AMOUNT_TICKS, SHARE_TICKS } from "./effect-axis.ts";
import { drawnLayers } from "./layer.ts";
import { dots, line, type Plot, PLOT_WIDTH, rules, words } from "./plot.ts";
import { shortened } from "./shortened.ts";
import type { VegaLiteSpec } from "./vega-lite-spec.ts";

const HEIGHT = 300;
const NAME_COLUMNS = 24;

/** What more sensitivity costs in meaning: the front of composites, and proxies below it. */
export function chartProxyFront(result: ProxyFront): VegaLiteSpec {
  const { front, marked, n } = result;
  const rhos = [0, ...front, ...marked].map((each) => (typeof each === "number" ? each : each.rho));
  const powers = [...front, ...marked].map(({ power }) => power);
  const room = 0.08 * (Math.max(...rhos) - Math.min(...rhos) || 1);
  const plot: Plot = {
    x: {
      title: "Moves significantly in this share of changes",
      labelExpr: SHARE_TICKS,
      domain: [0, Math.min(1, 1.15 * Math.max(...powers))],
    },
    y: {
      title: "Correlation with true effects on sales",
      labelExpr: AMOUNT_TICKS,
      domain: [Math.min(...rhos) - room, Math.max(...rhos) + room],
    },
    width: PLOT_WIDTH,
    height: HEIGHT,
  };
  const names = besidePoints(
    plot,
    marked.map(({ name, power, rho }) => ({ x: power, y: rho, text: shortened(shown(name), NAME_COLUMNS) })),
    // The front runs down at the right.
    "left",
  );
  const layers = [
    rules(plot, [{ x: 0, x2: plot.x.domain[1], y: 0 }], { color: COLOURS.quiet, strokeDash: [4, 4] }),
    line(
      plot,
      front.map(({ power, rho }) => ({ x: power, y: rho })),
      { color: COLOURS.treatment, strokeWidth: 3 },
    ),
    rules(
      plot,
      names.filter(({ isMoved }) => isMoved).map(({ x, y, labelY }) => ({ x, y, y2: labelY })),
      { color: COLOURS.control, strokeWidth: 1 },
    ),
    dots(
      plot,
      marked.map(({ name, power, rho }) => ({
        x: power,
        y: rho,
        what: `${name}: correlation ${amount(rho)}, moves in ${percent(power)}`,
      })),
      { color: COLOURS.ink, shape: "diamond", size: 110 },
    ),
    ...(["left", "right"] as const).map((align) =>
      words(
        plot,
        names.filter((each) => each.align === align).map(({ x, labelY, text }) => ({ x, y: labelY, text })),
        { align, dx: align === "left" ? BESIDE : -BESIDE },
      ),
    ),
  ];
  return chart(
    {
      finding: proxyFrontHeadline(result),
      detail: `In tests of ${units(n)} units per arm; the line: composites that cannot move more easily without going less with sales. Only height is merit: what is far right but low moves, and tells little`,
      description: marked
        .map(({ name, rho, power }) => `${name}: correlation ${amount(rho)}, moves in ${percent(power)}.`)
        .join(" "),
    },
    { width: plot.width, height: plot.height, layer: drawnLayers(layers) },
  );
}
