import type {
  ConfidenceSequenceCourse,
  CourseEstimate,
  CourseLook,
} from "../sequential/confidence-sequence-course.ts";
import { type Block, details, lead, paragraph, picture, table, title } from "./block.ts";
import { closing, lookedFor, undetermined } from "./closing.ts";
import {
  amount,
  change,
  type Ends,
  LIFT_ENDS,
  percent,
  pFigure,
  points,
  RATE_DIFFERENCE_ENDS,
  REAL_ENDS,
  signed,
  span,
  units,
} from "./figures.ts";

/** Looks that fit on a page; of more, every so many are shown. */
const MOST_ROWS = 12;

/** How a confidence sequence moved from look to look. */
export function describeConfidenceSequenceCourse(result: ConfidenceSequenceCourse): Block[] {
  const { looks } = result;
  const { name, of, format, ends } = courseScale(result);
  const step = Math.ceil(looks.length / MOST_ROWS);
  const hasDays = looks[0]!.day !== null;
  return [
    title("Course of a confidence sequence"),
    lead(courseFinding(result)),
    picture(result),
    paragraph(`${onceSentence(result)} p is always valid.`),
    table(
      [hasDays ? "Day" : "Look", "In control", name, "However often read", "If read only once", "p"],
      looks.flatMap((look, i) => {
        if ((looks.length - 1 - i) % step !== 0) return [];
        const { estimate, running, once } = of(look);
        return [
          [
            look.day === null ? String(i + 1) : amount(look.day),
            units(look.control.n),
            estimate === null ? "unknown" : format(estimate),
            span(running, format, ends),
            span(once, format, ends),
            pFigure(look.pValue, look.logPValue),
          ],
        ];
      }),
    ),
    details([
      ["Looks", amount(looks.length)],
      ["Coverage, at all looks together", percent(result.confidenceLevel)],
      ["The test looks for", lookedFor(result.alternative)],
      ["Method", result.method],
    ]),
    ...closing(result),
  ];
}

/** The scale on which a course is told: the lift, or the difference where there is no lift at the last look. */
export function courseScale({ looks, isRate }: ConfidenceSequenceCourse): {
  readonly name: "Lift" | "Difference";
  readonly of: (look: CourseLook) => CourseEstimate;
  readonly format: (value: number) => string;
  readonly ends: Ends;
} {
  const { estimate } = looks.at(-1)!.lift;
  if (estimate !== null && estimate < Infinity) {
    return { name: "Lift", of: ({ lift }) => lift, format: change, ends: LIFT_ENDS };
  }
  return {
    name: "Difference",
    of: ({ difference }) => difference,
    format: isRate ? points : (value) => signed(value),
    ends: isRate ? RATE_DIFFERENCE_ENDS : REAL_ENDS,
  };
}

/** When the sequence became clear, and what it says now. */
export function courseFinding(result: ConfidenceSequenceCourse): string {
  const { looks, clearAt } = result;
  const { name, of, format, ends } = courseScale(result);
  const last = looks.at(-1)!;
  if (last.status === "undetermined") return undetermined(result.warnings, "The difference");
  const now = `the ${name.toLowerCase()} is ${span(of(last).running, format, ends)}`;
  if (clearAt === null) return `No clear difference after ${lookCount(looks.length)}: ${now}.`;
  const { lower } = looks[clearAt - 1]!.difference.running;
  return `The treatment is ${lower > 0 ? "higher" : "lower"}, and has been clearly so since ${lookName(result, clearAt)}: ${now}, however often one looked.`;
}

/** What a reader of usual intervals would have believed. */
export function onceSentence(result: ConfidenceSequenceCourse): string {
  const { clearAt, clearOnceAt, confidenceLevel } = result;
  const usual = `The usual ${percent(confidenceLevel)} interval, which is for one reading only,`;
  if (clearOnceAt === null) return `${usual} showed no difference at any look either.`;
  if (clearAt === clearOnceAt) return `${usual} showed the difference at the same look.`;
  return `${usual} showed a difference by ${lookName(result, clearOnceAt)}${clearAt === null ? "" : " already"}. Whoever reads it at every look and stops there is misled far more often than in ${percent(1 - confidenceLevel)} of tests.`;
}

/** A look by its day, or by its number where no days were given. */
export function lookName({ looks }: ConfidenceSequenceCourse, number: number): string {
  const { day } = looks[number - 1]!;
  return day === null ? `look ${number}` : `day ${amount(day)}`;
}

function lookCount(count: number): string {
  return count === 1 ? "one look" : `${count} looks`;
}
