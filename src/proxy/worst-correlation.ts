import { effectMoments } from "./effect-moments.ts";
import type { CompleteEffectNode } from "./effect-covariance.ts";
import type { SampleSizes } from "./sample-sizes.ts";
import type { UnitCovariance } from "./unit-covariance.ts";

/**
 * The sampling covariance with, where its correlation is known only as a range, the correlation at which the two
 * estimates together say least about the macro effect (at the average effect covariance).
 *
 * The gain over the macro estimate alone is (p − x q)² / (1 − ρ² + q² (1 − x²)) with x = r · overlap, p = ρ √(k_y/n_y)
 * and q = √(k_s/n_s): it falls to its minimum at min(p/q, (1 − ρ² + q²) / (p q)) and rises after it.
 */
export function withWorstCorrelation(
  nodes: readonly CompleteEffectNode[],
  sampling: UnitCovariance,
  { nProxy, nMacro, nOverlap }: SampleSizes,
): UnitCovariance {
  const range = sampling.correlationRange;
  if (range === undefined || nOverlap === 0) return sampling;
  const { tauProxy, tauMacro, rho } = effectMoments(nodes);
  const overlap = nOverlap / Math.sqrt(nProxy * nMacro);
  const p = Math.abs(rho) * Math.sqrt(sampling.macro / tauMacro ** 2 / nMacro);
  const q = Math.sqrt(sampling.proxy / tauProxy ** 2 / nProxy);
  const least = p === 0 ? 0 : Math.min(p / q, ((1 - rho) * (1 + rho) + q ** 2) / (p * q));
  const correlation = Math.min(range.upper, Math.max(range.lower, Math.sign(rho) * (least / overlap)));
  return { ...sampling, correlation };
}

/**
 * The sampling covariances that are possible: one where the correlation is known or no unit stands behind both
 * estimates, else the given worst one and an even grid over the range.
 */
export function possibleSamplings(
  sampling: UnitCovariance,
  worst: UnitCovariance,
  { nOverlap }: SampleSizes,
): readonly UnitCovariance[] {
  const range = sampling.correlationRange;
  if (range === undefined || range.lower === range.upper || nOverlap === 0) return [worst];
  const grid = Array.from({ length: GRID_STEPS + 1 }, (_, i) => ({
    ...sampling,
    correlation: range.lower * (1 - i / GRID_STEPS) + range.upper * (i / GRID_STEPS),
  }));
  return [worst, ...grid];
}

/** Posteriors and rates turn slowly with the correlation; the ends, where they mostly are worst, are on the grid. */
const GRID_STEPS = 16;
