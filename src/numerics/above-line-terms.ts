import { betaDeviation, logPowerConstant } from "./beta-prefix.ts";
import { betaPowerSeries, inPowerRange } from "./beta-power-series.ts";
import { incompleteBeta } from "./incomplete-beta.ts";
import { type BetaDensity, logDensity } from "./beta-density.ts";
import { betaExcess } from "./beta-excess.ts";
import type { Line } from "./line.ts";
import { exp } from "./elementary/exp.ts";
import { expm1 } from "./elementary/expm1.ts";
import { ln } from "./elementary/ln.ts";

/** What one node of the rule contributes, each over exp(reference). */
export interface Terms {
  /** The density of X, per unit of the log-odds; of no use where T's tail is small, and then equal to `probability`. */
  density: number;
  /** The density of X times P(T > t). */
  probability: number;
  /** The density of X times that of T at t, per unit of the line's parameter. */
  crossing: number;
  /** The density of X times E max(T − t, 0). */
  excess: number;
}

/** The integrands of `aboveLine` along the log-odds of x within the line. */
export interface LineIntegrand {
  /** Natural log by which the terms are scaled. */
  readonly reference: number;
  /** Fisher information about the log-odds that X, and T where its tail is not yet 1, carry at the start. */
  readonly information: number;
  /** ln of the distances of the starting x from the ends of the line, if they fell as the odds all the way to it. */
  readonly logLeft: number;
  readonly logRight: number;
  /**
   * Puts the terms at a distance from the start, in log-odds, into `terms`; of the probability so much may be left out as
   * `negligible`.
   */
  readonly evaluate: (distance: number, terms: Terms, negligible: number) => void;
}

/** Beyond this log density the tail of T is 1 for all that a double can tell. */
const LOG_DENSITY_OF_NOTHING = -80;

/**
 * Every point is carried as its shift from the start, so that a − (a + b) x, on which all digits of a narrow density
 * depend, is a small change of a number known in doubled precision.
 */
export function lineIntegrand(
  x: BetaDensity,
  t: BetaDensity,
  line: Line,
  startLogOdds: number,
): LineIntegrand {
  const { slope, width, xLow, xHigh, tLow, tHigh, oddsRatio, motion } = line;
  const isStraight = oddsRatio === 1;
  const p0 = 1 / (1 + exp(-startLogOdds));
  const q0 = 1 / (1 + exp(startLogOdds));
  const tp0 = isStraight ? p0 : (p0 * oddsRatio) / (p0 * oddsRatio + q0);
  const tq0 = isStraight ? q0 : q0 / (p0 * oddsRatio + q0);
  const tWidth = slope * width;
  const x0 = xLow + width * p0;
  const xc0 = xHigh + width * q0;
  const t0 = tLow + tWidth * tp0;
  const tc0 = tHigh + tWidth * tq0;
  const xLambda0 = betaDeviation(x0, xc0, x.a, x.b);
  const tLambda0 = betaDeviation(t0, tc0, t.a, t.b);
  const xLog0 = logDensity(x, x0, xc0, xLambda0);
  const tLog0 = logDensity(t, t0, tc0, tLambda0);
  const reference = tLambda0 > 0 ? xLog0 : xLog0 + tLog0;

  const pace = width * p0 * q0;
  const tailVaries = tLambda0 <= 0 || tLog0 > LOG_DENSITY_OF_NOTHING;
  const informationOfX = ((x.total * pace) / x0) * (pace / xc0);
  const tPace = tWidth * tp0 * tq0;
  const informationOfT = ((t.total * tPace) / t0) * (tPace / tc0);

  const deviationOfT = t.total * t.deviation;
  /** The relative error that a tail of T may have: it is about 1 / (lambda + deviation) of what stands before it. */
  const toleranceOf = (negligible: number, before: number, lambda: number): number => {
    const tolerance = (0.5 * negligible * (lambda + deviationOfT)) / before;
    // Not by a maximum: of nothing before it, 0/0 is no tolerance at all.
    return tolerance > Number.EPSILON ? tolerance : Number.EPSILON;
  };
  const lowConstant = t.a <= 1 ? logPowerConstant(t.a, t.b) : 0;
  const highConstant = t.b <= 1 ? logPowerConstant(t.b, t.a) : 0;
  /** P(T > t) of a shape up to 1 next to its end, where the fraction takes long; null elsewhere. */
  const tailByPowers = (tNow: number, tcNow: number, tLambda: number): number | null => {
    if (inPowerRange(tNow, t.a, t.b)) {
      const { log, excess } = betaPowerSeries(tNow, t.a, t.b, lowConstant);
      return -expm1(log) - exp(log) * excess;
    }
    if (tLambda > 0 && inPowerRange(tcNow, t.b, t.a)) {
      const { log, excess } = betaPowerSeries(tcNow, t.b, t.a, highConstant);
      return exp(log) * (1 + excess);
    }
    return null;
  };

  const evaluate = (distance: number, terms: Terms, negligible: number): void => {
    const isNear = Math.abs(distance) < 1;
    const growthLessOne = isNear ? expm1(distance) : exp(distance) - 1;
    const growth = isNear ? 1 + growthLessOne : exp(distance);
    const scale = 1 / (q0 + p0 * growth);
    const tScale = isStraight ? scale : 1 / (tq0 + tp0 * growth);
    const left = width * p0 * growth * scale;
    const right = width * q0 * scale;
    const shift = pace * growthLessOne * scale;
    const xNow = xLow + left;
    const xcNow = xHigh + right;
    const tNow = tLow + tWidth * tp0 * growth * tScale;
    const tcNow = tHigh + tWidth * tq0 * tScale;
    const tLambda = tLambda0 - t.total * tPace * growthLessOne * tScale;
    const xLog = logDensity(x, xNow, xcNow, xLambda0 - x.total * shift);
    const tLog = logDensity(t, tNow, tcNow, tLambda);
    const jacobian = (left / xNow) * (right / xcNow / width);
    const both = jacobian * exp(xLog + tLog - reference);
    const byPowers = tailByPowers(tNow, tcNow, tLambda);
    if (byPowers !== null) {
      terms.density = jacobian * exp(xLog - reference);
      terms.probability = terms.density * byPowers;
      terms.excess = (both + tLambda * terms.probability) / t.total;
    } else if (tLambda <= 0) {
      const tolerance = toleranceOf(negligible, both, -tLambda);
      const above = betaExcess(tcNow, tNow, t.b, t.a, -tLambda, tolerance);
      terms.probability = both * above.tail;
      terms.density = terms.probability;
      terms.excess = (both * above.shortfall) / t.total;
    } else {
      const density = jacobian * exp(xLog - reference);
      const tolerance = toleranceOf(negligible, both, tLambda);
      const below = betaExcess(tNow, tcNow, t.a, t.b, tLambda, tolerance);
      terms.density = density;
      // Below the mean a tail is near 1, but for a shape below 1, whose mean lies far up its own tail.
      terms.probability =
        t.a < 1 ? density * incompleteBeta(tNow, tcNow, t.a, t.b).upper : density - both * below.tail;
      terms.excess = (density * tLambda + both * below.shortfall) / t.total;
    }
    terms.crossing = both * motionPace(motion, tNow, tcNow);
  };

  return {
    reference,
    information: tailVaries ? informationOfX + informationOfT : informationOfX,
    logLeft: ln(width) + startLogOdds,
    logRight: ln(width) - startLogOdds,
    evaluate,
  };
}

/** How fast the log-odds of t move with the parameter of the line. */
function motionPace(motion: Line["motion"], t: number, tc: number): number {
  if (motion === "odds") return 1;
  if (motion === "shift") return 1 / (t * tc);
  return 1 / (motion === "about-zero" ? tc : t);
}
