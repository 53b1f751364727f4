import { GAUSS_WEIGHTS, KRONROD_CENTRE_WEIGHT, KRONROD_NODES, KRONROD_WEIGHTS } from "./gauss-kronrod-21.ts";
import { pow } from "./elementary/pow.ts";

/** What `integrate` returns: the integral and a bound of its error that is safe for smooth integrands. */
export interface Integral {
  readonly value: number;
  readonly error: number;
}

export interface IntegrateOptions {
  /** Error aimed at, relative to the integral; 1e-12 by default. Below about 2e-14 rounding decides. */
  readonly relativeTolerance?: number;
  /** Error that is good enough whatever the integral; 0 by default. */
  readonly absoluteTolerance?: number;
  /** The most pieces the range is cut into; 200 by default. */
  readonly maxIntervals?: number;
  /** Where a finite range is cut to begin with, in increasing order and inside it: at peaks and steps. */
  readonly cuts?: readonly number[];
}

interface Piece extends Integral {
  readonly lower: number;
  readonly upper: number;
  /** The part of `error` that rounding causes and no cutting removes. */
  readonly rounding: number;
}

/**
 * The integral of f from lower to upper by adaptive Gauss–Kronrod quadrature: the piece with the largest error is
 * halved until the sum is good enough (Piessens et al. 1983, QUADPACK, routine qag).
 *
 * Either limit may be infinite. A narrow peak far from the middle of a wide range can be missed, as by every rule
 * that looks at points: cut the range at the peak.
 *
 * @returns the value, and a bound of its error; whether that is good enough is the caller's to decide
 */
export function integrate(
  f: (x: number) => number,
  lower: number,
  upper: number,
  options: IntegrateOptions = {},
): Integral {
  const { relativeTolerance = 1e-12, absoluteTolerance = 0, maxIntervals = 200, cuts = [] } = options;
  if (lower === upper) return { value: 0, error: 0 };
  if (lower > upper) {
    const { value, error } = integrate(f, upper, lower, options);
    return { value: -value, error };
  }
  const [g, a, b] = onFiniteRange(f, lower, upper);

  const ends = [a, ...cuts, b];
  const pieces = cuts.map((cut, i) => kronrod(g, ends[i]!, cut));
  pieces.push(kronrod(g, ends.at(-2)!, b));
  for (;;) {
    let value = 0;
    let error = 0;
    let worst = 0;
    for (let i = 0; i < pieces.length; i++) {
      value += pieces[i]!.value;
      error += pieces[i]!.error;
      if (pieces[i]!.error > pieces[worst]!.error) worst = i;
    }
    const piece = pieces[worst]!;
    const middle = 0.5 * (piece.lower + piece.upper);
    if (
      !(error > Math.max(absoluteTolerance, relativeTolerance * Math.abs(value))) ||
      pieces.length >= maxIntervals ||
      piece.error <= piece.rounding ||
      middle <= piece.lower ||
      middle >= piece.upper
    ) {
      return { value, error };
    }
    pieces[worst] = kronrod(g, piece.lower, middle);
    pieces.push(kronrod(g, middle, piece.upper));
  }
}

/** Maps an infinite range onto a finite one: x = t / (1 − t²) for the whole line, x = a ± t / (1 − t) for half of it. */
function onFiniteRange(
  f: (x: number) => number,
  lower: number,
  upper: number,
): [(t: number) => number, number, number] {
  if (lower === -Infinity && upper === Infinity) {
    return [
      (t) => {
        const room = (1 - t) * (1 + t);
        return (f(t / room) * (1 + t * t)) / (room * room);
      },
      -1,
      1,
    ];
  }
  if (upper === Infinity) return [(t) => f(lower + t / (1 - t)) / ((1 - t) * (1 - t)), 0, 1];
  if (lower === -Infinity) return [(t) => f(upper - t / (1 - t)) / ((1 - t) * (1 - t)), 0, 1];
  return [f, lower, upper];
}

function kronrod(f: (x: number) => number, lower: number, upper: number): Piece {
  const centre = 0.5 * (lower + upper);
  const half = 0.5 * (upper - lower);
  const values: number[] = [];
  const atCentre = f(centre);
  let gauss = 0;
  let sum = KRONROD_CENTRE_WEIGHT * atCentre;
  let sumOfSizes = Math.abs(sum);
  for (let i = 0; i < KRONROD_NODES.length; i++) {
    const offset = half * KRONROD_NODES[i]!;
    const left = f(centre - offset);
    const right = f(centre + offset);
    const weight = KRONROD_WEIGHTS[i]!;
    values.push(left, right);
    sum += weight * (left + right);
    sumOfSizes += weight * (Math.abs(left) + Math.abs(right));
    if (i % 2 === 1) gauss += GAUSS_WEIGHTS[(i - 1) / 2]! * (left + right);
  }
  const mean = 0.5 * sum;
  let spread = KRONROD_CENTRE_WEIGHT * Math.abs(atCentre - mean);
  for (let i = 0; i < values.length; i++) {
    spread += KRONROD_WEIGHTS[Math.floor(i / 2)]! * Math.abs(values[i]! - mean);
  }
  // QUADPACK's estimate: the difference of the two rules overstates the error of the better one, the more so the
  // smaller it is beside the variation of f; 50 units of rounding are the floor.
  const difference = Math.abs(sum - gauss);
  const truncation = spread === 0 ? difference : spread * Math.min(1, pow((200 * difference) / spread, 1.5));
  const rounding = half * sumOfSizes * 50 * Number.EPSILON;
  return { lower, upper, value: half * sum, error: Math.max(half * truncation, rounding), rounding };
}
