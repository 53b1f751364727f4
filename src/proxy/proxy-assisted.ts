import { checkObject, checkOpenUnit } from "../core/checks.ts";
import { DEFAULT_CONFIDENCE_LEVEL } from "../core/defaults.ts";
import { DomainError } from "../core/domain-error.ts";
import type { Interval } from "../core/interval.ts";
import type { Result } from "../core/result.ts";
import type { Status } from "../core/status.ts";
import type { Warning } from "../core/warning.ts";
import { type AssistedDecisionRule, chosenRule, probabilityAsked } from "./assisted-decision-rule.ts";
import { assistedEquivalentN } from "./assisted-equivalent-n.ts";
import { type AssistedPosterior, worstPosterior } from "./assisted-posterior.ts";
import { assistedWeights, averageEstimate, type LinearEstimate } from "./assisted-weights.ts";
import { assistedRule, type DecisionSetting } from "./decision-rule.ts";
import { type EffectCovariance, effectNodes, effectScale, type EffectScale } from "./effect-covariance.ts";
import { effectMoments } from "./effect-moments.ts";
import { type FalseShips, falseShips, rootMeanSquareError, shippingByPosterior } from "./false-ships.ts";
import { gainEquivalentN, signalEquivalentN, speedupOverMacro } from "./macro-equivalent-n.ts";
import { macroMixture, type ObservedEffects } from "./macro-posterior.ts";
import { asNormal } from "./population-average.ts";
import { posteriorInterval } from "./posterior-interval.ts";
import { probabilityGainsMore } from "./probability-gains-more.ts";
import { shippingOutcome } from "./shipping-rule.ts";
import { type SampleSizes, sampleSizes, type SampleSizesInput } from "./sample-sizes.ts";
import { type CorrelationRange, type UnitCovariance } from "./unit-covariance.ts";
import { possibleSamplings, withWorstCorrelation } from "./worst-correlation.ts";
import { effectAssumptions } from "./effect-assumptions.ts";
import { checkEffectsAndSampling } from "./check-effects-and-sampling.ts";
import { checkEffectSize } from "./check-magnitude.ts";

export interface ProxyAssistedInput extends SampleSizesInput {
  /** How true effects spread and go together; with a posterior, everything is averaged over it. */
  readonly effects: EffectCovariance;
  /** Sampling covariance of the two estimates times n per arm; with a `correlationRange` the worst case is reported. */
  readonly sampling: UnitCovariance;
  /** Estimated effect on the proxy, on the scale of the effects; leave it out while planning. */
  readonly proxyEffect?: number | undefined;
  /** Estimated effect on the macro metric; needed beside `proxyEffect` as soon as nMacro > 0. */
  readonly macroEffect?: number | undefined;
  /** Of the credible intervals; 0.95 unless said. */
  readonly confidenceLevel?: number | undefined;
  /** Ship when P(true macro effect > 0) exceeds this, in (0, 1); 0.9 unless said. Short for a `probability` rule. */
  readonly shipThreshold?: number | undefined;
  /** When a change ships, where not by `shipThreshold`. */
  readonly decisionRule?: AssistedDecisionRule | undefined;
}

export interface ProxyAssisted extends Result<"proxy-assisted">, SampleSizes {
  readonly status: Status;
  /** Scale of every effect here. */
  readonly scale: EffectScale;
  /**
   * Reliability of macroEquivalentN macro units: for a known covariance R², the share of the variance of true macro effects
   * that the two estimates explain together.
   */
  readonly reliability: number;
  /** Macro units per arm that decide as well as both estimates together. */
  readonly macroEquivalentN: number;
  /** macroEquivalentN over nMacro; Infinity while there are no macro units. */
  readonly speedupOverMacro: number;
  /** macroEquivalentN over nProxy; may be below 1. */
  readonly speedupOverProxy: number;
  /** Posterior mean = intercept + proxy · (proxy estimate) + macro · (macro estimate). */
  readonly weights: LinearEstimate;
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
  /** The same at given true proxy effects. */
  readonly falseShipCurve: FalseShips["curve"];
  /** What past experiments leave open; null for a covariance without posterior. */
  readonly overPosterior: {
    readonly macroEquivalentN: Interval;
    /** Posterior probability that deciding by both earns more than deciding by the macro units alone. */
    readonly probabilityGainsMore: number;
  } | null;
  /** The sampling correlations that the figures hold for: each is the worst over them. */
  readonly samplingCorrelation: CorrelationRange;
}

/**
 * Decides about the macro metric by both estimates together, each weighted by what it tells: the sales there are so
 * far, and the proxy for what they do not say yet.
 *
 * With a known effect covariance this is never worth less than its own sales, and no ceiling bounds it; with one that
 * is estimated it can be, so give the posterior. It is a rule for gains, not a test: a change that moves the proxy
 * and not the macro metric ships far more often than 5 % of the time; `falseShipRate` and its curve say how often.
 *
 * @param input - effects, sampling, units per arm behind each estimate, and the estimates once there are any
 * @returns reliability, equivalent macro units, weights, the posterior of the macro effect and the false-ship rates
 * @throws {DomainError} for broken covariances, different scales, impossible numbers of units, or one estimate alone
 * @example
 * ```ts
 * import { proxyAssisted } from "microlift";
 * const { macroEquivalentN } = proxyAssisted({
 *   effects: { tauProxy: 0.004, tauMacro: 0.0008, rho: 0.8, scale: "difference" },
 *   sampling: { proxy: 0.18, macro: 0.0392, correlation: 3 / 7 },
 *   nProxy: 20_000,
 *   nMacro: 8_000,
 * });
 * macroEquivalentN; // 44690.4058826938
 * ```
 * Source: Henderson (1975), best linear unbiased prediction; Cunningham and Kim (2020) for effects of experiments.
 */
export function proxyAssisted(input: ProxyAssistedInput): ProxyAssisted {
  checkObject("input", input);
  const { effects, confidenceLevel = DEFAULT_CONFIDENCE_LEVEL } = input;
  checkEffectsAndSampling(input);
  checkOpenUnit("confidenceLevel", confidenceLevel);
  const decisionRule = chosenRule(input);
  const sizes = sampleSizes(input);
  const observed = observedEffects(input, sizes);

  const nodes = effectNodes(effects);
  const sampling = withWorstCorrelation(nodes, input.sampling, sizes);
  const setting: DecisionSetting = { nodes, sampling, rule: { kind: "posterior-mean" } };
  const macroEquivalentN = assistedEquivalentN(setting, sizes);
  // Shares of variance do not depend on the shape of the population.
  const explainedN =
    nodes[0]!.components === undefined
      ? macroEquivalentN
      : assistedEquivalentN({ ...setting, nodes: nodes.map(asNormal) }, sizes);
  const weights = averageEstimate(nodes, (node) => assistedWeights(node, sampling, sizes));
  const { rho, tauMacro } = effectMoments(nodes);

  // What depends on the data or on the rates may be worst at another correlation than the information is.
  const possible = possibleSamplings(input.sampling, sampling, sizes);
  const rules = possible.map((own) =>
    shippingByPosterior(nodes, assistedRule({ ...setting, sampling: own }, sizes), decisionRule),
  );
  const ships = rules.map((rule) => falseShips(nodes, rule));
  const outcomes = rules.map((rule) => shippingOutcome(nodes, rule));
  return {
    kind: "proxy-assisted",
    method: "posterior-mean",
    scale: effectScale(effects),
    status: macroEquivalentN === Infinity ? "unbounded" : "ok",
    ...sizes,
    reliability: 1 / (1 + sampling.macro / tauMacro ** 2 / explainedN),
    macroEquivalentN,
    speedupOverMacro: speedupOverMacro(macroEquivalentN, sizes.nMacro),
    speedupOverProxy: macroEquivalentN / sizes.nProxy,
    weights,
    posterior:
      observed === null
        ? null
        : worstPosterior(
            possible.map((own) => macroMixture(nodes, own, sizes, observed)),
            confidenceLevel,
            decisionRule,
          ),
    decisionRule,
    shipThreshold: probabilityAsked(decisionRule, () =>
      rootMeanSquareError(nodes, assistedRule(setting, sizes)),
    ),
    expectedGain: Math.min(...outcomes.map(({ gain }) => gain)),
    wrongShipShare: Math.max(...outcomes.map(({ wrongShipShare }) => wrongShipShare)),
    falseShipRate: Math.max(...ships.map(({ rate }) => rate)),
    falseShipCurve: ships[0]!.curve.map(({ multipleOfTau, proxyEffect }, i) => ({
      multipleOfTau,
      proxyEffect,
      rate: Math.max(...ships.map(({ curve }) => curve[i]!.rate)),
    })),
    overPosterior: effects.posterior === undefined ? null : overPosterior(setting, sizes, confidenceLevel),
    samplingCorrelation:
      possible.length > 1
        ? input.sampling.correlationRange!
        : { lower: sampling.correlation, upper: sampling.correlation },
    warnings: warnings(rho, weights, sizes),
    assumptions: assumptions(effects, possible.length > 1),
  };
}

function observedEffects(
  { proxyEffect, macroEffect }: ProxyAssistedInput,
  { nMacro }: SampleSizes,
): ObservedEffects | null {
  if (proxyEffect !== undefined) checkEffectSize("proxyEffect", proxyEffect);
  if (macroEffect !== undefined) {
    checkEffectSize("macroEffect", macroEffect);
    if (nMacro === 0) {
      throw new DomainError("macroEffect", macroEffect, "must be left out while nMacro = 0");
    }
    if (proxyEffect === undefined) {
      throw new DomainError("proxyEffect", proxyEffect, "must be given beside macroEffect");
    }
  }
  if (proxyEffect === undefined) return null;
  if (macroEffect === undefined && nMacro > 0) {
    throw new DomainError(
      "macroEffect",
      macroEffect,
      `must be given beside proxyEffect, since nMacro = ${nMacro}`,
    );
  }
  return { proxy: proxyEffect, macro: macroEffect ?? 0 };
}

function overPosterior(
  setting: DecisionSetting,
  sizes: SampleSizes,
  confidenceLevel: number,
): NonNullable<ProxyAssisted["overPosterior"]> {
  const { nodes, sampling } = setting;
  const rule = assistedRule(setting, sizes);
  return {
    macroEquivalentN: posteriorInterval(
      nodes,
      nodes.map((node) =>
        node.components === undefined
          ? signalEquivalentN(node, sampling, rule)
          : gainEquivalentN({ ...setting, nodes: [node] }, rule),
      ),
      confidenceLevel,
    ),
    probabilityGainsMore: probabilityGainsMore(setting, sizes, sizes.nMacro),
  };
}

function warnings(rho: number, { proxy }: LinearEstimate, { nMacro }: SampleSizes): Warning[] {
  const found: Warning[] = [
    {
      code: "NO_TYPE_I_GUARANTEE",
      message:
        "This decides for gains, not against false alarms: changes that move the proxy and not the macro metric ship far more often than tests promise.",
    },
  ];
  if (nMacro > 0 && proxy !== 0 && proxy * rho <= 0) {
    found.push({
      code: "PROXY_AS_CONTROL_VARIATE",
      message:
        "The proxy is used here to take chance out of the estimate of sales, more than to foretell sales.",
    });
  }
  return found;
}

function assumptions(effects: EffectCovariance, correlationIsOpen: boolean): string[] {
  return [
    ...effectAssumptions(effects),
    ...(correlationIsOpen
      ? ["The sampling correlation is known only as a range; each figure is the worst over it."]
      : []),
  ];
}
