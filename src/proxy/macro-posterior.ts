import type { Interval } from "../core/interval.ts";
import { logSum } from "../numerics/log-sum.ts";
import {
  mixtureLoss,
  mixtureMean,
  mixtureQuantile,
  mixtureTail,
  mixtureVariance,
  type NormalComponent,
  type NormalMixture,
} from "../numerics/normal-mixture.ts";
import { normalLogPdf } from "../numerics/normal.ts";
import { knownAssistedN } from "./assisted-equivalent-n.ts";
import { assistedWeights } from "./assisted-weights.ts";
import type { CompleteEffectNode } from "./effect-covariance.ts";
import { componentNode } from "./population-average.ts";
import type { SampleSizes } from "./sample-sizes.ts";
import type { UnitCovariance } from "./unit-covariance.ts";
import { exp } from "../numerics/elementary/exp.ts";
import { hypot } from "../numerics/elementary/hypot.ts";
import { ln } from "../numerics/elementary/ln.ts";

/** What is known about the true macro effect of one change. */
export interface MacroPosterior {
  readonly mean: number;
  readonly standardDeviation: number;
  readonly interval: Interval;
  /** P(true macro effect > 0). */
  readonly probabilityPositive: number;
  /** P(true macro effect < 0), computed as a tail of its own. */
  readonly probabilityNegative: number;
  /** P(true macro effect = 0): above 0 only in a population of which a share does nothing. */
  readonly probabilityOfNoEffect: number;
  /** What is expected to be lost by shipping (treatment) and by not shipping (control), on the scale of the effects. */
  readonly expectedLoss: { readonly treatment: number; readonly control: number };
}

/** Estimated effects of one change; the macro effect is not looked at while nMacro is 0. */
export interface ObservedEffects {
  readonly proxy: number;
  readonly macro: number;
}

/**
 * The true macro effect given the estimates, one normal a node. The nodes keep the weights that the past gave them:
 * so the mean stays linear in the estimates, and the gain of deciding by it can be told beforehand. Within a node the
 * normal distributions of its population weigh what they predicted of the estimates: so ordinary estimates are shrunk,
 * and rare large ones let through.
 */
export function macroMixture(
  nodes: readonly CompleteEffectNode[],
  sampling: UnitCovariance,
  sizes: SampleSizes,
  observed: ObservedEffects,
): NormalMixture {
  return nodes.flatMap((node) => {
    if (node.components === undefined) return [macroGiven(node, ln(node.weight), sampling, sizes, observed)];
    return weighted(normalsOf(node, sampling, sizes, observed), ln(node.weight), sampling, sizes, observed);
  });
}

/**
 * The same with every node weighted by what it predicted of the estimates, so that this change's own evidence on the
 * effect covariance counts too: the exact posterior of one change, for predictions. Its mean is not linear in the
 * estimates, so that no rule is made of it.
 */
export function updatedMacroMixture(
  nodes: readonly CompleteEffectNode[],
  sampling: UnitCovariance,
  sizes: SampleSizes,
  observed: ObservedEffects,
): NormalMixture {
  const normals = nodes.flatMap((node) =>
    normalsOf(node, sampling, sizes, observed).map(({ normal, log }) => ({
      normal,
      log: log + ln(node.weight),
    })),
  );
  return weighted(normals, 0, sampling, sizes, observed);
}

/** One normal distribution of effects, with ln of its share times what it predicted of the estimates. */
interface PredictedNormal {
  readonly normal: CompleteEffectNode;
  readonly log: number;
}

/** The normal distributions of a node's population, in shares of the node. */
function normalsOf(
  node: CompleteEffectNode,
  sampling: UnitCovariance,
  sizes: SampleSizes,
  observed: ObservedEffects,
): PredictedNormal[] {
  const normals = node.components?.map((component) => componentNode(node, component)) ?? [
    { ...node, weight: 1 },
  ];
  return normals.map((normal) => ({
    normal,
    log: ln(normal.weight) + logPredictive(normal, sampling, sizes, observed),
  }));
}

/** The true macro effect under each, their shares scaled to a total. */
function weighted(
  normals: readonly PredictedNormal[],
  logTotal: number,
  sampling: UnitCovariance,
  sizes: SampleSizes,
  observed: ObservedEffects,
): NormalComponent[] {
  const shift = logTotal - logSum(normals.map(({ log }) => log));
  return normals
    .filter(({ log }) => log > -Infinity)
    .map(({ normal, log }) => macroGiven(normal, log + shift, sampling, sizes, observed));
}

function macroGiven(
  node: CompleteEffectNode,
  logWeight: number,
  sampling: UnitCovariance,
  sizes: SampleSizes,
  observed: ObservedEffects,
): NormalComponent {
  if (node.tauMacro === 0) return { logWeight, mean: node.meanMacro, standardDeviation: 0 };
  const { proxy, macro, intercept } = assistedWeights(node, sampling, sizes);
  return {
    logWeight,
    mean: intercept + proxy * observed.proxy + (macro === 0 ? 0 : macro * observed.macro),
    standardDeviation: deviationLeft(node, sampling, sizes),
  };
}

/** Standard deviation of the true macro effect that the estimates leave, for one known normal effect distribution. */
export function deviationLeft(
  node: CompleteEffectNode,
  sampling: UnitCovariance,
  sizes: SampleSizes,
): number {
  // The estimates are worth n macro units, so k/(n + k) of the variance is left, with k = Ω_yy/τ².
  const n = knownAssistedN(node, sampling, sizes);
  return Math.sqrt(sampling.macro / (n + sampling.macro / node.tauMacro ** 2));
}

/** ln of the density that one normal distribution of effects predicts at the estimates. */
function logPredictive(
  { tauProxy, tauMacro, rho, meanProxy, meanMacro }: CompleteEffectNode,
  sampling: UnitCovariance,
  { nProxy, nMacro, nOverlap }: SampleSizes,
  observed: ObservedEffects,
): number {
  const proxyError = Math.sqrt(sampling.proxy / nProxy);
  const proxySd = hypot(tauProxy, proxyError);
  const proxyScore = (observed.proxy - meanProxy) / proxySd;
  const logProxy = normalLogPdf(proxyScore) - ln(proxySd);
  if (nMacro === 0) return logProxy;
  const macroError = Math.sqrt(sampling.macro / nMacro);
  const r = sampling.correlation * (nOverlap / Math.sqrt(nProxy * nMacro));
  const covariance = rho * tauProxy * tauMacro + r * proxyError * macroError;
  // The determinant as a sum of what is never negative, so that nothing cancels near rho or r of ±1.
  const determinant =
    (tauProxy * tauMacro) ** 2 * (1 - rho) * (1 + rho) +
    (proxyError * macroError) ** 2 * (1 - r) * (1 + r) +
    (tauProxy * macroError - tauMacro * proxyError) ** 2 +
    2 * tauProxy * tauMacro * proxyError * macroError * (1 - rho * r);
  const macroSd = Math.sqrt(determinant) / proxySd;
  const macroScore = (observed.macro - meanMacro - (covariance / proxySd) * proxyScore) / macroSd;
  return logProxy + normalLogPdf(macroScore) - ln(macroSd);
}

/** Reads a mixture: mean of the means, with the spread of the means in the standard deviation. */
export function readMacroPosterior(mixture: NormalMixture, confidenceLevel: number): MacroPosterior {
  const tail = (1 - confidenceLevel) / 2;
  return {
    mean: mixtureMean(mixture),
    standardDeviation: Math.sqrt(mixtureVariance(mixture)),
    interval: {
      lower: mixtureQuantile(mixture, "lower", tail),
      upper: mixtureQuantile(mixture, "upper", tail),
      confidenceLevel,
      method: "posterior",
      dualToTest: false,
      excluded: null,
    },
    probabilityPositive: mixtureTail(mixture, 0, "upper"),
    probabilityNegative: mixtureTail(mixture, 0, "lower"),
    probabilityOfNoEffect: shareWithoutEffect(mixture),
    expectedLoss: { treatment: mixtureLoss(mixture, 0, "lower"), control: mixtureLoss(mixture, 0, "upper") },
  };
}

/** Probability of an effect of exactly 0. */
export function shareWithoutEffect(mixture: NormalMixture): number {
  let sum = 0;
  for (const { logWeight, mean, standardDeviation } of mixture) {
    if (standardDeviation === 0 && mean === 0) sum += exp(logWeight);
  }
  return sum;
}
