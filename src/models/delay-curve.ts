import type { ConversionDelay, MatureCohorts } from "./conversion-delay.ts";
import { empiricalCurve } from "./empirical-curve.ts";
import { logNormalCurve } from "./log-normal-curve.ts";
import { weibullCurve } from "./weibull-curve.ts";

/** How the conversions of a unit that will convert come in with its age, in days since it entered. */
export interface DelayCurve {
  /** Share of eventual conversions that have come in by an age at or above 0. */
  shareBy(age: number): number;
  /** Mean of `shareBy` over all ages from 0 to an age above 0, right to its own last digits however small it is. */
  meanShareBy(age: number): number;
  /** The share that is never exceeded: 1, or less where the data end before the conversions do. */
  readonly largestShare: number;
  /** Ages between which the curve is smooth, in increasing order. */
  readonly kinks: readonly number[];
}

/** The curve of a delay that has one. */
export function delayCurve(delay: Exclude<ConversionDelay, MatureCohorts>): DelayCurve {
  const curve = wholeCurve(delay);
  return delay.windowDays === undefined ? curve : withinWindow(curve, delay.windowDays);
}

function wholeCurve(delay: Exclude<ConversionDelay, MatureCohorts>): DelayCurve {
  // Weibull's of shape 1.
  if ("meanDays" in delay) return weibullCurve(1, delay.meanDays);
  if ("scaleDays" in delay) return weibullCurve(delay.shape, delay.scaleDays);
  if ("logSd" in delay) return logNormalCurve(delay.logMean, delay.logSd);
  return empiricalCurve(delay.days, delay.shares);
}

/** Only what comes within the window is a conversion, so that all have come in by its end. */
function withinWindow(curve: DelayCurve, windowDays: number): DelayCurve {
  const counted = curve.shareBy(windowDays);
  return {
    shareBy: (age) => (age < windowDays ? curve.shareBy(age) / counted : 1),
    meanShareBy: (age) =>
      age <= windowDays
        ? curve.meanShareBy(age) / counted
        : ((windowDays * curve.meanShareBy(windowDays)) / counted + (age - windowDays)) / age,
    largestShare: 1,
    kinks: [...curve.kinks.filter((kink) => kink < windowDays), windowDays],
  };
}
