import { ConvergenceError, MOST_ROUNDS } from "../core/convergence-error.ts";
import { logIncompleteBeta } from "./incomplete-beta.ts";
import { lineIntegrand, type Terms } from "./above-line-terms.ts";
import type { BetaDensity } from "./beta-density.ts";
import type { Line } from "./line.ts";
import { highEnd, type LineEnd, lowEnd } from "./line-end.ts";
import { logAdd } from "./log-sum.ts";
import { peakLogOdds } from "./peak-log-odds.ts";
import { exp } from "./elementary/exp.ts";
import { expm1 } from "./elementary/expm1.ts";
import { ln } from "./elementary/ln.ts";

/** How T lies above a line over X, for independent Beta variables X and T. */
export interface AboveLine {
  /** ln P(T > t(X)). */
  readonly logProbability: number;
  /** ln of the rate at which this probability changes, up or down, with the parameter of the line. */
  readonly logCrossing: number;
  /** ln E max(T − t(X), 0), for a line over all rates x. */
  readonly logExcess: number;
}

/** Of what the rule may leave out, the part that each node's tail may: nothing next to the peak, and digits far from it. */
const SHARE_OF_TAILS = 1e-3;

/**
 * How T ~ Beta lies above a line over X ~ Beta; it takes least time with X the narrower of the two.
 *
 * The trapezoidal rule in the log-odds of x on the density of X times the tail of T. It converges geometrically, since
 * the integrand is analytic around the whole real line (Trefethen and Weideman 2014, SIAM Review 56, 385–458). It
 * starts at the integrand's peak and goes outwards to where only exp(−precision) of the whole is left.
 */
export function aboveLine(x: BetaDensity, t: BetaDensity, line: Line, precision: number): AboveLine {
  const integrand = lineIntegrand(x, t, line, peakLogOdds(x, t, line));
  const low = lowEnd(x, t, line);
  const high = highEnd(x, t, line);
  const stretchLow = stretchTowards(low, integrand.logLeft);
  const stretchHigh = stretchTowards(high, integrand.logRight);
  const information = integrand.information * (1 + stretchLow + stretchHigh) ** 2;
  const step = nodeDistance(information, precision, isCutInBody(x, line));
  const isStretched = stretchLow + stretchHigh > 0;
  const negligible = exp(-precision);
  const leftToTails = SHARE_OF_TAILS * negligible;
  const sums: Terms = { density: 0, probability: 0, crossing: 0, excess: 0 };
  const terms: Terms = { density: 0, probability: 0, crossing: 0, excess: 0 };

  const add = (weight: number): void => {
    sums.probability += weight * terms.probability;
    sums.crossing += weight * terms.crossing;
    sums.excess += weight * terms.excess;
  };
  const addTowards = (end: LineEnd, direction: number, logRoom: number): void => {
    const [ahead, behind] = direction > 0 ? [stretchHigh, stretchLow] : [stretchLow, stretchHigh];
    // From here on the integrands are powers to all digits, and the rates next to underflow.
    const farthest = logRoom - ln(negligible / end.variation);
    let last = 0;
    let node = step;
    for (let round = 0; round < MOST_ROUNDS; round++) {
      let distance = node;
      let weight = 1;
      if (isStretched) {
        distance += ahead * expm1(node) - behind * expm1(-node);
        weight += ahead * exp(node) + behind * exp(-node);
      }
      if (last > farthest) end.fall(terms, distance - last);
      else integrand.evaluate(direction * distance, terms, (leftToTails * sums.probability) / weight);
      add(weight);
      if (areNegligible(weight, terms, sums, negligible)) return;
      last = distance;
      node += step;
    }
    throw new ConvergenceError("the end of an integral beside a line", MOST_ROUNDS);
  };
  integrand.evaluate(0, terms, 0);
  add(1 + stretchLow + stretchHigh);
  addTowards(low, -1, integrand.logLeft);
  addTowards(high, 1, integrand.logRight);
  const scale = integrand.reference + ln(step);
  const logProbability = ln(sums.probability) + scale;
  return {
    logProbability: line.xLow > 0 ? logAdd(logProbability, logProbabilityBelow(x, line)) : logProbability,
    logCrossing: ln(sums.crossing) + scale,
    logExcess: ln(sums.excess) + scale,
  };
}

/** Of the stretch where the integrands have become powers; between 0.25 and 1 the errors are the same. */
const STRETCH = 0.5;

/** From this power on the integrands fall as fast as the stretch could make them. */
const FAST_POWER = 30;

/**
 * How much farther apart than its step the rule's nodes are next to the start, for the sake of this end: they move away
 * from each other as exp(node) from about where the integrands become powers of the odds. So these fall as exponentials
 * of exponentials, in a few nodes where it would take 30/power units of log-odds (Takahasi and Mori 1974, Publications of
 * the RIMS 9, 721–741).
 */
function stretchTowards({ power, variation }: LineEnd, logRoom: number): number {
  if (power > FAST_POWER) return 0;
  return (STRETCH / Math.max(1, power)) * Math.min(1, exp(-logRoom) / variation);
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

function areNegligible(weight: number, terms: Terms, sums: Terms, share: number): boolean {
  return (
    weight * terms.probability <= share * sums.probability &&
    weight * terms.crossing <= share * sums.crossing &&
    weight * terms.excess <= share * sums.excess
  );
}

/** Where X is below the line's part, t(X) is below 0, and T above it for certain. */
function logProbabilityBelow(x: BetaDensity, { xLow, xHigh, width }: Line): number {
  return logIncompleteBeta(xLow, xHigh + width, x.a, x.b).lower;
}
