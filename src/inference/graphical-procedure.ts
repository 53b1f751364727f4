import { checkNonNegative, checkObject, checkOpenUnit } from "../core/checks.ts";
import { DEFAULT_ALPHA } from "../core/defaults.ts";
import { DomainError } from "../core/domain-error.ts";
import type { Result } from "../core/result.ts";
import { sumOf } from "../numerics/sum.ts";
import { checkPValues, checkWeightList, WEIGHT_TOLERANCE } from "./check-p-values.ts";

export interface GraphicalProcedureOptions {
  readonly pValues: readonly number[];
  /** The part of alpha that each test starts with: at or above 0, with a sum of at most 1. */
  readonly weights: readonly number[];
  /**
   * `transitions[i][j]`: the part of its alpha that test i hands to test j when it is rejected. At or above 0, 0 from a
   * test to itself, and at most 1 together from each test.
   */
  readonly transitions: readonly (readonly number[])[];
  /** In (0, 1); 0.05 unless said. */
  readonly alpha?: number | undefined;
}

/** What `graphicalProcedure` finds. */
export interface GraphicalProcedure extends Result<"graphical-procedure"> {
  readonly method: "weighted-bonferroni";
  readonly alpha: number;
  /** In the order given. */
  readonly adjustedPValues: readonly number[];
  readonly rejected: readonly boolean[];
}

/**
 * Tests hypotheses that hand their alpha on: a graph says what each test starts with, and where its part goes once it
 * is rejected. The family-wise error rate stays below alpha, whatever the dependence of the tests.
 *
 * H0 of each test: its own. Holm's procedure, weighted or not, the fixed sequence (weights 1, 0, …, each test handing
 * all to the next), the fallback procedure of Wiens (any weights, each test handing all to the next) and serial and
 * parallel gatekeeping are graphs. Time grows with the cube of the number of tests.
 *
 * @param options.pValues - in [0, 1]
 * @param options.weights - the part of alpha that each test starts with, with a sum of at most 1
 * @param options.transitions - row i says which part of its alpha test i hands to each other test; a sum of at most 1
 * @param options.alpha - in (0, 1); 0.05 unless said
 * @returns the adjusted p-values in the order given, and which are below alpha
 * @throws {DomainError} for a p-value outside [0, 1], or weights or transitions that are no such parts
 * @example
 * ```ts
 * import { graphicalProcedure } from "microlift";
 * // Fallback: revenue starts with most of alpha, and each test hands all it has to the next.
 * const fallback = graphicalProcedure({
 *   pValues: [0.01, 0.03, 0.2],
 *   weights: [0.6, 0.3, 0.1],
 *   transitions: [
 *     [0, 1, 0],
 *     [0, 0, 1],
 *     [0, 0, 0],
 *   ],
 * });
 * fallback.adjustedPValues; // [0.0167, 0.0333, 0.2]
 * ```
 * Bretz, Maurer, Brannath and Posch (2009), algorithm 2; Wiens (2003).
 */
export function graphicalProcedure(options: GraphicalProcedureOptions): GraphicalProcedure {
  checkObject("options", options);
  const { pValues, weights, transitions, alpha = DEFAULT_ALPHA } = options;
  checkPValues("pValues", pValues);
  checkParts("weights", weights, pValues.length);
  checkTransitions(transitions, pValues.length);
  checkOpenUnit("alpha", alpha);
  const adjustedPValues = adjustOnGraph(pValues, weights, transitions);
  return {
    kind: "graphical-procedure",
    method: "weighted-bonferroni",
    alpha,
    adjustedPValues,
    rejected: adjustedPValues.map((p) => p < alpha),
    warnings: [],
    assumptions: ["The graph was fixed before the data were seen."],
  };
}

function checkParts(field: string, parts: readonly number[], length: number): void {
  checkWeightList(field, parts, length, checkNonNegative);
  const sum = sumOf(parts);
  if (sum > 1 + WEIGHT_TOLERANCE) throw new DomainError(field, parts, `must add up to at most 1, not ${sum}`);
}

function checkTransitions(transitions: readonly (readonly number[])[], length: number): void {
  if (!Array.isArray(transitions) || transitions.length !== length) {
    throw new DomainError("transitions", transitions, `must be a list of ${length} rows, one for each test`);
  }
  for (let i = 0; i < length; i++) {
    const row = transitions[i] as readonly number[];
    checkParts(`transitions[${i}]`, row, length);
    if (row[i] !== 0)
      throw new DomainError(`transitions[${i}][${i}]`, row[i], "must be 0: a test keeps nothing");
  }
}

/** Takes the most significant test out of the graph, again and again. */
function adjustOnGraph(
  pValues: readonly number[],
  weights: readonly number[],
  transitions: readonly (readonly number[])[],
): number[] {
  const w = [...weights];
  const g = transitions.map((row) => [...row]);
  const left = new Set(pValues.keys());
  const adjusted: number[] = [];
  let running = 0;
  while (left.size > 0) {
    let best = -1;
    let least = Infinity;
    for (const i of left) {
      // Without a part of alpha nothing is rejected.
      const p = w[i]! > 0 ? Math.min(1, pValues[i]! / w[i]!) : 1;
      if (best < 0 || p < least) [best, least] = [i, p];
    }
    running = Math.max(running, least);
    adjusted[best] = running;
    left.delete(best);
    takeOut(best, left, w, g);
  }
  return adjusted;
}

function takeOut(j: number, left: ReadonlySet<number>, w: number[], g: number[][]): void {
  const fromJ = [...g[j]!];
  for (const i of left) {
    const toJ = g[i]![j]!;
    w[i]! += w[j]! * fromJ[i]!;
    // What went from i to j and back to i goes to the others in proportion.
    const loop = toJ * fromJ[i]!;
    for (const k of left) {
      g[i]![k] = k === i || loop >= 1 ? 0 : (g[i]![k]! + toJ * fromJ[k]!) / (1 - loop);
    }
  }
}
