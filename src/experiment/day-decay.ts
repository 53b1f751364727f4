import type { Confidence } from "../core/confidence.ts";
import type { Estimate } from "../core/estimate.ts";
import { undeterminedEstimate, wholeLine } from "../core/whole-line.ts";
import { type ChiSquaredTest, chiSquaredTest } from "../inference/chi-squared-test.ts";
import { findRoot } from "../numerics/find-root.ts";
import { invertPositive } from "../numerics/invert-positive.ts";
import { maximizeOnLine } from "../numerics/maximize-on-line.ts";
import { studentTUpperQuantile } from "../numerics/student-t.ts";
import type { WeighedDay } from "./day-trend.ts";
import { scatterOf } from "./judged-estimate.ts";
import { log2 } from "../numerics/elementary/log2.ts";
import { pow } from "../numerics/elementary/pow.ts";

/** A decay towards a long-run level: effect of day d = long run + excess · 2^(−(d − first day) / half-life). */
export interface DayDecay {
  /** In days; with the interval of its profile likelihood, open where the days do not tell it from a straight line. */
  readonly halfLife: Estimate;
  /** By how much the effect of the first day exceeds that of the long run; null where the half-life is open. */
  readonly excess: number | null;
  /** Undetermined where the half-life is open: then the level lies anywhere beyond the last day. */
  readonly longRun: Estimate;
  /** Test that the days follow the decay up to their errors. */
  readonly residual: ChiSquaredTest;
}

/** Three parameters, and two days to try them on. */
export const FEWEST_DECAY_DAYS = 5;

/** What is left of the excess after a day, from nothing to a half-life of all days: so many steps are looked at. */
const STEPS = 32;
const METHOD = "exponential-decay";

/**
 * Fits the decay by weighted least squares, with two-sided profile intervals (Seber and Wild 1989, 5.9.2).
 *
 * @param days - at least five, independent of each other
 */
export function dayDecay(days: readonly WeighedDay[], confidence: Confidence): DayDecay {
  // In errors of the first day, so that no error a double holds over- or underflows when squared.
  const unit = days[0]!.standardError;
  const scaled = days.map(({ day, estimate, standardError }) => ({
    passed: day - days[0]!.day,
    effect: estimate / unit,
    error: standardError / unit,
  }));
  const fit = (retention: number): DecayFit => decayFit(scaled, retention);
  const slowest = pow(2, -1 / scaled.at(-1)!.passed);
  const best = fit(leastSquares(fit, slowest));
  const freedom = days.length - 3;
  const scatter = scatterOf(best.q, freedom);
  const critical = studentTUpperQuantile(confidence.tail, scatter.degreesOfFreedom) * scatter.factor;
  /** Beyond 0 the days rule a fit out. */
  const excessQ = ({ q }: DecayFit): number => q - best.q - critical * critical;
  const rootBetween = (lower: number, upper: number): number =>
    findRoot((retention) => excessQ(fit(retention)), lower, upper);
  const errors = parameterErrors(scaled, best, scatter.factor);
  const from = excessQ(fit(0)) <= 0 ? 0 : rootBetween(0, best.retention);
  const isOpen = excessQ(fit(slowest)) <= 0;
  const to = isOpen ? slowest : rootBetween(best.retention, slowest);
  /** The level farthest off on one side that the days do not rule out, over all half-lives that they do not. */
  const end = (side: 1 | -1): number => {
    const reach = (retention: number): number => {
      const own = fit(retention);
      return side * own.level + own.levelError * Math.sqrt(Math.max(0, -excessQ(own)));
    };
    return side * reach(maximizeOnLine(reach, from, to, PRECISION)) * unit;
  };
  return {
    halfLife: {
      estimate: halfLifeOf(best.retention),
      standardError: errors.halfLife,
      interval: {
        ...wholeLine(METHOD, confidence),
        lower: halfLifeOf(from),
        upper: isOpen ? Infinity : halfLifeOf(to),
      },
      status: isOpen ? "unbounded" : "ok",
    },
    excess: isOpen ? null : best.excess * unit,
    longRun: isOpen
      ? undeterminedEstimate(METHOD, confidence)
      : {
          estimate: best.level * unit,
          standardError: errors.level * unit,
          interval: { ...wholeLine(METHOD, confidence), lower: end(-1), upper: end(1) },
          status: "ok",
        },
    residual: chiSquaredTest(best.q, freedom),
  };
}

/** Finer than this a maximum's value does not tell where it lies. */
const PRECISION = 1e-8;

function halfLifeOf(retention: number): number {
  return retention === 0 ? 0 : -1 / log2(retention);
}

/** A day on the scale of the first one's error. */
interface ScaledDay {
  readonly passed: number;
  readonly effect: number;
  readonly error: number;
}

/** The decay at one retention: a straight line in retention^passed. */
interface DecayFit {
  readonly retention: number;
  readonly level: number;
  readonly levelError: number;
  readonly excess: number;
  /** Σ (residual / error)². */
  readonly q: number;
  /** Half the derivative of q by the retention, with the sign turned. */
  readonly descent: number;
}

function decayFit(days: readonly ScaledDay[], retention: number): DecayFit {
  const left = days.map(({ passed }) => pow(retention, passed));
  let [total, sumG, sumY] = [0, 0, 0];
  for (let i = 0; i < days.length; i++) {
    const { effect, error } = days[i]!;
    const weight = 1 / error / error;
    total += weight;
    sumG += weight * left[i]!;
    sumY += weight * effect;
  }
  const meanG = sumG / total;
  const meanY = sumY / total;
  let [spread, joint] = [0, 0];
  for (let i = 0; i < days.length; i++) {
    const { effect, error } = days[i]!;
    const run = (left[i]! - meanG) / error;
    spread += run * run;
    joint += run * ((effect - meanY) / error);
  }
  const excess = joint / spread;
  const level = meanY - excess * meanG;
  let [q, descent] = [0, 0];
  for (let i = 0; i < days.length; i++) {
    const { passed, effect, error } = days[i]!;
    const residual = (effect - level - excess * left[i]!) / error;
    q += residual * residual;
    descent += (residual / error) * curveSlope(excess, retention, passed, left[i]!);
  }
  const levelError = Math.sqrt(1 / total + (meanG * meanG) / spread);
  return { retention, level, levelError, excess, q, descent };
}

/** Of excess · retention^passed, with `left` for the power, by the retention. */
function curveSlope(excess: number, retention: number, passed: number, left: number): number {
  if (passed < 2) return passed * excess;
  return retention === 0 ? 0 : (excess * passed * left) / retention;
}

/** The retention, from 0 to the slowest, at which the sum of squares is smallest. */
function leastSquares(fit: (retention: number) => DecayFit, slowest: number): number {
  const fits = Array.from({ length: STEPS + 1 }, (_, i) => fit((i / STEPS) * slowest));
  let best = 0;
  fits.forEach(({ q }, i) => {
    if (q < fits[best]!.q) best = i;
  });
  const [below, above] = [fits[Math.max(0, best - 1)]!, fits[Math.min(STEPS, best + 1)]!];
  const isInside = below.descent > 0 && above.descent < 0;
  if (!isInside) return fits[best]!.retention;
  return findRoot((retention) => fit(retention).descent, below.retention, above.retention);
}

/** Standard errors by the derivatives of the curve (Gauss and Newton), as R's `nls` has them. */
function parameterErrors(
  days: readonly ScaledDay[],
  { retention, excess }: DecayFit,
  factor: number,
): { level: number; halfLife: number } {
  const information = new Float64Array(9);
  for (const { passed, error } of days) {
    const left = pow(retention, passed);
    const gradient = [1, left, curveSlope(excess, retention, passed, left)];
    for (let i = 0; i < 3; i++) {
      for (let j = 0; j < 3; j++) {
        information[3 * i + j]! += (gradient[i]! / error) * (gradient[j]! / error);
      }
    }
  }
  invertPositive(information, 0, 3);
  const halfLife = halfLifeOf(retention);
  // At no retention the half-life is 0, and stays next to it for any retention that is next to none.
  const perRetention = retention === 0 ? 0 : (halfLife * halfLife) / (retention * Math.LN2);
  return {
    level: factor * Math.sqrt(information[0]!),
    halfLife: factor * Math.sqrt(information[8]!) * perRetention,
  };
}
