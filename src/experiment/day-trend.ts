import type { Confidence } from "../core/confidence.ts";
import { DEFAULT_POWER } from "../core/defaults.ts";
import type { Estimate } from "../core/estimate.ts";
import { type ChiSquaredTest, chiSquaredTest } from "../inference/chi-squared-test.ts";
import { normalLogPValue, normalPValue } from "../inference/normal-p-value.ts";
import { tLogPValue, tPValue } from "../inference/t-p-value.ts";
import { inverseVariance, type PooledEstimate } from "../models/inverse-variance.ts";
import { type WeightedLine, weightedLine } from "../models/weighted-line.ts";
import { studentTUpperQuantile } from "../numerics/student-t.ts";
import type { DayBasis } from "./day-series.ts";
import { judgedEstimate, type Scatter, scatterOf } from "./judged-estimate.ts";
import { hypot } from "../numerics/elementary/hypot.ts";
import { log2 } from "../numerics/elementary/log2.ts";

/** A day with an effect that can be weighed. */
export interface WeighedDay {
  readonly day: number;
  readonly estimate: number;
  readonly standardError: number;
}

/** How the effect goes with the days, along a straight line. */
export interface DayTrend {
  /** `log2-day` by day of exposure, `day` by day of entry. */
  readonly covariate: "log2-day" | "day";
  /** Change of the effect per doubling of the day, or per day. */
  readonly slope: Estimate;
  readonly statistic: number;
  /** Infinity where the statistic is standard normal. */
  readonly degreesOfFreedom: number;
  /** Of H0: the effect is the same on all days, or follows no line; two-sided. */
  readonly pValue: number;
  readonly logPValue: number;
  /** How far the days scatter about the line, as a multiple of what their errors explain; the error of the slope allows for it. */
  readonly dispersion: number;
  /** Test that the days follow the line up to their errors. */
  readonly residual: ChiSquaredTest;
  /** The line on the first and on the last day. */
  readonly first: number;
  readonly last: number;
  /** Last less first. */
  readonly change: Estimate;
  /** The change from the first to the last day, in size, that such days show with a power of about 80 %. */
  readonly detectableChange: number;
}

/** Early days against later ones. */
export interface EarlyAgainstLate {
  /** Of the first third, rounded up. */
  readonly earlyDays: readonly number[];
  readonly lateDays: readonly number[];
  readonly early: Estimate;
  readonly late: Estimate;
  /** Late less early. */
  readonly change: Estimate;
  readonly pValue: number;
  readonly logPValue: number;
}

/** Fewer days fit a line whatever they are. */
export const FEWEST_DAYS = 3;

/** The line of the effects, with the covariate that goes with the kind of day. */
export function lineOfDays(days: readonly WeighedDay[], by: DayBasis): WeightedLine {
  return weightedLine(
    days.map(({ day }) => covariateAt(day, by)),
    days.map(({ estimate }) => estimate),
    days.map(({ standardError }) => standardError),
  );
}

function covariateAt(day: number, by: DayBasis): number {
  return by === "day-of-exposure" ? log2(day) : day;
}

/** @param days - at least three */
export function dayTrend(
  days: readonly WeighedDay[],
  line: WeightedLine,
  by: DayBasis,
  confidence: Confidence,
): DayTrend {
  const from = covariateAt(days[0]!.day, by);
  const to = covariateAt(days.at(-1)!.day, by);
  const freedom = days.length - 2;
  const scatter = scatterOf(line.residualQ, freedom);
  const { slope, error, ...test } = slopeTest(line, scatter);
  const { degreesOfFreedom } = scatter;
  const judgement = { method: "weighted-least-squares", degreesOfFreedom, dualToTest: true };
  // As if judged by Student's t in any case: what allowing for scatter costs where there is none.
  const reach =
    studentTUpperQuantile(confidence.tail, freedom) + studentTUpperQuantile(1 - DEFAULT_POWER, freedom);
  return {
    covariate: by === "day-of-exposure" ? "log2-day" : "day",
    slope: judgedEstimate(slope, error, confidence, judgement),
    ...test,
    degreesOfFreedom,
    dispersion: scatter.dispersion,
    residual: chiSquaredTest(line.residualQ, freedom),
    first: line.at(from),
    last: line.at(to),
    change: judgedEstimate(slope * (to - from), error * (to - from), confidence, judgement),
    detectableChange: reach * error * (to - from),
  };
}

/** The first third of the days against the rest, each pooled with its own errors. @param days - at least three */
export function earlyAgainstLate(
  days: readonly WeighedDay[],
  isIndependent: boolean,
  sides: { readonly effect: Confidence; readonly change: Confidence },
): EarlyAgainstLate {
  const cut = Math.ceil(days.length / 3);
  const parts = [days.slice(0, cut), days.slice(cut)] as const;
  const [before, after] = [weightedMean(parts[0]), weightedMean(parts[1])];
  const change = after.estimate - before.estimate;
  const error = hypot(before.standardError, after.standardError);
  return {
    earlyDays: parts[0].map(({ day }) => day),
    lateDays: parts[1].map(({ day }) => day),
    early: pooledDays(parts[0], isIndependent, sides.effect),
    late: pooledDays(parts[1], isIndependent, sides.effect),
    change: judgedEstimate(change, error, sides.change, { method: "inverse-variance", dualToTest: true }),
    pValue: normalPValue(change / error, "two-sided"),
    logPValue: normalLogPValue(change / error, "two-sided"),
  };
}

function slopeTest(
  { slope, slopeError }: WeightedLine,
  { factor, degreesOfFreedom }: Scatter,
): { slope: number; error: number; statistic: number; pValue: number; logPValue: number } {
  const error = slopeError * factor;
  const statistic = slope / error;
  return {
    slope,
    error,
    statistic,
    pValue: tPValue(statistic, degreesOfFreedom, "two-sided"),
    logPValue: tLogPValue(statistic, degreesOfFreedom, "two-sided"),
  };
}

/** All days together. Days of the same units go together in a way that is not known: then the largest error there can be. */
export function pooledDays(
  days: readonly WeighedDay[],
  isIndependent: boolean,
  confidence: Confidence,
): Estimate {
  const pooled = weightedMean(days);
  if (isIndependent) {
    return judgedEstimate(pooled.estimate, pooled.standardError, confidence, { method: "inverse-variance" });
  }
  // The error of a sum is at most the sum of the errors, whatever the correlations.
  const largest = days.reduce((sum, { standardError }, i) => sum + pooled.weights[i]! * standardError, 0);
  return judgedEstimate(pooled.estimate, largest, confidence, { method: "any-correlation" });
}

export function weightedMean(days: readonly WeighedDay[]): PooledEstimate {
  return inverseVariance(
    days.map(({ estimate }) => estimate),
    days.map(({ standardError }) => standardError),
  );
}
