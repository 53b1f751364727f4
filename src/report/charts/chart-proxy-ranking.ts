import type { EffortQuadrant, QuadrantCuts } from "../../proxy/effort-quadrant.ts";
import type { ProxyRanking, RankedProxy } from "../../proxy/rank-proxies.ts";
import { rankingHeadline } from "../describe-proxy-ranking.ts";
import { amount, effectFigure, signed, span, times, units } from "../figures.ts";
import { capital } from "../labels.ts";
import { QUADRANT_NAMES } from "../quadrant-names.ts";
import { shortened } from "../shortened.ts";
import { type ChartText, COLORS, shown } from "./chart.ts";
import { domainAround } from "./domain.ts";
import { AMOUNT_TICKS, effectAxis } from "./effect-axis.ts";
import type { Layer } from "./layer.ts";
import { namesBeside } from "./names-beside.ts";
import { band, dots, type Plot, PLOT_WIDTH, plotChart, rules, words, zeroLine } from "./plot.ts";
import { valueRows } from "./value-rows.ts";
import type { VegaLiteSpec } from "./vega-lite-spec.ts";
import { expm1 } from "../../numerics/elementary/expm1.ts";

const HEIGHT = 340;
/** So many candidates a picture has room for. */
const MOST = 20;
const NAME_COLUMNS = 24;
const MARGIN = 0.12;

/** Candidates by what they gain and what they take; by gain alone where nobody said what they take. */
export function chartProxyRanking(result: ProxyRanking): VegaLiteSpec {
  const text: ChartText = {
    finding: rankingHeadline(result),
    detail: detailOf(result),
    description: inWords(result),
  };
  return result.cuts === null ? byGain(result, text) : matrix(result, text);
}

/** What a candidate is good for by itself: more than waiting for sales, less, or nothing at all. */
type Standing = "gains" | "below-waiting" | "misleads";

function standingOf({ proxyQuality, potential, ratioToWaiting }: RankedProxy): Standing {
  if (!(proxyQuality > 0 && potential > 0)) return "misleads";
  return ratioToWaiting !== null && ratioToWaiting > 1 ? "gains" : "below-waiting";
}

const MARKS: Readonly<Record<Standing, object>> = {
  gains: { color: COLORS.treatment, shape: "circle", size: 90 },
  "below-waiting": { fill: "white", stroke: COLORS.treatment, strokeWidth: 2, shape: "circle", size: 80 },
  misleads: { fill: "white", stroke: COLORS.proxy, strokeWidth: 2, shape: "cross", size: 110 },
};

function byGain(result: ProxyRanking, text: ChartText): VegaLiteSpec {
  const { at, format, labelExpr, title, isGain } = potentialScale(result);
  return valueRows(
    text,
    result.ranking.slice(0, MOST).map((each) => ({
      name: each.name,
      figure: `${format(each.potential)}${each.ratioToWaiting === null ? "" : `, ${times(each.ratioToWaiting)} of waiting`}`,
      value: at(each.potential),
      interval:
        isGain && each.gainInterval !== null
          ? { lower: at(each.gainInterval.lower), upper: at(each.gainInterval.upper) }
          : null,
      isDoubtful: standingOf(each) !== "gains",
    })),
    { title, labelExpr, reference: { value: 0, name: "no gain" } },
  );
}

function matrix(result: ProxyRanking, text: ChartText): VegaLiteSpec {
  const scale = potentialScale(result);
  const candidates = result.ranking.slice(0, MOST).map((each) => ({
    name: each.name,
    x: each.effort!,
    y: scale.at(each.potential),
    figures: `${scale.format(each.potential)}, effort ${amount(each.effort!)}`,
    standing: standingOf(each),
  }));
  const cuts = { effort: result.cuts!.effort, potential: scale.at(result.cuts!.potential) };
  const plot: Plot = {
    x: {
      title: "Effort",
      labelExpr: AMOUNT_TICKS,
      domain: domainAround([cuts.effort, ...candidates.map(({ x }) => x)], MARGIN),
    },
    y: {
      title: scale.title,
      labelExpr: scale.labelExpr,
      domain: domainAround([0, cuts.potential, ...candidates.map(({ y }) => y)], MARGIN),
    },
    width: PLOT_WIDTH,
    height: HEIGHT,
  };
  const layers = [...quadrants(plot, cuts), ...candidateLayers(plot, candidates)];
  return plotChart(text, plot, layers);
}

/** The four fields and their names in the corners. */
function quadrants(plot: Plot, { effort, potential }: QuadrantCuts): Layer[] {
  const [left, right] = plot.x.domain;
  const [bottom, top] = plot.y.domain;
  const corner = (quadrant: EffortQuadrant, isRight: boolean, isTop: boolean): Layer =>
    words(
      plot,
      [{ x: isRight ? right : left, y: isTop ? top : bottom, text: capital(QUADRANT_NAMES[quadrant]) }],
      {
        align: isRight ? "right" : "left",
        dx: isRight ? -6 : 6,
        dy: isTop ? 11 : -11,
        fontWeight: 600,
        color: COLORS.quiet,
      },
    );
  return [
    band(
      plot,
      [effort, right].map((x) => ({ x, y: bottom, y2: potential })),
      { color: COLORS.grid, opacity: 0.7 },
    ),
    rules(
      plot,
      [
        { x: effort, y: bottom, y2: top },
        { x: left, x2: right, y: potential },
      ],
      { color: COLORS.control, strokeWidth: 1 },
    ),
    ...(bottom < 0 && potential !== 0 ? [zeroLine(plot)] : []),
    corner("quickWin", false, true),
    corner("bigBet", true, true),
    corner("fillIn", false, false),
    corner("avoid", true, false),
  ];
}

interface Candidate {
  readonly name: string;
  readonly x: number;
  readonly y: number;
  readonly figures: string;
  readonly standing: Standing;
}

function candidateLayers(plot: Plot, candidates: readonly Candidate[]): Layer[] {
  const marks = (standing: Standing): Layer =>
    dots(
      plot,
      candidates
        .filter((each) => each.standing === standing)
        .map(({ name, x, y, figures }) => ({ x, y, what: `${name}: ${figures}` })),
      MARKS[standing],
    );
  return namesBeside(
    plot,
    candidates.map(({ name, x, y, standing }) => ({
      x,
      y,
      text: `${shortened(shown(name), NAME_COLUMNS)}${standing === "misleads" ? " (misleads)" : ""}`,
    })),
    (["gains", "below-waiting", "misleads"] as const).map(marks),
  );
}

/** How potentials are read: as lifts or differences of sales in a year, or in money. */
interface PotentialScale {
  readonly at: (potential: number) => number;
  readonly format: (potential: number) => string;
  readonly labelExpr: string;
  readonly title: string;
  /** Intervals are of gains: where potentials are money they have no place beside them. */
  readonly isGain: boolean;
}

function potentialScale({ ranking, scale, counting }: ProxyRanking): PotentialScale {
  const isGain = ranking.every(
    ({ potential, gainPerYear, gainWithinYear }) =>
      potential === (counting === "year-of-testing" ? gainPerYear : gainWithinYear),
  );
  if (!isGain) {
    return { at: (value) => value, format: signed, labelExpr: AMOUNT_TICKS, title: "Worth a year", isGain };
  }
  const isLift = scale === "log-lift";
  return {
    at: isLift ? expm1 : (gain) => gain,
    format: effectFigure(scale),
    labelExpr: effectAxis(isLift ? "lift" : "difference", true).labelExpr,
    title: "Gain of sales in a year",
    isGain,
  };
}

function detailOf(result: ProxyRanking): string {
  const { n, ranking, cuts } = result;
  const more = ranking.length > MOST ? [`the first ${MOST} of ${ranking.length}`] : [];
  const has = (standing: Standing): boolean => ranking.some((each) => standingOf(each) === standing);
  const open = `open ${cuts === null ? "bars" : "circles"} gain less than waiting for sales does`;
  const mark = [
    ...(has("below-waiting") ? [open] : []),
    ...(has("misleads")
      ? [
          cuts === null
            ? "bars that do not rise above 0 mislead"
            : "crosses mislead: sales gain nothing by them",
        ]
      : []),
  ];
  return [
    `What each gains in a year of tests of ${units(n)} units per arm, deciding alone`,
    cuts === null ? "by rank" : "against what it takes to measure it",
    ...mark,
    ...more,
  ].join("; ");
}

function inWords(result: ProxyRanking): string {
  const { format, isGain } = potentialScale(result);
  return result.ranking
    .slice(0, MOST)
    .map((each) => {
      const range = isGain && each.gainInterval !== null ? ` (${span(each.gainInterval, format)})` : "";
      const quadrant = each.quadrant === null ? "" : `, ${QUADRANT_NAMES[each.quadrant]}`;
      return `${each.name}: ${format(each.potential)}${range}${quadrant}${standingOf(each) === "misleads" ? ", misleads" : ""}.`;
    })
    .join(" ");
}
