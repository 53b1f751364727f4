/** The direction in which a metric gets better. */
export type BetterDirection = "increase" | "decrease";

export const BETTER_DIRECTIONS: readonly BetterDirection[] = ["increase", "decrease"];
