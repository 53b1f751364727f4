import { checkObject } from "../core/checks.ts";
import { DomainError } from "../core/domain-error.ts";
import type { Result } from "../core/result.ts";
import type { Warning } from "../core/warning.ts";
import {
  checkEffectScale,
  type Complete,
  type EffectCovariance,
  type EffectScale,
} from "./effect-covariance.ts";
import {
  checkEffectSize,
  checkMagnitude,
  checkMagnitudeOrZero,
  LARGEST_MAGNITUDE,
} from "./check-magnitude.ts";
import { hypot } from "../numerics/elementary/hypot.ts";

/** What somebody believes of the changes that are tested: effects = elasticity × proxy effect + direct effect. */
export interface EffectBeliefs {
  /**
   * Macro effect per proxy effect, both on `scale`: on log-lifts the elasticity of transmission (1 where a proxy's 5 %
   * mean 5 % more sales), on differences the additional sales per additional micro conversion.
   */
  readonly elasticity: number;
  /** Standard deviation of the true effects on the proxy, above 0. */
  readonly tauProxy: number;
  /** Standard deviation of the effects on the macro metric that do not pass through the proxy, at or above 0. */
  readonly directEffectSd: number;
  /** `log-lift` unless said. */
  readonly scale?: EffectScale | undefined;
  /** Mean of the true effects on the proxy; 0 unless said. */
  readonly meanProxy?: number | undefined;
}

/** A covariance of true effects that was assumed. */
export interface ElicitedEffectCovariance
  extends
    Result<"effect-covariance">,
    Complete<Omit<EffectCovariance, "posterior" | "population" | "largestPastProxyEffect" | "prior">> {
  readonly method: "elicited";
  readonly source: "assumed";
}

/**
 * The covariance of true effects that follows from what one believes: how much of a proxy effect reaches the macro
 * metric, and how far changes move the macro metric past the proxy.
 *
 * With macro = elasticity × proxy + direct, the two independent: tauMacro² = elasticity² tauProxy² + directEffectSd²
 * and rho = elasticity × tauProxy / tauMacro. A belief, however carefully put, never earns a green light.
 *
 * @param beliefs - elasticity, standard deviations (tauProxy above 0, directEffectSd at or above 0), scale
 * @returns an `EffectCovariance` with source `assumed`
 * @throws {DomainError} for numbers outside their range, or when the macro metric would never move
 * @example
 * ```ts
 * import { elicitEffectCovariance } from "microlift";
 * elicitEffectCovariance({ elasticity: 0.75, tauProxy: 0.04, directEffectSd: 0.012 }).rho; // 0.9284766908852593
 * ```
 */
export function elicitEffectCovariance(beliefs: EffectBeliefs): ElicitedEffectCovariance {
  checkObject("beliefs", beliefs);
  const { elasticity, tauProxy, directEffectSd, scale = "log-lift", meanProxy = 0 } = beliefs;
  checkEffectSize("elasticity", elasticity);
  checkMagnitude("tauProxy", tauProxy);
  checkMagnitudeOrZero("directEffectSd", directEffectSd);
  checkEffectScale("scale", scale);
  checkEffectSize("meanProxy", meanProxy);
  const transmitted = elasticity * tauProxy;
  const tauMacro = hypot(transmitted, directEffectSd);
  if (!(tauMacro >= 1 / LARGEST_MAGNITUDE && tauMacro <= LARGEST_MAGNITUDE)) {
    throw new DomainError(
      "directEffectSd",
      directEffectSd,
      "must, with the elasticity, let the macro metric move by a finite amount",
    );
  }
  return {
    kind: "effect-covariance",
    method: "elicited",
    scale,
    source: "assumed",
    tauProxy,
    tauMacro,
    rho: transmitted / tauMacro,
    meanProxy,
    meanMacro: elasticity * meanProxy,
    warnings: beliefWarnings(elasticity, directEffectSd),
    assumptions: [
      "The covariance of true effects is a belief, not learned from past experiments.",
      "Effects that bypass the proxy are independent of the effects on it and average 0.",
    ],
  };
}

function beliefWarnings(elasticity: number, directEffectSd: number): Warning[] {
  const warnings: Warning[] = [];
  if (directEffectSd === 0) {
    warnings.push({
      code: "CERTAIN_TRANSMISSION",
      message:
        "Without direct effects the proxy tells all about the macro metric (rho = ±1); no change is known to work that way, so give directEffectSd a value above 0.",
    });
  }
  if (elasticity === 0) {
    warnings.push({
      code: "NO_TRANSMISSION",
      message:
        "At elasticity 0 nothing that moves the proxy reaches the macro metric: the proxy decides nothing.",
    });
  }
  if (elasticity < 0) {
    warnings.push({
      code: "WRONG_SIGN",
      message:
        "The elasticity is negative: what lifts the proxy lowers the macro metric, so it is no proxy for it.",
    });
  }
  return warnings;
}
