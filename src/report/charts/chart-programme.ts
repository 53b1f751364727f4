import type { ProgrammeGain } from "../../proxy/programme-gain.ts";
import type { ProgrammePolicy } from "../../proxy/programme-policy.ts";
import { programmeHeadline } from "../describe-programme.ts";
import { amount, intervalName, units } from "../figures.ts";
import { COLORS } from "./chart.ts";
import { effectDomain } from "./effect-domain.ts";
import { endLabels } from "./end-labels.ts";
import type { Layer } from "./layer.ts";
import { logAxis, onLogAxis } from "./log-axis.ts";
import { band, dots, line, type Plot, PLOT_HEIGHT, PLOT_WIDTH, plotChart, zeroLine } from "./plot.ts";
import { readScale } from "./read-scale.ts";
import type { VegaLiteSpec } from "./vega-lite-spec.ts";

const STYLES: Readonly<
  Record<ProgrammePolicy, { readonly name: string; readonly line: object; readonly symbol: object }>
> = {
  "wait-for-sales": {
    name: "Waiting for sales",
    line: { color: COLORS.ink, strokeWidth: 2 },
    symbol: { color: COLORS.ink, shape: "square", size: 80 },
  },
  "trust-the-proxy": {
    name: "Trusting the proxy",
    line: { color: COLORS.proxy, strokeWidth: 2.5, strokeDash: [2, 3] },
    symbol: { color: COLORS.proxy, shape: "circle", size: 80 },
  },
  assisted: {
    name: "Both together",
    line: { color: COLORS.macro, strokeWidth: 2.5, strokeDash: [9, 4] },
    symbol: { color: COLORS.macro, shape: "diamond", size: 110 },
  },
};

/** What a year gains under each policy, against the size of its tests. */
export function chartProgramme(result: ProgrammeGain): VegaLiteSpec {
  const { curve, policies, counting } = result;
  const scale = readScale(result.scale);
  const lines = policies.map(({ policy, best }, i) => ({
    policy,
    points: curve.map(({ n, gains }) => ({ x: onLogAxis(n), y: scale.at(gains[i]!.gain) })),
    intervals: curve.flatMap(({ n, gains }) => {
      const { interval } = gains[i]!;
      return interval === null
        ? []
        : [{ x: onLogAxis(n), y: scale.at(interval.lower), y2: scale.at(interval.upper) }];
    }),
    best: {
      n: best.n,
      gain: counting === "year-of-testing" ? best.gainPerYear : best.gainWithinYear,
    },
  }));
  const [first, last] = [curve[0]!.n, curve.at(-1)!.n];
  const plot: Plot = {
    x: logAxis("Units per arm of a test", first, last),
    y: {
      title: "Gain of sales in the year",
      labelExpr: scale.axis.labelExpr,
      domain: effectDomain(
        lines.flatMap(({ intervals }) => intervals.flatMap(({ y, y2 }) => [y, y2])),
        [0, ...lines.flatMap(({ points }) => points.map(({ y }) => y))],
      ),
    },
    width: PLOT_WIDTH,
    height: PLOT_HEIGHT,
  };
  const trusting = lines.find(({ policy }) => policy === "trust-the-proxy")!;
  const layers: Layer[] = [
    // One band is readable, three are not: that of the policy that rests on the proxy alone.
    band(plot, trusting.intervals, { color: COLORS.proxy, opacity: 0.16, interpolate: "monotone" }),
    zeroLine(plot),
    ...lines.map(({ policy, points }) =>
      line(plot, points, { ...STYLES[policy].line, interpolate: "monotone" }),
    ),
    ...lines.map(({ policy, best: { n, gain } }) =>
      dots(
        plot,
        n <= last
          ? [{ x: onLogAxis(n), y: scale.at(gain), what: bestOf(policy, n, scale.format(gain)) }]
          : [],
        STYLES[policy].symbol,
      ),
    ),
    ...endLabels(
      plot,
      lines.map(({ policy, points }) => ({
        y: points.at(-1)!.y,
        text: STYLES[policy].name,
        symbol: STYLES[policy].symbol,
      })),
    ),
  ];
  const interval = curve[0]!.gains[0]!.interval;
  return plotChart(
    {
      finding: programmeHeadline(result),
      detail: [
        `By the size of the tests, with ${amount(result.ideasPerYear)} ideas a year; each mark the size that gains most`,
        interval === null
          ? "what is assumed of true changes is taken as known"
          : `shaded: trusting the proxy, ${intervalName(interval)}, given past experiments`,
      ].join("; "),
      description: lines
        .map(({ policy, best: { n, gain } }) => bestOf(policy, n, scale.format(gain)))
        .join(" "),
    },
    plot,
    layers,
  );
}

function bestOf(policy: ProgrammePolicy, n: number, gain: string): string {
  return `${STYLES[policy].name} gains most at ${units(n)} units per arm: ${gain}.`;
}
