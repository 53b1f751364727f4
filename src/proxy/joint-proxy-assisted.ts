import { checkObject, checkOpenUnit } from "../core/checks.ts";
import { DEFAULT_CONFIDENCE_LEVEL } from "../core/defaults.ts";
import { DomainError } from "../core/domain-error.ts";
import type { Interval } from "../core/interval.ts";
import type { Result } from "../core/result.ts";
import type { Status } from "../core/status.ts";
import type { Warning } from "../core/warning.ts";
import { dot, type Vector } from "../numerics/matrix.ts";
import { checkJointEffectsAndSampling } from "./check-effects-and-sampling.ts";
import { checkEffectSize } from "./check-magnitude.ts";
import { compositeNode } from "./composite-effects.ts";
import { type DecisionSetting, macroRule } from "./decision-rule.ts";
import type { EffectScale } from "./effect-covariance.ts";
import { effectAssumptions } from "./effect-assumptions.ts";
import { effectMoments } from "./effect-moments.ts";
import { type FalseShips, falseShips, rootMeanSquareError, shippingByPosterior } from "./false-ships.ts";
import {
  averageJointEstimate,
  type JointLinearEstimate,
  jointNoise,
  jointNoiseVariance,
  jointPrediction,
  type JointPrediction,
} from "./joint-assisted-weights.ts";
import {
  checkProxyEffects,
  type CompleteJointNode,
  type JointEffectCovariance,
  jointEffectNodes,
  type JointUnitCovariance,
  proxyNames,
} from "./joint-effect-covariance.ts";
import { type JointSampleSizes, jointSampleSizes, type JointSampleSizesInput } from "./joint-sample-sizes.ts";
import { gainEquivalentN, hasClosedForm, signalEquivalentN, speedupOverMacro } from "./macro-equivalent-n.ts";
import type { NormalMixture } from "../numerics/normal-mixture.ts";
import { posteriorInterval } from "./posterior-interval.ts";
import { type AssistedDecisionRule, chosenRule, probabilityAsked } from "./assisted-decision-rule.ts";
import { type AssistedPosterior, worstPosterior } from "./assisted-posterior.ts";
import { shareGainingMore } from "./probability-gains-more.ts";
import { type ShippingRule, shippingOutcome } from "./shipping-rule.ts";
import { ln } from "../numerics/elementary/ln.ts";

export interface JointProxyAssistedInput extends JointSampleSizesInput {
  /** How true effects spread and go together; with a posterior, everything is averaged over it. */
  readonly effects: JointEffectCovariance;
  /** Sampling covariance of all estimates times n per arm. */
  readonly sampling: JointUnitCovariance;
  /** Estimated effects on the proxies, on the scale of the effects; leave them out while planning. */
  readonly proxyEffects?: readonly number[] | undefined;
  /** Estimated effect on the macro metric; needed beside `proxyEffects` as soon as nMacro > 0. */
  readonly macroEffect?: number | undefined;
  /** Of the credible intervals; 0.95 unless said. */
  readonly confidenceLevel?: number | undefined;
  /** Ship when P(true macro effect > 0) exceeds this, in (0, 1); 0.9 unless said. Short for a `probability` rule. */
  readonly shipThreshold?: number | undefined;
  /** When a change ships, where not by `shipThreshold`. */
  readonly decisionRule?: AssistedDecisionRule | undefined;
}

/** What `proxyAssisted` says, of several proxies at once. */
export interface JointProxyAssisted extends Result<"joint-proxy-assisted"> {
  readonly status: Status;
  /** Scale of every effect here. */
  readonly scale: EffectScale;
  /** Names of the proxies, in the order of every list here. */
  readonly proxies: readonly string[];
  readonly nProxies: readonly number[];
  readonly nMacro: number;
  /**
   * Reliability of macroEquivalentN macro units: for a known covariance R², the share of the variance of true macro effects
   * that all estimates explain together.
   */
  readonly reliability: number;
  /** Macro units per arm that decide as well as all estimates together. */
  readonly macroEquivalentN: number;
  /** macroEquivalentN over nMacro; Infinity while there are no macro units. */
  readonly speedupOverMacro: number;
  /** macroEquivalentN over the largest of nProxies; may be below 1. */
  readonly speedupOverProxies: number;
  /** Posterior mean = intercept + Σ proxies[i] · (estimate on proxy i) + macro · (macro estimate). */
  readonly weights: JointLinearEstimate;
  /** The proxies as the one that the decision looks at: weights of absolute sum 1. */
  readonly composite: {
    readonly weights: readonly number[];
    /** Standard deviation of its true effects. */
    readonly tau: number;
    /** Correlation of its true effects with the macro metric's. */
    readonly rho: number;
  };
  /** Null while no effects were observed. */
  readonly posterior: AssistedPosterior | null;
  readonly decisionRule: AssistedDecisionRule;
  /** What P(true macro effect > 0) exceeds where the rule ships; for other rules than `probability` under a normal posterior. */
  readonly shipThreshold: number;
  /** Expected true macro effect per change tested under the rule, counting what ships; on the scale of the effects. */
  readonly expectedGain: number;
  /** Probability that a change that ships loses macro conversions. */
  readonly wrongShipShare: number;
  /** Probability that a change without macro effect ships, over the proxy effects that such changes have. */
  readonly falseShipRate: number;
  /** The same at given true effects on the composite. */
  readonly falseShipCurve: FalseShips["curve"];
  /** What past experiments leave open; null for a covariance without posterior. */
  readonly overPosterior: {
    readonly macroEquivalentN: Interval;
    /** Posterior probability that deciding by all estimates earns more than deciding by the macro units alone. */
    readonly probabilityGainsMore: number;
  } | null;
}

/**
 * Decides about the macro metric by several proxies and the sales there are so far, each weighted by what it tells
 * beyond the others, and each read from as many units as have matured for it.
 *
 * With one proxy it is `proxyAssisted`. It is a rule for gains, not a test: `falseShipRate` and its curve say how often
 * changes without macro effect ship. Cost: one small linear system a node of the posterior.
 *
 * @param input - effects, sampling, units per arm behind each estimate, and the estimates once there are any
 * @returns reliability, equivalent macro units, weights, the posterior of the macro effect and the false-ship rates
 * @throws {DomainError} for broken covariances, different scales, impossible numbers of units, estimates that are
 *   missing, or a broken decision rule
 * @example
 * ```ts
 * import { jointProxyAssisted } from "microlift";
 * const { macroEquivalentN } = jointProxyAssisted({
 *   effects: {
 *     scale: "difference",
 *     covariance: [
 *       [1.6e-5, 4e-6, 2.56e-6],
 *       [4e-6, 9e-6, 1.2e-6],
 *       [2.56e-6, 1.2e-6, 6.4e-7],
 *     ],
 *   },
 *   sampling: {
 *     scale: "difference",
 *     covariance: [
 *       [0.18, 0.05, 0.036],
 *       [0.05, 0.42, 0.02],
 *       [0.036, 0.02, 0.0392],
 *     ],
 *   },
 *   nProxies: [20_000, 20_000],
 *   nMacro: 8_000,
 * });
 * macroEquivalentN; // 47209.94718309859
 * ```
 * Source: Henderson (1975), best linear unbiased prediction; Tripuraneni et al. (2023) for several proxies.
 */
export function jointProxyAssisted(input: JointProxyAssistedInput): JointProxyAssisted {
  checkObject("input", input);
  const { effects, sampling, confidenceLevel = DEFAULT_CONFIDENCE_LEVEL } = input;
  checkJointEffectsAndSampling(input);
  const metrics = effects.covariance.length;
  checkOpenUnit("confidenceLevel", confidenceLevel);
  const decisionRule = chosenRule(input);
  const sizes = jointSampleSizes(input, metrics - 1);
  const observed = observedEffects(input, sizes);

  const nodes = jointEffectNodes(effects);
  const noise = jointNoise(sampling.covariance, sizes);
  const predictions = nodes.map((node) => jointPrediction(node, noise));
  const weights = averageJointEstimate(nodes, predictions);

  // Decided is by one weighted sum of the proxies, so what one proxy earns is known of it too.
  const { composite, size } = normalised(weights.proxies);
  const composites = nodes.map((node) => compositeNode(node, composite));
  const rule: ShippingRule = {
    proxy: size,
    macro: weights.macro,
    threshold: 0 - weights.intercept,
    noise: jointNoiseVariance(noise, weights),
  };
  const unitMacro = sampling.covariance[metrics - 1]![metrics - 1]!;
  const setting: DecisionSetting = {
    nodes: composites,
    sampling: { proxy: 1, macro: unitMacro, correlation: 0 },
    rule: { kind: "posterior-mean" },
  };
  const macroEquivalentN = hasClosedForm(setting)
    ? unitMacro * predictions[0]!.information
    : gainEquivalentN(setting, rule);
  const { tauProxy, tauMacro, rho } = effectMoments(composites);
  const shipping = shippingByPosterior(composites, rule, decisionRule);
  const { gain, wrongShipShare } = shippingOutcome(composites, shipping);
  const ships = falseShips(composites, shipping);
  return {
    kind: "joint-proxy-assisted",
    method: "posterior-mean",
    scale: effects.scale ?? "log-lift",
    status: macroEquivalentN === Infinity ? "unbounded" : "ok",
    proxies: proxyNames(effects),
    nProxies: sizes.nProxies,
    nMacro: sizes.nMacro,
    reliability: 1 / (1 + unitMacro / tauMacro ** 2 / macroEquivalentN),
    macroEquivalentN,
    speedupOverMacro: speedupOverMacro(macroEquivalentN, sizes.nMacro),
    speedupOverProxies: macroEquivalentN / Math.max(...sizes.nProxies),
    weights,
    composite: { weights: composite, tau: tauProxy, rho },
    posterior:
      observed === null
        ? null
        : worstPosterior([posteriorOf(observed, nodes, predictions)], confidenceLevel, decisionRule),
    decisionRule,
    shipThreshold: probabilityAsked(decisionRule, () => rootMeanSquareError(composites, rule)),
    expectedGain: gain,
    wrongShipShare,
    falseShipRate: ships.rate,
    falseShipCurve: ships.curve,
    overPosterior:
      effects.posterior === undefined
        ? null
        : {
            macroEquivalentN: posteriorInterval(
              composites,
              composites.map((node) => signalEquivalentN(node, setting.sampling, rule)),
              confidenceLevel,
            ),
            probabilityGainsMore: shareGainingMore(composites, rule, macroRule(setting, sizes.nMacro)),
          },
    warnings: warnings(size !== 0 && size * rho <= 0, sizes.nMacro),
    assumptions: effectAssumptions(effects),
  };
}

/** The true macro effect given the estimates, one normal a node; the nodes keep the weights that the past gave them. */
function posteriorOf(
  observed: Vector,
  nodes: readonly CompleteJointNode[],
  predictions: readonly JointPrediction[],
): NormalMixture {
  return predictions.map(({ proxies, macro, intercept, variance }, k) => ({
    logWeight: ln(nodes[k]!.weight),
    mean: intercept + dot(proxies, observed) + macro * observed[proxies.length]!,
    standardDeviation: Math.sqrt(variance),
  }));
}

/** The estimates, the macro metric's last, as 0 while there is none. */
function observedEffects(
  { proxyEffects, macroEffect }: JointProxyAssistedInput,
  { nProxies, nMacro }: JointSampleSizes,
): Vector | null {
  if (macroEffect !== undefined) {
    checkEffectSize("macroEffect", macroEffect);
    if (nMacro === 0) {
      throw new DomainError("macroEffect", macroEffect, "must be left out while nMacro = 0");
    }
    if (proxyEffects === undefined) {
      throw new DomainError("proxyEffects", proxyEffects, "must be given beside macroEffect");
    }
  }
  if (proxyEffects === undefined) return null;
  checkProxyEffects("proxyEffects", proxyEffects, nProxies.length);
  if (macroEffect === undefined && nMacro > 0) {
    throw new DomainError(
      "macroEffect",
      macroEffect,
      `must be given beside proxyEffects, since nMacro = ${nMacro}`,
    );
  }
  return [...proxyEffects, macroEffect ?? 0];
}

/** Weights as a composite of absolute sum 1 that counts its proxies as positive on balance, times a size. */
function normalised(weights: Vector): { readonly composite: readonly number[]; readonly size: number } {
  const total = weights.reduce((sum, weight) => sum + Math.abs(weight), 0);
  if (total === 0) return { composite: weights.map(() => 1 / weights.length), size: 0 };
  const size = weights.reduce((sum, weight) => sum + weight, 0) < 0 ? -total : total;
  return { composite: weights.map((weight) => weight / size), size };
}

function warnings(isAgainstRho: boolean, nMacro: number): Warning[] {
  const found: Warning[] = [
    {
      code: "NO_TYPE_I_GUARANTEE",
      message:
        "This decides for gains, not against false alarms: changes that move the proxies and not the macro metric ship far more often than tests promise.",
    },
  ];
  if (nMacro > 0 && isAgainstRho) {
    found.push({
      code: "PROXY_AS_CONTROL_VARIATE",
      message:
        "The proxies are used here to take chance out of the estimate of sales, more than to foretell sales.",
    });
  }
  return found;
}
