import type { Alternative } from "../core/alternative.ts";
import { checkNonNegative, checkObject } from "../core/checks.ts";
import { checkedConfidence } from "../core/confidence.ts";
import { DomainError } from "../core/domain-error.ts";
import type { Interval } from "../core/interval.ts";
import type { Result } from "../core/result.ts";
import type { Status } from "../core/status.ts";
import type { Warning } from "../core/warning.ts";
import { normalUpperQuantile } from "../numerics/normal.ts";
import { differenceNow, type EffectsNow, liftNow } from "./effects-now.ts";
import { STARTED_ANEW } from "./look-cautions.ts";
import type { MixtureMethod } from "./mixture-method.ts";
import type { MixtureTuning } from "./mixture-tuning.ts";
import type { SequenceEstimate } from "./sequence-estimate.ts";
import type { SequentialArm, SequentialValue } from "./sequential-arms.ts";
import { type SequentialLook, sequentialLook, type SequentialLookOptions } from "./sequential-look.ts";
import { exp } from "../numerics/elementary/exp.ts";

/** One look: what both arms have gathered since the start. */
export interface CourseLookOptions {
  readonly control: SequentialArm;
  readonly treatment: SequentialArm;
  /** Days after the start, at or above 0 and rising; of all looks or of none. */
  readonly day?: number | undefined;
}

export interface ConfidenceSequenceCourseOptions extends Omit<
  SequentialLookOptions,
  "control" | "treatment"
> {
  /** All looks so far, in order. */
  readonly looks: readonly CourseLookOptions[];
}

/** An estimate with the intervals that hold at all looks, and the one of a test that is read at this look only. */
export interface CourseEstimate extends SequenceEstimate {
  /** By the normal quantile, as if this had been the only look: whoever reads it at every look is misled far too often. */
  readonly once: Interval;
}

/** What one look found. */
export interface CourseLook {
  /** Null where no days were given. */
  readonly day: number | null;
  readonly control: SequentialValue;
  readonly treatment: SequentialValue;
  /** Treatment − control. */
  readonly difference: CourseEstimate;
  /** Treatment / control − 1. */
  readonly lift: CourseEstimate;
  /** Always valid, over all looks up to this one. */
  readonly pValue: number;
  readonly logPValue: number;
  /** `undetermined` where there is no variance to judge by. */
  readonly status: Status;
}

/** How a confidence sequence moved from look to look. */
export interface ConfidenceSequenceCourse extends Result<"confidence-sequence-course"> {
  readonly method: MixtureMethod;
  readonly alternative: Alternative;
  readonly confidenceLevel: number;
  /** Whether the levels are rates of conversion. */
  readonly isRate: boolean;
  readonly tuning: MixtureTuning;
  readonly looks: readonly CourseLook[];
  /** Number of the look, from 1, at which the running interval of the difference first left 0 out; null while it holds 0. */
  readonly clearAt: number | null;
  /** The same of the intervals of tests that are read once: where someone who reads them at every look would have stopped. */
  readonly clearOnceAt: number | null;
}

/**
 * How a confidence sequence moved from look to look, beside the intervals that someone who peeks would have believed.
 *
 * H0: both rates, means or ratios are equal. H1: they differ, or as `alternative` says. Each look is what
 * `confidenceSequence` and `alwaysValidPValue` return for it, with the look before as `previous`; beside it stands the
 * interval of a test that is read at this look only (Wald's for the difference). Each of those misses the truth in
 * 1 − `confidenceLevel` of experiments, but some of them does far more often; of the running intervals, none does.
 *
 * @param options.looks - all looks so far, each `{ control, treatment }` with what was seen since the start as for
 *   `confidenceSequence`, and `day`, the days since then, rising, of all looks or of none
 * @param options.tightestN - control units at which the intervals are tightest; 5,000 unless one of the three is given
 * @param options.mixtureVariance - instead: the variance of the differences one expects, above 0
 * @param options.rho - instead: ρ of `confidenceSequence`, above 0
 * @param options.method - `normal-mixture` unless said, or `asymptotic`
 * @param options.liftMethod - `fieller` unless said
 * @param options.metric - with covariates: as in `compareWithCovariates`, and so `covariates`, `theta`, `covariateMean`
 * @param options.alternative - `two-sided` unless said
 * @param options.confidenceLevel - chance that no interval ever misses, in (0, 1); 0.95 unless said
 * @returns look by look the estimates with their intervals and the p-value, and the first look at which 0 was left out
 * @throws {DomainError} naming the look, such as `looks[2].control.n`, for a broken arm, units that were lost since the
 *   look before, or days that do not rise
 * @example
 * ```ts
 * import { confidenceSequenceCourse } from "microlift";
 * const course = confidenceSequenceCourse({
 *   looks: [
 *     { day: 7, control: { n: 5000, conversions: 260 }, treatment: { n: 5000, conversions: 310 } },
 *     { day: 14, control: { n: 10_000, conversions: 530 }, treatment: { n: 10_000, conversions: 640 } },
 *   ],
 *   tightestN: 20_000,
 * });
 * course.clearOnceAt; // 1
 * course.clearAt; // 2
 * course.looks[1].difference.running.lower; // 0.00078
 * course.looks[1].difference.once.lower; // 0.0045
 * ```
 * As `confidenceSequence`; Armitage, McPherson and Rowe (1969) for what peeking costs.
 */
export function confidenceSequenceCourse(options: ConfidenceSequenceCourseOptions): ConfidenceSequenceCourse {
  checkObject("options", options);
  const { looks, ...shared } = options;
  if (!Array.isArray(looks) || looks.length === 0) {
    throw new DomainError("looks", looks, "must be an array with at least one look");
  }
  const { tail } = checkedConfidence(options.alternative, options.confidenceLevel);
  const onceCritical = normalUpperQuantile(tail);
  const read: ReadLook[] = [];
  looks.forEach((look: CourseLookOptions, i) => {
    checkObject(`looks[${i}]`, look);
    const day = checkedDay(i, look, looks[i - 1]);
    const { control, treatment } = look;
    read.push(readLook(i, { ...shared, control, treatment }, day, read.at(-1), onceCritical));
  });
  const { effects } = read.at(-1)!.found;
  return {
    kind: "confidence-sequence-course",
    method: effects.method,
    alternative: effects.alternative,
    confidenceLevel: effects.confidenceLevel,
    isRate: effects.isRate,
    tuning: effects.tuning,
    looks: read.map(({ look }) => look),
    clearAt: firstClear(read, ({ running }) => running),
    clearOnceAt: firstClear(read, ({ once }) => once),
    warnings: cautions(read),
    assumptions: effects.assumptions,
  };
}

interface ReadLook {
  readonly found: SequentialLook<"confidence-sequence">;
  readonly look: CourseLook;
}

function readLook(
  i: number,
  options: SequentialLookOptions,
  day: number | null,
  before: ReadLook | undefined,
  onceCritical: number,
): ReadLook {
  const found = namingLook(i, () => sequentialLook("confidence-sequence", options, before?.found.effects));
  const { effects, logLikelihoodRatio, now } = found;
  const logPValue = Math.min(0, 0 - logLikelihoodRatio, before?.look.logPValue ?? 0);
  const once: EffectsNow = { ...now, criticalValue: onceCritical, method: "wald" };
  const { control, treatment, difference, lift, status } = effects;
  return {
    found,
    look: {
      day,
      control,
      treatment,
      difference: { ...difference, once: differenceNow(once).interval },
      lift: { ...lift, once: liftNow(once).interval },
      pValue: exp(logPValue),
      logPValue,
      status,
    },
  };
}

/** Says of which look's arms an error is; what the looks share keeps its name. */
function namingLook<T>(i: number, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    const { field, value, expected } = error;
    const [, previous, arm] = /^(previous\.)?((?:control|treatment).*)$/.exec(field) ?? [];
    if (arm === undefined) throw error;
    throw new DomainError(`looks[${previous === undefined ? i : i - 1}].${arm}`, value, expected);
  }
}

function checkedDay(
  i: number,
  { day }: CourseLookOptions,
  before: CourseLookOptions | undefined,
): number | null {
  const field = `looks[${i}].day`;
  if (before !== undefined && (before.day === undefined) !== (day === undefined)) {
    throw new DomainError(field, day, "must be given for all looks, or for none");
  }
  if (day === undefined) return null;
  checkNonNegative(field, day);
  if (before !== undefined && day <= before.day!) {
    throw new DomainError(field, day, `must be above the ${before.day} of the look before`);
  }
  return day;
}

function firstClear(
  read: readonly ReadLook[],
  intervalOf: (difference: CourseEstimate) => Interval,
): number | null {
  const at = read.findIndex(({ look }) => {
    const { lower, upper } = intervalOf(look.difference);
    return lower > 0 || upper < 0;
  });
  return at < 0 ? null : at + 1;
}

/** Those of the last look, and each earlier one at which the sequence had to start anew. */
function cautions(read: readonly ReadLook[]): Warning[] {
  const anew = read.flatMap(({ found }, i) =>
    i < read.length - 1 && found.effects.warnings.includes(STARTED_ANEW)
      ? [{ code: STARTED_ANEW.code, message: `At look ${i + 1}: ${STARTED_ANEW.message}` }]
      : [],
  );
  return [...anew, ...read.at(-1)!.found.effects.warnings];
}
