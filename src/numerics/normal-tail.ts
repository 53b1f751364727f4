import { polynomial } from "./polynomial.ts";
import { expOfSum } from "./elementary/exp.ts";
import { productError } from "./error-free.ts";

/** ln √(2π). */
export const LOG_SQRT_TWO_PI = 0.9189385332046728;

/** 1 / √(2π). */
export const INVERSE_SQRT_TWO_PI = 0.3989422804014327;

// Rational approximations of W. J. Cody (1969, Mathematics of Computation 23, 631–637), restated for the normal
// distribution itself by Cody (1993, ACM TOMS 19, 22–32, algorithm 715 ANORM), so that no argument is divided by √2.
const CENTRE_NUMERATOR = [
  0.06568233791820745, 2.2352520354606837, 161.02823106855587, 1067.6894854603709, 18154.98125334356,
];
const CENTRE_DENOMINATOR = [1, 47.202581904688245, 976.0985517377767, 10260.932208618979, 45507.78933502673];
const MIDDLE_NUMERATOR = [
  1.0765576773720192e-8, 0.39894151208813466, 8.883149794388377, 93.50665613217785, 597.2702763948002,
  2494.5375852903726, 6848.190450536283, 11602.65143764735, 9842.714838383978,
];
const MIDDLE_DENOMINATOR = [
  1, 22.266688044328117, 235.387901782625, 1519.3775994075547, 6485.558298266761, 18615.571640885097,
  34900.95272114598, 38912.00328609327, 19685.429676859992,
];
const FAR_NUMERATOR = [
  0.023073441764940174, 0.215898534057957, 0.12740116116024736, 0.022235277870649807, 0.0014216191932278934,
  2.9112874951168793e-5,
];
const FAR_DENOMINATOR = [
  1, 1.284260096144911, 0.4682382124808651, 0.06598813786892856, 0.0037823963320275824, 7.297515550839662e-5,
];

/** Below this |x| the cdf is one half plus an odd function; above it the tail is a multiple of exp(−x²/2). */
export const CENTRE = 0.67448975;
const FAR = /* @__PURE__ */ Math.sqrt(32);

/** Φ(x) − 1/2 for |x| at most CENTRE. */
export function normalCentre(x: number): number {
  const square = x * x;
  return (x * polynomial(CENTRE_NUMERATOR, square)) / polynomial(CENTRE_DENOMINATOR, square);
}

/** exp(x²/2) times the probability above x, for x at or above CENTRE: what is left of the tail without its exponential. */
export function scaledNormalTail(x: number): number {
  if (x <= FAR) return polynomial(MIDDLE_NUMERATOR, x) / polynomial(MIDDLE_DENOMINATOR, x);
  const inverseSquare = 1 / (x * x);
  const correction =
    (inverseSquare * polynomial(FAR_NUMERATOR, inverseSquare)) / polynomial(FAR_DENOMINATOR, inverseSquare);
  return (INVERSE_SQRT_TWO_PI - correction) / x;
}

/** exp(−x²/2), with what x² loses, so that its rounding does not grow with the exponent. */
export function halfSquareExp(x: number): number {
  // Beyond, the value is far below the smallest double, and the square of Infinity has no error.
  if (Math.abs(x) > 50) return 0;
  const square = x * x;
  return expOfSum(-0.5 * square, -0.5 * productError(x, x, square));
}
