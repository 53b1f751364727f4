import { multiplyInto } from "../numerics/multiply-into.ts";

/** Number of the entry (i, j) of a symmetric matrix whose lower triangle is counted row by row. */
export function triangleIndex(i: number, j: number): number {
  return i >= j ? (i * (i + 1)) / 2 + j : (j * (j + 1)) / 2 + i;
}

/** First and second derivatives of a likelihood in the covariance of true effects. */
export interface CovarianceDerivatives {
  /** Symmetric G, row by row: the likelihood changes by tr(G dΛ). */
  readonly gradient: Float64Array;
  /** Second derivatives along entries on and below the diagonal (each moved with its mirror image), row by row. */
  readonly hessian: Float64Array;
}

/** Sums over experiments from which the derivatives of the likelihood follow. */
export interface CurvatureSums {
  /** Starts anew, with the covariance C of the estimated means. */
  readonly reset: (meanCovariance: Float64Array) => void;
  /** Adds an experiment by itself: W at an offset, and u of a row of the table. */
  readonly addOne: (precisions: Float64Array, offset: number, scores: Float64Array, row: number) => void;
  /** Adds experiments that share a control: blocks of W, their sums over the second experiment, and u by row. */
  readonly addCluster: (
    precisions: Float64Array,
    offset: number,
    weights: Float64Array,
    scores: Float64Array,
    members: readonly number[],
  ) => void;
  readonly derivatives: () => CovarianceDerivatives;
}

/**
 * With W = V⁻¹, u = W (d − mean), C = (Σ W)⁻¹ and symmetric directions E and F, the gradient is ½ Σ (u uᵀ − W + W C W),
 * and the second derivative Σ tr((½ W − u uᵀ − W C W) E W F) + g_Eᵀ C g_F + ½ tr(C H_E C H_F), where g_E = Σ W E u and
 * H_E = Σ W E W. The terms in W C W and in H belong to restricted likelihood alone.
 */
export function curvatureSums(p: number, isRestricted: boolean): CurvatureSums {
  const area = p * p;
  const size = (p * (p + 1)) / 2;
  const gradient = new Float64Array(area);
  // Σ (u uᵀ + W C W) ⊗ W and Σ W ⊗ W of experiments by themselves, whose factors are symmetric, in triangles.
  const seenBy = new Float64Array(size * size);
  const squares = new Float64Array(size * size);
  // Σ (½ W − u uᵀ − W C W) ⊗ W and Σ W ⊗ W of all.
  const products = new Float64Array(area * area);
  const crossed = new Float64Array(area * area);
  // Σ W ⊗ u.
  const slopes = new Float64Array(area * p);
  const triangle = Array.from({ length: p }, (_, i) =>
    Array.from({ length: i + 1 }, (_entry, j) => i * p + j),
  ).flat();
  const expected = new Float64Array(size);
  const seen = new Float64Array(size);
  const spread = new Float64Array(area);
  const middle = new Float64Array(area);
  let c: Float64Array = new Float64Array(area);

  function addOne(precisions: Float64Array, offset: number, scores: Float64Array, row: number): void {
    if (isRestricted) multiplyInto(precisions, offset, c, 0, spread, 0, p);
    for (let i = 0, t = 0; i < p; i++) {
      const u = scores[row * p + i]!;
      for (let x = 0; x < area; x++) slopes[i * area + x]! += precisions[offset + x]! * u;
      for (let j = 0; j <= i; j++, t++) {
        let sum = u * scores[row * p + j]!;
        if (isRestricted) {
          for (let k = 0; k < p; k++) sum += spread[i * p + k]! * precisions[offset + j * p + k]!;
        }
        seen[t] = sum;
        expected[t] = precisions[offset + i * p + j]!;
        gradient[i * p + j]! += 0.5 * (sum - expected[t]!);
      }
    }
    for (let s = 0; s < size; s++) {
      for (let t = 0; t < size; t++) seenBy[s * size + t]! += seen[s]! * expected[t]!;
      for (let t = 0; t <= s; t++) squares[s * size + t]! += expected[s]! * expected[t]!;
    }
  }

  function addCluster(
    precisions: Float64Array,
    offset: number,
    weights: Float64Array,
    scores: Float64Array,
    members: readonly number[],
  ): void {
    const m = members.length;
    for (let k = 0; k < m; k++) {
      const own = members[k]!;
      multiplyInto(weights, own * area, c, 0, spread, 0, p);
      for (let x = 0; x < area; x++) {
        const weight = weights[own * area + x]!;
        for (let i = 0; i < p; i++) slopes[i * area + x]! += weight * scores[own * p + i]!;
        for (let y = 0; y < area; y++) crossed[x * area + y]! += weight * weights[own * area + y]!;
      }
      for (let l = 0; l < m; l++) {
        const block = offset + (k * m + l) * area;
        addPair(precisions, block, weights, scores, own, members[l]!);
      }
    }
  }

  /** A pair of a cluster: `spread` is the first one's weights times C. */
  function addPair(
    precisions: Float64Array,
    block: number,
    weights: Float64Array,
    scores: Float64Array,
    own: number,
    other: number,
  ): void {
    for (let i = 0; i < p; i++) {
      for (let j = 0; j < p; j++) {
        let sum = scores[own * p + i]! * scores[other * p + j]!;
        if (isRestricted) {
          for (let k = 0; k < p; k++) sum += spread[i * p + k]! * weights[other * area + j * p + k]!;
        }
        const precision = precisions[block + i * p + j]!;
        middle[i * p + j] = 0.5 * precision - sum;
        if (own === other && j <= i) gradient[i * p + j]! += 0.5 * (sum - precision);
      }
    }
    for (let x = 0; x < area; x++) {
      for (let y = 0; y < area; y++) products[x * area + y]! += middle[x]! * precisions[block + y]!;
    }
  }

  /** Adds the sums in triangles to those in full. */
  function unfold(): void {
    const places = Array.from({ length: area }, (_, x) => triangleIndex(Math.floor(x / p), x % p));
    for (let x = 0; x < area; x++) {
      const s = places[x]!;
      for (let y = 0; y < area; y++) {
        const t = places[y]!;
        const square = squares[Math.max(s, t) * size + Math.min(s, t)]!;
        products[x * area + y]! += 0.5 * square - seenBy[s * size + t]!;
        crossed[x * area + y]! += square;
      }
    }
    for (const x of triangle) gradient[(x % p) * p + Math.floor(x / p)] = gradient[x]!;
  }

  /** g_E and H_E C of the direction that moves entry (a, b) and its mirror image. */
  function alongDirection(a: number, b: number): { means: Float64Array; turned: Float64Array } {
    const means = new Float64Array(p);
    const h = new Float64Array(area);
    const turned = new Float64Array(area);
    for (const [row, column] of mirrored(a, b)) {
      for (let i = 0; i < p; i++) {
        means[i]! += slopes[column * area + row * p + i]!;
        for (let j = 0; j < p; j++) h[i * p + j]! += crossed[(row * p + i) * area + column * p + j]!;
      }
    }
    if (isRestricted) multiplyInto(h, 0, c, 0, turned, 0, p);
    return { means, turned };
  }

  return {
    addOne,
    addCluster,
    reset(meanCovariance) {
      c = meanCovariance;
      for (const sum of [gradient, seenBy, squares, products, crossed, slopes]) sum.fill(0);
    },
    derivatives() {
      unfold();
      const hessian = new Float64Array(size * size);
      const directions = triangle.map((x) => [Math.floor(x / p), x % p] as const);
      const along = directions.map(([a, b]) => alongDirection(a, b));
      for (let e = 0; e < size; e++) {
        for (let f = 0; f <= e; f++) {
          let sum = 0;
          for (const [a, b] of mirrored(...directions[e]!)) {
            // tr(Mᵀ e_a e_bᵀ W e_x e_yᵀ), M the first factor of a product.
            for (const [x, y] of mirrored(...directions[f]!))
              sum += products[(a * p + y) * area + b * p + x]!;
          }
          const [first, second] = [along[e]!, along[f]!];
          for (let i = 0; i < p; i++) {
            for (let j = 0; j < p; j++) {
              sum += first.means[i]! * c[i * p + j]! * second.means[j]!;
              sum += 0.5 * first.turned[i * p + j]! * second.turned[j * p + i]!;
            }
          }
          hessian[e * size + f] = hessian[f * size + e] = sum;
        }
      }
      return { gradient: gradient.slice(), hessian };
    },
  };
}

/** The one or two entries of a symmetric matrix that move together. */
function mirrored(i: number, j: number): readonly (readonly [number, number])[] {
  return i === j
    ? [[i, j]]
    : [
        [i, j],
        [j, i],
      ];
}
