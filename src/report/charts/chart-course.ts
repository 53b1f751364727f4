import type { ConfidenceSequenceCourse } from "../../sequential/confidence-sequence-course.ts";
import { courseFinding, courseScale, lookName, onceSentence } from "../describe-course.ts";
import { percent, span } from "../figures.ts";
import { chart, COLOURS } from "./chart.ts";
import { AMOUNT_TICKS, effectAxis } from "./effect-axis.ts";
import { endsOf } from "./interval-parts.ts";
import { drawnLayers } from "./layer.ts";
import { band, dots, endLabels, line, type Plot, PLOT_HEIGHT, PLOT_WIDTH, rules, words } from "./plot.ts";
import type { VegaLiteSpec } from "./vega-lite-spec.ts";
import { wholeTicks } from "./whole-ticks.ts";

/** Of the looks, the last ones decide what part of the line is shown: the first intervals are huge. */
const DECIDING_SHARE = 0.8;
const MARGIN = 0.05;

/** A confidence sequence look by look, beside the intervals that someone who peeks would have believed. */
export function chartCourse(result: ConfidenceSequenceCourse): VegaLiteSpec {
  const { looks, isRate, confidenceLevel, clearAt } = result;
  const { name, of, ends } = courseScale(result);
  const axis = effectAxis(name === "Lift" ? "lift" : "difference", isRate);
  const hasDays = looks[0]!.day !== null;
  const at = looks.map(({ day, control }) => day ?? control.n);
  const intervals = looks.map((look) => of(look));
  const deciding = intervals.slice(Math.floor((1 - DECIDING_SHARE) * looks.length));
  const domain = domainOf([
    0,
    ...deciding.flatMap(({ estimate, running, once }) => [
      ...(estimate === null ? [] : [estimate]),
      ...endsOf(running, ends),
      ...endsOf(once, ends),
    ]),
  ]);
  const inside = (value: number): number => Math.min(Math.max(value, domain[0]), domain[1]);
  const plot: Plot = {
    x: {
      title: hasDays ? "Day" : "Units in control",
      labelExpr: AMOUNT_TICKS,
      domain: [0, at.at(-1)!],
      ...(hasDays ? { values: wholeTicks(0, at.at(-1)!) } : {}),
    },
    y: { title: axis.title, labelExpr: axis.labelExpr, domain },
    width: PLOT_WIDTH,
    height: PLOT_HEIGHT,
  };
  const estimates = intervals.flatMap(({ estimate }, i) =>
    estimate === null || inside(estimate) !== estimate ? [] : [{ x: at[i]!, y: estimate }],
  );
  const ofOnce = (end: "lower" | "upper"): { x: number; y: number }[] =>
    intervals.map(({ once }, i) => ({ x: at[i]!, y: inside(once[end]) }));
  const dashed = { color: COLOURS.proxy, strokeWidth: 1.5, strokeDash: [5, 4] };
  const last = intervals.at(-1)!;
  const clear = clearAt === null ? null : { x: at[clearAt - 1]!, ...intervals[clearAt - 1]! };
  return chart(
    {
      finding: courseFinding(result),
      detail: `${name} by the looks so far, with what none of them rules out (${percent(confidenceLevel)}, however often one looks); dashed: the usual ${percent(confidenceLevel)} interval of a single reading`,
      description: `${onceSentence(result)} ${name} at the last look: ${last.estimate === null ? "unknown" : axis.format(last.estimate)}, ${span(last.running, axis.format, ends)}.`,
    },
    {
      width: plot.width,
      height: plot.height,
      layer: drawnLayers([
        band(
          plot,
          intervals.map(({ running }, i) => ({
            x: at[i]!,
            y: inside(running.lower),
            y2: inside(running.upper),
          })),
          { color: COLOURS.band, opacity: 0.55 },
        ),
        rules(plot, [{ x: 0, x2: at.at(-1)!, y: 0 }], { color: COLOURS.ink, strokeDash: [4, 4] }),
        line(plot, ofOnce("lower"), dashed),
        line(plot, ofOnce("upper"), dashed),
        line(plot, estimates, { color: COLOURS.macro, strokeWidth: 2.5 }),
        ...(looks.length > 20
          ? []
          : [
              dots(
                plot,
                estimates.map((point) => ({ ...point, what: `${name}: ${axis.format(point.y)}` })),
                { shape: "circle", color: COLOURS.macro, size: 45 },
              ),
            ]),
        ...(clear === null
          ? []
          : [
              rules(plot, [{ x: clear.x, y: domain[0], y2: domain[1] }], {
                color: COLOURS.ink,
                strokeWidth: 1,
              }),
              words(plot, [{ x: clear.x, y: domain[0], text: `clear since ${lookName(result, clearAt!)}` }], {
                align: clear.x > at.at(-1)! / 2 ? "right" : "left",
                dx: clear.x > at.at(-1)! / 2 ? -5 : 5,
                dy: -9,
              }),
            ]),
        ...endLabels(plot, [
          {
            y: inside(last.running.upper),
            text: "ruled out by no look",
            symbol: { shape: "square", color: COLOURS.band, size: 140 },
          },
          {
            y: inside(last.once.upper),
            text: "if read only once",
            symbol: { shape: "stroke", color: COLOURS.proxy, filled: false, strokeWidth: 2, size: 120 },
          },
          ...(last.estimate === null
            ? []
            : [
                {
                  y: inside(last.estimate),
                  text: `estimate ${axis.format(last.estimate)}`,
                  symbol: { shape: "circle", color: COLOURS.macro },
                },
              ]),
        ]),
      ]),
    },
  );
}

function domainOf(values: readonly number[]): [number, number] {
  const finite = values.filter((value) => Number.isFinite(value));
  const [lowest, highest] = [Math.min(...finite), Math.max(...finite)];
  const margin = MARGIN * (highest - lowest || 1);
  return [lowest - margin, highest + margin];
}
