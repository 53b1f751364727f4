import { sumOf } from "../numerics/sum.ts";
import type { Stops } from "./stops.ts";
import type { TrueEffect } from "./true-effects.ts";

/** What becomes of experiments that end without a choice: the control stays, or the arm with the smaller expected loss. */
export type AtEnd = "keep-control" | "lower-loss";

/** How experiments with one true effect end. */
export interface StoppingEnd {
  /** P(the treatment ships): under no effect, the type I error. */
  readonly shipProbability: number;
  /** P(the control is kept). */
  readonly keepProbability: number;
  /** P(the last look chooses no arm), part of the two above by `atEnd`. */
  readonly undecidedProbability: number;
  /** By how much the rate of the arm that is left in place falls short of the better one's, on average. */
  readonly expectedLoss: number;
}

/** What becomes of the experiments at one look. */
export interface StoppingLook {
  /** Units of each arm. */
  readonly n: number;
  /** P(stops here for the treatment). */
  readonly ship: number;
  /** P(stops here for the control). */
  readonly keep: number;
  /** P(has not stopped up to and with this look). */
  readonly going: number;
}

/** How experiments with one true effect run and end. */
export interface StoppingOutcome extends StoppingEnd {
  readonly lift: number;
  readonly difference: number;
  /** Units of each arm at the end, on average. */
  readonly expectedN: number;
  readonly looks: readonly StoppingLook[];
  /** The same rule, asked at the last look only. */
  readonly withoutLooks: StoppingEnd;
}

export function stoppingEnd(
  { ship, keep, going, ahead }: Stops,
  atEnd: AtEnd,
  difference: number,
): StoppingEnd {
  const undecided = going.at(-1)!;
  const shippedAtEnd = atEnd === "lower-loss" ? ahead : 0;
  const shipProbability = sumOf(ship) + shippedAtEnd;
  const keepProbability = sumOf(keep) + (undecided - shippedAtEnd);
  return {
    shipProbability,
    keepProbability,
    undecidedProbability: undecided,
    expectedLoss: difference > 0 ? difference * keepProbability : -difference * shipProbability + 0,
  };
}

/** Units of each arm at the end, on average. */
export function expectedUnits({ going }: Stops, looks: readonly number[]): number {
  return sumOf(looks.map((n, k) => (n - (looks[k - 1] ?? 0)) * (going[k - 1] ?? 1)));
}

export function stoppingOutcome(
  { lift, difference }: TrueEffect,
  looks: readonly number[],
  stops: Stops,
  withoutLooks: Stops,
  atEnd: AtEnd,
): StoppingOutcome {
  const { ship, keep, going } = stops;
  return {
    lift,
    difference,
    ...stoppingEnd(stops, atEnd, difference),
    expectedN: expectedUnits(stops, looks),
    looks: looks.map((n, k) => ({ n, ship: ship[k]!, keep: keep[k]!, going: going[k]! })),
    withoutLooks: stoppingEnd(withoutLooks, atEnd, difference),
  };
}
