import { checkBetween, checkObject } from "../core/checks.ts";
import { checkedConfidence } from "../core/confidence.ts";
import type { Estimate } from "../core/estimate.ts";
import type { Interval } from "../core/interval.ts";
import { makeEstimate } from "../core/make-estimate.ts";
import type { Result } from "../core/result.ts";
import { productDifference } from "../models/product-difference.ts";
import type { RateLimit } from "../models/rate-deviance-limit.ts";
import { checkProportion, type Proportion } from "../summaries/proportion.ts";
import { concentrationFor, LARGEST_TIGHTEST } from "./centred-beta-mixture.ts";
import { checkLogPValue, checkNotFewer, checkRunning, checkSame } from "./check-previous-look.ts";
import { STARTED_ANEW } from "./look-cautions.ts";
import { logPriorPosteriorRatio, priorPosteriorRatioLimits } from "./prior-posterior-ratio.ts";
import { type SequenceEstimate, sequenceEstimate } from "./sequence-estimate.ts";
import { exp } from "../numerics/elementary/exp.ts";

export interface LiftConfidenceSequenceOptions {
  /** Units and conversions of the control arm since the start. */
  readonly control: Proportion;
  readonly treatment: Proportion;
  /** Treatment n over control n as planned, from 1e-6 to 1e6; 1 unless said. */
  readonly allocation?: number | undefined;
  /** Conversions of the control arm at which the intervals are about tightest, from 1 to 1e15; 250 unless said. */
  readonly tightestConversions?: number | undefined;
  /** Chance that no interval ever misses, in (0, 1); 0.95 unless said. */
  readonly confidenceLevel?: number | undefined;
  /** What the last look returned; nothing at the first. */
  readonly previous?: PreviousLift | undefined;
}

/** What must have been fixed before the first look. */
export interface LiftTuning {
  readonly allocation: number;
  readonly tightestConversions: number;
}

/** The last look, as far as the next one needs it. */
export interface PreviousLift {
  readonly control: Proportion;
  readonly treatment: Proportion;
  readonly confidenceLevel: number;
  readonly tuning: LiftTuning;
  readonly logPValue: number;
  readonly lift: { readonly running: Interval };
}

/** An exact test of two rates and intervals for the lift, both of which hold at all looks together. */
export interface LiftConfidenceSequence extends Result<"lift-confidence-sequence"> {
  readonly method: "conditional-beta-binomial";
  readonly confidenceLevel: number;
  readonly control: Proportion;
  readonly treatment: Proportion;
  readonly tuning: LiftTuning;
  /** How much likelier the arms of the conversions are under the mixture of lifts than under none. */
  readonly likelihoodRatio: number;
  readonly logLikelihoodRatio: number;
  /** Always valid: the smallest 1 / likelihood ratio so far, at most 1. Below alpha when a lift of 0 is outside the running interval. */
  readonly pValue: number;
  readonly logPValue: number;
  /** Of this look alone; below alpha exactly when 0 is outside the interval of this look. */
  readonly instantPValue: number;
  readonly logInstantPValue: number;
  /** Treatment rate / control rate − 1, by the conversions and the planned split. */
  readonly lift: SequenceEstimate;
}

const DEFAULT_TIGHTEST_CONVERSIONS = 250;
const LARGEST_ALLOCATION = 1e6;

/**
 * Compares two conversion rates exactly, as often as one likes: an always-valid p-value and intervals for the lift.
 *
 * H0: both arms convert at the same rate. H1: they do not. Each unit falls into the treatment with a known chance, so each
 * conversion comes from the treatment with a chance that depends on the lift alone, whatever the rates and even where
 * they change over time, as long as the lift does not. That chance gets an exact confidence sequence: a mixture of Beta
 * distributed chances around that of no lift. No normal approximation, no variance to estimate: it holds from the first
 * conversion on. It costs the factor 1 / (1 − rate) in units, which is little at the rates of sales and much above 20 %;
 * units without a conversion do not enter.
 *
 * One call for each look, with the counts since the start and what the last look returned.
 *
 * @param options.control - units and conversions of the control arm
 * @param options.treatment - the same of the treatment arm
 * @param options.allocation - treatment n over control n as planned, from 1e-6 to 1e6; 1 unless said
 * @param options.tightestConversions - of the control arm, from 1 to 1e15: where the intervals are about tightest; 250
 *   unless said
 * @param options.confidenceLevel - chance that no interval ever misses, in (0, 1); 0.95 unless said
 * @param options.previous - what the last look returned; nothing at the first
 * @returns p-value with its log, likelihood ratio, and the lift with the interval of this look and the running one
 * @throws {DomainError} for a broken arm, units or conversions that were lost since the last look, or options out of range
 *   or unlike those of the last look
 * @example
 * ```ts
 * import { liftConfidenceSequence } from "microlift";
 * const sequence = liftConfidenceSequence({
 *   control: { n: 10_000, conversions: 210 }, treatment: { n: 10_000, conversions: 290 },
 * });
 * sequence.pValue; // 0.0098
 * sequence.lift.interval.lower; // 0.0447
 * ```
 * Lindon and Malek (2022), "Anytime-valid inference for multinomial count data"; Waudby-Smith and Ramdas (2020).
 */
export function liftConfidenceSequence(options: LiftConfidenceSequenceOptions): LiftConfidenceSequence {
  checkObject("options", options);
  const {
    control,
    treatment,
    allocation = 1,
    tightestConversions = DEFAULT_TIGHTEST_CONVERSIONS,
    previous,
  } = options;
  checkProportion("control", control);
  checkProportion("treatment", treatment);
  checkBetween("allocation", allocation, 1 / LARGEST_ALLOCATION, LARGEST_ALLOCATION);
  checkBetween("tightestConversions", tightestConversions, 1, LARGEST_TIGHTEST);
  const { confidenceLevel } = checkedConfidence("two-sided", options.confidenceLevel);
  const tuning = { allocation, tightestConversions };
  const now = { control: counts(control), treatment: counts(treatment), confidenceLevel, tuning };
  if (previous !== undefined) checkPrevious(previous, now);

  const alpha = 1 - confidenceLevel;
  const share = { treatment: allocation / (1 + allocation), control: 1 / (1 + allocation) };
  const concentration = concentrationFor(tightestConversions * (1 + allocation), alpha);
  const prior = { alpha: concentration * share.treatment, beta: concentration * share.control };
  // The arms of the conversions, as if treatment were a success.
  const arms = { n: control.conversions + treatment.conversions, conversions: treatment.conversions };
  const logLikelihoodRatio =
    arms.n === 0 ? 0 : logPriorPosteriorRatio(arms, prior, share.treatment, share.control);
  const logInstantPValue = Math.min(0, 0 - logLikelihoodRatio);
  const logPValue = Math.min(logInstantPValue, previous?.logPValue ?? 0);
  const limits = arms.n === 0 ? null : priorPosteriorRatioLimits(arms, prior, alpha);
  // From the share of the treatment to the lift, by its odds or by its distance from the share seen, to the last digit:
  // whichever subtracts the smaller terms.
  const excess = productDifference(treatment.conversions, 1, control.conversions, allocation);
  const liftAt = ({ rate, rest, shift }: RateLimit): number => {
    const moved = shift * (1 + allocation);
    return rate < Math.abs(moved)
      ? rate / (allocation * rest) - 1
      : (excess / arms.n + moved) / (allocation * rest);
  };
  const interval: Interval = {
    lower: limits === null || treatment.conversions === 0 ? -1 : liftAt(limits.lower),
    upper: limits === null || control.conversions === 0 ? Infinity : liftAt(limits.upper),
    confidenceLevel,
    method: "conditional-beta-binomial",
    dualToTest: true,
    excluded: null,
  };
  const { estimate, isContinued } = sequenceEstimate(
    liftEstimate(control, treatment, allocation, excess, interval),
    previous?.lift.running,
  );
  return {
    kind: "lift-confidence-sequence",
    method: "conditional-beta-binomial",
    confidenceLevel,
    control: now.control,
    treatment: now.treatment,
    tuning,
    likelihoodRatio: exp(logLikelihoodRatio),
    logLikelihoodRatio,
    pValue: exp(logPValue),
    logPValue,
    instantPValue: exp(logInstantPValue),
    logInstantPValue,
    lift: estimate,
    warnings: isContinued ? [] : [STARTED_ANEW],
    assumptions: [
      "Each unit is assigned on its own with the planned chance, and its conversion is counted once, in either arm after the same delay.",
      "The lift does not change over time; the rates may.",
      "Level, allocation and tuning were fixed before the first look.",
    ],
  };
}

function counts({ n, conversions }: Proportion): Proportion {
  return { n, conversions };
}

function liftEstimate(
  { conversions: x }: Proportion,
  { conversions: y }: Proportion,
  allocation: number,
  excess: number,
  interval: Interval,
): Estimate {
  if (x === 0)
    return makeEstimate(y === 0 ? null : Infinity, y === 0 ? null : Infinity, interval, "two-sided");
  // By the delta method: the squared error of the log of y/x is 1/x + 1/y.
  const standardError = Math.sqrt((y / x) * ((x + y) / x) * (1 / x)) / allocation;
  return makeEstimate(excess / (allocation * x), standardError, interval, "two-sided");
}

function checkPrevious(
  previous: PreviousLift,
  { control, treatment, confidenceLevel, tuning }: Omit<PreviousLift, "logPValue" | "lift">,
): void {
  checkObject("previous", previous);
  checkSame("previous.confidenceLevel", previous.confidenceLevel, confidenceLevel);
  checkObject("previous.tuning", previous.tuning);
  checkSame("previous.tuning.allocation", previous.tuning.allocation, tuning.allocation);
  checkSame(
    "previous.tuning.tightestConversions",
    previous.tuning.tightestConversions,
    tuning.tightestConversions,
  );
  checkArm("previous.control", previous.control, control);
  checkArm("previous.treatment", previous.treatment, treatment);
  checkLogPValue("previous.logPValue", previous.logPValue);
  checkObject("previous.lift", previous.lift);
  checkRunning("previous.lift.running", previous.lift.running);
}

function checkArm(field: string, before: Proportion, now: Proportion): void {
  checkObject(field, before);
  checkNotFewer(`${field}.n`, before.n, now.n);
  checkNotFewer(`${field}.conversions`, before.conversions, now.conversions);
}
