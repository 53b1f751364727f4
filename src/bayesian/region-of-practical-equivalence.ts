import { checkObject, checkOpenUnit } from "../core/checks.ts";
import { DEFAULT_CONFIDENCE_LEVEL } from "../core/defaults.ts";
import { DomainError } from "../core/domain-error.ts";
import type { Interval } from "../core/interval.ts";
import type { Result } from "../core/result.ts";
import type { Status } from "../core/status.ts";
import {
  type EffectName,
  type EffectOfModel,
  effectOfModel,
  type ModelToCompare,
} from "./effect-of-model.ts";
import { highestDensity } from "./highest-density.ts";
import { quantileCurve } from "./quantile-curve.ts";
import { logRegionProbabilities } from "./region-probabilities.ts";
import { exp } from "../numerics/elementary/exp.ts";

/** Options of `regionOfPracticalEquivalence`: the arms of one model, an effect and a region of it. */
export type RegionOfPracticalEquivalenceOptions = ModelToCompare & {
  /** The effect that the region is of; `odds-ratio` for the model `beta-binomial` only. */
  readonly effect: EffectName;
  /** From here on an effect is as good as none; −Infinity unless said. */
  readonly lower?: number | undefined;
  /** Up to here; Infinity unless said. */
  readonly upper?: number | undefined;
  /** Posterior probability of the highest-density interval, in (0, 1); 0.95 unless said. */
  readonly confidenceLevel?: number | undefined;
};

/** What `regionOfPracticalEquivalence` finds. Probabilities are null only where the effect is `undetermined`. */
export interface RegionOfPracticalEquivalence extends Result<"region-of-practical-equivalence"> {
  readonly effect: EffectName;
  readonly region: { readonly lower: number; readonly upper: number };
  readonly confidenceLevel: number;
  /** P(the effect lies below the region), computed as a tail of its own. */
  readonly probabilityBelow: number | null;
  readonly logProbabilityBelow: number | null;
  readonly probabilityInside: number | null;
  readonly logProbabilityInside: number | null;
  readonly probabilityAbove: number | null;
  readonly logProbabilityAbove: number | null;
  readonly highestDensityInterval: Interval | null;
  /**
   * `equivalent` where the highest-density interval lies inside the region, `different` where it lies outside, and else
   * `undecided`.
   */
  readonly decision: "equivalent" | "different" | "undecided";
  readonly status: Status;
}

/** Farther bounds of differences, lifts and odds ratios are mistakes. */
const LARGEST_BOUND = 1e100;

/**
 * Tells how probably an effect lies below, inside and above a region of practical equivalence, a range of effects that
 * are as good as none, and decides by the highest-density interval.
 *
 * Accepting that there is no effect to speak of is as open as finding one; a significant effect may be `equivalent`.
 *
 * @param options.model - `"beta-binomial"` (the default), `"gamma-poisson"` or `"normal"`
 * @param options.control - the control arm, as `compareBetaBinomial`, `compareGammaPoisson` or `compareNormal` takes it
 * @param options.treatment - the treatment arm
 * @param options.prior - as these take it
 * @param options.effect - `"difference"`, `"lift"`, or `"odds-ratio"` (of `beta-binomial` only)
 * @param options.lower - where the region begins, within ±1e100; −Infinity unless said
 * @param options.upper - where it ends, above `lower`; Infinity unless said; one of both must be given
 * @param options.confidenceLevel - posterior probability of the interval, in (0, 1); 0.95 unless said
 * @returns three probabilities with their logs, the interval and the decision
 * @throws {DomainError} for what the comparison refuses, an unknown model or effect, or a region without an inside
 * @example
 * ```ts
 * import { regionOfPracticalEquivalence } from "microlift";
 * const result = regionOfPracticalEquivalence({
 *   control: { n: 50000, conversions: 2500 },
 *   treatment: { n: 50000, conversions: 2525 },
 *   effect: "lift",
 *   lower: -0.1,
 *   upper: 0.1,
 * });
 * result.probabilityInside; // 0.999
 * result.decision; // "equivalent"
 * ```
 * Kruschke (2018), Advances in Methods and Practices in Psychological Science 1, 270–280.
 */
export function regionOfPracticalEquivalence(
  options: RegionOfPracticalEquivalenceOptions,
): RegionOfPracticalEquivalence {
  checkObject("options", options);
  const { effect, lower = -Infinity, upper = Infinity, confidenceLevel = DEFAULT_CONFIDENCE_LEVEL } = options;
  checkRegion(lower, upper);
  checkOpenUnit("confidenceLevel", confidenceLevel);
  const { model, posterior, warnings, assumptions } = effectOfModel(options, effect, confidenceLevel);
  const found = posterior === null ? NOTHING : probabilities(posterior, lower, upper);
  const interval =
    posterior === null
      ? null
      : highestDensity(quantileCurve(posterior.contrast), posterior.scale, confidenceLevel);
  return {
    kind: "region-of-practical-equivalence",
    method: model,
    effect,
    region: { lower, upper },
    confidenceLevel,
    ...found,
    highestDensityInterval: interval,
    decision: interval === null ? "undecided" : decide(interval, lower, upper),
    status: interval === null ? "undetermined" : "ok",
    warnings,
    assumptions,
  };
}

function checkRegion(lower: number, upper: number): void {
  checkBound("lower", lower, -Infinity);
  checkBound("upper", upper, Infinity);
  if (lower === -Infinity && upper === Infinity) {
    throw new DomainError("upper", upper, "must be finite where lower is not given");
  }
  if (!(upper > lower)) throw new DomainError("upper", upper, `must be above lower = ${lower}`);
}

function checkBound(field: string, bound: number, open: number): void {
  const isBound = typeof bound === "number" && (bound === open || Math.abs(bound) <= LARGEST_BOUND);
  if (!isBound) throw new DomainError(field, bound, `must lie between ±${LARGEST_BOUND}, or be ${open}`);
}

type Probabilities = Pick<
  RegionOfPracticalEquivalence,
  | "probabilityBelow"
  | "logProbabilityBelow"
  | "probabilityInside"
  | "logProbabilityInside"
  | "probabilityAbove"
  | "logProbabilityAbove"
>;

const NOTHING: Probabilities = {
  probabilityBelow: null,
  logProbabilityBelow: null,
  probabilityInside: null,
  logProbabilityInside: null,
  probabilityAbove: null,
  logProbabilityAbove: null,
};

function probabilities(
  { contrast, parameter }: NonNullable<EffectOfModel["posterior"]>,
  lower: number,
  upper: number,
): Probabilities {
  const { below, inside, above } = logRegionProbabilities(contrast, parameter(lower), parameter(upper));
  return {
    probabilityBelow: exp(below),
    logProbabilityBelow: below,
    probabilityInside: exp(inside),
    logProbabilityInside: inside,
    probabilityAbove: exp(above),
    logProbabilityAbove: above,
  };
}

function decide(interval: Interval, lower: number, upper: number): RegionOfPracticalEquivalence["decision"] {
  if (interval.lower >= lower && interval.upper <= upper) return "equivalent";
  return interval.lower > upper || interval.upper < lower ? "different" : "undecided";
}
