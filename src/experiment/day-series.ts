/**
 * What a day of a series is: `day-of-entry`, the day of the test on which its units entered, or `day-of-exposure`, the
 * number of days since a unit first met the test, from 1.
 */
export type DayBasis = "day-of-entry" | "day-of-exposure";
export const DAY_BASES: readonly DayBasis[] = ["day-of-entry", "day-of-exposure"];
