import { checkObject } from "../core/checks.ts";
import { DomainError } from "../core/domain-error.ts";
import type { AnyResult } from "./any-result.ts";
import type { Block, WordBlock } from "./block.ts";
import {
  describeAlwaysValidPValue,
  describeConfidenceSequence,
  describeLiftConfidenceSequence,
  describeProportionConfidenceSequence,
} from "./describe-always-valid.ts";
import { describeArms } from "./describe-arms.ts";
import { describeAssessment } from "./describe-assessment.ts";
import { describeBayesFactor } from "./describe-bayes-factor.ts";
import { describeBayesianStopping, describeStoppingCalibration } from "./describe-bayesian-stopping.ts";
import { describeCatalog } from "./describe-catalog.ts";
import { describeComparison } from "./describe-comparison.ts";
import {
  describeEffectCovariance,
  describeLiftTransmission,
  describeUnitCovariance,
  describeJointUnitCovariance,
} from "./describe-covariances.ts";
import {
  describeDetectableLiftCurve,
  describePowerCurve,
  describePowerCurveByDay,
} from "./describe-curves.ts";
import { describeConfidenceSequenceCourse } from "./describe-course.ts";
import { describeDays } from "./describe-days.ts";
import { describeDecisionSpeedup } from "./describe-decision-speedup.ts";
import {
  describeDetectableEffect,
  describeRequiredAlpha,
  describeRequiredBaseline,
} from "./describe-detectable-effect.ts";
import { describeDuration, describeDurationTable } from "./describe-duration.ts";
import {
  describeEmpiricalBetaPrior,
  describeEmpiricalEffectPrior,
  describeShrunkenEffect,
  describeShrunkenEffects,
  describeCorrectedEffect,
  describeWinnersCurse,
} from "./describe-effect-priors.ts";
import {
  describeBetaBinomialAssurance,
  describeExpectedLossSampleSize,
  describeNormalAssurance,
  describePosteriorWidthSampleSize,
  describePredictiveProbability,
  describeValueOfInformation,
} from "./describe-foresight.ts";
import { describeFunnel } from "./describe-funnel.ts";
import {
  describeGroupSequentialBoundaries,
  describeGroupSequentialPower,
  describeGroupSequentialSampleSize,
} from "./describe-group-sequential-plan.ts";
import {
  describeConditionalPower,
  describeGroupSequentialAnalysis,
  describeGroupSequentialDesign,
  describePredictivePower,
} from "./describe-group-sequential.ts";
import { describeGatekeeping, describeGraphicalProcedure, describeMaxZ } from "./describe-many-tests.ts";
import { describeEquivalence, describeMarginTest } from "./describe-margin-tests.ts";
import { describeSequentialReadout } from "./looks-blocks.ts";
import { describePlan } from "./describe-plan.ts";
import { describeAssurance, describeExactTypeIError, describePower } from "./describe-power.ts";
import { describePosteriorComparison, describeProbabilityToBeat } from "./describe-posterior-comparison.ts";
import {
  describeHighestDensityInterval,
  describePracticalEquivalence,
} from "./describe-posterior-regions.ts";
import { describeProxyAssisted } from "./describe-proxy-assisted.ts";
import { describeReadout } from "./describe-readout.ts";
import {
  describeSampleRatio,
  describeSampleRatioBySegment,
  describeSequentialSampleRatio,
} from "./describe-sample-ratio.ts";
import { describeAssuranceSampleSize, describeSampleSize } from "./describe-sample-size.ts";
import { describeSegments } from "./describe-segments.ts";
import { describeSequentialDuration, describeSequentialSimulation } from "./describe-sequential-duration.ts";
import {
  describeAllocation,
  describeDirichletMultinomial,
  describeProbabilityBest,
} from "./describe-several-posteriors.ts";
import {
  describeCalendarSpeedup,
  describeDetectionSpeedup,
  describeObservedSpeedup,
  describePlanningSpeedup,
  describeSequentialSpeedup,
} from "./describe-speedups.ts";
import { describeSpeedupCurve } from "./describe-speedup-curve.ts";
import {
  describeParadoxRisk,
  describePrediction,
  describeThresholdEffect,
  describeThresholdFromLine,
} from "./describe-surrogacy.ts";
import {
  describeAaUniformity,
  describeFalsePositiveRisk,
  describeMinimumBayesFactor,
  describeTwymanCheck,
  describeTypeSAndM,
} from "./describe-trust.ts";
import { describeExperimentsNeeded, describeTrialLevelR2 } from "./describe-past-experiments.ts";
import { describeIndividualSurrogacy, describeSurrogateIndex } from "./describe-individual.ts";
import { describeMicroValue } from "./describe-micro-value.ts";
import { describeProgramme } from "./describe-programme.ts";
import { describeProxyRanking } from "./describe-proxy-ranking.ts";
import { describeLearnedEffects } from "./describe-learned-effects.ts";
import {
  describeJointEffects,
  describeJointProxyAssisted,
  describeProxyFront,
  describeProxyWeights,
  describeSensitivityWeights,
} from "./describe-several-proxies.ts";
import { describeBacktest } from "./describe-backtest.ts";
import { describeSequentialAssisted } from "./describe-sequential-assisted.ts";
import { describeEffectPopulation } from "./describe-effect-population.ts";

/** A result in blocks that every renderer can show. */
export function describe(result: AnyResult): Block[] {
  checkObject("result", result);
  return blocksOf(result).filter((block) => block.type !== "answers" || block.answers.length > 0);
}

/** The same without pictures, for renderers that have only words. */
export function describeInWords(result: AnyResult): WordBlock[] {
  return describe(result).filter((block) => block.type !== "picture");
}

function blocksOf(result: AnyResult): Block[] {
  switch (result.kind) {
    case "aa-uniformity":
      return describeAaUniformity(result);
    case "always-valid-p-value":
      return describeAlwaysValidPValue(result);
    case "arms-comparison":
    case "pairs-comparison":
      return describeArms(result);
    case "assurance":
      return describeNormalAssurance(result);
    case "bayes-factor-for-proportions":
      return describeBayesFactor(result);
    case "bayesian-stopping":
      return describeBayesianStopping(result);
    case "bayesian-stopping-calibration":
      return describeStoppingCalibration(result);
    case "beta-binomial-assurance":
      return describeBetaBinomialAssurance(result);
    case "beta-binomial-comparison":
    case "effect-prior-comparison":
    case "gamma-poisson-comparison":
    case "normal-comparison":
    case "revenue-comparison":
      return describePosteriorComparison(result);
    case "calendar-speedup":
      return describeCalendarSpeedup(result);
    case "cluster-comparison":
    case "count-comparison":
    case "covariate-comparison":
    case "mean-comparison":
    case "proportion-comparison":
    case "quantile-comparison":
    case "ratio-comparison":
    case "stratified-comparison":
    case "triggered-comparison":
      return describeComparison(result);
    case "conditional-power":
      return describeConditionalPower(result);
    case "confidence-sequence":
      return describeConfidenceSequence(result);
    case "confidence-sequence-course":
      return describeConfidenceSequenceCourse(result);
    case "corrected-effect":
      return describeCorrectedEffect(result);
    case "count-minimum-detectable-effect":
    case "ratio-minimum-detectable-effect":
    case "mean-minimum-detectable-effect":
    case "proportion-minimum-detectable-effect":
      return describeDetectableEffect(result);
    case "count-power":
    case "equivalence-power":
    case "non-inferiority-power":
    case "proportion-exact-power":
    case "ratio-power":
    case "superiority-power":
    case "mean-power":
    case "proportion-power":
      return describePower(result);
    case "count-sample-size":
    case "equivalence-sample-size":
    case "non-inferiority-sample-size":
    case "proportion-exact-sample-size":
    case "ratio-sample-size":
    case "superiority-sample-size":
    case "mean-sample-size":
    case "proportion-sample-size":
      return describeSampleSize(result);
    case "conversion-catalog":
      return describeCatalog(result);
    case "day-analysis":
      return describeDays(result);
    case "decision-speedup":
      return describeDecisionSpeedup(result);
    case "detectable-lift-curve":
      return describeDetectableLiftCurve(result);
    case "detection-speedup":
      return describeDetectionSpeedup(result);
    case "dirichlet-multinomial-comparison":
      return describeDirichletMultinomial(result);
    case "duration":
      return describeDuration(result);
    case "duration-table":
      return describeDurationTable(result);
    case "effect-covariance":
      return describeEffectCovariance(result);
    case "effect-population":
      return describeEffectPopulation(result);
    case "effect-covariance-estimate":
      return describeLearnedEffects(result);
    case "empirical-beta-prior":
      return describeEmpiricalBetaPrior(result);
    case "empirical-effect-prior":
      return describeEmpiricalEffectPrior(result);
    case "equivalence-test":
      return describeEquivalence(result);
    case "expected-loss-sample-size":
      return describeExpectedLossSampleSize(result);
    case "experiment-plan":
      return describePlan(result);
    case "experiment-readout":
      return describeReadout(result);
    case "experiments-needed":
      return describeExperimentsNeeded(result);
    case "false-positive-risk":
      return describeFalsePositiveRisk(result);
    case "funnel-analysis":
      return describeFunnel(result);
    case "gatekeeping":
      return describeGatekeeping(result);
    case "graphical-procedure":
      return describeGraphicalProcedure(result);
    case "group-sequential-analysis":
      return describeGroupSequentialAnalysis(result);
    case "group-sequential-boundaries":
      return describeGroupSequentialBoundaries(result);
    case "group-sequential-design":
      return describeGroupSequentialDesign(result);
    case "group-sequential-power":
      return describeGroupSequentialPower(result);
    case "group-sequential-sample-size":
      return describeGroupSequentialSampleSize(result);
    case "highest-density-interval":
      return describeHighestDensityInterval(result);
    case "individual-surrogacy":
      return describeIndividualSurrogacy(result);
    case "joint-effect-covariance-estimate":
      return describeJointEffects(result);
    case "joint-proxy-assisted":
      return describeJointProxyAssisted(result);
    case "joint-unit-covariance":
      return describeJointUnitCovariance(result);
    case "lift-confidence-sequence":
      return describeLiftConfidenceSequence(result);
    case "lift-transmission":
      return describeLiftTransmission(result);
    case "macro-prediction":
      return describePrediction(result);
    case "max-z":
      return describeMaxZ(result);
    case "mean-required-alpha":
    case "proportion-required-alpha":
      return describeRequiredAlpha(result);
    case "micro-value":
      return describeMicroValue(result);
    case "minimum-bayes-factor":
      return describeMinimumBayesFactor(result);
    case "non-inferiority-test":
    case "superiority-test":
      return describeMarginTest(result);
    case "observed-speedup":
      return describeObservedSpeedup(result);
    case "optimal-proxy-weights":
      return describeProxyWeights(result);
    case "paradox-risk":
      return describeParadoxRisk(result);
    case "planning-speedup":
      return describePlanningSpeedup(result);
    case "posterior-width-sample-size":
      return describePosteriorWidthSampleSize(result);
    case "power-curve":
      return describePowerCurve(result);
    case "power-curve-by-day":
      return describePowerCurveByDay(result);
    case "predictive-power":
      return describePredictivePower(result);
    case "predictive-probability":
      return describePredictiveProbability(result);
    case "probability-best":
      return describeProbabilityBest(result);
    case "probability-to-beat":
      return describeProbabilityToBeat(result);
    case "programme-gain":
      return describeProgramme(result);
    case "proportion-assurance":
      return describeAssurance(result);
    case "proportion-assurance-sample-size":
      return describeAssuranceSampleSize(result);
    case "proportion-confidence-sequence":
      return describeProportionConfidenceSequence(result);
    case "proportion-exact-type-i-error":
      return describeExactTypeIError(result);
    case "proportion-required-baseline":
      return describeRequiredBaseline(result);
    case "proxy-assessment":
      return describeAssessment(result);
    case "proxy-assisted":
      return describeProxyAssisted(result);
    case "proxy-backtest":
      return describeBacktest(result);
    case "proxy-front":
      return describeProxyFront(result);
    case "proxy-ranking":
      return describeProxyRanking(result);
    case "region-of-practical-equivalence":
      return describePracticalEquivalence(result);
    case "sample-ratio-by-segment":
      return describeSampleRatioBySegment(result);
    case "sample-ratio-check":
      return describeSampleRatio(result);
    case "sensitivity-weights":
      return describeSensitivityWeights(result);
    case "segment-analysis":
      return describeSegments(result);
    case "sequential-duration":
      return describeSequentialDuration(result);
    case "sequential-proxy-assisted":
      return describeSequentialAssisted(result);
    case "sequential-readout":
      return describeSequentialReadout(result);
    case "sequential-sample-ratio-check":
      return describeSequentialSampleRatio(result);
    case "sequential-simulation":
      return describeSequentialSimulation(result);
    case "sequential-speedup":
      return describeSequentialSpeedup(result);
    case "shrunken-effect":
      return describeShrunkenEffect(result);
    case "shrunken-effects":
      return describeShrunkenEffects(result);
    case "speedup-curve":
      return describeSpeedupCurve(result);
    case "surrogate-index":
      return describeSurrogateIndex(result);
    case "surrogate-threshold-effect":
      return describeThresholdEffect(result);
    case "surrogate-threshold-from-line":
      return describeThresholdFromLine(result);
    case "thompson-allocation":
    case "top-two-allocation":
      return describeAllocation(result);
    case "trial-level-r2":
      return describeTrialLevelR2(result);
    case "twyman-check":
      return describeTwymanCheck(result);
    case "type-s-and-m":
      return describeTypeSAndM(result);
    case "unit-covariance":
      return describeUnitCovariance(result);
    case "value-of-information":
      return describeValueOfInformation(result);
    case "winners-curse":
      return describeWinnersCurse(result);
    default:
      return unknown(result);
  }
}

/** The compiler lets nothing come here; a caller without one may. */
function unknown(result: never): never {
  throw new DomainError(
    "result.kind",
    (result as { readonly kind: unknown }).kind,
    "must be the kind of a result of this library",
  );
}
