import { DomainError } from "../core/domain-error.ts";
import type { Estimate } from "../core/estimate.ts";
import type { Result } from "../core/result.ts";
import type { Status } from "../core/status.ts";
import type { ComparisonScale } from "../models/restricted-rates.ts";
import type { Mean } from "../summaries/mean.ts";
import type { Proportion } from "../summaries/proportion.ts";
import {
  type EffectOptions,
  effectUnderTest,
  type EffectUnderTest,
  type MetricArms,
} from "./effect-under-test.ts";
import { checkMargin, LARGEST_RATIO, shifted } from "./margin-test.ts";
import { isShown, marginWarnings, type OneSidedTest, oneSidedTest } from "./one-sided-test.ts";

/** Either a `margin` to both sides of no effect, or `lower` and `upper`. */
export interface EquivalenceMargins {
  /** Distance from no effect to both sides, above 0. On the odds-ratio scale the odds ratio − 1. */
  readonly margin?: number | undefined;
  /** Smallest effect that counts as none: a difference or a lift below 0, an odds ratio below 1. */
  readonly lower?: number | undefined;
  /** Largest effect that counts as none: a difference or a lift above 0, an odds ratio above 1. */
  readonly upper?: number | undefined;
}

export type EquivalenceOptions = MetricArms & EffectOptions & EquivalenceMargins;

/** What `testEquivalence` finds: two one-sided tests. */
export interface EquivalenceTest extends Result<"equivalence-test"> {
  readonly scale: ComparisonScale;
  /** Type I error of each of the two tests, and of both together. */
  readonly alpha: number;
  readonly control: Proportion | Mean;
  readonly treatment: Proportion | Mean;
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
 * The tests are those of `testNonInferiority`: score tests with the restricted rates of Farrington and Manning for
 * proportions, Welch's t for means.
 *
 * @param options.control - the control arm, `{ n, conversions }` or `{ n, mean, variance }`
 * @param options.treatment - the treatment arm, of the same kind
 * @param options.margin - largest distance from no effect that does not matter, above 0 (below 1 for rates and ratios);
 *   instead of `lower` and `upper`
 * @param options.lower - lower bound, on the side of no effect where effects are negative; together with `upper`
 * @param options.upper - upper bound, on the other side: odds ratios from 0.8 to 1.25, lifts from −0.2 to 0.25
 * @param options.scale - `difference` unless said; `lift`; `odds-ratio` for proportions
 * @param options.alpha - type I error, below 0.5; 0.05 unless said
 * @param options.test - `score` (proportions) or `welch` (means) unless said; `miettinen-nurminen`, `pooled`
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
  const [lowerBound, upperBound] = bounds(options, underTest);
  const lower = oneSidedTest(underTest, lowerBound, "greater");
  const upper = oneSidedTest(underTest, upperBound, "less");
  const isDetermined = lower.pValue !== null && upper.pValue !== null;
  const pValue = isDetermined ? Math.max(lower.pValue, upper.pValue) : null;
  const { arms, scale, alpha, effect, method, degreesOfFreedom, assumptions } = underTest;
  return {
    kind: "equivalence-test",
    method,
    scale,
    alpha,
    ...arms,
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

// Ratios beyond LARGEST_RATIO have squares that a double does not hold.
const RANGES: Readonly<Record<ComparisonScale, readonly [bottom: number, top: number]>> = {
  difference: [-Infinity, Infinity],
  lift: [-1, LARGEST_RATIO],
  "odds-ratio": [1 / LARGEST_RATIO, LARGEST_RATIO],
};

function bounds(
  { margin, lower, upper }: EquivalenceMargins,
  underTest: EffectUnderTest,
): readonly [lower: number, upper: number] {
  const { scale } = underTest;
  if (margin !== undefined) {
    if (lower !== undefined || upper !== undefined) {
      throw new DomainError("margin", margin, "must be left out where lower and upper are given");
    }
    checkMargin("margin", margin, -1, underTest);
    return [shifted(scale, -margin), shifted(scale, margin)];
  }
  const none = shifted(scale, 0);
  const isBounded = "conversions" in underTest.arms.control && scale === "difference";
  const [bottom, top] = isBounded ? [-1, 1] : RANGES[scale];
  return [checkedBound("lower", lower, bottom, none), checkedBound("upper", upper, none, top)];
}

function checkedBound(field: string, value: number | undefined, from: number, to: number): number {
  if (!(typeof value === "number" && value > from && value < to)) {
    throw new DomainError(field, value, `must lie strictly between ${from} and ${to}`);
  }
  return value;
}
