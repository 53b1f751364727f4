/**
 * A confidence or credible interval, from `lower` to `upper`.
 *
 * A one-sided interval ends on its open side where the parameter itself ends (1 for a difference of rates, Infinity
 * for a lift). A few methods give a set that is no interval: then `lower` and `upper` are its hull and `excluded` is
 * the open gap inside that the data rule out.
 */
export interface Interval {
  readonly lower: number;
  readonly upper: number;
  /** Coverage aimed at, in (0, 1). */
  readonly confidenceLevel: number;
  /** Name of the method, such as `mee`. */
  readonly method: string;
  /** True when the interval inverts the test beside it: pValue < alpha exactly when the null value lies outside. */
  readonly dualToTest: boolean;
  /** The open gap that the data rule out, where the set is the complement of an interval; null otherwise. */
  readonly excluded: { readonly lower: number; readonly upper: number } | null;
}
