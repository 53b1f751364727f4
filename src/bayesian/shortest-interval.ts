import type { Interval } from "../core/interval.ts";
import { findRoot } from "../numerics/find-root.ts";
import { mixtureLogDensity, mixtureQuantile, type NormalMixture } from "../numerics/normal-mixture.ts";
import { exp } from "../numerics/elementary/exp.ts";

/** Divisions of what is left out between the two tails at which the search begins: enough to tell several peaks apart. */
const DIVISIONS = 16;

/**
 * The shortest interval with at least the probability `confidenceLevel` under a mixture of normal distributions and
 * points. With one peak both ends have the same density; with several it is the shortest of all such intervals; with
 * enough probability at a point it is the point.
 */
export function shortestInterval(components: NormalMixture, confidenceLevel: number): Interval {
  const outside = 1 - confidenceLevel;
  const ends = (share: number): [lower: number, upper: number] => [
    share === 0 ? -Infinity : mixtureQuantile(components, "lower", share * outside),
    share === 1 ? Infinity : mixtureQuantile(components, "upper", (1 - share) * outside),
  ];
  const isPoint = (value: number): boolean =>
    components.some(({ mean, standardDeviation }) => standardDeviation === 0 && mean === value);
  /** What moving an end inwards by a share of what is left out gains, next to nothing at a point. */
  const gain = (end: number): number => (isPoint(end) ? 0 : exp(-mixtureLogDensity(components, end)));
  /** By how much the interval grows with the share of the lower tail. */
  const slope = (share: number): number => {
    if (share === 0) return -Number.MAX_VALUE;
    if (share === 1) return Number.MAX_VALUE;
    const [lower, upper] = ends(share);
    return Math.min(gain(upper), Number.MAX_VALUE) - Math.min(gain(lower), Number.MAX_VALUE);
  };
  const width = (share: number): number => {
    const [lower, upper] = ends(share);
    return upper - lower;
  };
  let best = 0;
  let shortest = Infinity;
  for (let i = 1; i < DIVISIONS; i++) {
    const here = width(i / DIVISIONS);
    if (here < shortest) [best, shortest] = [i, here];
  }
  const from = (best - 1) / DIVISIONS;
  const to = (best + 1) / DIVISIONS;
  const isBracket = slope(from) < 0 && slope(to) > 0;
  const share = isBracket ? findRoot(slope, from, to, { tolerance: 1e-12 }) : best / DIVISIONS;
  const [lower, upper] = ends(share);
  return { lower, upper, confidenceLevel, method: "highest-density", dualToTest: false, excluded: null };
}
