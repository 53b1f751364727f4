import { findRoot } from "../numerics/find-root.ts";
import type { CompleteEffectNode } from "./effect-covariance.ts";
import type { UnitCovariance } from "./unit-covariance.ts";
import { exp } from "../numerics/elementary/exp.ts";
import { ln } from "../numerics/elementary/ln.ts";

/** Steps of a factor e^1.5 tell the turns of gains and accuracies, which take several such factors, apart. */
const STEP = 1.5;
/** So many logs beyond the half-reliability n gains and accuracies only creep towards their ends: steps may double. */
const MARGIN = 6;
/** And on to 6 + 30: e^36 is 2^52, beyond which many half-reliability n a reliability is 1 in double precision. */
const OUTSIDE = [2, 6, 14, 30] as const;

/** Logs of n per arm, ascending, from where all reliabilities are 0 in a double to where all are 1. */
function logNGrid(nodes: readonly CompleteEffectNode[], sampling: UnitCovariance): readonly number[] {
  let smallest = Infinity;
  let largest = 0;
  for (const { tauProxy, tauMacro } of nodes) {
    const proxy = sampling.proxy / tauProxy ** 2;
    const macro = sampling.macro / tauMacro ** 2;
    smallest = Math.min(smallest, proxy, macro);
    largest = Math.max(largest, proxy, macro);
  }
  const lowest = ln(smallest) - MARGIN;
  const width = ln(largest) + MARGIN - lowest;
  const steps = Math.ceil(width / STEP);
  const core = Array.from({ length: steps + 1 }, (_, i) => lowest + width * (i / steps));
  return [
    ...OUTSIDE.map((beyond) => lowest - beyond).toReversed(),
    ...core,
    ...OUTSIDE.map((beyond) => lowest + width + beyond),
  ];
}

/** The smallest n per arm with f(n) >= 0: 0 when it holds from the start, Infinity when no n reaches it. */
export function smallestN(
  nodes: readonly CompleteEffectNode[],
  sampling: UnitCovariance,
  f: (n: number) => number,
): number {
  const grid = logNGrid(nodes, sampling);
  const g = (logN: number): number => f(exp(logN));
  if (g(grid[0]!) >= 0) return 0;
  for (let i = 1; i < grid.length; i++) {
    if (g(grid[i]!) >= 0) return exp(findRoot(g, grid[i - 1]!, grid[i]!));
  }
  return Infinity;
}

/** The n per arm from which on f(n) <= 0: 0 when f is never above 0, Infinity when it stays above. */
export function lastN(
  nodes: readonly CompleteEffectNode[],
  sampling: UnitCovariance,
  f: (n: number) => number,
): number {
  const grid = logNGrid(nodes, sampling);
  const g = (logN: number): number => f(exp(logN));
  if (g(grid[grid.length - 1]!) > 0) return Infinity;
  for (let i = grid.length - 2; i >= 0; i--) {
    if (g(grid[i]!) > 0) return exp(findRoot(g, grid[i]!, grid[i + 1]!));
  }
  return 0;
}
