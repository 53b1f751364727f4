import { dot, type Matrix, type Vector } from "./matrix.ts";
import { symmetricEigen } from "./symmetric-eigen.ts";

/** A function's value with its first two derivatives. */
export interface Curved {
  readonly value: number;
  readonly gradient: Vector;
  readonly hessian: Matrix;
}

/** Where a function is largest. */
export interface Maximum extends Curved {
  readonly at: Vector;
}

/** Ends of each coordinate; equal ends hold it fixed. */
export interface Box {
  readonly lower: Vector;
  readonly upper: Vector;
}

/** What a step can still gain, when it is the last: 1e-14 standard errors, where the function is a log-likelihood. */
const LEAST_GAIN = 1e-28;
/** Relative to the value: below it rounding hides whether the value grew, and Newton's step is trusted as long as steps shrink. */
const UNSEEN_GAIN = 1e-13;
/** The same where the value is small. */
const LEAST_UNSEEN_GAIN = 1e-9;
/** Of coordinates that are logs or shares: so that the first steps, far from the maximum, stay where the model makes sense. */
const LONGEST_STEP = 2;
/** Where a function is as good as straight: a step so long is cut, and what it could gain is still a number. */
const LONGEST_ASKED = 1e6;
/** Many times what a smooth function of four coordinates needs. */
const MOST_STEPS = 200;
/** A point of rest that curves upward by more than this share of its largest curvature is a saddle. */
const UPWARD = 1e-7;
/** How far a saddle is left, at first; halved until the function grows, a few times. */
const LEAP = 0.5;
const LEAST_LEAP = 1e-3;
/** More saddles than a function has on the way up: after them, only rounding makes points look like saddles. */
const MOST_LEAPS = 6;

/**
 * A local maximum of a smooth function within a box: Newton's method along the eigenvectors of the Hessian, uphill where
 * the function is not concave (Nocedal and Wright 2006, 3.4), coordinates held at an end against which they press. A
 * saddle, where the gradient is 0, is left along the direction that curves upward most.
 *
 * @param leastGain what the last step may still have to gain: more is enough where only the value is needed
 */
export function maximizeInBox(
  f: (x: Vector) => Curved,
  start: Vector,
  { lower, upper }: Box,
  leastGain: number = LEAST_GAIN,
): Maximum {
  const into = (x: Vector): number[] => x.map((value, i) => Math.min(Math.max(value, lower[i]!), upper[i]!));
  let at: Vector = into(start);
  let here = f(at);
  let lastGain = Infinity;
  let leaps = 0;
  for (let steps = 0; steps < MOST_STEPS; steps++) {
    const { step, gain, upward } = newtonStep(at, here, lower, upper);
    if (!(gain > leastGain && gain < lastGain)) {
      const isSaddle = upward !== null && leaps++ < MOST_LEAPS;
      const beyond = !isSaddle ? null : leaveSaddle(f, at, here, upward, into);
      if (beyond === null) break;
      ({ at, ...here } = beyond);
      lastGain = Infinity;
      continue;
    }
    const isUnseen = gain < Math.max(LEAST_UNSEEN_GAIN, UNSEEN_GAIN * Math.abs(here.value));
    lastGain = isUnseen ? 0.25 * gain : Infinity;
    let share = Math.min(1, LONGEST_STEP / Math.max(...step.map(Math.abs)));
    let next = at;
    let there = here;
    for (; share > Number.EPSILON; share *= 0.5) {
      next = into(at.map((value, i) => value + share * step[i]!));
      there = f(next);
      if (there.value > here.value || isUnseen) break;
    }
    if (share <= Number.EPSILON) break;
    at = next;
    here = there;
  }
  return { at, ...here };
}

function newtonStep(
  at: Vector,
  { gradient, hessian }: Curved,
  lower: Vector,
  upper: Vector,
): { step: number[]; gain: number; upward: number[] | null } {
  const step = at.map(() => 0);
  const free = freeCoordinates(at, gradient, lower, upper);
  const slope = free.map((i) => gradient[i]!);
  const { values, vectors } = symmetricEigen(free.map((i) => free.map((j) => hessian[i]![j]!)));
  let gain = 0;
  values.forEach((value, k) => {
    const rise = dot(vectors[k]!, slope);
    if (rise === 0) return;
    const curvature = Math.max(Math.abs(value), Math.abs(rise) / LONGEST_ASKED);
    gain += (0.5 * rise * rise) / curvature;
    free.forEach((i, j) => (step[i]! += (rise / curvature) * vectors[k]![j]!));
  });
  const flattest = UPWARD * Math.max(values[0] ?? 0, -(values[values.length - 1] ?? 0));
  if (!((values[0] ?? 0) > flattest)) return { step, gain, upward: null };
  const upward = at.map(() => 0);
  free.forEach((i, j) => (upward[i] = vectors[0]![j]!));
  return { step, gain, upward };
}

/** A higher point on either side of a saddle, if there is one that rounding does not hide. */
function leaveSaddle(
  f: (x: Vector) => Curved,
  at: Vector,
  { value }: Curved,
  upward: Vector,
  into: (x: Vector) => number[],
): Maximum | null {
  const enough = value + UNSEEN_GAIN * Math.abs(value);
  for (let leap = LEAP; leap >= LEAST_LEAP; leap *= 0.5) {
    for (const signed of [leap, -leap]) {
      const next = into(at.map((x, i) => x + signed * upward[i]!));
      const there = f(next);
      if (there.value > enough) return { at: next, ...there };
    }
  }
  return null;
}

/** The coordinates that do not press against an end. */
export function freeCoordinates(at: Vector, gradient: Vector, lower: Vector, upper: Vector): number[] {
  return at.flatMap((value, i) => {
    if (lower[i] === upper[i]) return [];
    const presses = (value === lower[i] && gradient[i]! <= 0) || (value === upper[i] && gradient[i]! >= 0);
    return presses ? [] : [i];
  });
}
