import { bracketRoot } from "../numerics/bracket-root.ts";
import { findRoot } from "../numerics/find-root.ts";
import { normalCdf, normalSf, normalUpperQuantile } from "../numerics/normal.ts";

/** One normal distribution of a mixture; a standard deviation of 0 is a point. */
export interface NormalComponent {
  /** Share of the mixture; the weights sum to 1. */
  readonly weight: number;
  readonly mean: number;
  readonly standardDeviation: number;
}

export type NormalMixture = readonly NormalComponent[];

export function mixtureMean(mixture: NormalMixture): number {
  return mixture.reduce((sum, { weight, mean }) => sum + weight * mean, 0);
}

/** Mean of the variances plus variance of the means. */
export function mixtureVariance(mixture: NormalMixture): number {
  const centre = mixtureMean(mixture);
  return mixture.reduce(
    (sum, { weight, mean, standardDeviation }) =>
      sum + weight * (standardDeviation ** 2 + (mean - centre) ** 2),
    0,
  );
}

/** P(X <= x), computed as a tail of its own. */
export function mixtureCdf(mixture: NormalMixture, x: number): number {
  return mixture.reduce((sum, component) => sum + component.weight * normalCdf(score(component, x)), 0);
}

/** P(X > x), computed as a tail of its own. */
export function mixtureSf(mixture: NormalMixture, x: number): number {
  return mixture.reduce((sum, component) => sum + component.weight * normalSf(score(component, x)), 0);
}

/** The x with P(X <= x) = p, 0 < p < 1. */
export function mixtureQuantile(mixture: NormalMixture, p: number): number {
  return -mixtureUpperQuantile(
    mixture.map((component) => ({ ...component, mean: -component.mean })),
    p,
  );
}

/** The x with P(X > x) = q, 0 < q < 1. */
export function mixtureUpperQuantile(mixture: NormalMixture, q: number): number {
  const z = normalUpperQuantile(q);
  let lowest = Infinity;
  let highest = -Infinity;
  for (const { mean, standardDeviation } of mixture) {
    const own = mean + z * standardDeviation;
    lowest = Math.min(lowest, own);
    highest = Math.max(highest, own);
  }
  // The quantile lies between the components' own; rounding may leave it a hair outside.
  if (!(highest > lowest)) return lowest;
  const excess = (x: number): number => mixtureSf(mixture, x) / q - 1;
  const bracket = bracketRoot(excess, lowest, highest);
  if (bracket === null) throw new Error("mixtureUpperQuantile: no bracket");
  return findRoot(excess, bracket[0], bracket[1]);
}

/** Standardised distance; at a point mass, P(X <= x) steps to 1 at the point itself. */
function score({ mean, standardDeviation }: NormalComponent, x: number): number {
  if (standardDeviation > 0) return (x - mean) / standardDeviation;
  return x >= mean ? Infinity : -Infinity;
}
