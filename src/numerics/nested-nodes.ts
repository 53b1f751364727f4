import type { Spot } from "./two-spots.ts";
import { exp } from "./elementary/exp.ts";
import { cosh, sinh } from "./elementary/hyperbolic.ts";
import { ln } from "./elementary/ln.ts";

/** Nodes of one level, lowest first, and ln of what each counts for a unit step of the coordinate. */
export interface Nodes {
  readonly places: readonly number[];
  readonly logWeights: readonly number[];
}

/** Nodes of the trapezoidal rule that one density lays for integrals of it times other functions. */
export interface NestedNodes {
  /** The nodes at a step of 1; or, of a higher level, those half-way between the nodes of all levels before. */
  level(level: number): Nodes;
}

/** Levels beyond which a function is too unlike the density, or too narrow, for these nodes. */
export const MOST_LEVELS = 6;
/** Halving the step about squares the error, or better, so the last sum is right to far more than this. */
const AGREEMENT = 1e-8;
/** Less regularly for a function that is no density near to a normal one. */
export const AGREEMENT_OF_ANY: number = 1e-12;

/** Up to about so many widths from the center the nodes lie evenly; farther out their steps grow with the distance. */
const EVEN = 3.5;
/** Of the coordinate that leads to the nodes, in widths. */
const FIRST_STEP = 0.5;
/** Nodes beyond the first on each side that weighs less than the heaviest by this much or more are left out. */
const LOG_NEGLIGIBLE = -46;

/**
 * Nodes at x = c + 2 w sinh(s / 2) for even steps of s, computed once, when their level is asked for first: few are
 * enough for a density of nearly normal shape, and tails that fall as a power fall exponentially in s.
 *
 * @param spot about where the density has its one peak, from which it falls to both sides
 * @param logDensity natural log of a density that is analytic on the whole line; −Infinity is legal
 */
export function nestedNodes({ center, width }: Spot, logDensity: (x: number) => number): NestedNodes {
  const logUnit = ln(FIRST_STEP * width);
  const placeAt = (k: number): number => center + EVEN * width * sinh((FIRST_STEP / EVEN) * k);
  const logWeightAt = (k: number, x: number): number =>
    logDensity(x) + logUnit + ln(cosh((FIRST_STEP / EVEN) * k));

  const nodesAt = (steps: readonly number[]): Nodes => {
    const places = steps.map(placeAt);
    return { places, logWeights: steps.map((k, i) => logWeightAt(k, places[i]!)) };
  };
  /** The steps from the center that count, and one more on each side that shows that no more do. */
  const range = (): { first: number; last: number } => {
    let heaviest = -Infinity;
    const lastFrom = (k: number, direction: 1 | -1): number => {
      for (; ; k += direction) {
        const x = placeAt(k);
        const logWeight = Number.isFinite(x) ? logWeightAt(k, x) : -Infinity;
        heaviest = Math.max(heaviest, logWeight);
        if (logWeight === -Infinity) return k - direction;
        if (logWeight <= heaviest + LOG_NEGLIGIBLE) return k;
      }
    };
    const last = lastFrom(0, 1);
    return { first: lastFrom(-1, -1), last };
  };

  const levels: Nodes[] = [];
  let ends: { first: number; last: number } | undefined;
  return {
    level(level) {
      ends ??= range();
      const { first, last } = ends;
      const step = 0.5 ** Math.max(0, level - 1);
      const from = level === 0 ? first : first + 0.5 * step;
      const count = level === 0 ? last - first + 1 : (last - first) / step;
      return (levels[level] ??= nodesAt(Array.from({ length: count }, (_, i) => from + i * step)));
    },
  };
}

/** Whether the sum over a level so nearly equals that over all levels before that both together are the integral. */
export function doAgree(between: number, before: number, agreement: number = AGREEMENT): boolean {
  return Math.abs(between - before) <= agreement * (between + before);
}

/** ln ∫ exp(log) of one such function by nodes of its own; null where it is not smooth enough for them. */
export function logNestedIntegral(spot: Spot, log: (x: number) => number): number | null {
  const nodes = nestedNodes(spot, log);
  const first = nodes.level(0).logWeights;
  const height = Math.max(...first);
  const sumOf = (logWeights: readonly number[]): number =>
    logWeights.reduce((sum, logWeight) => sum + exp(logWeight - height), 0);
  let sum = sumOf(first);
  for (let level = 1; level < MOST_LEVELS; level++) {
    const between = sumOf(nodes.level(level).logWeights);
    const agree = doAgree(between, sum, AGREEMENT_OF_ANY);
    sum += between;
    if (agree) return height + ln(sum) - level * Math.LN2;
  }
  return null;
}
