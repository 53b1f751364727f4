import { logIncompleteBeta } from "./incomplete-beta.ts";
import { lineIntegrand, type Terms } from "./above-line-terms.ts";
import type { BetaDensity } from "./beta-density.ts";
import type { Line } from "./line.ts";
import { highEnd, type LineEnd, lowEnd } from "./line-end.ts";
import { logAdd } from "./log-sum.ts";
import { peakLogOdds } from "./peak-log-odds.ts";

/** How T lies above a line over X, for independent Beta variables X and T. */
export interface AboveLine {
  /** ln P(T > t(X)). */
  readonly logProbability: number;
  /** ln of the rate at which this probability changes, up or down, with the parameter of the line. */
  readonly logCrossing: number;
  /** ln E max(T − t(X), 0), for a line over all rates x. */
  readonly logExcess: number;
}

/**
 * How T ~ Beta lies above a line over X ~ Beta; it takes least time with X the narrower of the two.
 *
 * The trapezoidal rule in the log-odds of x on the density of X times the tail of T. It converges geometrically, since
 * the integrand is analytic around the whole real line (Trefethen and Weideman 2014, SIAM Review 56, 385–458). It
 * starts at the integrand's peak and goes outwards to where only exp(−precision) of the whole is left.
 */
export function aboveLine(x: BetaDensity, t: BetaDensity, line: Line, precision: number): AboveLine {
  const integrand = lineIntegrand(x, t, line, peakLogOdds(x, t, line));
  const step = nodeDistance(integrand.information, precision, isCutInBody(x, line));
  const negligible = Math.exp(-precision);
  const sums: Terms = { density: 0, probability: 0, crossing: 0, excess: 0 };
  const terms: Terms = { density: 0, probability: 0, crossing: 0, excess: 0 };

  const addTerms = (distance: number): void => {
    integrand.evaluate(distance, terms);
    sums.probability += terms.probability;
    sums.crossing += terms.crossing;
    sums.excess += terms.excess;
  };
  const addTowards = (end: LineEnd, direction: number, logRoom: number): void => {
    const farthest = logRoom - Math.log(negligible / end.variation);
    for (let distance = step; ; distance += step) {
      addTerms(direction * distance);
      if (areNegligible(terms, sums, negligible)) return;
      if (distance > farthest) {
        end.addRest(sums, terms, step);
        return;
      }
    }
  };
  addTerms(0);
  addTowards(lowEnd(x, t, line), -1, integrand.logLeft);
  addTowards(highEnd(x, t, line), 1, integrand.logRight);

  const scale = integrand.reference + Math.log(step);
  const logProbability = Math.log(sums.probability) + scale;
  return {
    logProbability: line.xLow > 0 ? logAdd(logProbability, logProbabilityBelow(x, line)) : logProbability,
    logCrossing: Math.log(sums.crossing) + scale,
    logExcess: Math.log(sums.excess) + scale,
  };
}

/** 2/π with a margin for shapes between 1 and infinity: see below. */
const FREQUENCY_OF_SMALL_SHAPES = 0.74;
/** 4/π with a margin. */
const FREQUENCY_OF_A_CUT = 1.34;

/**
 * What the rule leaves out is the Fourier transform of the integrand at ω = 2π/step. For a density that carries much
 * information c about the log-odds it falls as exp(−ω²/2c), for a shape of 1 or less about as exp(−πω/2). Where the
 * line's part ends within the body of X, the density falls from there like a normal one in the distance itself, whose
 * log the rule runs in: exp(−e^2u) is bounded up to π/4 from the real line only, which gives exp(−πω/4).
 */
function nodeDistance(information: number, precision: number, isCut: boolean): number {
  const frequency = isCut ? FREQUENCY_OF_A_CUT : FREQUENCY_OF_SMALL_SHAPES;
  return (2 * Math.PI) / Math.sqrt(2 * precision * information + (frequency * precision) ** 2);
}

/** Beyond this many standard deviations from the mean nothing of X is left to be cut. */
const REACH = 10;

/** Whether the line's part ends where X has a density like a normal one. */
function isCutInBody({ a, b, total, deviation }: BetaDensity, { xLow, xHigh }: Line): boolean {
  const reach = REACH * deviation;
  return (xLow > 0 && a > 1 && xLow > a / total - reach) || (xHigh > 0 && b > 1 && xHigh > b / total - reach);
}

function areNegligible(terms: Terms, sums: Terms, share: number): boolean {
  return (
    terms.probability <= share * sums.probability &&
    terms.crossing <= share * sums.crossing &&
    terms.excess <= share * sums.excess
  );
}

/** Where X is below the line's part, t(X) is below 0, and T above it for certain. */
function logProbabilityBelow(x: BetaDensity, { xLow, xHigh, width }: Line): number {
  return logIncompleteBeta(xLow, xHigh + width, x.a, x.b).lower;
}
