import {
  type ExitProbabilities,
  exitProbabilities,
  type WalkBoundaries,
} from "../numerics/exit-probabilities.ts";

/** What is believed of the drift: a normal distribution, of variance 0 where it is taken for known. */
export interface DriftBelief {
  readonly mean: number;
  readonly variance: number;
}

/**
 * Where a walk seen at z will leave at the looks ahead, averaged over what is believed of its drift.
 *
 * With a drift of mean m and variance v, X(s) = B(t + s) − B(t) has mean ms and covariance s(1 + vs') for s <= s', so
 * that X(s) / (1 + vs) is again a Brownian motion with drift m, in the time s / (1 + vs): no quadrature over the drift.
 *
 * @param seen the look from which one looks ahead
 * @param ahead boundaries on the z scale at looks of more information
 */
export function exitsAhead(
  seen: { readonly information: number; readonly z: number },
  ahead: WalkBoundaries,
  { mean, variance }: DriftBelief,
): ExitProbabilities {
  const value = seen.z * Math.sqrt(seen.information);
  const steps = ahead.information.map((information) => information - seen.information);
  const onWalk = (boundary: number, i: number): number =>
    (boundary * Math.sqrt(ahead.information[i]!) - value) / Math.sqrt(steps[i]! * (1 + variance * steps[i]!));
  return exitProbabilities(
    {
      information: steps.map((step) => step / (1 + variance * step)),
      lower: ahead.lower.map(onWalk),
      upper: ahead.upper.map(onWalk),
    },
    mean,
  );
}
