import type { MetricArms } from "./effect-under-test.ts";
import { type MarginOptions, type MarginTest, marginTest } from "./margin-test.ts";

export type NonInferiorityOptions = MetricArms & MarginOptions;

/** What `testNonInferiority` finds. */
export interface NonInferiorityTest extends MarginTest<"non-inferiority-test"> {
  /** Whether a treatment worse by the margin or more is ruled out. */
  readonly nonInferior: boolean;
}

/**
 * Tests whether the treatment is not worse than the control by a margin: the reading of a guardrail.
 *
 * H0: the treatment is worse by the margin or more. H1: it is less worse than that, or better. The interval beside it
 * is the two-sided one at 1 − 2 alpha, which lies wholly on the better side of the null value exactly when the test
 * rejects.
 *
 * - Proportions: the score test with the restricted maximum-likelihood rates of Farrington and Manning, dual to the
 *   intervals of Mee (difference), Koopman (lift) and the score interval of the odds ratio; with the test
 *   `miettinen-nurminen` its variance is N/(N − 1) times as large, in the test and the intervals.
 * - Means: Welch's t of the difference, or on the lift scale of m₂ − R m₁ with R = 1 + the null value and Welch's degrees
 *   of freedom of the difference, dual to Fieller's set. A set with a gap, beside a control mean that cannot be told
 *   from 0, settles nothing; a control mean at or below 0 and arms without variance leave the test undetermined.
 * - Ratios: the same by the delta method, whose statistic is taken for normal.
 * - Counts: the score test with the restricted rates of Poisson counts, dual to the intervals of `compareCounts`; with the
 *   test `quasi-poisson` its variance is times the dispersion, and the statistic is Student's t.
 *
 * @param options.control - the control arm, `{ n, conversions }`, `{ n, mean, variance }`, `{ n, events, variance }` with
 *   the variance where it is known, or the fields of a ratio
 * @param options.treatment - the treatment arm, of the same kind
 * @param options.margin - tolerated worsening on the scale of the effect, above 0: rates and means on their own scale,
 *   a lift as a share of the control, odds as a share of the control's odds; below 1 for a difference of rates, and for
 *   a ratio that may fall
 * @param options.scale - `difference` unless said; `lift`; `odds-ratio` for proportions
 * @param options.improvesWhen - `increase` unless said; `decrease` where less is better, such as refunds or load time
 * @param options.alpha - one-sided type I error, below 0.5; 0.05 unless said
 * @param options.test - `score` (proportions), `welch` (means) or `delta` (ratios) unless said; `miettinen-nurminen`,
 *   `pooled`; counts have `quasi-poisson` where both arms have a variance, else `score`, unless said
 * @returns the test, its null value on the scale of the effect, the effect with its interval, and `nonInferior`
 * @throws {DomainError} for a broken arm, a margin on the wrong side of 0 or out of range, or an unknown name
 * @example
 * ```ts
 * import { testNonInferiority } from "microlift";
 * const checkout = testNonInferiority({
 *   control: { n: 20_000, conversions: 2400 },
 *   treatment: { n: 20_000, conversions: 2380 },
 *   margin: 0.05,
 *   scale: "lift",
 * });
 * checkout.nonInferior; // false
 * checkout.pValue; // 0.0569
 * ```
 * Farrington and Manning (1990); Miettinen and Nurminen (1985); Welch (1947); Fieller (1954); Deng, Knoblich and Lu
 * (2018); Gu, Ng, Tang and Schucany (2008).
 */
export function testNonInferiority(options: NonInferiorityOptions): NonInferiorityTest {
  const { figures, shown } = marginTest("non-inferiority-test", options, "worse");
  return { ...figures, nonInferior: shown };
}
