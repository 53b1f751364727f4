import type { Duration } from "../planning/duration-days.ts";
import { type Block, details, lead, title } from "./block.ts";
import { closing } from "./closing.ts";
import { amount, days, units } from "./figures.ts";

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
      ["Units in control", units(result.n)],
      ["Units in all arms", units(result.total)],
      ["Units per day in control", amount(result.unitsPerDay)],
      ["Units per day in all arms", amount(result.totalUnitsPerDay)],
      ["Enrolment", days(enrolmentDays)],
      ["Attribution window", days(attributionDays)],
      ["Together", days(result.days)],
      ["In whole weeks", result.days === Infinity ? null : days(result.wholeWeeksDays, result.wholeWeeks)],
    ]),
    ...closing(result),
  ];
}
