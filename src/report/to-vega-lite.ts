import type { DirichletMultinomialComparison } from "../bayesian/compare-dirichlet-multinomial.ts";
import type { ProbabilityBest } from "../bayesian/probability-best.ts";
import type { ShrunkenEffect } from "../bayesian/shrink-effect.ts";
import type { ShrunkenEffects } from "../bayesian/shrink-effects.ts";
import { checkObject } from "../core/checks.ts";
import { DomainError } from "../core/domain-error.ts";
import type { DayAnalysis } from "../experiment/analyze-days.ts";
import type { ExperimentReadout } from "../experiment/analyze-experiment.ts";
import type { FunnelAnalysis } from "../experiment/funnel-analysis.ts";
import type { SegmentAnalysis } from "../experiment/segment-analysis.ts";
import type { PlannedExperiment } from "../experiment/plan-experiment.ts";
import type { SequentialReadout } from "../experiment/sequential-readout.ts";
import type { PairsComparison } from "../inference/compare-all-pairs.ts";
import type { ArmsComparison } from "../inference/compare-arms.ts";
import type { DetectableLiftCurve } from "../planning/detectable-lift-curve.ts";
import type { DurationTable } from "../planning/duration-table.ts";
import type { PowerCurveByDay } from "../planning/power-curve-by-day.ts";
import type { PowerCurve } from "../planning/power-curve.ts";
import type { DecisionSpeedup } from "../proxy/decision-speedup.ts";
import type { JointEffectCovarianceEstimate } from "../proxy/estimate-joint-effect-covariance.ts";
import type { OptimalProxyWeights } from "../proxy/optimal-proxy-weights.ts";
import type { PredictMacro } from "../proxy/predict-macro.ts";
import type { ProxyAssessment } from "../proxy/assess-proxy.ts";
import type { ProxyBacktest } from "../proxy/backtest-proxy.ts";
import type { ProxyFront } from "../proxy/proxy-front.ts";
import type { EffectCovarianceEstimate } from "../proxy/estimate-effect-covariance.ts";
import type { ProgrammeGain } from "../proxy/programme-gain.ts";
import type { ProxyRanking } from "../proxy/rank-proxies.ts";
import type { SpeedupCurve } from "../proxy/speedup-curve.ts";
import type { ConfidenceSequenceCourse } from "../sequential/confidence-sequence-course.ts";
import type { GroupSequentialAnalysis } from "../sequential/group-sequential-analysis.ts";
import type { GroupSequentialDesign } from "../sequential/group-sequential-design.ts";
import type { SequentialDuration } from "../sequential/sequential-duration-result.ts";
import type { SequentialSimulation } from "../sequential/simulate-sequential.ts";
import type { AnyResult } from "./any-result.ts";
import { chartAssessment } from "./charts/chart-assessment.ts";
import { chartBacktest } from "./charts/chart-backtest.ts";
import { chartBelief, type DetectionResult } from "./charts/chart-belief.ts";
import { chartDecisionSpeedup } from "./charts/chart-decision-speedup.ts";
import { chartJointEffects } from "./charts/chart-joint-effects.ts";
import { chartPrediction } from "./charts/chart-prediction.ts";
import { chartProxyFront } from "./charts/chart-proxy-front.ts";
import { chartProxyWeights } from "./charts/chart-proxy-weights.ts";
import { chartArms } from "./charts/chart-arms.ts";
import { chartComparison } from "./charts/chart-comparison.ts";
import { chartCourse } from "./charts/chart-course.ts";
import { chartDetectableLiftCurve } from "./charts/chart-detectable-lift-curve.ts";
import { chartDays } from "./charts/chart-days.ts";
import { chartDirichlet } from "./charts/chart-dirichlet.ts";
import { chartDurationTable } from "./charts/chart-duration-table.ts";
import { chartFunnel } from "./charts/chart-funnel.ts";
import { chartLearnedEffects } from "./charts/chart-learned-effects.ts";
import { chartMarginTest } from "./charts/chart-margin-test.ts";
import { chartGroupSequentialAnalysis, chartGroupSequentialDesign } from "./charts/chart-group-sequential.ts";
import { chartPlan } from "./charts/chart-plan.ts";
import { chartPosterior } from "./charts/chart-posterior.ts";
import { chartPosteriorEffects } from "./charts/chart-posterior-effects.ts";
import { chartProbabilityBest } from "./charts/chart-probability-best.ts";
import { chartPowerCurve, chartPowerCurveByDay } from "./charts/chart-power-curve.ts";
import { chartProgramme } from "./charts/chart-programme.ts";
import { chartProxyRanking } from "./charts/chart-proxy-ranking.ts";
import { chartReadout } from "./charts/chart-readout.ts";
import { chartSegments } from "./charts/chart-segments.ts";
import { chartSequentialDuration } from "./charts/chart-sequential-duration.ts";
import { chartSequentialReadout } from "./charts/chart-sequential-readout.ts";
import { chartSequentialSimulation } from "./charts/chart-sequential-simulation.ts";
import { chartShrunkenEffects } from "./charts/chart-shrunken-effects.ts";
import { chartSpeedupCurve } from "./charts/chart-speedup-curve.ts";
import type { VegaLiteSpec } from "./charts/vega-lite-spec.ts";
import type { AnyComparison } from "./comparison-reading.ts";
import type { MarginResult } from "./describe-margin-tests.ts";
import type { AnyPosteriorComparison } from "./describe-posterior-comparison.ts";

/** Every result that has a chart. */
export type ChartableResult =
  | AnyComparison
  | AnyPosteriorComparison
  | ArmsComparison
  | ConfidenceSequenceCourse
  | DayAnalysis
  | DecisionSpeedup
  | DetectableLiftCurve
  | DetectionResult
  | DirichletMultinomialComparison
  | DurationTable
  | EffectCovarianceEstimate
  | ExperimentReadout
  | FunnelAnalysis
  | GroupSequentialAnalysis
  | GroupSequentialDesign
  | JointEffectCovarianceEstimate
  | MarginResult
  | OptimalProxyWeights
  | PairsComparison
  | ProbabilityBest
  | PlannedExperiment
  | PowerCurve
  | PowerCurveByDay
  | PredictMacro
  | ProgrammeGain
  | ProxyAssessment
  | ProxyBacktest
  | ProxyFront
  | ProxyRanking
  | SegmentAnalysis
  | SequentialDuration
  | SequentialReadout
  | SequentialSimulation
  | ShrunkenEffect
  | ShrunkenEffects
  | SpeedupCurve;

/** How each kind is drawn. */
const CHARTS: { readonly [Kind in ChartableResult["kind"]]: (result: never) => VegaLiteSpec } = {
  "arms-comparison": chartArms,
  "beta-binomial-comparison": chartPosterior,
  "calendar-speedup": chartBelief,
  "cluster-comparison": chartComparison,
  "confidence-sequence-course": chartCourse,
  "count-comparison": chartComparison,
  "covariate-comparison": chartComparison,
  "day-analysis": chartDays,
  "decision-speedup": chartDecisionSpeedup,
  "detectable-lift-curve": chartDetectableLiftCurve,
  "detection-speedup": chartBelief,
  "dirichlet-multinomial-comparison": chartDirichlet,
  "duration-table": chartDurationTable,
  "effect-covariance-estimate": chartLearnedEffects,
  "effect-prior-comparison": chartPosteriorEffects,
  "equivalence-test": chartMarginTest,
  "experiment-plan": chartPlan,
  "experiment-readout": chartReadout,
  "funnel-analysis": chartFunnel,
  "gamma-poisson-comparison": chartPosterior,
  "group-sequential-analysis": chartGroupSequentialAnalysis,
  "group-sequential-design": chartGroupSequentialDesign,
  "joint-effect-covariance-estimate": chartJointEffects,
  "macro-prediction": chartPrediction,
  "mean-comparison": chartComparison,
  "non-inferiority-test": chartMarginTest,
  "normal-comparison": chartPosterior,
  "observed-speedup": chartBelief,
  "optimal-proxy-weights": chartProxyWeights,
  "pairs-comparison": chartArms,
  "planning-speedup": chartBelief,
  "power-curve": chartPowerCurve,
  "power-curve-by-day": chartPowerCurveByDay,
  "programme-gain": chartProgramme,
  "proportion-comparison": chartComparison,
  "proxy-assessment": chartAssessment,
  "proxy-backtest": chartBacktest,
  "proxy-front": chartProxyFront,
  "proxy-ranking": chartProxyRanking,
  "quantile-comparison": chartComparison,
  "ratio-comparison": chartComparison,
  "probability-best": chartProbabilityBest,
  "revenue-comparison": chartPosteriorEffects,
  "segment-analysis": chartSegments,
  "sequential-duration": chartSequentialDuration,
  "sequential-readout": chartSequentialReadout,
  "sequential-simulation": chartSequentialSimulation,
  "sequential-speedup": chartBelief,
  "shrunken-effect": chartShrunkenEffects,
  "shrunken-effects": chartShrunkenEffects,
  "speedup-curve": chartSpeedupCurve,
  "stratified-comparison": chartComparison,
  "superiority-test": chartMarginTest,
  "triggered-comparison": chartComparison,
};

/**
 * Whether a result has a chart.
 *
 * @param result - any result of this library
 * @returns true for the kinds that `toVegaLite` draws
 * @throws {DomainError} for what is no object
 * @example
 * ```ts
 * import { durationDays, hasChart } from "microlift";
 * hasChart(durationDays({ n: 80682, totalUnitsPerDay: 4000 })); // false
 * ```
 */
export function hasChart(result: AnyResult): result is ChartableResult {
  checkObject("result", result);
  // What is no text may refuse to become one.
  return typeof result.kind === "string" && Object.hasOwn(CHARTS, result.kind);
}

/**
 * A result as a chart: Vega-Lite JSON with a title that says the finding and with alternative text, readable in grey.
 *
 * @param result - a result of a kind that has a chart; `hasChart` tells
 * @returns a Vega-Lite specification with its data inside, for any Vega-Lite renderer
 * @throws {DomainError} for a result of a kind that has no chart
 * @example
 * ```ts
 * import { compareProportions, toVegaLite } from "microlift";
 * const control = { n: 21306, conversions: 122 };
 * const chart = toVegaLite(compareProportions({ control, treatment: { n: 21307, conversions: 267 } }));
 * chart.title.text[0]; // "The treatment is higher: 1.25 % in the treatment against 0.573 %"
 * ```
 */
export function toVegaLite(result: ChartableResult): VegaLiteSpec {
  if (!hasChart(result)) {
    throw new DomainError(
      "result.kind",
      (result as { readonly kind: unknown }).kind,
      `must be a kind that has a chart: ${Object.keys(CHARTS).join(", ")}`,
    );
  }
  return CHARTS[result.kind](result as never);
}
