import { DomainError } from "../core/domain-error.ts";
import type { MetricKind } from "../core/metric-kind.ts";
import { checkMargin, LARGEST_DIFFERENCE, LARGEST_RATIO, shifted } from "./margin.ts";
import type { ComparisonScale } from "./restricted-rates.ts";

/** Either a `margin` to both sides of no effect, or `lower` and `upper`. */
export interface EquivalenceMargins {
  /** Distance from no effect to both sides, above 0. On the odds-ratio scale the odds ratio − 1. */
  readonly margin?: number | undefined;
  /** Smallest effect that counts as none: a difference or a lift below 0, an odds ratio below 1. */
  readonly lower?: number | undefined;
  /** Largest effect that counts as none: a difference or a lift above 0, an odds ratio above 1. */
  readonly upper?: number | undefined;
}

// Ratios beyond LARGEST_RATIO have squares that a double does not hold.
const RANGES: Readonly<
  Record<Exclude<ComparisonScale, "difference">, readonly [bottom: number, top: number]>
> = {
  lift: [-1, LARGEST_RATIO],
  "odds-ratio": [1 / LARGEST_RATIO, LARGEST_RATIO],
};

/** The smallest and the largest effect that counts as none, checked. */
export function equivalenceBounds(
  { margin, lower, upper }: EquivalenceMargins,
  scale: ComparisonScale,
  kind: MetricKind,
): readonly [lower: number, upper: number] {
  if (margin !== undefined) {
    if (lower !== undefined || upper !== undefined) {
      throw new DomainError("margin", margin, "must be left out where lower and upper are given");
    }
    checkMargin("margin", margin, -1, scale, kind);
    return [shifted(scale, -margin), shifted(scale, margin)];
  }
  const none = shifted(scale, 0);
  const furthest = LARGEST_DIFFERENCE[kind];
  const [bottom, top] = scale === "difference" ? [-furthest, furthest] : RANGES[scale];
  return [checkedBound("lower", lower, bottom, none), checkedBound("upper", upper, none, top)];
}

function checkedBound(field: string, value: number | undefined, from: number, to: number): number {
  if (!(typeof value === "number" && value > from && value < to)) {
    throw new DomainError(field, value, `must lie strictly between ${from} and ${to}`);
  }
  return value;
}
