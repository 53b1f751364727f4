import type { ConfidenceSequenceCourse } from "../../sequential/confidence-sequence-course.ts";
import { courseFinding, courseScale, lookName, onceSentence } from "../describe-course.ts";
import { percent, span } from "../figures.ts";
import { COLORS } from "./chart.ts";
import { dayOrSizeAxis } from "./day-or-size-axis.ts";
import { domainAround, within } from "./domain.ts";
import { effectAxis } from "./effect-axis.ts";
import { endLabels } from "./end-labels.ts";
import { endsOf } from "./interval-parts.ts";
import {
  band,
  dots,
  line,
  type Plot,
  PLOT_HEIGHT,
  PLOT_WIDTH,
  plotChart,
  rules,
  words,
  zeroLine,
} from "./plot.ts";
import type { VegaLiteSpec } from "./vega-lite-spec.ts";

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
  const values = [
    0,
    ...deciding.flatMap(({ estimate, running, once }) => [
      ...(estimate === null ? [] : [estimate]),
      ...endsOf(running, ends),
      ...endsOf(once, ends),
    ]),
  ];
  const domain = domainAround(values.filter(Number.isFinite), MARGIN);
  const inside = (value: number): number => within(domain, value);
  const plot: Plot = {
    x: dayOrSizeAxis(hasDays, at.at(-1)!),
    y: { title: axis.title, labelExpr: axis.labelExpr, domain },
    width: PLOT_WIDTH,
    height: PLOT_HEIGHT,
  };
  const estimates = intervals.flatMap(({ estimate }, i) =>
    estimate === null || inside(estimate) !== estimate ? [] : [{ x: at[i]!, y: estimate }],
  );
  const ofOnce = (end: "lower" | "upper"): { x: number; y: number }[] =>
    intervals.map(({ once }, i) => ({ x: at[i]!, y: inside(once[end]) }));
  const dashed = { color: COLORS.proxy, strokeWidth: 1.5, strokeDash: [5, 4] };
  const last = intervals.at(-1)!;
  const clear = clearAt === null ? null : { x: at[clearAt - 1]!, ...intervals[clearAt - 1]! };
  return plotChart(
    {
      finding: courseFinding(result),
      detail: `${name} by the looks so far, with what none of them rules out (${percent(confidenceLevel)}, however often one looks); dashed: the usual ${percent(confidenceLevel)} interval of a single reading`,
      description: `${onceSentence(result)} ${name} at the last look: ${last.estimate === null ? "unknown" : axis.format(last.estimate)}, ${span(last.running, axis.format, ends)}.`,
    },
    plot,
    [
      band(
        plot,
        intervals.map(({ running }, i) => ({
          x: at[i]!,
          y: inside(running.lower),
          y2: inside(running.upper),
        })),
        { color: COLORS.band, opacity: 0.55 },
      ),
      zeroLine(plot, { color: COLORS.ink, strokeDash: [4, 4] }),
      line(plot, ofOnce("lower"), dashed),
      line(plot, ofOnce("upper"), dashed),
      line(plot, estimates, { color: COLORS.macro, strokeWidth: 2.5 }),
      ...(looks.length > 20
        ? []
        : [
            dots(
              plot,
              estimates.map((point) => ({ ...point, what: `${name}: ${axis.format(point.y)}` })),
              { shape: "circle", color: COLORS.macro, size: 45 },
            ),
          ]),
      ...(clear === null
        ? []
        : [
            rules(plot, [{ x: clear.x, y: domain[0], y2: domain[1] }], {
              color: COLORS.ink,
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
          text: "not ruled out so far",
          symbol: { shape: "square", color: COLORS.band, size: 140 },
        },
        {
          y: inside(last.once.upper),
          text: "if read only once",
          symbol: { shape: "stroke", color: COLORS.proxy, filled: false, strokeWidth: 2, size: 120 },
        },
        ...(last.estimate === null
          ? []
          : [
              {
                y: inside(last.estimate),
                text: `estimate ${axis.format(last.estimate)}`,
                symbol: { shape: "circle", color: COLORS.macro },
              },
            ]),
      ]),
    ],
  );
}
