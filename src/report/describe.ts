import { checkObject } from "../core/checks.ts";
import { DomainError } from "../core/domain-error.ts";
import type { AnyResult } from "./any-result.ts";
import type { Block } from "./block.ts";
import { describeArms } from "./describe-arms.ts";
import { describeAssessment } from "./describe-assessment.ts";
import { describeBetaBinomial } from "./describe-beta-binomial.ts";
import { describeComparison } from "./describe-comparison.ts";
import {
  describeEffectCovariance,
  describeLiftTransmission,
  describeUnitCovariance,
} from "./describe-covariances.ts";
import { describeDecisionSpeedup } from "./describe-decision-speedup.ts";
import { describeDetectableEffect } from "./describe-detectable-effect.ts";
import { describeDuration } from "./describe-duration.ts";
import { describeGatekeeping, describeGraphicalProcedure, describeMaxZ } from "./describe-many-tests.ts";
import { describeEquivalence, describeMarginTest } from "./describe-margin-tests.ts";
import { describePlan } from "./describe-plan.ts";
import { describePower } from "./describe-power.ts";
import { describeProxyAssisted } from "./describe-proxy-assisted.ts";
import { describeReadout } from "./describe-readout.ts";
import {
  describeSampleRatio,
  describeSampleRatioBySegment,
  describeSequentialSampleRatio,
} from "./describe-sample-ratio.ts";
import { describeSampleSize } from "./describe-sample-size.ts";
import {
  describeCalendarSpeedup,
  describeDetectionSpeedup,
  describeObservedSpeedup,
  describePlanningSpeedup,
} from "./describe-speedups.ts";
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

/** A result in blocks that every renderer can show. */
export function describe(result: AnyResult): Block[] {
  checkObject("result", result);
  switch (result.kind) {
    case "aa-uniformity":
      return describeAaUniformity(result);
    case "arms-comparison":
    case "pairs-comparison":
      return describeArms(result);
    case "beta-binomial-comparison":
      return describeBetaBinomial(result);
    case "calendar-speedup":
      return describeCalendarSpeedup(result);
    case "decision-speedup":
      return describeDecisionSpeedup(result);
    case "detection-speedup":
      return describeDetectionSpeedup(result);
    case "duration":
      return describeDuration(result);
    case "effect-covariance":
      return describeEffectCovariance(result);
    case "equivalence-test":
      return describeEquivalence(result);
    case "experiment-plan":
      return describePlan(result);
    case "experiment-readout":
      return describeReadout(result);
    case "false-positive-risk":
      return describeFalsePositiveRisk(result);
    case "gatekeeping":
      return describeGatekeeping(result);
    case "graphical-procedure":
      return describeGraphicalProcedure(result);
    case "lift-transmission":
      return describeLiftTransmission(result);
    case "macro-prediction":
      return describePrediction(result);
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
    case "max-z":
      return describeMaxZ(result);
    case "mean-minimum-detectable-effect":
    case "proportion-minimum-detectable-effect":
      return describeDetectableEffect(result);
    case "mean-power":
    case "proportion-power":
      return describePower(result);
    case "mean-sample-size":
    case "proportion-sample-size":
      return describeSampleSize(result);
    case "minimum-bayes-factor":
      return describeMinimumBayesFactor(result);
    case "non-inferiority-test":
    case "superiority-test":
      return describeMarginTest(result);
    case "observed-speedup":
      return describeObservedSpeedup(result);
    case "paradox-risk":
      return describeParadoxRisk(result);
    case "planning-speedup":
      return describePlanningSpeedup(result);
    case "proxy-assessment":
      return describeAssessment(result);
    case "proxy-assisted":
      return describeProxyAssisted(result);
    case "sample-ratio-by-segment":
      return describeSampleRatioBySegment(result);
    case "sample-ratio-check":
      return describeSampleRatio(result);
    case "sequential-sample-ratio-check":
      return describeSequentialSampleRatio(result);
    case "surrogate-threshold-effect":
      return describeThresholdEffect(result);
    case "surrogate-threshold-from-line":
      return describeThresholdFromLine(result);
    case "twyman-check":
      return describeTwymanCheck(result);
    case "type-s-and-m":
      return describeTypeSAndM(result);
    case "unit-covariance":
      return describeUnitCovariance(result);
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
