import { exitBetween, lowerExit, upperExit } from "../numerics/look-exits.ts";
import { looksOfWalk } from "../numerics/looks-of-walk.ts";
import { reachableBoundary } from "../numerics/reachable-boundary.ts";
import { continuation } from "./design-walk.ts";

/** What is believed of the drift: a normal distribution, of variance 0 where it is taken for known. */
export interface DriftBelief {
  readonly mean: number;
  readonly variance: number;
}

/** Boundaries of looks to come, counted towards the alternative. */
export interface BoundariesAhead {
  readonly information: readonly number[];
  readonly efficacy: readonly number[];
  /** Null for none. */
  readonly futility: readonly (number | null)[];
  readonly isTwoSided: boolean;
}

/** How a walk ends at a look, not having ended before. */
export interface ExitAhead {
  readonly rejection: number;
  /** On the other side; 0 of a one-sided design. */
  readonly wrongSide: number;
  readonly futility: number;
}

/**
 * Where a walk seen at z will end at the looks to come, averaged over what is believed of its drift.
 *
 * With a drift of mean m and variance v, X(s) = B(t + s) − B(t) has mean ms and covariance s(1 + vs') for s <= s', so
 * that X(s) / (1 + vs) is again a Brownian motion with drift m, in the time s / (1 + vs): no quadrature over the drift.
 *
 * @param seen the look from which one looks ahead, at less information
 */
export function exitsAhead(
  seen: { readonly information: number; readonly z: number },
  { information, efficacy, futility, isTwoSided }: BoundariesAhead,
  { mean, variance }: DriftBelief,
): ExitAhead[] {
  const value = seen.z * Math.sqrt(seen.information);
  const steps = information.map((now) => now - seen.information);
  const times = steps.map((step) => step / (1 + variance * step));
  const onWalk = (k: number, z: number): number => {
    const distance = z * Math.sqrt(information[k]!) - value;
    const boundary = distance / Math.sqrt(steps[k]! * (1 + variance * steps[k]!));
    return reachableBoundary(boundary, times[k]!, mean);
  };
  const regions = efficacy.map((boundary, k) =>
    continuation(boundary, futility[k]!, isTwoSided).map(({ lower, upper }) => ({
      lower: onWalk(k, lower),
      upper: onWalk(k, upper),
    })),
  );
  return looksOfWalk({ information: times, regions }, { drift: mean }).map((look, k) => {
    const wedge = futility[k]!;
    return {
      rejection: upperExit(look, onWalk(k, efficacy[k]!)),
      wrongSide: isTwoSided ? lowerExit(look, onWalk(k, -efficacy[k]!)) : 0,
      futility:
        wedge === null ? 0 : exitBetween(look, isTwoSided ? onWalk(k, -wedge) : -Infinity, onWalk(k, wedge)),
    };
  });
}
