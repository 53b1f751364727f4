import { type Alternative, checkAlternative } from "../core/alternative.ts";
import { checkBetween, checkObject, checkOpenUnit } from "../core/checks.ts";
import { DEFAULT_ALPHA, DEFAULT_CONFIDENCE_LEVEL } from "../core/defaults.ts";
import { DomainError } from "../core/domain-error.ts";
import type { Interval } from "../core/interval.ts";
import type { Result } from "../core/result.ts";
import type { Status } from "../core/status.ts";
import { bracketRoot } from "../numerics/bracket-root.ts";
import { findRoot } from "../numerics/find-root.ts";
import { logAdd } from "../numerics/log-sum.ts";
import { CENTRE, INVERSE_SQRT_TWO_PI, scaledNormalTail } from "../numerics/normal-tail.ts";
import { normalLogSf, normalPdf, normalSf, normalUpperQuantile } from "../numerics/normal.ts";
import { exp } from "../numerics/elementary/exp.ts";
import { ln } from "../numerics/elementary/ln.ts";

export interface CorrectedEffectOptions {
  /** Of the effect, picked because it is significant. */
  readonly estimate: number;
  /** Above 0. */
  readonly standardError: number;
  /** Of the test by which it was picked, in (0, 1); 0.05 unless said. */
  readonly alpha?: number | undefined;
  /** Which estimates would have been picked: `two-sided` (the default) for both signs, `greater` or `less` for one. */
  readonly alternative?: Alternative | undefined;
  /** Coverage of the interval, in (0, 1); 0.95 unless said. */
  readonly confidenceLevel?: number | undefined;
}

/** A significant estimate, corrected for having been picked for it. */
export interface CorrectedEffect extends Result<"corrected-effect"> {
  /** As it was found. */
  readonly observed: { readonly estimate: number; readonly standardError: number };
  /** The effect that such an estimate exceeds, given that it is significant, as often as not. */
  readonly medianUnbiased: number;
  /** The effect that makes the estimate likeliest, given that it is significant. */
  readonly conditionalLikelihood: number;
  /** Of the effect, with its coverage given significance. */
  readonly interval: Interval;
  readonly status: Status;
}

/** In standard errors: farther out a double holds no more than a few digits of where the estimate lies. */
const FARTHEST = 1e6;

/**
 * Corrects a significant estimate for having been picked because it is significant, without a prior: by its distribution
 * given significance, a normal one truncated to the values beyond the critical ones.
 *
 * An estimate just beyond the critical value says little once that is known: the corrected effect may be near 0 or have
 * the other sign, and the interval is wide. Where it is known what effects are like, `shrinkEffect` says more, and needs
 * no such correction.
 *
 * @param options.estimate - of the effect, significant by the test
 * @param options.standardError - of the estimate, above 0
 * @param options.alpha - of the normal test of H0: effect = 0 by which it was picked, in (0, 1); 0.05 unless said
 * @param options.alternative - H1 of that test; `two-sided` unless said
 * @param options.confidenceLevel - coverage of the interval, in (0, 1); 0.95 unless said
 * @returns the median-unbiased and the conditional maximum-likelihood estimate, and an interval
 * @throws {DomainError} for an estimate that is not significant, a standard error at or below 0, or a probability outside
 *   (0, 1)
 * @example
 * ```ts
 * import { correctedEffect } from "microlift";
 * const corrected = correctedEffect({ estimate: 0.022, standardError: 0.01 });
 * corrected.medianUnbiased; // 0.0035
 * corrected.conditionalLikelihood; // 0.0064
 * ```
 * Zhong and Prentice (2008), Biostatistics 9, 621–634.
 */
export function correctedEffect(options: CorrectedEffectOptions): CorrectedEffect {
  checkObject("options", options);
  const {
    estimate,
    standardError,
    alpha = DEFAULT_ALPHA,
    alternative = "two-sided",
    confidenceLevel = DEFAULT_CONFIDENCE_LEVEL,
  } = options;
  checkBetween("estimate", estimate, -1e50, 1e50);
  checkBetween("standardError", standardError, 1e-50, 1e50);
  checkOpenUnit("alpha", alpha);
  checkAlternative("alternative", alternative);
  checkOpenUnit("confidenceLevel", confidenceLevel);
  const isTwoSided = alternative === "two-sided";
  const critical = normalUpperQuantile(isTwoSided ? alpha / 2 : alpha);
  // From here on in standard errors, and so that the estimate lies on the upper side.
  const sign = isTwoSided ? (estimate < 0 ? -1 : 1) : alternative === "less" ? -1 : 1;
  const z = (sign * estimate) / standardError;
  if (!(z > critical && z < FARTHEST)) {
    throw new DomainError(
      "estimate",
      estimate,
      `must be significant: beyond ${critical} standard errors, and within ${FARTHEST}`,
    );
  }
  const model = truncatedNormal(critical, isTwoSided);
  const tail = (1 - confidenceLevel) / 2;
  const effectAt = (probability: number): number => whereAbove(model, z, probability);
  const [low, high] = [effectAt(tail), effectAt(1 - tail)].map((effect) => sign * standardError * effect);
  return {
    kind: "corrected-effect",
    method: "truncated-normal",
    observed: { estimate, standardError },
    medianUnbiased: sign * standardError * effectAt(0.5),
    conditionalLikelihood: sign * standardError * likeliest(model, z),
    interval: {
      lower: Math.min(low!, high!),
      upper: Math.max(low!, high!),
      confidenceLevel,
      method: "truncated-normal",
      dualToTest: false,
      excluded: null,
    },
    status: "ok",
    warnings: [],
    assumptions: [
      "The estimate is normal around the true effect with the standard error given.",
      "It was picked because it is significant by this test, and would not have been looked at otherwise.",
    ],
  };
}

/** What a normal variable around an effect is like, given that it lies beyond the critical value. */
interface TruncatedNormal {
  /** ln P(it lies above z, given that it is significant). */
  logAbove(effect: number, z: number): number;
  /** E[it − z given that it is significant]. */
  excess(effect: number, z: number): number;
}

function truncatedNormal(critical: number, isTwoSided: boolean): TruncatedNormal {
  /** ln of the odds that it is significant on the lower side. */
  const logLowerOdds = (effect: number): number =>
    isTwoSided ? normalLogSf(critical + effect) - normalLogSf(critical - effect) : -Infinity;
  return {
    logAbove: (effect, z) => logTailRatio(critical - effect, z - critical) - logAdd(0, logLowerOdds(effect)),
    excess: (effect, z) => {
      const logOdds = logLowerOdds(effect);
      const upper = (critical - z + meanExcess(critical - effect)) / (1 + exp(logOdds));
      if (logOdds === -Infinity) return upper;
      return upper - (critical + z + meanExcess(critical + effect)) / (1 + exp(-logOdds));
    },
  };
}

/** The effect, in standard errors, under which a significant estimate lies above z with the given probability. */
function whereAbove({ logAbove }: TruncatedNormal, z: number, probability: number): number {
  return rootAround(z, (effect) => logAbove(effect, z) - ln(probability));
}

/** The effect under which the expected significant estimate is z: where the conditional likelihood is largest. */
function likeliest({ excess }: TruncatedNormal, z: number): number {
  return rootAround(z, (effect) => excess(effect, z));
}

/** The root of an increasing function that has one. */
function rootAround(start: number, f: (x: number) => number): number {
  const [lower, upper] = bracketRoot(f, start - 1, start + 1)!;
  return findRoot(f, lower, upper);
}

/** ln P(Z > a + step) / P(Z > a), whose two logs are huge and nearly equal where the tail is far out. */
function logTailRatio(a: number, step: number): number {
  if (a < CENTRE) return normalLogSf(a + step) - normalLogSf(a);
  return ln(scaledNormalTail(a + step) / scaledNormalTail(a)) - step * (a + 0.5 * step);
}

/** From here on the expansion of the normal tail leaves less of an error than the difference of hazard and a. */
const FAR = 100;

/** E[Z − a given Z > a]: the hazard less a (Abramowitz and Stegun 1964, 26.2.12, for large a). */
function meanExcess(a: number): number {
  if (a < CENTRE) return normalPdf(a) / normalSf(a) - a;
  if (a < FAR) return INVERSE_SQRT_TWO_PI / scaledNormalTail(a) - a;
  const square = a * a;
  return (1 - (2 - (10 - 74 / square) / square) / square) / a;
}
