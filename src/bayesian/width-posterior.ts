import { betaLogCdf, betaLogPdf, betaLogSf, betaQuantile, betaUpperQuantile } from "../numerics/beta.ts";
import type { BetaDensity } from "../numerics/beta-density.ts";
import type { Side } from "../numerics/beside-line.ts";
import { bracketRoot } from "../numerics/bracket-root.ts";
import { findRoot } from "../numerics/find-root.ts";
import { differenceContrast, logRatioContrast } from "./beta-contrasts.ts";
import type { BesideValue, Contrast } from "./contrast.ts";
import { LIFT_SCALE } from "./effect-scale.ts";
import { quantileCurve } from "./quantile-curve.ts";
import { exp } from "../numerics/elementary/exp.ts";
import { log1p } from "../numerics/elementary/log1p.ts";

/** A posterior of which intervals are taken. */
export interface WidthPosterior extends Pick<Contrast, "lowest" | "highest" | "beside"> {
  quantile(side: Side, tail: number): number;
}

/** One arm's rate. */
export function rateWidthPosterior({ a, b }: BetaDensity): WidthPosterior {
  return {
    lowest: 0,
    highest: 1,
    quantile: (side, tail) => (side === "lower" ? betaQuantile(tail, a, b) : betaUpperQuantile(tail, a, b)),
    beside: (value, side): BesideValue => ({
      logProbability: side === "lower" ? betaLogCdf(value, a, b) : betaLogSf(value, a, b),
      logDensity: betaLogPdf(value, a, b),
    }),
  };
}

/** Treatment rate − control rate. */
export function differenceWidthPosterior(control: BetaDensity, treatment: BetaDensity): WidthPosterior {
  const contrast = differenceContrast(control, treatment);
  const curve = quantileCurve(contrast);
  return { ...contrast, quantile: (side, tail) => curve.quantile(side, tail) };
}

/** Treatment rate / control rate − 1. */
export function liftWidthPosterior(control: BetaDensity, treatment: BetaDensity): WidthPosterior {
  const contrast = logRatioContrast(control, treatment);
  const curve = quantileCurve(contrast);
  return {
    lowest: LIFT_SCALE.value(contrast.lowest),
    highest: LIFT_SCALE.value(contrast.highest),
    quantile: (side, tail) => LIFT_SCALE.value(curve.quantile(side, tail)),
    beside: (value, side): BesideValue => {
      const logRatio = log1p(value);
      const { logProbability, logDensity } = contrast.beside(logRatio, side);
      return { logProbability, logDensity: logDensity - LIFT_SCALE.logSlope(logRatio) };
    },
  };
}

/** How long the equal-tailed interval is. */
export function equalTailedLength({ quantile }: WidthPosterior, confidenceLevel: number): number {
  const tail = (1 - confidenceLevel) / 2;
  return quantile("upper", tail) - quantile("lower", tail);
}

/**
 * The probability outside the best interval of a length: the one with the same density at both ends, or at an end of all
 * values where there is none. The length is at most half of all values.
 */
export function probabilityOutside(posterior: WidthPosterior, length: number): number {
  const { beside } = posterior;
  const beyond = (value: number, side: Side): number => exp(beside(value, side).logProbability);
  const rise = (lower: number): number =>
    beside(lower + length, "upper").logDensity - beside(lower, "lower").logDensity;
  // Not at the ends themselves, where a density may be infinite.
  const [lowest, highest] = [posterior.lowest + EDGE * length, posterior.highest - length - EDGE * length];
  const inside = (value: number): number => Math.min(Math.max(value, lowest), highest);
  const guess = inside(posterior.quantile("lower", 0.5) - length / 2);
  const [left, right] = [inside(guess - STRIDE * length), inside(guess + STRIDE * length)];
  const bracket = bracketRoot(rise, left, right, { minimum: lowest, maximum: highest });
  // A density that falls from both ends has its least interval, not its best one, between them.
  if (bracket === null || rise(bracket[0]) < 0) {
    return Math.min(beyond(posterior.lowest + length, "upper"), beyond(posterior.highest - length, "lower"));
  }
  const lower = findRoot(rise, ...bracket, { tolerance: TOLERANCE * length });
  return beyond(lower, "lower") + beyond(lower + length, "upper");
}

/** The probability inside is flat about the best interval: its error is of second order in this share of the length. */
const TOLERANCE = 1e-7;
const STRIDE = 0.05;
const EDGE = 1e-9;
