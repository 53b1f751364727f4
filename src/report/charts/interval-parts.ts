import type { Interval } from "../../core/interval.ts";
import type { Ends } from "../figures.ts";

/** An interval as it is drawn: one bar, or two beside a gap that is ruled out, and arrows where it leaves the picture. */
export interface IntervalParts {
  readonly bars: readonly { readonly from: number; readonly to: number }[];
  readonly opensBelow: boolean;
  readonly opensAbove: boolean;
}

/** An interval within a domain. */
export function intervalParts(
  { lower, upper, excluded }: Pick<Interval, "lower" | "upper" | "excluded">,
  [lowest, highest]: readonly [number, number],
): IntervalParts {
  const parts =
    excluded === null
      ? [[lower, upper]]
      : [
          [lower, excluded.lower],
          [excluded.upper, upper],
        ];
  return {
    bars: parts
      .map(([from, to]) => ({ from: Math.max(from!, lowest), to: Math.min(to!, highest) }))
      .filter(({ from, to }) => from <= to),
    opensBelow: lower < lowest,
    opensAbove: upper > highest,
  };
}

/** The ends that an interval has, of its gap too: where a quantity ends by itself is none. */
export function endsOf(
  { lower, upper, excluded }: Pick<Interval, "lower" | "upper" | "excluded">,
  ends: Ends,
): number[] {
  const gap = excluded === null ? [] : [excluded.lower, excluded.upper];
  return [lower > ends.lower ? [lower] : [], upper < ends.upper ? [upper] : [], gap].flat();
}
