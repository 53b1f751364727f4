import { findRoot } from "../numerics/find-root.ts";
import type { CompleteEffectNode } from "./effect-covariance.ts";
import type { UnitCovariance } from "./unit-covariance.ts";

/** The logs of n per arm between which reliabilities differ from 0 and from 1 in a double. */
interface LogNRange {
  readonly lowest: number;
  readonly highest: number;
}

/** Steps of a factor e^1.5 tell the turns of gains and accuracies, which take several such factors, apart. */
const STEP = 1.5;
/** e^36 is 2^52: beyond that many half-reliability n a reliability is 1 in double precision. */
const SPAN = 36;

function logNRange(nodes: readonly CompleteEffectNode[], sampling: UnitCovariance): LogNRange {
  let smallest = Infinity;
  let largest = 0;
  for (const { tauProxy, tauMacro } of nodes) {
    const proxy = sampling.proxy / tauProxy ** 2;
    const macro = sampling.macro / tauMacro ** 2;
    smallest = Math.min(smallest, proxy, macro);
    largest = Math.max(largest, proxy, macro);
  }
  return { lowest: Math.log(smallest) - SPAN, highest: Math.log(largest) + SPAN };
}

/** The smallest n per arm with f(n) >= 0: 0 when it holds from the start, Infinity when no n reaches it. */
export function smallestN(
  nodes: readonly CompleteEffectNode[],
  sampling: UnitCovariance,
  f: (n: number) => number,
): number {
  const { lowest, highest } = logNRange(nodes, sampling);
  const g = (logN: number): number => f(Math.exp(logN));
  if (g(lowest) >= 0) return 0;
  for (let lower = lowest; lower < highest; lower += STEP) {
    if (g(lower + STEP) >= 0) return Math.exp(findRoot(g, lower, lower + STEP));
  }
  return Infinity;
}

/** The n per arm from which on f(n) <= 0: 0 when f is never above 0, Infinity when it stays above. */
export function lastN(
  nodes: readonly CompleteEffectNode[],
  sampling: UnitCovariance,
  f: (n: number) => number,
): number {
  const { lowest, highest } = logNRange(nodes, sampling);
  const g = (logN: number): number => f(Math.exp(logN));
  if (g(highest) > 0) return Infinity;
  for (let upper = highest; upper > lowest; upper -= STEP) {
    if (g(upper - STEP) > 0) return Math.exp(findRoot(g, upper - STEP, upper));
  }
  return 0;
}
