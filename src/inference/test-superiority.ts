import type { MetricArms } from "./effect-under-test.ts";
import { type MarginOptions, type MarginTest, marginTest } from "./margin-test.ts";

export type SuperiorityOptions = MetricArms & MarginOptions;

/** What `testSuperiority` finds. */
export interface SuperiorityTest extends MarginTest<"superiority-test"> {
  /** Whether the treatment is shown to be better by more than the margin. */
  readonly superior: boolean;
}

/**
 * Tests whether the treatment is better than the control by more than a margin, such as by more than a change costs.
 *
 * H0: the treatment is better by the margin at most. H1: it is better by more. Tests, intervals and options are those of
 * `testNonInferiority`, with the margin on the other side of no effect.
 *
 * @param options.control - the control arm, `{ n, conversions }`, `{ n, mean, variance }`, `{ n, events, variance }` with
 *   the variance where it is known, or the fields of a ratio
 * @param options.treatment - the treatment arm, of the same kind
 * @param options.margin - improvement to be exceeded on the scale of the effect, above 0; below 1 for a difference of
 *   rates, and for a ratio that should fall
 * @param options.scale - `difference` unless said; `lift`; `odds-ratio` for proportions
 * @param options.improvesWhen - `increase` unless said; `decrease` where less is better
 * @param options.alpha - one-sided type I error, below 0.5; 0.05 unless said
 * @param options.test - `score` (proportions), `welch` (means) or `delta` (ratios) unless said; `miettinen-nurminen`,
 *   `pooled`; counts have `quasi-poisson` where both arms have a variance, else `score`, unless said
 * @returns the test, its null value on the scale of the effect, the effect with its interval, and `superior`
 * @throws {DomainError} for a broken arm, a margin on the wrong side of 0 or out of range, or an unknown name
 * @example
 * ```ts
 * import { testSuperiority } from "microlift";
 * const result = testSuperiority({
 *   control: { n: 4000, mean: 31.2, variance: 420 },
 *   treatment: { n: 4000, mean: 33.9, variance: 450 },
 *   margin: 1.5,
 * });
 * result.superior; // true
 * result.pValue; // 0.0050
 * ```
 * Farrington and Manning (1990); Welch (1947); Fieller (1954).
 */
export function testSuperiority(options: SuperiorityOptions): SuperiorityTest {
  const { figures, shown } = marginTest("superiority-test", options, "better");
  return { ...figures, superior: shown };
}
