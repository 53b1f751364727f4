/** Microseconds of a day of 24 hours: statements count time in microseconds since 1970. */
export const DAY_MICROS = 86_400_000_000;
