import type { DetectableLiftCurve } from "../planning/detectable-lift-curve.ts";
import type { PowerCurveByDay } from "../planning/power-curve-by-day.ts";
import type { PowerCurve } from "../planning/power-curve.ts";
import { type Block, details, lead, paragraph, picture, table, title } from "./block.ts";
import { closing } from "./closing.ts";
import { NO_VERDICT } from "./describe-duration.ts";
import { POWER_BY_DAY } from "./describe-plan.ts";
import { amount, change, percent, roundShare, units } from "./figures.ts";
import { quoted } from "./labels.ts";
import { designDetails } from "./planned-design.ts";
import { ROLES } from "./roles.ts";

/** Columns that fit on a page beside the metric. */
const COLUMNS = 5;

/** Power against the size of the test. */
export function describePowerCurve(result: PowerCurve): Block[] {
  const { curves, targetPower } = result;
  return [
    title("Power by size"),
    lead(powerCurveFinding(result)),
    picture(result),
    table(
      ["Metric", "Role", "Lift", "Per arm", ...fewOf(curves[0]!.points).map(({ n }) => `At ${units(n)}`)],
      curves.map((curve) => [
        curve.name,
        ROLES[curve.role],
        curve.lift === null ? amount(curve.difference) : change(curve.lift),
        units(curve.control, "unreachable"),
        ...fewOf(curve.points).map(({ power }) => roundShare(power)),
      ]),
      2,
    ),
    paragraph(
      `Under a number of units in control stands the power of a test of that size. Per arm are the units in control for ${percent(targetPower)}.`,
    ),
    details(designDetails({ ...result, varianceFactor: 1 })),
    ...closing(result),
  ];
}

/** The size that the most important metric needs. */
export function powerCurveFinding({ curves, targetPower }: PowerCurve): string {
  const { name, control, lift, difference } = curves.find(({ role }) => role === "macro") ?? curves[0]!;
  const effect = lift === null ? `a difference of ${amount(difference)}` : `a lift of ${change(lift)}`;
  return control === Infinity
    ? `No number of units finds ${effect} on ${quoted(name)}.`
    : `${units(control)} units in control find ${effect} on ${quoted(name)} in ${percent(targetPower)} of cases.`;
}

/** Power against days. */
export function describePowerCurveByDay(result: PowerCurveByDay): Block[] {
  const { rows } = result;
  return [
    title("Power by day"),
    lead(powerByDayFinding(result)),
    picture(result),
    table(
      ["Metric", "Role", "Lift", "Days", ...fewOf(result.powerAtDays).map((day) => `Day ${amount(day)}`)],
      rows.map((row) => [
        row.name,
        ROLES[row.role],
        row.lift === null ? amount(row.difference) : change(row.lift),
        row.days === Infinity ? "never" : amount(row.days),
        ...fewOf(row.powerByDay).map(({ power }) => roundShare(power)),
      ]),
      2,
    ),
    paragraph(POWER_BY_DAY),
    ...(rows.some(({ role }) => role === "proxy") ? [paragraph(NO_VERDICT)] : []),
    details(designDetails({ ...result, varianceFactor: 1 })),
    ...closing(result),
  ];
}

/** The days that the most important metric needs. */
export function powerByDayFinding({
  rows,
  targetPower,
}: Pick<PowerCurveByDay, "rows" | "targetPower">): string {
  const { name, days } = rows.find(({ role }) => role === "macro") ?? rows[0]!;
  return days === Infinity
    ? `At this traffic ${quoted(name)} never reaches a power of ${percent(targetPower)}.`
    : `${quoted(name)} reaches a power of ${percent(targetPower)} on day ${amount(Math.ceil(days))}.`;
}

/** The smallest detectable effect against size or days. */
export function describeDetectableLiftCurve(result: DetectableLiftCurve): Block[] {
  const { curves, targetPower } = result;
  const isByDay = curves[0]!.points[0]!.day !== null;
  return [
    title(
      isByDay ? "Smallest lift that the test finds, by day" : "Smallest lift that the test finds, by size",
    ),
    lead(detectableFinding(result)),
    picture(result),
    table(
      [
        "Metric",
        "Role",
        ...fewOf(curves[0]!.points).map(({ n, day }) =>
          day === null ? `At ${units(n)}` : `Day ${amount(day)}`,
        ),
      ],
      curves.map(({ name, role, points }) => [name, ROLES[role], ...fewOf(points).map(smallest)]),
      2,
    ),
    paragraph(
      `${isByDay ? "Under a day" : "Under a number of units in control"} stands the lift that is found in ${percent(targetPower)} of cases; what is smaller is missed more often.`,
    ),
    details(designDetails({ ...result, varianceFactor: 1 })),
    ...closing(result),
  ];
}

/** What is found at the end. */
export function detectableFinding({ curves, targetPower }: DetectableLiftCurve): string {
  const { name, points } = curves.find(({ role }) => role === "macro") ?? curves[0]!;
  const last = points.at(-1)!;
  const at = last.day === null ? `With ${units(last.n)} units in control` : `By day ${amount(last.day)}`;
  return last.difference === null
    ? `${at} the test of ${quoted(name)} finds no effect in ${percent(targetPower)} of cases, however large.`
    : `${at} the test of ${quoted(name)} finds ${last.lift === null ? "a difference" : "a lift"} of ${smallest(last)} in ${percent(targetPower)} of cases.`;
}

function smallest({ lift, difference }: DetectableLiftCurve["curves"][number]["points"][number]): string {
  if (lift !== null) return change(lift);
  return difference === null ? "none" : amount(difference);
}

/** Evenly chosen, the last among them. */
function fewOf<T>(points: readonly T[]): T[] {
  const step = Math.ceil(points.length / COLUMNS);
  return points.filter((_, i) => (points.length - 1 - i) % step === 0);
}
