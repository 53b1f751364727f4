import { checkObject } from "../core/checks.ts";
import { checkedConfidence, type Confidence, type ConfidenceOptions } from "../core/confidence.ts";
import { undeterminedEstimate } from "../core/whole-line.ts";
import { compareProportions } from "../inference/compare-proportions.ts";
import type { ProportionComparison } from "../inference/proportion-comparison.ts";
import type { NormalConfidence } from "../inference/two-proportions.ts";
import { INDEPENDENT_UNITS } from "../models/independent-units.ts";
import { normalUpperQuantile } from "../numerics/normal.ts";
import type { TwoArms } from "../summaries/two-arms.ts";
import {
  adjustFunnel,
  checkFunnelAdjustment,
  type FunnelAdjustment,
  funnelCorrelation,
} from "./adjust-funnel.ts";
import type { FunnelAnalysis, FunnelStepEffect, FunnelTotal } from "./funnel-analysis.ts";
import { funnelArm } from "./funnel-arm.ts";
import { funnelCautions } from "./funnel-cautions.ts";
import {
  atStep,
  checkBenchmark,
  checkFunnelCounts,
  checkSteps,
  type FunnelArms,
  type FunnelCounts,
  pastStep,
} from "./funnel-counts.ts";
import { funnelCarrier } from "./funnel-carrier.ts";
import { funnelContribution } from "./funnel-contribution.ts";
import { funnelLogLift } from "./funnel-log-lift.ts";
import { funnelShare } from "./funnel-share.ts";
import { funnelTest } from "./funnel-test.ts";

export interface AnalyzeFunnelOptions extends ConfidenceOptions {
  /** Names of the steps in their order, each taken only by units that took all before it; at least two. */
  readonly steps: readonly string[];
  readonly control: FunnelCounts;
  readonly treatment: FunnelCounts;
  /** `holm` unless said. */
  readonly adjustment?: FunnelAdjustment | undefined;
  /** For each step the conditional rate that could be had, in (0, 1], such as that of another market; 1 unless said. */
  readonly benchmark?: readonly number[] | undefined;
}

/**
 * Compares two arms along a funnel: step by step, where units drop off, and which step carries the effect on the last.
 *
 * - Each step's rate among all units is compared by the score test. H0: the step's rates are equal. H1: they differ, or
 *   the treatment's is higher (`greater`) or lower (`less`). The p-values are accounted for the number of steps.
 * - `anywhere` tests H0: the treatment changes no conditional rate, that is nothing anywhere in the funnel, by the sum
 *   of the squared statistics of the conditional comparisons, which are independent.
 * - The log of the last step's ratio of rates is the sum of the logs of the conditional ratios (`logPart`); its
 *   difference is the sum of the `contribution`s, which are these times one logarithmic mean.
 * - `carriedBy` names the step with the largest part in the direction of the effect, where that effect is significant and
 *   the part is beyond each other one by a two-sided test at alpha.
 * - `atStake` is how many more units would take the last step were one conditional rate at its benchmark. Without a
 *   benchmark (all 1) it ranks the lowest conditional rate first, as does one more point on each rate (`perPoint`); the
 *   same relative rise of any conditional rate brings the same relative rise of the last step, and ranks nothing.
 *
 * Time: about a tenth of a millisecond for five steps, and one with `max-z`; it grows with the steps, with `max-z`, which
 * takes at most 50, with their square, and to ten milliseconds where one unit in a hundred thousand drops off at a step.
 *
 * @param options.steps - at least two different names
 * @param options.control - `n` randomised units and how many `reached` each step: whole numbers that never grow
 * @param options.treatment - the same of the treatment
 * @param options.adjustment - `holm` unless said; `max-z` knows how the steps depend on each other; `fixed-sequence`
 *   tests from the last step upwards
 * @param options.benchmark - a conditional rate for each step, in (0, 1]; 1 unless said
 * @param options.alternative - `two-sided` unless said; intervals of rates and stakes of an arm are two-sided always
 * @param options.confidenceLevel - 1 − alpha, in (0, 1); 0.95 unless said
 * @returns both arms step by step, the effects on the steps, and their parts of the effect on the last one
 * @throws {DomainError} for steps that grow, lists that do not fit, a name given twice, or an unknown method
 * @example
 * ```ts
 * import { analyzeFunnel } from "microlift";
 * const funnel = analyzeFunnel({
 *   steps: ["visit", "product view", "add to cart", "checkout", "order"],
 *   control: { n: 10_000, reached: [8000, 5000, 1200, 700, 400] },
 *   treatment: { n: 10_050, reached: [8060, 5030, 1450, 850, 490] },
 * });
 * funnel.total.logLift.estimate; // 0.198
 * funnel.steps[2].logPart.estimate; // 0.1832
 * funnel.steps[2].conversions; // 81.47
 * funnel.carriedBy.step; // "add to cart"
 * ```
 * Katz et al. (1978) for the variances; Lancaster (1949) for the independent parts of the test; Ang (2004) for the
 * logarithmic mean; Fieller (1954) for the shares; Gutmann and Maymin (1987) for naming the largest.
 */
export function analyzeFunnel(options: AnalyzeFunnelOptions): FunnelAnalysis {
  checkObject("options", options);
  const { steps: names, control, treatment, adjustment = "holm", benchmark } = options;
  checkSteps("steps", names);
  checkFunnelCounts("control", control, names.length);
  checkFunnelCounts("treatment", treatment, names.length);
  checkFunnelAdjustment("adjustment", adjustment, names);
  if (benchmark !== undefined) checkBenchmark("benchmark", benchmark, names.length);
  const confidence = checkedConfidence(options.alternative, options.confidenceLevel);
  const { alternative, confidenceLevel } = confidence;
  const alpha = 1 - confidenceLevel;
  const arms = { control, treatment };

  const effects = names.map((_, k) =>
    compareProportions({ ...eachArm(arms, k, atStep), alternative, confidenceLevel }),
  );
  const conditionals = names.map((_, k) => {
    const past = eachArm(arms, k, pastStep);
    if (past.control.n === 0 || past.treatment.n === 0) return null;
    return compareProportions({ ...past, alternative, confidenceLevel });
  });
  const total = totalOf(effects.at(-1)!, treatment.n);
  const adjusted = adjustFunnel(effects, adjustment, alternative);
  const normal = withQuantile(confidence);
  const steps = names.map((name, k): FunnelStepEffect => {
    const conditional = conditionals[k]!;
    const logPart =
      conditional === null ? undeterminedEstimate("koopman", confidence) : funnelLogLift(conditional);
    const contribution = funnelContribution(arms, k, logPart, normal);
    return {
      name,
      effect: effects[k]!,
      adjustedPValue: adjusted[k]!,
      rejected: adjusted[k]! < alpha,
      conditional,
      logPart,
      share: funnelShare(arms, k, logPart, total.logLift, normal),
      contribution,
      conversions: contribution.estimate === null ? null : contribution.estimate * treatment.n,
    };
  });
  const bothSides = withQuantile(checkedConfidence("two-sided", confidenceLevel));
  return {
    kind: "funnel-analysis",
    method: "score",
    alternative,
    confidenceLevel,
    adjustment,
    control: funnelArm(names, control, benchmark, bothSides),
    treatment: funnelArm(names, treatment, benchmark, bothSides),
    steps,
    total,
    anywhere: funnelTest(conditionals),
    carriedBy: funnelCarrier(names, steps, total, alpha),
    correlation: funnelCorrelation(effects),
    warnings: funnelCautions(arms, steps, alpha),
    assumptions: ASSUMPTIONS,
  };
}

const ASSUMPTIONS: readonly string[] = [
  INDEPENDENT_UNITS,
  "Every unit is counted at a step only if it took all steps before it.",
  "Effects on the rates among all units are effects of the treatment. Conditional rates compare units that the treatment may have selected, so their effects, and the parts of the last step's, say where the change shows and not what the treatment did to anyone.",
  "What is at stake supposes that units that drop off would go on as those that stayed; they are less likely to, so it is more than can be won.",
];

function withQuantile(confidence: Confidence): NormalConfidence {
  return { ...confidence, z: normalUpperQuantile(confidence.tail) };
}

function eachArm<T>(
  { control, treatment }: FunnelArms,
  k: number,
  of: (arm: FunnelCounts, k: number) => T,
): TwoArms<T> {
  return { control: of(control, k), treatment: of(treatment, k) };
}

function totalOf(effect: ProportionComparison, n: number): FunnelTotal {
  const { difference, pValue } = effect;
  return {
    logLift: funnelLogLift(effect),
    difference,
    conversions: difference.estimate! * n,
    pValue: pValue!,
  };
}
