/** Two-sided type I error of a test. */
export const DEFAULT_ALPHA = 0.05;
/** Probability of detecting the planned effect. */
export const DEFAULT_POWER = 0.8;
/**
 * The p-value below which a check of the experiment itself (sample ratio, balance, A/A tests) raises an alarm: far below
 * alpha, since an alarm that stops a platform should seldom be false. Fabijan et al. (2019).
 */
export const DEFAULT_ALARM_THRESHOLD = 0.001;
/** Coverage of intervals, 1 − alpha. */
export const DEFAULT_CONFIDENCE_LEVEL = 0.95;
