import { invertPositive } from "../numerics/invert-positive.ts";
import type { Matrix } from "../numerics/matrix.ts";
import { multiplyInto } from "../numerics/multiply-into.ts";
import { symmetricEigen } from "../numerics/symmetric-eigen.ts";
import type { EffectTable } from "./effect-table.ts";
import { independentGroups } from "./independent-groups.ts";

/** Experiments whose estimates go together: those that share a control, or one by itself. */
export interface PrecisionBlock {
  /** Rows of the table. */
  readonly members: readonly number[];
  /** Where its blocks start: that of members k and l is at `offset + (k · m + l) · metrics²`, for m members. */
  readonly offset: number;
  /** R with R Rᵀ = the shared covariance, row by row; null for an experiment by itself. */
  readonly sharedRoot: Float64Array | null;
}

/** Inverse covariances of the estimates under a covariance of true effects. */
export interface EffectPrecisions {
  readonly blocks: readonly PrecisionBlock[];
  readonly values: Float64Array;
  /**
   * Computes `values` for a covariance of true effects, given row by row.
   *
   * @returns ln of the determinant of all the estimates' covariance; −Infinity where it is not positive definite
   */
  readonly update: (covariance: Float64Array) => number;
}

/**
 * Room for the inverse covariances of a table's estimates. Experiments that share a control are inverted by Woodbury's
 * identity on blocks of the metrics' size: linear in the number of experiments, but for the m² blocks of a cluster.
 */
export function effectPrecisions(table: EffectTable): EffectPrecisions {
  const { metrics: p, covariances } = table;
  const area = p * p;
  const blocks = precisionBlocks(table);
  const largest = blocks.reduce((most, { members }) => Math.max(most, members.length), 1);
  const last = blocks[blocks.length - 1]!;
  const values = new Float64Array(last.offset + last.members.length ** 2 * area);
  const own = new Float64Array(largest * area);
  const left = new Float64Array(largest * area);
  const work = new Float64Array(area);
  const core = new Float64Array(area);

  function updateCluster(block: PrecisionBlock, root: Float64Array, covariance: Float64Array): number {
    const { members, offset } = block;
    const m = members.length;
    let logDeterminant = 0;
    // The sum of the members' own precisions, between the roots of what they share.
    work.fill(0);
    for (let k = 0; k < m; k++) {
      for (let x = 0; x < area; x++) {
        own[k * area + x] = covariance[x]! + covariances[members[k]! * area + x]!;
      }
      subtractOuter(own, k * area, root, p);
      logDeterminant += invertPositive(own, k * area, p);
      if (logDeterminant === -Infinity) return -Infinity;
      for (let x = 0; x < area; x++) work[x]! += own[k * area + x]!;
    }
    sandwich(root, work, core, p, true);
    for (let i = 0; i < p; i++) core[i * p + i]! += 1;
    logDeterminant += invertPositive(core, 0, p);
    sandwich(root, core, work, p, false);
    for (let k = 0; k < m; k++) multiplyInto(own, k * area, work, 0, left, k * area, p);
    for (let k = 0; k < m; k++) {
      for (let l = 0; l < m; l++) {
        const at = offset + (k * m + l) * area;
        multiplyInto(left, k * area, own, l * area, values, at, p);
        for (let x = 0; x < area; x++) {
          values[at + x] = (k === l ? own[k * area + x]! : 0) - values[at + x]!;
        }
      }
    }
    return logDeterminant;
  }

  return {
    blocks,
    values,
    update(covariance) {
      let logDeterminant = 0;
      for (const block of blocks) {
        if (block.sharedRoot !== null) {
          logDeterminant += updateCluster(block, block.sharedRoot, covariance);
          continue;
        }
        const from = block.members[0]! * area;
        for (let x = 0; x < area; x++) values[block.offset + x] = covariance[x]! + covariances[from + x]!;
        logDeterminant += invertPositive(values, block.offset, p);
      }
      return logDeterminant;
    },
  };
}

function precisionBlocks(table: EffectTable): PrecisionBlock[] {
  const { metrics } = table;
  let offset = 0;
  return independentGroups(table).map(({ members, shared }) => {
    const sharedRoot = shared === null ? null : squareRoot(shared, metrics);
    const block = { members, offset, sharedRoot };
    offset += (members.length * metrics) ** 2;
    return block;
  });
}

/** A root R, R Rᵀ = A, of a positive semidefinite matrix, by its eigenvectors: it may be singular. */
function squareRoot(values: Float64Array, size: number): Float64Array {
  const matrix: Matrix = Array.from({ length: size }, (_, i) => [
    ...values.subarray(i * size, (i + 1) * size),
  ]);
  const eigen = symmetricEigen(matrix);
  const root = new Float64Array(size * size);
  eigen.values.forEach((value, j) => {
    // A shared covariance may leave rounding below 0.
    const length = Math.sqrt(Math.max(0, value));
    eigen.vectors[j]!.forEach((x, i) => (root[i * size + j] = x * length));
  });
  return root;
}

/** A − R Rᵀ in place. */
function subtractOuter(values: Float64Array, offset: number, root: Float64Array, size: number): void {
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) {
      let sum = 0;
      for (let k = 0; k < size; k++) sum += root[i * size + k]! * root[j * size + k]!;
      values[offset + i * size + j]! -= sum;
    }
  }
}

/** Rᵀ A R where `isTransposedFirst`, R A Rᵀ otherwise. */
function sandwich(
  root: Float64Array,
  inner: Float64Array,
  out: Float64Array,
  size: number,
  isTransposedFirst: boolean,
): void {
  const at = (i: number, k: number): number => root[isTransposedFirst ? k * size + i : i * size + k]!;
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) {
      let sum = 0;
      for (let k = 0; k < size; k++) {
        for (let l = 0; l < size; l++) sum += at(i, k) * inner[k * size + l]! * at(j, l);
      }
      out[i * size + j] = sum;
    }
  }
}
