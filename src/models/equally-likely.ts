import { log1p } from "../numerics/elementary/log1p.ts";

/**
 * Exact tests take an outcome that is likelier than the observed one by at most this share for equally likely, as R's
 * `fisher.test`, `binom.test` and `poisson.test`: ties then survive the rounding of their probabilities.
 */
export const TIE_TOLERANCE = 1e-7;

/** The same on the scale of logs. */
export const LOG_TIE_TOLERANCE: number = /* @__PURE__ */ log1p(TIE_TOLERANCE);
