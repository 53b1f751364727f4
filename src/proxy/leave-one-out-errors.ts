import type { EffectTable } from "./effect-table.ts";
import type { IndependentGroup } from "./independent-groups.ts";
import { addGroup, clearSums, emptySums, leaveOut, type MomentSums } from "./moment-sums.ts";

/** How a moment estimate is made of sums over past experiments. */
export interface MomentEstimator {
  readonly table: EffectTable;
  readonly weights: Float64Array;
  /** The point that estimated effects are taken from. */
  readonly centre: Float64Array;
  readonly groups: readonly IndependentGroup[];
  /** Writes the estimate as an upper triangle; false where the sums hold too little for one. */
  readonly evaluate: (sums: MomentSums, target: Float64Array) => boolean;
}

/** A linear function of the entries of a triangle: coefficients at places. */
export interface LinearPart {
  readonly places: readonly number[];
  readonly coefficients: readonly number[];
}

/** Standard errors of the entries, and of the linear functions. */
export interface LeaveOneOutErrors {
  readonly entries: Float64Array;
  readonly parts: Float64Array;
}

/**
 * Jackknife standard errors of a moment estimate, leaving out one independent group of experiments at a time: of its
 * entries, and of linear functions of them (gradients, for the delta method). Null where nothing could be estimated
 * without some group. Linear in the number of experiments.
 *
 * Source: Efron and Tibshirani (1993), chapter 11.
 */
export function leaveOneOutErrors(
  { table, weights, centre, groups, evaluate }: MomentEstimator,
  all: MomentSums,
  estimate: Float64Array,
  functions: readonly LinearPart[],
): LeaveOneOutErrors | null {
  const group = emptySums(table.metrics);
  const rest = emptySums(table.metrics);
  const change = new Float64Array(estimate.length);
  const entries = changeSums(estimate.length);
  const parts = changeSums(functions.length);
  for (const members of groups) {
    clearSums(group);
    addGroup(group, table, weights, centre, members);
    leaveOut(rest, all, group);
    if (!evaluate(rest, change)) return null;
    for (let at = 0; at < change.length; at++) {
      change[at]! -= estimate[at]!;
      addChange(entries, at, change[at]!);
    }
    for (let f = 0; f < functions.length; f++) addChange(parts, f, linearPart(functions[f]!, change));
  }
  return { entries: standardErrors(entries, groups.length), parts: standardErrors(parts, groups.length) };
}

function linearPart({ places, coefficients }: LinearPart, matrix: Float64Array): number {
  let sum = 0;
  for (let c = 0; c < places.length; c++) sum += coefficients[c]! * matrix[places[c]!]!;
  return sum;
}

/** What leaving out a group changes, summed over groups. */
interface ChangeSums {
  readonly sums: Float64Array;
  readonly squares: Float64Array;
}

function changeSums(size: number): ChangeSums {
  return { sums: new Float64Array(size), squares: new Float64Array(size) };
}

function addChange({ sums, squares }: ChangeSums, at: number, change: number): void {
  sums[at]! += change;
  squares[at]! += change * change;
}

/** √((G − 1)/G Σ (change − mean change)²). */
function standardErrors({ sums, squares }: ChangeSums, groups: number): Float64Array {
  return squares.map((square, at) =>
    // Changes that are all alike may leave a rounding error below 0.
    Math.sqrt(((groups - 1) / groups) * Math.max(0, square - sums[at]! ** 2 / groups)),
  );
}
