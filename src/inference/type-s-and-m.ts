import { checkFinite, checkObject, checkOpenUnit, checkPositive } from "../core/checks.ts";
import { DEFAULT_ALPHA } from "../core/defaults.ts";
import { DomainError } from "../core/domain-error.ts";
import type { Result } from "../core/result.ts";
import { normalPdf } from "../numerics/normal.ts";
import { studentTPdf, studentTSf, studentTUpperQuantile } from "../numerics/student-t.ts";

export interface TypeSAndMOptions {
  /** The true effect that one has reason to expect, not the one the experiment found. */
  readonly effect: number;
  /** Of the estimate, above 0. */
  readonly standardError: number;
  /** Of the two-sided test, in (0, 1); 0.05 unless said. */
  readonly alpha?: number | undefined;
  /** Of the standard error, at least 1; Infinity (the normal distribution) unless said. */
  readonly degreesOfFreedom?: number | undefined;
}

/** What significance does to an estimate. */
export interface TypeSAndM extends Result<"type-s-and-m"> {
  readonly effect: number;
  readonly standardError: number;
  readonly alpha: number;
  readonly degreesOfFreedom: number;
  /** Chance of a significant estimate. */
  readonly power: number;
  /** Chance that a significant estimate has the wrong sign: one half for an effect of 0. */
  readonly typeS: number;
  /**
   * Type M: expected size of a significant estimate over that of the effect; Infinity for an effect of 0, and at one
   * degree of freedom.
   */
  readonly exaggerationRatio: number;
}

/**
 * Says how often a significant estimate has the wrong sign, and how much it exaggerates, if the true effect is as given.
 *
 * The estimate is taken as the effect plus the standard error times a Student (or normal) variable, and is significant
 * beyond ± the two-sided critical value. A test of little power finds only effects that are too large.
 *
 * @param options.effect - the true effect that one has reason to expect, of either sign
 * @param options.standardError - of the estimate, above 0
 * @param options.alpha - in (0, 1); 0.05 unless said
 * @param options.degreesOfFreedom - at least 1; Infinity unless said
 * @returns power, type S error and exaggeration ratio
 * @throws {DomainError} for an effect that is not finite, a standard error at or below 0, or an alpha outside (0, 1)
 * @example
 * ```ts
 * import { typeSAndM } from "microlift";
 * const { typeS, exaggerationRatio } = typeSAndM({ effect: 0.1, standardError: 3.28 });
 * typeS; // 0.465
 * exaggerationRatio; // 76.7
 * ```
 * Gelman and Carlin (2014); Lu, Qiu and Deng (2019) in closed form.
 */
export function typeSAndM(options: TypeSAndMOptions): TypeSAndM {
  checkObject("options", options);
  const { effect, standardError, alpha = DEFAULT_ALPHA, degreesOfFreedom = Infinity } = options;
  checkFinite("effect", effect);
  checkPositive("standardError", standardError);
  checkOpenUnit("alpha", alpha);
  if (!(typeof degreesOfFreedom === "number" && degreesOfFreedom >= 1)) {
    throw new DomainError("degreesOfFreedom", degreesOfFreedom, "must be at least 1");
  }
  const signal = Math.abs(effect) / standardError;
  const critical = studentTUpperQuantile(alpha / 2, degreesOfFreedom);
  const right = studentTSf(critical - signal, degreesOfFreedom);
  const wrong = studentTSf(critical + signal, degreesOfFreedom);
  const power = right + wrong;
  // E[|estimate|; significant] in standard errors: the effect's part of both tails, and the noise in each.
  const noise =
    tailMoment(critical - signal, degreesOfFreedom) + tailMoment(critical + signal, degreesOfFreedom);
  return {
    kind: "type-s-and-m",
    method: degreesOfFreedom === Infinity ? "normal" : "student",
    effect,
    standardError,
    alpha,
    degreesOfFreedom,
    power,
    typeS: wrong / power,
    exaggerationRatio: degreesOfFreedom === 1 ? Infinity : (right - wrong + noise / signal) / power,
    warnings: [],
    assumptions: ["The true effect is the one given, which must not come from the estimate itself."],
  };
}

/** Beyond, t² overflows and nothing of the moment is left beside the effect. */
const LARGEST_T = 1e150;

/** E[T; T > t]: the density times (df + t²) / (df − 1), with df above 1. */
function tailMoment(t: number, df: number): number {
  if (df === Infinity) return normalPdf(t);
  return Math.abs(t) < LARGEST_T ? studentTPdf(t, df) * ((df + t * t) / (df - 1)) : 0;
}
