/** An effect at which a statistic is at its boundary. */
export interface CriticalEffect {
  readonly z: number;
  /** Treatment − control; infinite where none is enough. */
  readonly difference: number;
  /** Treatment / control − 1; infinite where none is enough. */
  readonly lift: number;
}

interface Sizes {
  readonly control: number;
  readonly treatment: number;
}

/** The effect on a rate at which the pooled score statistic is z; infinite where the treatment rate would leave [0, 1]. */
export function criticalRateEffect(z: number, baseline: number, sizes: Sizes): CriticalEffect {
  const difference = Number.isFinite(z) ? scoreDifference(z, baseline, sizes) : z;
  const isPossible = difference >= -baseline && difference <= 1 - baseline;
  return withLift(z, isPossible ? difference : Math.sign(z) * Infinity, baseline);
}

/** The effect on a mean of known standard deviation at which the statistic is z. */
export function criticalMeanEffect(
  z: number,
  baseline: number,
  standardDeviation: number,
  { control, treatment }: Sizes,
): CriticalEffect {
  return withLift(z, z * standardDeviation * Math.sqrt(1 / control + 1 / treatment), baseline);
}

function withLift(z: number, difference: number, baseline: number): CriticalEffect {
  return { z, difference, lift: difference / baseline };
}

/**
 * The d with d² = z² (1/n₁ + 1/n₂) p̄ (1 − p̄), where p̄ = p₁ + w d and w is the treatment's share of the units: the root of
 * a quadratic equation with the sign of z.
 */
function scoreDifference(z: number, baseline: number, { control, treatment }: Sizes): number {
  if (z === 0) return 0;
  const share = treatment / (control + treatment);
  const factor = z * z * (1 / control + 1 / treatment);
  const a = 1 + factor * share * share;
  const b = 0.5 * factor * share * (1 - 2 * baseline);
  const c = factor * baseline * (1 - baseline);
  const root = Math.sqrt(b * b + a * c);
  // Of both forms of the root the one that subtracts nothing.
  if (z > 0) return b > 0 ? (b + root) / a : c / (root - b);
  return b < 0 ? (b - root) / a : -c / (root + b);
}
