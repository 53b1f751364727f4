import { checkObject, checkOpenUnit } from "../core/checks.ts";
import { DEFAULT_ALPHA, DEFAULT_CONFIDENCE_LEVEL, DEFAULT_POWER } from "../core/defaults.ts";
import { DomainError } from "../core/domain-error.ts";
import type { Result } from "../core/result.ts";
import type { Status } from "../core/status.ts";
import { decisionCautions } from "./decision-cautions.ts";
import { type DecisionReading, decisionReading, decisionStatus } from "./decision-reading.ts";
import { checkDecisionRule, type DecisionRule } from "./decision-rule.ts";
import { type TargetReading, targetN, targetReading } from "./decision-target.ts";
import { type EffectCovariance, effectNodes, effectScale, type EffectScale } from "./effect-covariance.ts";
import { effectMoments } from "./effect-moments.ts";
import { sameUnits } from "./sample-sizes.ts";
import type { UnitCovariance } from "./unit-covariance.ts";
import { withWorstCorrelation } from "./worst-correlation.ts";
import { type WorthwhileEffectReading, worthwhileEffectReading } from "./worthwhile-effect.ts";
import { effectAssumptions } from "./effect-assumptions.ts";
import { checkEffectsAndSampling } from "./check-effects-and-sampling.ts";
import { checkMagnitude } from "./check-magnitude.ts";

export interface DecisionSpeedupInput {
  /** How true effects spread and go together; with a posterior, everything is averaged over it. */
  readonly effects: EffectCovariance;
  /** Sampling covariance of the two effect estimates times n per arm, on the scale of the effects. */
  readonly sampling: UnitCovariance;
  /** Units per arm, above 0. Leave it out only with `targetAccuracy`: then the n that reaches it is read. */
  readonly n?: number | undefined;
  /** Share of right decisions to plan for, in (1/2, 1). */
  readonly targetAccuracy?: number | undefined;
  /** The rule of the headline; `sign` unless said. */
  readonly rule?: DecisionRule | undefined;
  /** Of the `significance` reading beside the headline, and of the test for `macroEffect`; two-sided, 0.05 unless said. */
  readonly alpha?: number | undefined;
  /** A macro effect worth finding, above 0, on the scale of the effects. */
  readonly macroEffect?: number | undefined;
  /** Probability of finding `macroEffect`, in (alpha, 1); 0.8 unless said. */
  readonly power?: number | undefined;
  /** Of the intervals over a posterior; 0.95 unless said. */
  readonly confidenceLevel?: number | undefined;
}

export interface DecisionSpeedup extends Result<"decision-speedup">, DecisionReading {
  readonly status: Status;
  /** Scale of every effect here. */
  readonly scale: EffectScale;
  /** Units per arm that everything here is read at. */
  readonly n: number;
  /** Units per arm at which an estimate is as much signal as noise. */
  readonly halfReliabilityN: { readonly proxy: number; readonly macro: number };
  /** Correlation of the proxy's estimate with the true macro effect, in size. */
  readonly proxyQuality: number;
  /** rho² k_y / k_s: the speedup of the sign rule in small experiments of changes around 0, and its upper bound. */
  readonly speedupAtSmallN: number;
  /** √(k_s / k_y): under the sign rule no n makes a proxy of lower rho the better guide; above 1 no proxy is. */
  readonly minimumUsefulRho: number;
  /** The same under both common rules, side by side with the headline's. */
  readonly byRule: { readonly sign: DecisionReading; readonly significance: DecisionReading };
  /** Null unless a target accuracy was asked for. */
  readonly target: TargetReading | null;
  /** Null unless a macro effect was given. */
  readonly worthwhileEffect: WorthwhileEffectReading | null;
}

/**
 * How many macro units an experiment on the proxy is worth for the decision to ship, and when it stops being worth
 * its own n: the honest counterpart of a detection speedup.
 *
 * Changes are drawn from the effect covariance, tested on n units per arm, and shipped by a rule; macro-equivalent is
 * the n at which the macro metric alone earns the same expected macro gain by the same rule. However large n, a proxy
 * earns no more than its ceiling. A proxy whose true effects run against the macro ones earns no speedup: its fields
 * are null and the status is `undetermined`.
 *
 * @param input - effects, sampling and n or a target accuracy
 * @returns accuracies, gains and speedups of proxy, macro metric and both, under the rule and under both common rules
 * @throws {DomainError} for broken covariances, different scales, an n that is not above 0, an accuracy outside (1/2, 1)
 * @example
 * ```ts
 * import { decisionSpeedup } from "microlift";
 * const { speedupProxy, crossoverN, ceiling } = decisionSpeedup({
 *   effects: { tauProxy: 0.004, tauMacro: 0.0008, rho: 0.8, scale: "difference" },
 *   sampling: { proxy: 0.18, macro: 0.0392, correlation: 0.43 },
 *   n: 20_000,
 * });
 * speedupProxy; // 2.1246612466124666
 * crossoverN; // 77638.88888888893
 * ceiling?.macroEquivalentN; // 108888.88888888895
 * ```
 * Source: derived for this library; the expected gain agrees with the closed form in the code of Chou et al. (2025).
 */
export function decisionSpeedup(input: DecisionSpeedupInput): DecisionSpeedup {
  checkObject("input", input);
  const { effects, macroEffect, targetAccuracy } = input;
  const rule = input.rule ?? { kind: "sign" };
  const alpha = rule.kind === "significance" ? rule.alpha : (input.alpha ?? DEFAULT_ALPHA);
  const power = input.power ?? DEFAULT_POWER;
  const confidenceLevel = input.confidenceLevel ?? DEFAULT_CONFIDENCE_LEVEL;
  checkInput(input, rule, alpha, power, confidenceLevel);

  const nodes = effectNodes(effects);
  const moments = effectMoments(nodes);
  const target =
    targetAccuracy === undefined
      ? null
      : targetReading({ nodes, sampling: input.sampling, rule }, targetAccuracy);
  const n = input.n ?? targetN(target!);
  const sampling = withWorstCorrelation(nodes, input.sampling, sameUnits(n));
  const setting = { nodes, sampling, rule };

  const read = (own: DecisionRule): DecisionReading =>
    decisionReading(
      { ...setting, rule: own },
      n,
      moments.rho,
      effects.posterior === undefined ? null : confidenceLevel,
    );
  const byRule = { sign: read({ kind: "sign" }), significance: read({ kind: "significance", alpha }) };
  const headline = rule.kind === "posterior-mean" ? read(rule) : byRule[rule.kind];

  const proxyHalf = sampling.proxy / moments.tauProxy ** 2;
  const macroHalf = sampling.macro / moments.tauMacro ** 2;
  return {
    kind: "decision-speedup",
    method: rule.kind,
    scale: effectScale(effects),
    status: decisionStatus(headline, target),
    n,
    ...headline,
    halfReliabilityN: { proxy: proxyHalf, macro: macroHalf },
    proxyQuality: Math.abs(moments.rho) / Math.sqrt(1 + proxyHalf / n),
    speedupAtSmallN: moments.rho > 0 ? moments.rho ** 2 * (macroHalf / proxyHalf) : 0,
    minimumUsefulRho: Math.sqrt(proxyHalf / macroHalf),
    byRule,
    target,
    worthwhileEffect:
      macroEffect === undefined ? null : worthwhileEffectReading(nodes, sampling, macroEffect, alpha, power),
    warnings: decisionCautions(nodes, moments.rho, headline, target),
    assumptions: assumptions(effects, rule),
  };
}

function checkInput(
  input: DecisionSpeedupInput,
  rule: DecisionRule,
  alpha: number,
  power: number,
  confidenceLevel: number,
): void {
  checkEffectsAndSampling(input);
  checkObject("rule", rule);
  checkDecisionRule("rule", rule);
  checkOpenUnit("alpha", alpha);
  checkOpenUnit("confidenceLevel", confidenceLevel);
  if (!(power > alpha && power < 1)) {
    throw new DomainError("power", power, `must lie strictly between alpha = ${alpha} and 1`);
  }
  if (rule.kind === "significance" && input.alpha !== undefined && input.alpha !== rule.alpha) {
    throw new DomainError("alpha", input.alpha, `must be the rule's alpha = ${rule.alpha}, or left out`);
  }
  if (input.macroEffect !== undefined) checkMagnitude("macroEffect", input.macroEffect);
  if (input.targetAccuracy === undefined || input.n !== undefined) checkMagnitude("n", input.n as number);
  if (input.targetAccuracy === undefined) return;
  if (!(input.targetAccuracy > 0.5 && input.targetAccuracy < 1)) {
    throw new DomainError("targetAccuracy", input.targetAccuracy, "must lie strictly between 1/2 and 1");
  }
}

function assumptions(effects: EffectCovariance, rule: DecisionRule): string[] {
  return [
    ...effectAssumptions(effects),
    ...(rule.kind === "significance"
      ? ["A decision ships exactly on a significant win; what is not significant does not ship."]
      : []),
  ];
}
