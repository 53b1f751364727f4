import { checkFinite, checkOpenUnit } from "../core/checks.ts";
import { DEFAULT_CONFIDENCE_LEVEL } from "../core/defaults.ts";
import { DomainError } from "../core/domain-error.ts";
import type { Interval } from "../core/interval.ts";
import type { Warning } from "../core/warning.ts";
import { type BetaPrior, checkedBetaPrior, UNIFORM_PRIOR } from "../models/beta-prior.ts";
import { type PosteriorRate, posteriorRate, probabilityBeyond } from "../models/posterior-rate.ts";
import { bracketRoot } from "../numerics/bracket-root.ts";
import { findRoot } from "../numerics/find-root.ts";
import { checkProportion, type Proportion } from "../summaries/proportion.ts";
import type { PlannedTest } from "./planned-test.ts";
import { PROPORTION_ASSUMPTIONS } from "./planning-cautions.ts";
import { effectOfLift } from "./proportion-effect.ts";
import { checkedProportionTest, plannedProportionTest, type ProportionTest } from "./proportion-test.ts";
import { exp } from "../numerics/elementary/exp.ts";
import { ln } from "../numerics/elementary/ln.ts";

/** What is known of the control's rate, and the lift that is planned for. */
export interface UncertainBaselineOptions {
  /** Past conversions and units, as of the metric's last weeks; may be left out where `prior` says all. */
  readonly baseline?: Proportion | undefined;
  /** What was held about the rate before these; uniform, Beta(1, 1), unless said, where `baseline` is given. */
  readonly prior?: BetaPrior | undefined;
  /** Treatment rate / control rate − 1, whatever the control rate. */
  readonly lift: number;
  /** The test that will be used; `score` unless said. */
  readonly test?: ProportionTest | undefined;
  /** Posterior probability of the interval of rates, in (0, 1); 0.95 unless said. */
  readonly confidenceLevel?: number | undefined;
}

/** The control's rate, as every result repeats it. */
export interface BaselinePosterior {
  /** Shapes of the Beta posterior. */
  readonly alpha: number;
  readonly beta: number;
  /** The rate that is as probably too high as too low. */
  readonly median: number;
  /** Equal-tailed credible interval of the rate. */
  readonly interval: Interval;
}

export interface UncertainBaseline {
  readonly test: ProportionTest;
  readonly lift: number;
  readonly posterior: BaselinePosterior;
  /** The share of the posterior that is left out, since the lifted rate would be 1 or more there. */
  readonly excludedProbability: number;
  readonly rate: PosteriorRate;
}

/** Below it a good part of the posterior lies on rates that no double holds. */
const SMALLEST_SHAPE = 0.1;
/** ln of a number of units beyond any traffic, and of one over it. */
const FARTHEST = 400;
/** A share of the posterior that cannot be planned for and is worth a word. */
const WORTH_A_WORD = 1e-6;

export function uncertainBaseline(options: UncertainBaselineOptions): UncertainBaseline {
  const { lift, confidenceLevel = DEFAULT_CONFIDENCE_LEVEL } = options;
  const test = checkedProportionTest(options.test);
  const { alpha, beta } = posteriorShapes(options);
  checkFinite("lift", lift);
  if (!(lift > -1)) throw new DomainError("lift", lift, "must be above -1");
  checkOpenUnit("confidenceLevel", confidenceLevel);
  const [bound, rest] = lift > 0 ? [1 / (1 + lift), lift / (1 + lift)] : [1, 0];
  // Asked first, since of a posterior that lies wholly beyond the bound nothing is left to average over.
  if (!(probabilityBeyond(alpha, beta, bound, rest) < 0.5)) {
    throw new DomainError("lift", lift, "must leave the treatment rate below 1 over most of the posterior");
  }
  const rate = posteriorRate(alpha, beta, bound, rest);
  const tail = (1 - confidenceLevel) / 2;
  const interval: Interval = {
    lower: rate.quantile(tail, 1 - tail),
    upper: rate.quantile(1 - tail, tail),
    confidenceLevel,
    method: "equal-tailed",
    dualToTest: false,
    excluded: null,
  };
  const posterior = { alpha, beta, median: rate.quantile(0.5, 0.5), interval };
  return { test, lift, posterior, excludedProbability: rate.beyond, rate };
}

function posteriorShapes({ baseline, prior }: UncertainBaselineOptions): BetaPrior {
  if (baseline === undefined && prior === undefined) {
    throw new DomainError("baseline", baseline, "must be given, or prior instead of it");
  }
  const { alpha, beta } = prior === undefined ? UNIFORM_PRIOR : checkedBetaPrior("prior", prior);
  let [converted, rest] = [0, 0];
  if (baseline !== undefined) {
    checkProportion("baseline", baseline);
    [converted, rest] = [baseline.conversions, baseline.n - baseline.conversions];
  }
  for (const [name, shape, count] of [
    ["alpha", alpha, converted],
    ["beta", beta, rest],
  ] as const) {
    if (shape + count < SMALLEST_SHAPE) {
      throw new DomainError(`prior.${name}`, shape, `must be at least ${SMALLEST_SHAPE} with the data`);
    }
  }
  return { alpha: alpha + converted, beta: beta + rest };
}

/** A test whose power is the average over the posterior of the control's rate. */
export function averagedTest(
  { test, lift, posterior, rate }: UncertainBaseline,
  allocation: number,
): PlannedTest {
  const at = (baseline: number): PlannedTest =>
    plannedProportionTest(test, effectOfLift(baseline, lift), allocation);
  const averaged: PlannedTest = {
    nearTailPower: (design, n) => rate.average((p) => at(p).nearTailPower(design, n)),
    farTailPower: (design, n) => rate.average((p) => at(p).farTailPower(design, n)),
    requiredUnits(design, power) {
      const guess = at(posterior.median).requiredUnits(design, power);
      if (guess === Infinity) return Infinity;
      // On the log of n, from the size that the median rate needs.
      const excess = (log: number): number => averaged.nearTailPower(design, exp(log)) - power;
      const start = ln(Math.max(1, guess));
      const bracket = bracketRoot(excess, start - 0.5, start + 0.5, {
        minimum: -FARTHEST,
        maximum: FARTHEST,
      });
      if (bracket !== null) return exp(findRoot(excess, ...bracket, { tolerance: 1e-14 }));
      return excess(start) > 0 ? 0 : Infinity;
    },
  };
  return averaged;
}

export function baselineAssumptions({ posterior }: UncertainBaseline): string[] {
  return [
    ...PROPORTION_ASSUMPTIONS,
    `The control's rate has the posterior Beta(${posterior.alpha}, ${posterior.beta}), and stays in the experiment what it was; the lift is the same whatever it is.`,
  ];
}

export function baselineCautions({ excludedProbability }: UncertainBaseline): readonly Warning[] {
  if (excludedProbability < WORTH_A_WORD) return [];
  return [
    {
      code: "IMPOSSIBLE_RATES",
      message: `Over ${(100 * excludedProbability).toPrecision(2)} % of the posterior the lifted rate would be above 1: the rest of it is averaged over.`,
    },
  ];
}
