/** Below so many expected units or events the normal and chi-squared approximations are rough: Cochran (1954). */
export const SMALLEST_EXPECTED_COUNT = 5;
