import { checkCount, checkObject } from "../core/checks.ts";
import { DomainError } from "../core/domain-error.ts";

/** The units that entered on one day: both arms, with what they did since. */
export interface ExposureDay {
  readonly control: CohortArm;
  readonly treatment: CohortArm;
}

/** One arm's units of one day of exposure; a day that is only planned has `n` alone. */
export interface CohortArm {
  /** Units that entered on this day. */
  readonly n: number;
  /** How many of them made the micro conversion, known by the end of the day. */
  readonly micro?: number | undefined;
  /**
   * How many of them had made the macro conversion by the end of this day, of the next one, and so on, as far as it is
   * known: a count that never falls.
   */
  readonly macro?: readonly number[] | undefined;
}

/** More days than any experiment has: each is a look unless said. */
const MOST_DAYS = 1000;

/**
 * Checks the days of exposure where they enter a public function.
 *
 * @throws {DomainError} for no day, a first day without units, or counts that no cohort can have
 */
export function checkExposureDays(field: string, days: readonly ExposureDay[]): void {
  if (!Array.isArray(days) || days.length === 0 || days.length > MOST_DAYS) {
    throw new DomainError(field, days, `must be a list of 1 to ${MOST_DAYS} days`);
  }
  days.forEach((day: ExposureDay, i) => {
    checkObject(`${field}[${i}]`, day);
    for (const arm of ["control", "treatment"] as const) {
      checkCohort(`${field}[${i}].${arm}`, day[arm], i === 0 ? 1 : 0);
    }
  });
  for (const arm of ["control", "treatment"] as const) {
    checkCount(
      `${field} (its total of ${arm})`,
      days.reduce((sum, day: ExposureDay) => sum + day[arm].n, 0),
    );
  }
}

function checkCohort(field: string, cohort: CohortArm, fewest: number): void {
  checkObject(field, cohort);
  const { n, micro, macro } = cohort;
  checkCount(`${field}.n`, n, fewest);
  if (micro !== undefined) {
    checkCount(`${field}.micro`, micro);
    if (micro > n) throw new DomainError(`${field}.micro`, micro, `must be at most n = ${n}`);
  }
  if (macro === undefined) return;
  if (!Array.isArray(macro)) throw new DomainError(`${field}.macro`, macro, "must be a list of counts");
  macro.forEach((count: number, age) => {
    checkCount(`${field}.macro[${age}]`, count);
    if (count > n) throw new DomainError(`${field}.macro[${age}]`, count, `must be at most n = ${n}`);
    if (age > 0 && count < macro[age - 1]) {
      throw new DomainError(
        `${field}.macro[${age}]`,
        count,
        `must be at or above the one before, ${macro[age - 1]}`,
      );
    }
  });
}
