/**
 * Thrown when an iteration has not settled after as many rounds as it may take: a fault of this library, to be reported,
 * and no verdict on the data. Every search has such a cap, so that each call ends.
 *
 * The message names the search and its cap, and both stand on the error as well.
 *
 * @example
 * ```ts
 * import { beta, ConvergenceError } from "microlift";
 * try {
 *   beta.quantile(0.975, 13, 111);
 * } catch (error) {
 *   if (error instanceof ConvergenceError) console.log(error.search, error.cap);
 * }
 * ```
 */
export class ConvergenceError extends Error {
  /** What was sought, in words. */
  readonly search: string;
  /** Rounds that it was given. */
  readonly cap: number;

  constructor(search: string, cap: number) {
    super(`${search} was not found in ${cap} rounds. This is a fault of microlift: please report it.`);
    this.name = "ConvergenceError";
    this.search = search;
    this.cap = cap;
  }
}

/** Where nothing says how many rounds a search may take: hundreds of times as many as any was seen to need. */
export const MOST_ROUNDS = 100_000;
