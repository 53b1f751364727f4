import { BETTER_DIRECTIONS, type BetterDirection } from "../core/better-direction.ts";
import { checkOneOf } from "../core/checks.ts";
import { DomainError } from "../core/domain-error.ts";
import type { MetricKind } from "../core/metric-kind.ts";
import type { ComparisonScale } from "./restricted-rates.ts";

/** A distance from no effect that a one-sided test is made against. */
export interface Margin {
  /** How much worse, or better, on the scale of the effect; above 0. On the odds-ratio scale the odds ratio − 1. */
  readonly margin: number;
  /** Which way the metric gets better; `increase` unless said. */
  readonly improvesWhen?: BetterDirection | undefined;
}

/** Where the null hypothesis of a margin ends, and on which side of it H1 lies. */
export interface MarginNull {
  readonly improvesWhen: BetterDirection;
  readonly nullValue: number;
  readonly alternative: "greater" | "less";
}

/**
 * The null value of a margin, checked.
 *
 * @param side - `worse` for a margin below no effect (non-inferiority), `better` for one above (superiority)
 */
export function marginNull(
  { margin, improvesWhen = "increase" }: Margin,
  side: "worse" | "better",
  scale: ComparisonScale,
  kind: MetricKind,
): MarginNull {
  checkOneOf("improvesWhen", improvesWhen, BETTER_DIRECTIONS);
  const sign = (side === "better") === (improvesWhen === "increase") ? 1 : -1;
  checkMargin("margin", margin, sign, scale, kind);
  return {
    improvesWhen,
    nullValue: shifted(scale, sign * margin),
    alternative: improvesWhen === "increase" ? "greater" : "less",
  };
}

/** The value of an effect that is `shift` away from none. */
export function shifted(scale: ComparisonScale, shift: number): number {
  return scale === "odds-ratio" ? 1 + shift : shift;
}

/** No lift, odds ratio or rate of events is tested beyond this, so that squares stay within the range of doubles. */
export const LARGEST_RATIO = 1e100;

/** How far two levels can lie apart, or are asked to. */
export const LARGEST_DIFFERENCE: Readonly<Record<MetricKind, number>> = {
  proportion: 1,
  mean: Infinity,
  ratio: Infinity,
  count: LARGEST_RATIO,
};

/** A margin above 0 that leaves the null value inside the range of the effect. */
export function checkMargin(
  field: string,
  margin: number,
  sign: 1 | -1,
  scale: ComparisonScale,
  kind: MetricKind,
): void {
  const top = scale === "difference" ? LARGEST_DIFFERENCE[kind] : sign < 0 ? 1 : LARGEST_RATIO;
  if (!(Number.isFinite(margin) && margin > 0 && margin < top)) {
    const range = top < Infinity ? `strictly between 0 and ${top}` : "above 0";
    throw new DomainError(field, margin, `must be a number ${range}: a margin is a distance from no effect`);
  }
}

/** Below it the level 1 − 2 alpha of the interval beside a one-sided test would have no digits left. */
const SMALLEST_ALPHA = 1e-15;

/** A one-sided type I error against a margin. */
export function checkMarginAlpha(alpha: number): void {
  if (!(Number.isFinite(alpha) && alpha >= SMALLEST_ALPHA && alpha < 0.5)) {
    throw new DomainError("alpha", alpha, `must lie between ${SMALLEST_ALPHA} and 0.5`);
  }
}
