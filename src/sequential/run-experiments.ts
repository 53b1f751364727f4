import type { ExperimentPath } from "./experiment-path.ts";

/** Critical z of each look. */
export interface Bounds {
  readonly upper: readonly number[];
  readonly lower: readonly number[];
  /** Half-width of a wedge around 0 in which a two-sided test gives up; −Infinity for none. */
  readonly inner: readonly number[];
}

/** The experiments that stopped through one boundary: how many, and their estimates added up, in units of their path. */
export interface Exit {
  readonly byLook: Float64Array;
  readonly count: number;
  /** Of the errors of the estimates: estimates themselves may be too alike for a variance. */
  readonly sum: number;
  readonly squares: number;
  /** Of the estimates without their signs. */
  readonly sizes: number;
}

export const DEFAULT_EXPERIMENTS = 100_000;

/** Where experiments stopped. */
export interface Exits {
  readonly above: Exit;
  readonly below: Exit;
  readonly inside: Exit;
}

/** Lets experiments run one after the other, each to its first z at or beyond a boundary. */
export function runExperiments(
  path: ExperimentPath,
  { upper, lower, inner }: Bounds,
  experiments: number,
): Exits {
  const above = emptyExit(upper.length);
  const below = emptyExit(upper.length);
  const inside = emptyExit(upper.length);
  for (let experiment = 0; experiment < experiments; experiment++) {
    path.restart();
    for (let look = 0; look < upper.length; look++) {
      path.observe(look);
      const z = path.z();
      const exit =
        z >= upper[look]! ? above : z <= lower[look]! ? below : Math.abs(z) <= inner[look]! ? inside : null;
      if (exit === null) continue;
      const estimate = path.estimate();
      exit.byLook[look]! += 1;
      exit.count += 1;
      const error = estimate - path.truth;
      exit.sum += error;
      exit.squares += error * error;
      exit.sizes += Math.abs(estimate);
      break;
    }
  }
  return { above, below, inside };
}

/** Where the experiments of several runs stopped, added up in the order of the runs. */
export function joinedExits(runs: readonly Exits[]): Exits {
  return runs.reduce((before, run) => ({
    above: joined(before.above, run.above),
    below: joined(before.below, run.below),
    inside: joined(before.inside, run.inside),
  }));
}

function joined(a: Exit, b: Exit): Exit {
  return {
    byLook: a.byLook.map((count, look) => count + b.byLook[look]!),
    count: a.count + b.count,
    sum: a.sum + b.sum,
    squares: a.squares + b.squares,
    sizes: a.sizes + b.sizes,
  };
}

function emptyExit(looks: number): { -readonly [Part in keyof Exit]: Exit[Part] } {
  return { byLook: new Float64Array(looks), count: 0, sum: 0, squares: 0, sizes: 0 };
}
