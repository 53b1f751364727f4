/** Two-sided type I error of a test. */
export const DEFAULT_ALPHA = 0.05;
/** Probability of detecting the planned effect. */
export const DEFAULT_POWER = 0.8;
/** Coverage of intervals, 1 − alpha. */
export const DEFAULT_CONFIDENCE_LEVEL = 0.95;
