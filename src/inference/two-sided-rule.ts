/**
 * Which outcomes a two-sided exact test counts as at least as extreme: those no likelier than the observed one, or
 * (`central`) twice the smaller tail, at most 1.
 */
export type TwoSidedRule = "minimum-likelihood" | "central";

export const TWO_SIDED_RULES: readonly TwoSidedRule[] = ["minimum-likelihood", "central"];
