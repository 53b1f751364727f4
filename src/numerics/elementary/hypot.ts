import { euclideanNorm } from "../euclidean-norm.ts";

/** Root of a sum of squares, the same bits on every engine; none over- or underflows. */
export function hypot(...values: readonly number[]): number {
  return euclideanNorm(values);
}
