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
/** Many times what a smooth function of four coordinates needs. */
const MOST_STEPS = 200;

/**
 * A local maximum of a smooth function within a box: Newton's method along the eigenvectors of the Hessian, uphill where
 * the function is not concave (Nocedal and Wright 2006, 3.4), coordinates held at an end against which they press.
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
  let at = into(start);
  let here = f(at);
  let lastGain = Infinity;
  for (let steps = 0; steps < MOST_STEPS; steps++) {
    const { step, gain } = newtonStep(at, here, lower, upper);
    if (!(gain > leastGain && gain < lastGain)) break;
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
): { step: number[]; gain: number } {
  const step = at.map(() => 0);
  const free = freeCoordinates(at, gradient, lower, upper);
  const slope = free.map((i) => gradient[i]!);
  const { values, vectors } = symmetricEigen(free.map((i) => free.map((j) => hessian[i]![j]!)));
  let gain = 0;
  values.forEach((value, k) => {
    const rise = dot(vectors[k]!, slope);
    if (rise === 0) return;
    const curvature = Math.max(Math.abs(value), Number.MIN_VALUE);
    gain += (0.5 * rise * rise) / curvature;
    free.forEach((i, j) => (step[i]! += (rise / curvature) * vectors[k]![j]!));
  });
  return { step, gain };
}

/** The coordinates that do not press against an end. */
export function freeCoordinates(at: Vector, gradient: Vector, lower: Vector, upper: Vector): number[] {
  return at.flatMap((value, i) => {
    if (lower[i] === upper[i]) return [];
    const presses = (value === lower[i] && gradient[i]! <= 0) || (value === upper[i] && gradient[i]! >= 0);
    return presses ? [] : [i];
  });
}
