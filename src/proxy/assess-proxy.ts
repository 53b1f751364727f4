import { checkBetween, checkObject, checkOpenUnit } from "../core/checks.ts";
import { DEFAULT_ALPHA } from "../core/defaults.ts";
import { DomainError } from "../core/domain-error.ts";
import type { Result } from "../core/result.ts";
import { compareProportions } from "../inference/compare-proportions.ts";
import type { ProportionComparison } from "../inference/proportion-comparison.ts";
import { macroProportion, microProportion } from "../summaries/joint-counts.ts";
import type { DecisionSetting } from "./decision-rule.ts";
import { type DecisionSpeedup, decisionSpeedup } from "./decision-speedup.ts";
import {
  checkEffectCovariance,
  type CompleteEffectNode,
  type EffectCovariance,
  effectNodes,
  effectScale,
  isLearned,
} from "./effect-covariance.ts";
import { effectMoments } from "./effect-moments.ts";
import { type Judgement, judgeProxy } from "./judge-proxy.ts";
import { type LightUnderPrior, lightUnderPriors, priorReasons } from "./light-under-priors.ts";
import { type ExperimentCounts, observeEffects } from "./observe-effects.ts";
import { type ObservedSpeedup, observedSpeedup } from "./observed-speedup.ts";
import { type ParadoxRisk, paradoxRisk } from "./paradox-risk.ts";
import { type PlanningSpeedup, planningSpeedup } from "./planning-speedup.ts";
import { type PredictMacro, predictMacro } from "./predict-macro.ts";
import { DEFAULT_SHIP_THRESHOLD } from "./assisted-decision-rule.ts";
import { type ProxyAssisted, proxyAssisted } from "./proxy-assisted.ts";
import type { LightThresholds, ProxyEvidence, SeenPattern } from "./proxy-evidence.ts";
import { type ProxyWorth, proxyWorth } from "./proxy-worth.ts";
import { readCovariancePrior } from "./read-covariance-prior.ts";
import { type SurrogateThresholdEffect, surrogateThresholdEffect } from "./surrogate-threshold-effect.ts";
import { shareOfNodes } from "./share-of-nodes.ts";
import { decisionTippingRho, policyTippingRho } from "./tipping-rho.ts";
import { checkSameScale, checkUnitCovariance, type UnitCovariance } from "./unit-covariance.ts";
import { withWorstCorrelation } from "./worst-correlation.ts";
import { checkMagnitude, LARGEST_MAGNITUDE } from "./check-magnitude.ts";

export interface AssessProxyInput extends ExperimentCounts {
  /** How true effects spread and go together: assumed, or learned from past experiments with its posterior. */
  readonly effects: EffectCovariance;
  /** Sampling covariance of the two effect estimates times n per arm; from the joint counts unless said. */
  readonly sampling?: UnitCovariance | undefined;
  /** Units per arm that a decision by the macro metric alone would wait for; all units at hand unless said. */
  readonly plannedN?: number | undefined;
  /**
   * Size of the largest proxy effect among past experiments, above 0, on the scale of the effects; that of a learned
   * covariance unless said.
   */
  readonly largestPastProxyEffect?: number | undefined;
  /** Of the two-sided tests; 0.05 unless said. Intervals cover 1 − alpha. */
  readonly alpha?: number | undefined;
  /** Ship when P(true macro effect > 0) exceeds this, in (0, 1); 0.9 unless said. */
  readonly shipThreshold?: number | undefined;
  /** Chances above which the light is green, and below which it is red; 0.9 and 0.1, at a margin of 0.05. */
  readonly thresholds?: LightThresholds | undefined;
}

/** The one-page verdict on a proxy: what was seen, what it says about sales, how sure, and what to do next. */
export interface ProxyAssessment extends Result<"proxy-assessment">, Judgement {
  /** What was seen. */
  readonly seen: {
    readonly pattern: SeenPattern;
    readonly micro: ProportionComparison;
    readonly macro: ProportionComparison;
    readonly proxyEffect: number;
    /** On the scale of the effects; null while an arm has no macro conversion on the log-lift scale. */
    readonly macroEffect: number | null;
    readonly nProxy: number;
    readonly nMacro: number;
  };
  /** How much sooner the proxy shows a change. */
  readonly detection: { readonly observed: ObservedSpeedup; readonly planning: PlanningSpeedup };
  /** How much sooner the proxy decides. */
  readonly decision: DecisionSpeedup;
  /** What proxy and sales so far say together. */
  readonly assisted: ProxyAssisted;
  /** What the proxy alone says. */
  readonly prediction: PredictMacro;
  readonly paradox: ParadoxRisk;
  readonly thresholdEffect: SurrogateThresholdEffect;
  /** Chance that deciding by both, now, gains more than waiting for sales; 0 or 1 without a posterior. */
  readonly probabilityGainsMore: number;
  /** Chance that it does, and that the proxy is why: the light is green where this is high. */
  readonly probabilityWorthwhile: number;
  /** Chance that it would be so if all were known of the proxy: the light is red where this is low. */
  readonly probabilityPromising: number;
  /** What the light would be under other priors of the correlation; empty for a covariance without its prior. */
  readonly lightUnderPriors: readonly LightUnderPrior[];
  /** Units per arm that waiting for sales means. */
  readonly waitingN: number;
  readonly tippingRho: {
    /** True correlation at which deciding by both earns just what waiting does; null where none does. */
    readonly light: number | null;
    /** Correlation at which the decision on this change flips; null where none does. */
    readonly decision: number | null;
  };
  /**
   * The effect on the macro metric past the proxy that would cancel what the proxy foretells, at or below 0: a direct
   * effect below it makes the win a loss.
   */
  readonly smallestDirectEffect: number;
  /** What to rule out before a proxy is believed (VanderWeele 2013). */
  readonly checklist: readonly string[];
}

/**
 * Judges a proxy on one experiment: one light, one verdict, and the figures behind them.
 *
 * Green: with a chance above `thresholds.green`, over what past experiments leave open, deciding now by proxy and sales
 * together gains more than waiting for sales, and raises the gain of the sales at hand by more than the margin, by a
 * proxy that goes the way of sales. Red: the chance to gain more, or the chance that the proxy would be worthwhile if all
 * were known of it, is below `thresholds.red`, or the proxy points away from sales. Amber: anything between, and
 * everything that rests on an assumed covariance or on one without its posterior. How fast the proxy moves never makes
 * it look good.
 *
 * H0 of both tests: the rates are equal; H1: they differ.
 *
 * @param input - joint counts of both arms, effects, and what was planned
 * @returns light, verdict, reasons and next step, with every figure that they rest on
 * @throws {DomainError} for broken counts or covariances, different scales, an arm without micro conversions on the
 *   log-lift scale, or counts in which a metric never varies
 * @example
 * ```ts
 * import { assessProxy, elicitEffectCovariance } from "microlift";
 * const { light, verdict, next } = assessProxy({
 *   control: { neither: 19044, macroOnly: 0, microOnly: 2140, both: 122 },
 *   treatment: { neither: 17413, macroOnly: 0, microOnly: 3627, both: 267 },
 *   effects: elicitEffectCovariance({ elasticity: 0.8, tauProxy: 0.1, directEffectSd: 0.05 }),
 * });
 * light; // "amber"
 * verdict; // "proxy-agrees"
 * next.message; // "Ship: sales rose significantly by themselves."
 * ```
 * Source: sections 1 and 5 of the methods; the parts name their own.
 */
export function assessProxy(input: AssessProxyInput): ProxyAssessment {
  checkInput(input);
  const { control, treatment, micro, effects } = input;
  const largestPastProxyEffect = input.largestPastProxyEffect ?? effects.largestPastProxyEffect;
  const {
    alpha = DEFAULT_ALPHA,
    shipThreshold = DEFAULT_SHIP_THRESHOLD,
    thresholds = DEFAULT_THRESHOLDS,
  } = input;
  const confidenceLevel = 1 - alpha;
  const scale = effectScale(effects);
  const atHand = observeEffects({ control, treatment, micro }, scale);
  const { sizes, proxyEffect, macroEffect } = atHand;
  const sampling = input.sampling ?? atHand.sampling;
  checkSameScale({ ...effects, scale }, sampling);
  const waitingN = input.plannedN ?? sizes.nProxy;
  const n = sizes.nProxy;

  const nodes = effectNodes(effects);
  const prior =
    isLearned(effects) && effects.prior !== undefined
      ? readCovariancePrior("effects.prior", effects.prior, scale, [])
      : null;
  const setting: DecisionSetting = {
    nodes,
    sampling: withWorstCorrelation(nodes, sampling, sizes),
    rule: { kind: "posterior-mean" },
  };
  const seenMicro = compareProportions({
    control: micro?.control ?? microProportion(control),
    treatment: micro?.treatment ?? microProportion(treatment),
    confidenceLevel,
  });
  const seenMacro = compareProportions({
    control: macroProportion(control),
    treatment: macroProportion(treatment),
    confidenceLevel,
  });
  const observed = observedSpeedup({ control, treatment, effects, confidenceLevel });
  const decision = decisionSpeedup({ effects, sampling, n, alpha, confidenceLevel });
  const assisted = proxyAssisted({
    effects,
    sampling,
    ...sizes,
    proxyEffect,
    macroEffect: macroEffect ?? undefined,
    confidenceLevel,
    shipThreshold,
  });
  const prediction = predictMacro({ effects, sampling, n, proxyEffect, confidenceLevel });
  const thresholdEffect = surrogateThresholdEffect({ effects, sampling, n, confidenceLevel });
  const evidence: Omit<ProxyEvidence, "rho" | "probabilityWrongSign" | "worth"> = {
    micro: seenMicro,
    macro: seenMacro,
    alpha,
    isLearned: isLearned(effects),
    detectionSpeedup: observed.speedup,
    decision,
    posterior: assisted.posterior!,
    shipThreshold,
    thresholds,
    proxyEffect,
    thresholdEffect: thresholdEffect.steObservedEffect,
    largestPastProxyEffect: largestPastProxyEffect ?? null,
    nMacro: sizes.nMacro,
    waitingN,
  };
  const worthOver = (own: readonly CompleteEffectNode[]): ProxyWorth =>
    proxyWorth({ ...setting, nodes: own }, sizes, waitingN, thresholds.margin ?? DEFAULT_MARGIN);
  const judgeOver = (own: readonly CompleteEffectNode[], worth: ProxyWorth): ReturnType<typeof judgeProxy> =>
    judgeProxy({
      ...evidence,
      rho: effectMoments(own).rho,
      probabilityWrongSign: shareOfNodes(own, ({ rho }) => rho < 0),
      worth,
    });
  const worth = worthOver(nodes);
  const judgement = judgeOver(nodes, worth);
  const underOtherPriors =
    prior === null ? [] : lightUnderPriors(nodes, prior, (own) => judgeOver(own, worthOver(own)).light);
  const seenEffects = { proxy: proxyEffect, macro: macroEffect ?? 0 };
  return {
    kind: "proxy-assessment",
    method: "proxy-assisted",
    light: judgement.light,
    verdict: judgement.verdict,
    reasons: [...judgement.reasons, ...priorReasons(judgement.light, underOtherPriors)],
    next: judgement.next,
    seen: {
      pattern: judgement.pattern,
      micro: seenMicro,
      macro: seenMacro,
      proxyEffect,
      macroEffect,
      nProxy: sizes.nProxy,
      nMacro: sizes.nMacro,
    },
    detection: { observed, planning: planningSpeedup({ control, effects, confidenceLevel }) },
    decision,
    assisted,
    prediction,
    paradox: paradoxRisk({ effects, sampling, n, alpha, proxyEffect, confidenceLevel }),
    thresholdEffect,
    probabilityGainsMore: worth.gainsMore,
    probabilityWorthwhile: worth.worthwhile,
    probabilityPromising: worth.promising,
    lightUnderPriors: underOtherPriors,
    waitingN,
    tippingRho: {
      light: policyTippingRho(setting, sizes, waitingN),
      decision: decisionTippingRho(setting, sizes, seenEffects, shipThreshold),
    },
    smallestDirectEffect: Math.min(0, -prediction.mean),
    checklist: CHECKLIST,
    warnings: macroEffect === null ? [MACRO_TOO_FEW, ...assisted.warnings] : assisted.warnings,
    assumptions: assisted.assumptions,
  };
}

const DEFAULT_THRESHOLDS: LightThresholds = { green: 0.9, red: 0.1 };
/** Noise that proxy and sales share is worth up to some 2 % at usual sizes: less than this is no merit of the proxy. */
const DEFAULT_MARGIN = 0.05;

const MACRO_TOO_FEW = {
  code: "MACRO_TOO_FEW",
  message: "An arm has no macro conversion yet, so that no lift can be told: only the proxy speaks.",
};

const CHECKLIST: readonly string[] = [
  "A direct effect: does the change touch the macro metric other than through the proxy, and the other way?",
  "A common cause: do units that convert on both do so for a reason that the change does not move?",
  "Different units: are those whom the change brings to the proxy the ones for whom the proxy leads on?",
];

function checkInput(input: AssessProxyInput): void {
  checkObject("input", input);
  checkEffectCovariance("effects", input.effects);
  if (input.sampling !== undefined) checkUnitCovariance("sampling", input.sampling);
  if (input.plannedN !== undefined) checkMagnitude("plannedN", input.plannedN);
  if (input.largestPastProxyEffect !== undefined) {
    checkMagnitude("largestPastProxyEffect", input.largestPastProxyEffect);
  }
  checkOpenUnit("alpha", input.alpha ?? DEFAULT_ALPHA);
  const { thresholds } = input;
  if (thresholds === undefined) return;
  checkObject("thresholds", thresholds);
  checkOpenUnit("thresholds.green", thresholds.green);
  checkOpenUnit("thresholds.red", thresholds.red);
  if (thresholds.margin !== undefined) {
    checkBetween("thresholds.margin", thresholds.margin, 0, LARGEST_MAGNITUDE);
  }
  if (thresholds.red > thresholds.green) {
    throw new DomainError("thresholds.red", thresholds.red, `must be at most green = ${thresholds.green}`);
  }
}
