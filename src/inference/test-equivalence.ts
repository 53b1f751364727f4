import type { Estimate } from "../core/estimate.ts";
import type { Result } from "../core/result.ts";
import type { Status } from "../core/status.ts";
import { equivalenceBounds, type EquivalenceMargins } from "../models/equivalence-bounds.ts";
import type { ComparisonScale } from "../models/restricted-rates.ts";
import { type EffectOptions, effectUnderTest, type MetricArms } from "./effect-under-test.ts";
import { isShown, marginWarnings, type OneSidedTest, oneSidedTest } from "./one-sided-test.ts";
import type { TestedArm } from "./tested-effect.ts";

export type EquivalenceOptions = MetricArms & EffectOptions & EquivalenceMargins;

/** What `testEquivalence` finds: two one-sided tests. */
export interface EquivalenceTest extends Result<"equivalence-test"> {
  readonly scale: ComparisonScale;
  /** Type I error of each of the two tests, and of both together. */
  readonly alpha: number;
  readonly control: TestedArm;
  readonly treatment: TestedArm;
  /** H0: the effect lies at or below the lower bound. */
  readonly lower: OneSidedTest;
  /** H0: the effect lies at or above the upper bound. */
  readonly upper: OneSidedTest;
  /** Of Student's t; Infinity for statistics that are standard normal. */
  readonly degreesOfFreedom: number;
  /** The larger of the two p-values; null only where there is no variance to judge by. */
  readonly pValue: number | null;
  /** Its natural log, finite far below 1e-308. */
  readonly logPValue: number | null;
  /** The effect on `scale`, with the interval at 1 − 2 alpha that inverts the tests. */
  readonly effect: Estimate;
  /** Whether effects outside of the bounds are ruled out. */
  readonly equivalent: boolean;
  /** `undetermined` where the tests have no answer. */
  readonly status: Status;
}

/**
 * Tests whether the effect of the treatment is too small to matter, by two one-sided tests (TOST).
 *
 * H0: the effect lies at or below the lower bound, or at or above the upper one. H1: it lies between them. The interval
 * beside it is the two-sided one at 1 − 2 alpha, which lies wholly between the bounds exactly when both tests reject.
 * The tests are those of `testNonInferiority`: score tests with restricted rates for proportions and counts, Welch's t for
 * means, the delta method for ratios.
 *
 * @param options.control - the control arm, `{ n, conversions }`, `{ n, mean, variance }`, `{ n, events, variance }` with
 *   the variance where it is known, or the fields of a ratio
 * @param options.treatment - the treatment arm, of the same kind
 * @param options.margin - largest distance from no effect that does not matter, above 0 (below 1 for rates and ratios);
 *   instead of `lower` and `upper`
 * @param options.lower - lower bound, on the side of no effect where effects are negative; together with `upper`
 * @param options.upper - upper bound, on the other side: odds ratios from 0.8 to 1.25, lifts from −0.2 to 0.25
 * @param options.scale - `difference` unless said; `lift`; `odds-ratio` for proportions
 * @param options.alpha - type I error, below 0.5; 0.05 unless said
 * @param options.test - `score` (proportions), `welch` (means) or `delta` (ratios) unless said; `miettinen-nurminen`,
 *   `pooled`; counts have `quasi-poisson` where both arms have a variance, else `score`, unless said
 * @returns both tests, the larger p-value, the effect with its interval, and `equivalent`
 * @throws {DomainError} for a broken arm, bounds on the wrong side of no effect or out of range, or an unknown name
 * @example
 * ```ts
 * import { testEquivalence } from "microlift";
 * const result = testEquivalence({
 *   control: { n: 5000, conversions: 1010 },
 *   treatment: { n: 5000, conversions: 1000 },
 *   margin: 0.02,
 * });
 * result.equivalent; // true
 * result.pValue; // 0.0124
 * ```
 * Schuirmann (1987); Farrington and Manning (1990).
 */
export function testEquivalence(options: EquivalenceOptions): EquivalenceTest {
  const underTest = effectUnderTest(options);
  const { metric, control, treatment, scale } = underTest;
  const [lowerBound, upperBound] = equivalenceBounds(options, scale, metric);
  const lower = oneSidedTest(underTest, lowerBound, "greater");
  const upper = oneSidedTest(underTest, upperBound, "less");
  const isDetermined = lower.pValue !== null && upper.pValue !== null;
  const pValue = isDetermined ? Math.max(lower.pValue, upper.pValue) : null;
  const { alpha, effect, method, degreesOfFreedom, assumptions } = underTest;
  return {
    kind: "equivalence-test",
    method,
    scale,
    alpha,
    control,
    treatment,
    lower,
    upper,
    degreesOfFreedom,
    pValue,
    logPValue: isDetermined ? Math.max(lower.logPValue!, upper.logPValue!) : null,
    effect,
    equivalent: isShown(underTest, pValue),
    status: isDetermined ? "ok" : "undetermined",
    warnings: marginWarnings(underTest, pValue),
    assumptions: [...assumptions],
  };
}
