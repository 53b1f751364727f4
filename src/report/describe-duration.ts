import type { Duration } from "../planning/duration-days.ts";
import type { DurationTable } from "../planning/duration-table.ts";
import { type Block, details, lead, paragraph, picture, table, title } from "./block.ts";
import { closing } from "./closing.ts";
import { amount, change, days, percent, roundShare, units } from "./figures.ts";
import { capital, quoted } from "./labels.ts";
import { POWER_BY_DAY } from "./describe-plan.ts";
import { designDetails } from "./planned-design.ts";
import { ROLES } from "./roles.ts";

/** How long an experiment runs. */
export function describeDuration(result: Duration): Block[] {
  const { attributionDays, enrolmentDays } = result;
  return [
    title("Duration"),
    lead(
      result.days === Infinity
        ? "At this traffic the experiment never reaches its size."
        : `${days(result.days, result.wholeWeeks)}${
            attributionDays > 0
              ? `: ${days(enrolmentDays)} of enrolment, and ${days(attributionDays)} until the last unit's outcome is final`
              : " of enrolment"
          }.`,
    ),
    details([
      ["Units needed in control", units(result.n)],
      ["Units that enter control", result.enrolled === result.n ? null : units(result.enrolled)],
      ["Units that enter all arms", units(result.total)],
      ["Units per day in control", amount(result.unitsPerDay)],
      ["Units per day in all arms", amount(result.totalUnitsPerDay)],
      ["Enrolment", days(enrolmentDays)],
      ["Attribution window", attributionDays === 0 ? null : days(attributionDays)],
      [
        "Share of the conversions seen by then",
        result.observedShare === 1 ? null : percent(result.observedShare),
      ],
      ["Last weekday", result.lastWeekday === null ? null : capital(result.lastWeekday)],
      ["Together", days(result.days)],
      ["In whole weeks", result.days === Infinity ? null : days(result.wholeWeeksDays, result.wholeWeeks)],
    ]),
    ...closing(result),
  ];
}

/** Several metrics on the same traffic. */
export function describeDurationTable(result: DurationTable): Block[] {
  const { rows, powerAtDays } = result;
  return [
    title("Durations side by side"),
    lead(durationTableFinding(result)),
    picture(result),
    table(
      [
        "Metric",
        "Role",
        "Lift",
        "Per arm",
        "Days",
        "Weeks",
        ...powerAtDays.map((day) => `Day ${amount(day)}`),
      ],
      rows.map((row) => [
        row.name,
        ROLES[row.role],
        row.lift === null ? amount(row.difference) : change(row.lift),
        units(row.control, "unreachable"),
        row.days === Infinity ? "never" : amount(row.days),
        row.days === Infinity ? "never" : amount(row.wholeWeeks),
        ...row.powerByDay.map(({ power }) => roundShare(power)),
      ]),
      2,
    ),
    paragraph(POWER_BY_DAY),
    ...(rows.some(({ role }) => role === "proxy") ? [paragraph(NO_VERDICT)] : []),
    details(designDetails({ ...result, varianceFactor: 1, method: result.method })),
    ...closing(result),
  ];
}

/** How long the most important metric takes. */
export function durationTableFinding({ rows }: DurationTable): string {
  const macro = rows.find(({ role }) => role === "macro") ?? rows[0]!;
  return macro.days === Infinity
    ? `At this traffic ${quoted(macro.name)} never reaches its size.`
    : `${quoted(macro.name)} takes ${days(macro.days, macro.wholeWeeks)}.`;
}

export const NO_VERDICT: string =
  "That a proxy shows a change sooner is no merit by itself: whether it decides sooner about sales depends on how closely the true changes of both go together.";
