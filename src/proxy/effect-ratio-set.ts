/** All ratios that the data allow: an interval, everything outside an open gap, or the whole line. */
export interface EffectRatioSet {
  readonly lower: number;
  readonly upper: number;
  /** The open gap, where the set is the complement of an interval. */
  readonly excluded: { readonly lower: number; readonly upper: number } | null;
}

/**
 * Fieller's set for the ratio of two standardised effects that are measured on the same units: all t with
 * (zMicro − t zMacro)² <= c² (1 − 2 r t + t²), that is A t² − 2 B t + C <= 0.
 *
 * It is an interval when zMacro is significant (|zMacro| > c); otherwise an end is open to infinity, and it is the
 * whole line when neither statistic tells. Source: Fieller (1954).
 *
 * @param correlation - of the two estimates, in [−1, 1]
 * @param criticalValue - the normal quantile c, above 0
 */
export function effectRatioSet(
  zMicro: number,
  zMacro: number,
  correlation: number,
  criticalValue: number,
): EffectRatioSet {
  const a = (zMacro - criticalValue) * (zMacro + criticalValue);
  const b = zMicro * zMacro - criticalValue * criticalValue * correlation;
  const c = (zMicro - criticalValue) * (zMicro + criticalValue);
  // B² − A C over c²: a sum of squares, of which nothing cancels while the macro effect is significant.
  const discriminant = (zMicro - correlation * zMacro) ** 2 + (1 - correlation) * (1 + correlation) * a;
  // An empty gap rules out nothing.
  if (a <= 0 && discriminant <= 0) return { lower: -Infinity, upper: Infinity, excluded: null };
  // The larger root first, and the other from their product, so that neither is a difference.
  const q = b + (b < 0 ? -1 : 1) * criticalValue * Math.sqrt(discriminant);
  const end = c / q;
  if (a === 0) {
    return b > 0
      ? { lower: end, upper: Infinity, excluded: null }
      : { lower: -Infinity, upper: end, excluded: null };
  }
  const lower = Math.min(q / a, end);
  const upper = Math.max(q / a, end);
  return a > 0
    ? { lower, upper, excluded: null }
    : { lower: -Infinity, upper: Infinity, excluded: { lower, upper } };
}
