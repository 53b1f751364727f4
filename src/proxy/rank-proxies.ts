import {
  checkBetween,
  checkNonNegative,
  checkObject,
  checkOneOf,
  checkOpenUnit,
  checkPositive,
} from "../core/checks.ts";
import { DEFAULT_ALPHA, DEFAULT_CONFIDENCE_LEVEL } from "../core/defaults.ts";
import type { Result } from "../core/result.ts";
import type { Warning } from "../core/warning.ts";
import { delayAssumptions } from "../models/conversion-delay.ts";
import { expectedMaximum } from "../numerics/expected-maximum.ts";
import { oneFactorUpperQuantile } from "../numerics/one-factor-normal.ts";
import { type CandidateReading, readCandidate, type ReadCandidate } from "./candidate-reading.ts";
import { checkMagnitude } from "./check-magnitude.ts";
import { checkDecisionRule, type DecisionRule } from "./decision-rule.ts";
import { effectScale, type EffectScale, isLearned } from "./effect-covariance.ts";
import { type EffortQuadrant, effortQuadrant, median, type QuadrantCuts } from "./effort-quadrant.ts";
import { probabilityHighest } from "./probability-highest.ts";
import {
  programmeCalendar,
  type ProgrammeCalendar,
  type ProgrammeCalendarInput,
  waitingDays,
} from "./programme-calendar.ts";
import { checkedEffects, type GainCounting } from "./programme-policy.ts";
import { checkCandidates, type ProxyCandidate } from "./proxy-candidate.ts";
import { checkProxyValue, gainInMoney, type ProxyValue } from "./proxy-value.ts";

export interface RankProxiesInput extends Pick<
  ProgrammeCalendarInput,
  "unitsPerDay" | "ideasPerYear" | "macroDelay" | "whileWaiting"
> {
  /** At least one, all about the same macro metric on the same scale. */
  readonly candidates: readonly ProxyCandidate[];
  /** Units per arm of each test, above 0. */
  readonly n: number;
  /** When a change ships; `sign` unless said. */
  readonly rule?: DecisionRule | undefined;
  /** What the ranking goes by: what a year of testing gains for good (unless said), or what comes in within the year. */
  readonly counting?: GainCounting | undefined;
  /** What gains are worth; without it potentials are gains themselves. */
  readonly value?: ProxyValue | undefined;
  /** From which potential and effort on these count as high; the medians of the candidates unless said. */
  readonly cuts?:
    { readonly potential?: number | undefined; readonly effort?: number | undefined } | undefined;
  /** Correlation between the statistics of any two candidates, in [0, 1): 0, the strictest, unless said. */
  readonly correlation?: number | undefined;
  /** Of the claim that any of the candidates moved, two-sided, in (0, 1); 0.05 unless said. */
  readonly alpha?: number | undefined;
  /** Of the intervals over posteriors; 0.95 unless said. */
  readonly confidenceLevel?: number | undefined;
}

/** One candidate in its place. */
export interface RankedProxy extends Omit<CandidateReading, "testsCounted"> {
  readonly name: string;
  /** 1 for the best. */
  readonly rank: number;
  /** Posterior probability that it gains most of what there is to gain; 0 or 1 without posteriors, but for ties. */
  readonly probabilityBest: number;
  /** The year's gain as it is counted, in money where a value was given. */
  readonly potential: number;
  readonly effort: number | null;
  /** Potential against effort; null without efforts. */
  readonly quadrant: EffortQuadrant | null;
}

/** Candidates in the order of what they gain, and what looking at many of them costs. */
export interface ProxyRanking extends Result<"proxy-ranking"> {
  readonly method: DecisionRule["kind"];
  readonly scale: EffectScale;
  readonly n: number;
  readonly counting: GainCounting;
  /** Best first. */
  readonly ranking: readonly RankedProxy[];
  /** Where potential and effort were cut; null without efforts. */
  readonly cuts: QuadrantCuts | null;
  readonly multiplicity: {
    readonly candidates: number;
    readonly correlation: number;
    readonly alpha: number;
    /** |z| beyond which one of the candidates, whichever, moved significantly. */
    readonly criticalValue: number;
    /** The same for one candidate named beforehand. */
    readonly singleCriticalValue: number;
    /**
     * By how much the best of as many equally good candidates looks better than it is, in proxy quality: the mean of the
     * largest of their errors, at the posterior standard deviation of the leader's. 0 without a posterior.
     */
    readonly optimism: number;
  };
}

/**
 * Ranks micro conversions by what they gain in a year when they decide alone, never by how easily they move.
 *
 * H0 of the multiplicity's test: a change moves none of the candidates. H1: it moves one of them at least.
 *
 * Detection and decision stand side by side: a proxy that merely moves detects everything at once and gains nothing. The
 * probability of being the best is that of gaining the largest share of what perfect knowledge would, the posteriors
 * independent: what the candidates share, how far changes move sales, does not count as a difference between them.
 *
 * @param input - candidates, units per arm of a test (above 0), traffic, ideas per year, delays in days
 * @returns the ranking with qualities, gains, speedups, delays and quadrants, and what looking at many costs
 * @throws {DomainError} for no candidates or two of one name, broken covariances, mixed scales, efforts or values that
 *   are not above 0, or a candidate that is known later than sales
 * @example
 * ```ts
 * import { rankProxies } from "microlift";
 * const macro = { unitsPerDay: 1000, ideasPerYear: 30, macroDelay: { attributionDays: 21 } };
 * const { ranking } = rankProxies({
 *   n: 10_000,
 *   ...macro,
 *   candidates: [
 *     {
 *       name: "add-to-cart",
 *       effects: { tauProxy: 0.04, tauMacro: 0.04, rho: 0.8 },
 *       sampling: { proxy: 18, macro: 98, correlation: 0.43 },
 *     },
 *     {
 *       name: "scroll",
 *       effects: { tauProxy: 0.08, tauMacro: 0.04, rho: 0.05 },
 *       sampling: { proxy: 1, macro: 98, correlation: 0.1 },
 *     },
 *   ],
 * });
 * ranking[0]?.name; // "add-to-cart"
 * ranking[1]?.detectionSpeedup; // 392
 * ranking[1]?.decisionSpeedup; // 0.0152…
 * ```
 * Source: derived for this library; potential against effort as practitioners draw it.
 */
export function rankProxies(input: RankProxiesInput): ProxyRanking {
  const { candidates, calendar, options } = checkedInput(input);
  const { n, rule, counting, alpha, confidenceLevel, correlation } = options;
  const scale = effectScale(candidates[0]!.effects);
  const read = candidates.map(({ effects, sampling, delayDays = 0 }, i) =>
    readCandidate(
      {
        ...checkedEffects(`candidates[${i}].`, { effects, sampling }),
        rule,
        calendar: { ...calendar, proxyDelayDays: delayDays },
      },
      n,
      counting,
      effects.posterior === undefined ? null : confidenceLevel,
    ),
  );
  const probabilities = probabilityHighest(read.map(({ shares }) => shares));
  const potentials = read.map(({ reading }) => {
    const gain = reading.gainPerTest * reading.testsCounted;
    return input.value === undefined ? gain : gainInMoney(gain, scale, input.value);
  });
  const cuts = quadrantCuts(candidates, potentials, input.cuts);
  const order = candidates.map((_, i) => i).toSorted((i, j) => precedence(read[i]!, read[j]!));
  const ranking = order.map((i, place): RankedProxy => {
    const { testsCounted: _, ...reading } = read[i]!.reading;
    const { name, effort = null } = candidates[i]!;
    return {
      name,
      rank: place + 1,
      ...reading,
      probabilityBest: probabilities[i]!,
      potential: potentials[i]!,
      effort,
      quadrant: cuts === null ? null : effortQuadrant(potentials[i]!, effort!, cuts),
    };
  });
  const k = candidates.length;
  const loadings = candidates.map(() => Math.sqrt(correlation));
  const critical = (own: readonly number[]): number =>
    oneFactorUpperQuantile(alpha, { loadings: own, df: Infinity, isTwoSided: true });
  return {
    kind: "proxy-ranking",
    method: rule.kind,
    scale,
    n,
    counting,
    ranking,
    cuts,
    multiplicity: {
      candidates: k,
      correlation,
      alpha,
      criticalValue: critical(loadings),
      singleCriticalValue: critical([0]),
      optimism: read[order[0]!]!.qualityDeviation * expectedMaximum(k) * Math.sqrt(1 - correlation),
    },
    warnings: warnings(candidates, ranking),
    assumptions: [
      "True effects of the changes tested are normal, with the covariances given or averaged over their posteriors.",
      "Effects of changes add up on the scale of the effects, and last; tests run one after another, each unit in one of them.",
      "The posteriors of the candidates are taken as independent.",
      ...delayAssumptions(calendar.macroDelay),
    ],
  };
}

/** A larger gain first; of equal ones the one that is known sooner. */
function precedence({ reading: a }: ReadCandidate, { reading: b }: ReadCandidate): number {
  const gain = (x: CandidateReading): number => x.gainPerTest * x.testsCounted;
  return gain(b) - gain(a) || a.delayDays - b.delayDays;
}

function quadrantCuts(
  candidates: readonly ProxyCandidate[],
  potentials: readonly number[],
  cuts: RankProxiesInput["cuts"],
): QuadrantCuts | null {
  if (candidates[0]!.effort === undefined) return null;
  return {
    potential: cuts?.potential ?? median(potentials),
    effort: cuts?.effort ?? median(candidates.map(({ effort }) => effort!)),
  };
}

interface CheckedInput {
  readonly candidates: readonly ProxyCandidate[];
  readonly calendar: ProgrammeCalendar;
  readonly options: {
    readonly n: number;
    readonly rule: DecisionRule;
    readonly counting: GainCounting;
    readonly alpha: number;
    readonly confidenceLevel: number;
    readonly correlation: number;
  };
}

function checkedInput(input: RankProxiesInput): CheckedInput {
  checkObject("input", input);
  const { candidates, n, rule = { kind: "sign" }, counting = "year-of-testing", cuts } = input;
  const { alpha = DEFAULT_ALPHA, confidenceLevel = DEFAULT_CONFIDENCE_LEVEL, correlation = 0 } = input;
  checkMagnitude("n", n);
  checkObject("rule", rule);
  checkDecisionRule("rule", rule);
  checkOneOf("counting", counting, ["year-of-testing", "within-the-year"]);
  checkOpenUnit("alpha", alpha);
  checkOpenUnit("confidenceLevel", confidenceLevel);
  checkBetween("correlation", correlation, 0, LARGEST_CORRELATION);
  const { unitsPerDay, ideasPerYear, macroDelay, whileWaiting } = input;
  const calendar = programmeCalendar({ unitsPerDay, ideasPerYear, macroDelay, whileWaiting });
  checkCandidates(candidates, waitingDays(calendar.macroDelay));
  if (input.value !== undefined) checkProxyValue(input.value, effectScale(candidates[0]!.effects));
  if (cuts !== undefined) {
    checkObject("cuts", cuts);
    if (cuts.potential !== undefined) checkNonNegative("cuts.potential", cuts.potential);
    if (cuts.effort !== undefined) checkPositive("cuts.effort", cuts.effort);
  }
  return { candidates, calendar, options: { n, rule, counting, alpha, confidenceLevel, correlation } };
}

/** Statistics that are the same leave nothing to integrate over. */
const LARGEST_CORRELATION = 0.999999;

function warnings(candidates: readonly ProxyCandidate[], ranking: readonly RankedProxy[]): Warning[] {
  const found: Warning[] = [];
  const named = (names: readonly string[]): string => names.map((name) => `"${name}"`).join(", ");
  const assumed = candidates.filter(({ effects }) => !isLearned(effects)).map(({ name }) => name);
  const best = ranking[0]!;
  const fastest = ranking.reduce((a, b) => (b.detectionSpeedup > a.detectionSpeedup ? b : a));
  const wrong = ranking.filter(({ proxyQuality }) => proxyQuality < 0).map(({ name }) => name);
  if (assumed.length > 0) {
    found.push({
      code: "ASSUMED_COVARIANCE",
      message: `Assumed, and not learned from past experiments: ${named(assumed)}; the ranking is as good as these beliefs.`,
    });
  }
  if (fastest.name !== best.name) {
    found.push({
      code: "FASTEST_IS_NOT_BEST",
      message: `${named([fastest.name])} shows changes soonest, and ${named([best.name])} gains most: what moves easily need not move sales.`,
    });
  }
  if (!(best.ratioToWaiting !== null && best.ratioToWaiting > 1)) {
    found.push({
      code: "WAITING_GAINS_MORE",
      message: "At this size no candidate alone is expected to gain more in a year than waiting for sales.",
    });
  }
  if (wrong.length > 0) {
    found.push({ code: "WRONG_SIGN", message: `Sales do not rise where these rise: ${named(wrong)}.` });
  }
  return found;
}
