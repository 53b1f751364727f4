/** What every test at a fixed size assumes of its units. */
export const INDEPENDENT_UNITS =
  "Units are independent of each other, and the test is read once, at the planned size.";
