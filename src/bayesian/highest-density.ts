import type { Interval } from "../core/interval.ts";
import type { CurveValue } from "../numerics/hermite-interpolation.ts";
import { newtonRoot } from "../numerics/newton-root.ts";
import { normalQuantile, normalUpperQuantile } from "../numerics/normal.ts";
import type { Side } from "../numerics/beside-line.ts";
import type { EffectScale } from "./effect-scale.ts";
import type { QuantileCurve } from "./quantile-curve.ts";
import { exp } from "../numerics/elementary/exp.ts";
import { ln } from "../numerics/elementary/ln.ts";

/** Log-odds of a division between the tails: with 1e-15 of what is left out in one of them, that one is empty. */
const EMPTY = 35;
/** A division this uneven may be one that leaves a tail empty. */
const UNEVEN = 5;

/** Of scores, what the division between the tails may leave. */
const TOLERANCE = 1e-12;
const LEAST_BRACKET = 1e-9;

/** From known points this near the curve may be believed at the start. */
const KNOWN = 1e-3;

/** A last step of this length towards the place to look at next leaves its square, which what is seen there takes away. */
const NEXT_PLACE = 1e-4;

const STEP = 1e-4;

/** A shortest interval is no longer than the equal-tailed one, but for rounding. */
const ROUNDING = 1e-6;

const GOLDEN = 0.5 * (Math.sqrt(5) - 1);

/** After so many rounds the curve is not smooth enough to be believed, and the bracket is halved. */
const TRUSTED_ROUNDS = 10;

/**
 * The shortest interval that holds the probability `confidenceLevel`, for an effect whose density, on the scale on which
 * it is reported, has one peak: both ends have the same density, or one of them is an end to which the density rises.
 *
 * What it leaves out is divided between the tails. The division is found on the curve through the quantiles known so
 * far, and found again as long as its ends still teach the curve anything new.
 */
export function highestDensity(curve: QuantileCurve, scale: EffectScale, confidenceLevel: number): Interval {
  const outside = 1 - confidenceLevel;
  const interval = (lower: number, upper: number): Interval => ({
    lower: scale.value(lower),
    upper: scale.value(upper),
    confidenceLevel,
    method: "highest-density",
    dualToTest: false,
    excluded: null,
  });
  /** Scores of the ends, for the log-odds that what is left out lies below. */
  const lowerScore = (logOdds: number): number => normalQuantile(outside / (1 + exp(-logOdds)));
  const upperScore = (logOdds: number): number => normalUpperQuantile(outside / (1 + exp(logOdds)));
  /** By how much the log density at the lower end exceeds that at the upper, as the curve has it next to these ends. */
  const imbalanceAbout = (logOdds: number): ((logOdds: number) => number) => {
    const [lower, upper] = [curve.near(lowerScore(logOdds)), curve.near(upperScore(logOdds))];
    return (w) => {
      const [atLower, atUpper] = [lowerScore(w), upperScore(w)];
      return logDensity(lower(atLower), atLower) - logDensity(upper(atUpper), atUpper);
    };
  };
  const logDensity = ({ y, slope }: CurveValue, score: number): number =>
    -0.5 * score * score - ln(Math.max(slope, Number.MIN_VALUE)) - scale.logSlope(y);
  const learn = (logOdds: number): number => {
    curve.learn(lowerScore(logOdds));
    curve.learn(upperScore(logOdds));
    return imbalanceAbout(logOdds)(logOdds);
  };
  const onCurve = (logOdds: number): [lower: number, upper: number] => {
    const [atLower, atUpper] = [lowerScore(logOdds), upperScore(logOdds)];
    return [curve.near(atLower)(atLower).y, curve.near(atUpper)(atUpper).y];
  };
  const endsOf = (logOdds: number): [lower: number, upper: number] => [
    quantileOf(curve, "lower", outside / (1 + exp(-logOdds))),
    quantileOf(curve, "upper", outside / (1 + exp(logOdds))),
  ];
  const length = (lower: number, upper: number): number => scale.value(upper) - scale.value(lower);
  const fromEnd = (): Interval => interval(endOf(curve, "lower"), quantileOf(curve, "upper", outside));
  const toEnd = (): Interval => interval(quantileOf(curve, "lower", outside), endOf(curve, "upper"));

  const searched = (): Interval =>
    interval(...endsOf(shortestDivision((division) => length(...endsOf(division)))));
  /** What begins or ends where the scale does is the shortest only where the density has no other peak. */
  const unlessLonger = (found: Interval): Interval =>
    found.upper - found.lower <= length(...endsOf(0)) * (1 + ROUNDING) ? found : searched();

  // A quantile that cannot be computed lies in a tail that falls as a small power, and never from a peak.
  const isBeyond = (side: Side, tail: number): boolean =>
    (curve.contrast.quantileBeyond?.(side, tail) ?? null) !== null;
  const least = outside * exp(-EMPTY);
  const { isHighestAtLowest } = curve.contrast;
  if (isHighestAtLowest === true || isBeyond("lower", outside / 2) || isBeyond("upper", outside / 2))
    return fromEnd();

  let [below, above] = [-EMPTY, EMPTY];
  let logOdds = 0;
  if (curve.distance(lowerScore(0)) > KNOWN || curve.distance(upperScore(0)) > KNOWN) learn(0);
  let imbalance = imbalanceAbout(logOdds);
  for (let round = 0; ; round += 1) {
    if (imbalance(logOdds) > 0) above = logOdds;
    else below = logOdds;
    const next = round < TRUSTED_ROUNDS ? rootOf(imbalance, below, above, logOdds) : 0.5 * (below + above);

    if (next < -UNEVEN && below === -EMPTY && isHighestAtLowest === undefined) {
      if (isBeyond("lower", least) || learn(-EMPTY) >= 0) return unlessLonger(fromEnd());
      below = -EMPTY * (1 - Number.EPSILON);
    }
    if (next > UNEVEN && above === EMPTY) {
      if (isBeyond("upper", least) || learn(EMPTY) <= 0) return unlessLonger(toEnd());
      above = EMPTY * (1 - Number.EPSILON);
    }
    learn(next);
    const slopeBefore = slopeAt(imbalance, next);
    imbalance = imbalanceAbout(next);
    const slope = slopeAt(imbalance, next);
    const shift = -imbalance(next) / slope;
    logOdds = next;
    // The shift is right to second order, and to third where the slope that was learned is no surprise.
    const isLast = Math.abs(shift) * (Math.abs(shift) + Math.abs(slope / slopeBefore - 1)) < TOLERANCE;
    if (isLast || above - below < LEAST_BRACKET) {
      const end = isLast ? next + shift : next;
      const [lower, upper] = onCurve(end);
      const isShort = length(lower, upper) <= length(...onCurve(0)) * (1 + ROUNDING);
      const { lowest, highest } = curve.contrast;
      const isInside = lowest <= lower && lower <= upper && upper <= highest;
      if (isInside && isShort) return interval(lower, upper);
      return searched();
    }
  }
}

/** The division with the least length, by golden sections: for mass piled up at a point, which leaves no smooth curve. */
function shortestDivision(lengthOf: (division: number) => number): number {
  let [below, above] = [-EMPTY, EMPTY];
  let [left, right] = [above - GOLDEN * (above - below), below + GOLDEN * (above - below)];
  let [atLeft, atRight] = [lengthOf(left), lengthOf(right)];
  while (above - below > LEAST_BRACKET * EMPTY) {
    if (atLeft <= atRight) {
      above = right;
      [right, atRight] = [left, atLeft];
      left = above - GOLDEN * (above - below);
      atLeft = lengthOf(left);
    } else {
      below = left;
      [left, atLeft] = [right, atRight];
      right = below + GOLDEN * (above - below);
      atRight = lengthOf(right);
    }
  }
  return atLeft <= atRight ? left : right;
}

function rootOf(f: (x: number) => number, lower: number, upper: number, start: number): number {
  return newtonRoot((x) => [f(x), slopeAt(f, x)], lower, upper, start, NEXT_PLACE);
}

/** The derivative, by difference. */
function slopeAt(f: (x: number) => number, x: number): number {
  return (f(x + STEP) - f(x - STEP)) / (2 * STEP);
}

/** A quantile of any tail, up to 1. */
function quantileOf(curve: QuantileCurve, side: Side, tail: number): number {
  if (tail <= 0.5) return curve.quantile(side, tail);
  return curve.quantile(side === "lower" ? "upper" : "lower", 1 - tail);
}

/** The end of the effect, where it has not only an end of what can be computed. */
function endOf({ contrast }: QuantileCurve, side: Side): number {
  const isOpen = contrast.quantileBeyond !== undefined;
  if (side === "lower") return isOpen ? -Infinity : contrast.lowest;
  return isOpen ? Infinity : contrast.highest;
}
