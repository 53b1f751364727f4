import { checkCount } from "../core/checks.ts";
import { DomainError } from "../core/domain-error.ts";

/** As many looks as a design may have. */
export const MOST_LOOKS = 50;
/** Looks that lie closer together see the same data. */
export const SMALLEST_STEP = 1e-6;

/** When the looks are: how many, evenly spaced, or at which shares of the information. */
export interface LookTimesOptions {
  /** Number of looks at equal steps of information, 1 to 50; or `informationRates`, and exactly one of the two. */
  readonly looks?: number | undefined;
  /** Shares of the maximal information at which one looks, increasing, the last of them 1. */
  readonly informationRates?: readonly number[] | undefined;
}

/** The share of the maximal information at each look. */
export function checkedInformationRates({ looks, informationRates }: LookTimesOptions): readonly number[] {
  if ((looks === undefined) === (informationRates === undefined)) {
    throw new DomainError("looks", looks, "must be given, or informationRates, and exactly one of the two");
  }
  if (informationRates === undefined) {
    checkCount("looks", looks!, 1);
    if (looks! > MOST_LOOKS) throw new DomainError("looks", looks, `must be at most ${MOST_LOOKS}`);
    return Array.from({ length: looks! }, (_, k) => (k + 1) / looks!);
  }
  if (
    !Array.isArray(informationRates) ||
    informationRates.length === 0 ||
    informationRates.length > MOST_LOOKS
  ) {
    throw new DomainError("informationRates", informationRates, `must be a list of 1 to ${MOST_LOOKS} rates`);
  }
  informationRates.forEach((rate: number, k) => {
    const before = k === 0 ? 0 : (informationRates[k - 1] as number);
    if (!(Number.isFinite(rate) && rate >= before + SMALLEST_STEP)) {
      const after = k === 0 ? "0" : `the rate before, ${before}`;
      throw new DomainError(
        `informationRates[${k}]`,
        rate,
        `must lie at least ${SMALLEST_STEP} above ${after}`,
      );
    }
  });
  const last = informationRates.length - 1;
  if (informationRates[last] !== 1) {
    throw new DomainError(
      `informationRates[${last}]`,
      informationRates[last],
      "must be 1, since the last look has all of the information",
    );
  }
  return [...informationRates];
}
