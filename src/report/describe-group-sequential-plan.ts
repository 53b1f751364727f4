import type { EffectStretch, GroupSequentialBoundaries } from "../sequential/group-sequential-boundaries.ts";
import type { GroupSequentialPower } from "../sequential/group-sequential-power.ts";
import type { GroupSequentialSampleSize } from "../sequential/sample-size-for-group-sequential.ts";
import { type Block, details, lead, section, table, title } from "./block.ts";
import { closing } from "./closing.ts";
import { amount, chance, change, percent, points, signed, times, units } from "./figures.ts";

/** Which effects would stop a group-sequential test at each look. */
export function describeGroupSequentialBoundaries(result: GroupSequentialBoundaries): Block[] {
  const { looks, method, baseline } = result;
  const format = method === "score" ? points : signed;
  const hasFutility = looks.some(({ futility }) => futility !== null);
  const last = looks.at(-1)!;
  return [
    title("Effects that stop the test"),
    lead(
      `At the last look the test finds a lift of ${stopsAt(last.efficacy, ({ lift }) => change(lift))}; at earlier looks it takes more.`,
    ),
    table(
      ["Look", "Units in control", "Lift", "Difference", ...(hasFutility ? ["Gives up at a lift of"] : [])],
      looks.map((look, i) => [
        String(i + 1),
        units(look.control),
        stopsAt(look.efficacy, ({ lift }) => change(lift)),
        stopsAt(look.efficacy, ({ difference }) => format(difference)),
        ...(hasFutility ? [i === looks.length - 1 ? "-" : givesUp(look.futility)] : []),
      ]),
    ),
    details([
      [
        method === "score" ? "Rate of control" : "Mean of control",
        method === "score" ? percent(baseline) : amount(baseline),
      ],
      ["n of treatment over n of control", result.allocation === 1 ? null : amount(result.allocation)],
      ["Test", method],
    ]),
    ...closing(result),
  ];
}

type End = NonNullable<EffectStretch["lower"]>;

function stopsAt({ lower, upper }: EffectStretch, format: (end: End) => string): string {
  const ends = [lower, upper].flatMap((end) =>
    end === null ? [] : [Number.isFinite(end.lift) ? format(end) : "no size"],
  );
  return ends.join(" or ");
}

function givesUp(stretch: EffectStretch | null): string {
  if (stretch === null) return "-";
  const { lower, upper } = stretch;
  if (lower === null) return upper === null ? "-" : `${change(upper.lift)} or less`;
  return upper === null ? `${change(lower.lift)} or more` : `${change(lower.lift)} to ${change(upper.lift)}`;
}

/** How a group-sequential test does under some effect. */
export function describeGroupSequentialPower(result: GroupSequentialPower): Block[] {
  const { power, effectRatio, looks, expectedSize, futilityProbability, farTail } = result;
  const effect = effectRatio === 0 ? "no effect" : `${times(effectRatio)} the planned effect`;
  return [
    title("Power of a group-sequential test"),
    lead(
      `With ${effect} the test finds a difference in ${chance(power)} of cases, and needs ${times(expectedSize.ofFixed)} the units of a test that is read once.`,
    ),
    table(
      ["Look", "Share of the units", "Reached", "Found there", "Found so far", "Given up there"],
      looks.map((look, i) => [
        String(i + 1),
        percent(look.information),
        chance(look.reached),
        chance(look.rejection),
        chance(look.cumulativeRejection),
        chance(look.futility),
      ]),
    ),
    details([
      ["Found in the wrong direction", chance(farTail)],
      ["Given up for futility", futilityProbability === 0 ? null : chance(futilityProbability)],
      ["Units on average, of the largest number", percent(expectedSize.ofMaximum)],
      ["Boundaries", result.method],
    ]),
    ...closing(result),
  ];
}

/** How many units a group-sequential test needs, at most and on average. */
export function describeGroupSequentialSampleSize(result: GroupSequentialSampleSize): Block[] {
  const { control, treatment, total, looks, expected, inflation } = result;
  return [
    title("Sample size of a group-sequential test"),
    lead(
      `At most ${units(control)} units in control and ${units(treatment)} in treatment, ${units(total)} in all; on average ${units(expected.alternative.total)} in all if the planned effect is real.`,
    ),
    table(
      ["Look", "Units in control", "Units in treatment", "Units in all"],
      looks.map((look, i) => [String(i + 1), units(look.control), units(look.treatment), units(look.total)]),
    ),
    section("On average"),
    table(
      ["", "Units in control", "Units in treatment", "Units in all"],
      [
        ["Without any effect", ...averages(expected.null)],
        ["With half of the planned effect", ...averages(expected.halfway)],
        ["With the planned effect", ...averages(expected.alternative)],
      ],
    ),
    details([
      ["Largest number, of a test that is read once", times(inflation)],
      ["Boundaries", result.method],
    ]),
    ...closing(result),
  ];
}

function averages(sizes: {
  readonly control: number;
  readonly treatment: number;
  readonly total: number;
}): string[] {
  return [units(sizes.control), units(sizes.treatment), units(sizes.total)];
}
