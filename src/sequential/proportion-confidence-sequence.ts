import { checkBetween, checkObject, checkOneOf } from "../core/checks.ts";
import { checkedConfidence } from "../core/confidence.ts";
import { DomainError } from "../core/domain-error.ts";
import type { Interval } from "../core/interval.ts";
import type { Result } from "../core/result.ts";
import { type BetaPrior, checkedBetaPrior } from "../models/beta-prior.ts";
import { rateVariance } from "../models/effect-standard-errors.ts";
import { checkConversions, type Proportion } from "../summaries/proportion.ts";
import { centredMixtureLimits, concentrationFor, LARGEST_TIGHTEST } from "./centred-beta-mixture.ts";
import { checkNotFewer, checkRunning, checkSame } from "./check-previous-look.ts";
import { STARTED_ANEW } from "./look-cautions.ts";
import { priorPosteriorRatioLimits } from "./prior-posterior-ratio.ts";
import { type SequenceEstimate, sequenceEstimate } from "./sequence-estimate.ts";

/** Exact sequences for one rate: by a prior on it, or by mixtures around each rate. */
export type ProportionSequenceMethod = "prior-posterior-ratio" | "howard";

export interface ProportionConfidenceSequenceOptions extends Proportion {
  /** `prior-posterior-ratio` unless said. */
  readonly method?: ProportionSequenceMethod | undefined;
  /** Of `prior-posterior-ratio`: uniform, Beta(1, 1), unless said. */
  readonly prior?: BetaPrior | undefined;
  /** Of `howard`: units at which the interval is about tightest, from 1 to 1e15; 5,000 unless said. */
  readonly tightestN?: number | undefined;
  /** Chance that no interval ever misses, in (0, 1); 0.95 unless said. */
  readonly confidenceLevel?: number | undefined;
  /** What the last look returned; nothing at the first. */
  readonly previous?: PreviousProportion | undefined;
}

/** What a confidence sequence of a rate was told before the first look. */
export interface ProportionTuning {
  /** Null for `howard`. */
  readonly prior: BetaPrior | null;
  /** Null for `prior-posterior-ratio`. */
  readonly tightestN: number | null;
}

/** The last look, as far as the next one needs it. */
export interface PreviousProportion extends Proportion {
  readonly method: string;
  readonly confidenceLevel: number;
  readonly tuning: ProportionTuning;
  readonly rate: { readonly running: Interval };
}

/** Intervals for a rate that hold at all looks together. */
export interface ProportionConfidenceSequence extends Result<"proportion-confidence-sequence"> {
  readonly method: ProportionSequenceMethod;
  readonly n: number;
  readonly conversions: number;
  readonly confidenceLevel: number;
  readonly tuning: ProportionTuning;
  readonly rate: SequenceEstimate;
}

const METHODS: readonly ProportionSequenceMethod[] = ["prior-posterior-ratio", "howard"];
const UNIFORM: BetaPrior = { alpha: 1, beta: 1 };
const DEFAULT_TIGHTEST_N = 5000;

/**
 * Exact intervals for one conversion rate that may be read as often as one likes.
 *
 * One call for each look, with the counts since the start and what the last look returned. The chance that any of the
 * intervals ever misses the rate is at most 1 − `confidenceLevel`, at any rate and from the first unit on.
 *
 * - `prior-posterior-ratio` holds the rates whose prior density is less than 1/α times the posterior one. The prior must be
 *   fixed before the first look; one that the rate is far from makes wider intervals, and not wrong ones.
 * - `howard` mixes rates around each rate, so that the intervals are about tightest after `tightestN` units, whatever the
 *   rate: at low rates they are narrower than those of a uniform prior.
 *
 * @param options.n - units since the start, a whole number of at least 1
 * @param options.conversions - units that converted, from 0 to n
 * @param options.method - `prior-posterior-ratio` unless said
 * @param options.prior - of `prior-posterior-ratio`: shapes from 1e-6 to 1e15, Beta(1, 1) unless said
 * @param options.tightestN - of `howard`: units, from 1 to 1e15; 5,000 unless said
 * @param options.confidenceLevel - chance that no interval ever misses, in (0, 1); 0.95 unless said
 * @param options.previous - what the last look returned; nothing at the first
 * @returns the rate with the interval of this look and the running one; 0 and 1 are ends where none or all converted
 * @throws {DomainError} for a broken count, units or conversions that were lost since the last look, a tuning of the other
 *   method, or one unlike that of the last look
 * @example
 * ```ts
 * import { proportionConfidenceSequence } from "microlift";
 * const sequence = proportionConfidenceSequence({ n: 1000, conversions: 50 });
 * sequence.rate.interval.lower; // 0.02824
 * sequence.rate.interval.upper; // 0.08017
 * ```
 * Waudby-Smith and Ramdas (2020); Howard, Ramdas, McAuliffe and Sekhon (2021).
 */
export function proportionConfidenceSequence(
  options: ProportionConfidenceSequenceOptions,
): ProportionConfidenceSequence {
  checkObject("options", options);
  const { n, conversions, method = "prior-posterior-ratio", previous } = options;
  const arm = { n, conversions };
  checkConversions("", arm);
  checkOneOf("method", method, METHODS);
  const { confidenceLevel } = checkedConfidence("two-sided", options.confidenceLevel);
  const tuning = checkedTuning(method, options);
  if (previous !== undefined) checkPrevious(previous, { n, conversions, method, confidenceLevel, tuning });
  const { lower, upper } = limits(arm, tuning, 1 - confidenceLevel);
  const { estimate, isContinued } = sequenceEstimate(
    {
      estimate: conversions / n,
      standardError: Math.sqrt(rateVariance(arm)),
      interval: { lower, upper, confidenceLevel, method, dualToTest: false, excluded: null },
      status: "ok",
    },
    previous?.rate.running,
  );
  return {
    kind: "proportion-confidence-sequence",
    method,
    n,
    conversions,
    confidenceLevel,
    tuning,
    rate: estimate,
    warnings: isContinued ? [] : [STARTED_ANEW],
    assumptions: [
      "Units are independent of each other and convert at one rate, and the counts of each look are those since the start.",
      "Method, level and tuning were fixed before the first look.",
    ],
  };
}

function checkedTuning(
  method: ProportionSequenceMethod,
  { prior, tightestN }: ProportionConfidenceSequenceOptions,
): ProportionTuning {
  if (method === "howard") {
    if (prior !== undefined) {
      throw new DomainError("prior", prior, 'must be left out for "howard", which takes tightestN');
    }
    if (tightestN !== undefined) checkBetween("tightestN", tightestN, 1, LARGEST_TIGHTEST);
    return { prior: null, tightestN: tightestN ?? DEFAULT_TIGHTEST_N };
  }
  if (tightestN !== undefined) {
    throw new DomainError(
      "tightestN",
      tightestN,
      'must be left out for "prior-posterior-ratio", which takes a prior',
    );
  }
  return { prior: checkedBetaPrior("prior", prior ?? UNIFORM), tightestN: null };
}

function limits(
  arm: Proportion,
  { prior, tightestN }: ProportionTuning,
  alpha: number,
): { readonly lower: number; readonly upper: number } {
  if (prior === null) return centredMixtureLimits(arm, concentrationFor(tightestN!, alpha), alpha);
  const { lower, upper } = priorPosteriorRatioLimits(arm, prior, alpha);
  return { lower: lower.rate, upper: upper.rate };
}

function checkPrevious(previous: PreviousProportion, now: Omit<PreviousProportion, "rate">): void {
  checkObject("previous", previous);
  checkSame("previous.method", previous.method, now.method);
  checkSame("previous.confidenceLevel", previous.confidenceLevel, now.confidenceLevel);
  checkObject("previous.tuning", previous.tuning);
  const { prior, tightestN } = previous.tuning;
  checkSame("previous.tuning.tightestN", tightestN, now.tuning.tightestN);
  checkSame("previous.tuning.prior.alpha", prior?.alpha, now.tuning.prior?.alpha);
  checkSame("previous.tuning.prior.beta", prior?.beta, now.tuning.prior?.beta);
  checkNotFewer("previous.n", previous.n, now.n);
  checkNotFewer("previous.conversions", previous.conversions, now.conversions);
  checkObject("previous.rate", previous.rate);
  checkRunning("previous.rate.running", previous.rate.running);
}
