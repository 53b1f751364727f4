import { checkBetween, checkObject } from "../core/checks.ts";
import { DomainError } from "../core/domain-error.ts";
import { checkMagnitude } from "./check-magnitude.ts";
import { type CovariancePrior, DEFAULT_PRIOR } from "./covariance-prior.ts";
import type { EffectScale } from "./effect-covariance.ts";
import type { PastExperiment } from "./past-experiment.ts";
import { jointN, macroProportion, microProportion } from "../summaries/joint-counts.ts";

/** A typical effect as a share of the baseline. */
const TYPICAL_LIFT = 0.05;

/**
 * A prior with its defaults filled in. A typical effect is 5 %: on the difference scale, of the pooled rate of the
 * controls, so that effects without counts leave it to the caller.
 *
 * @throws {DomainError} for numbers outside their range, or typical effects that nobody can know
 */
export function readCovariancePrior(
  field: string,
  prior: Partial<CovariancePrior> | undefined = {},
  scale: EffectScale,
  experiments: readonly PastExperiment[],
): CovariancePrior {
  checkObject(field, prior);
  const typical = (name: "typicalProxyEffect" | "typicalMacroEffect"): number => {
    const given = prior[name];
    if (given === undefined && scale === "log-lift") return TYPICAL_LIFT;
    const value = given ?? typicalDifference(`${field}.${name}`, name === "typicalProxyEffect", experiments);
    checkMagnitude(`${field}.${name}`, value);
    return value;
  };
  const {
    unrelatedShare = DEFAULT_PRIOR.unrelatedShare,
    unrelatedLkj = DEFAULT_PRIOR.unrelatedLkj,
    lkj = DEFAULT_PRIOR.lkj,
    positiveTilt = DEFAULT_PRIOR.positiveTilt,
    meanRatio = DEFAULT_PRIOR.meanRatio,
  } = prior;
  checkBetween(`${field}.unrelatedShare`, unrelatedShare, 0, 1);
  checkBetween(`${field}.unrelatedLkj`, unrelatedLkj, 0.5, 1e6);
  checkBetween(`${field}.lkj`, lkj, 0.5, 1e6);
  checkBetween(`${field}.positiveTilt`, positiveTilt, 0, 1e6);
  if (meanRatio !== Infinity) checkBetween(`${field}.meanRatio`, meanRatio, 0, 1e6);
  return {
    typicalProxyEffect: typical("typicalProxyEffect"),
    typicalMacroEffect: typical("typicalMacroEffect"),
    unrelatedShare,
    unrelatedLkj,
    lkj,
    positiveTilt,
    meanRatio,
  };
}

function typicalDifference(field: string, isProxy: boolean, experiments: readonly PastExperiment[]): number {
  let [conversions, n] = [0, 0];
  for (const experiment of experiments) {
    if (!("control" in experiment)) {
      throw new DomainError(
        field,
        undefined,
        "must be given on the difference scale, unless all experiments are joint counts",
      );
    }
    const { control } = experiment;
    conversions += (isProxy ? microProportion(control) : macroProportion(control)).conversions;
    n += jointN(control);
  }
  return TYPICAL_LIFT * (conversions / n);
}
