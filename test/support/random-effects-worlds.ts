import { createRandom } from "../../src/numerics/random.ts";
import { triangleIndex } from "../../src/proxy/curvature-sums.ts";
import type { EffectTable } from "../../src/proxy/effect-table.ts";
import { type LikelihoodKind, randomEffectsLikelihood } from "../../src/proxy/random-effects-likelihood.ts";

type Rows = readonly (readonly number[])[];

/** A table from rows of effects and their covariances. */
export function tableOf(
  effects: Rows,
  covariances: readonly Rows[],
  clusters: readonly { readonly members: readonly number[]; readonly shared: Rows }[] = [],
): EffectTable {
  return {
    scale: "log-lift",
    experiments: effects.length,
    metrics: effects[0]!.length,
    effects: Float64Array.from(effects.flat()),
    covariances: Float64Array.from(covariances.flat(2)),
    clusters: clusters.map(({ members, shared }) => ({
      members,
      shared: Float64Array.from(shared.flat()),
    })),
  };
}

export interface World {
  readonly seed: number;
  readonly experiments: number;
  readonly metrics: number;
  /** Standard deviation of true effects, where sampling errors are about 1. */
  readonly tau: number;
  readonly clustered: boolean;
}

/** Seeded effects with a common factor, and sampling covariances that differ; a quarter of them share a control. */
export function world({ seed, experiments, metrics: p, tau, clustered }: World): EffectTable {
  const random = createRandom(seed);
  const uniform = (): number => random.uniform() - 0.5;
  const positive = (size: number): Float64Array => {
    const root = Array.from({ length: p }, () => Array.from({ length: p }, uniform));
    return Float64Array.from({ length: p * p }, (_, at) => {
      const [i, j] = [Math.floor(at / p), at % p];
      const sum = root[i]!.reduce((total, x, k) => total + x * root[j]![k]!, 0);
      return size * (2 * sum + (i === j ? 0.5 : 0));
    });
  };
  const shared = positive(0.5);
  const members = clustered && experiments >= 4 ? [0, 1, 3].slice(0, Math.max(2, experiments >> 2)) : [];
  const effects = new Float64Array(experiments * p);
  const covariances = new Float64Array(experiments * p * p);
  for (let k = 0; k < experiments; k++) {
    const common = 3.5 * tau * uniform();
    for (let i = 0; i < p; i++) effects[k * p + i] = common + (1.5 * tau + 3) * uniform();
    covariances.set(positive(0.5 + random.uniform()), k * p * p);
    if (members.includes(k)) {
      for (let x = 0; x < p * p; x++) covariances[k * p * p + x]! += shared[x]!;
    }
  }
  return {
    scale: "log-lift",
    experiments,
    metrics: p,
    effects,
    covariances,
    clusters: members.length === 0 ? [] : [{ members, shared }],
  };
}

/** Largest errors of the analytic derivatives at a covariance, against central differences, over the largest of them. */
export function curvatureOf(
  table: EffectTable,
  kind: LikelihoodKind,
): { gradientError: number; hessianError: number } {
  const p = table.metrics;
  const size = (p * (p + 1)) / 2;
  const likelihood = randomEffectsLikelihood(table, kind);
  const covariance = Float64Array.from({ length: p * p }, (_, at) =>
    Math.floor(at / p) === at % p ? 1 + 0.3 * (at % p) : 0.4,
  );
  const step = 1e-4;
  const moved = (i: number, j: number, by: number): Float64Array => {
    const out = covariance.slice();
    out[i * p + j]! += by;
    if (i !== j) out[j * p + i]! += by;
    return out;
  };
  const { gradient, hessian } = likelihood.curveAt(covariance);
  const largest = Math.max(...gradient.map(Math.abs), ...hessian.map(Math.abs));
  let gradientError = 0;
  let hessianError = 0;
  for (let i = 0; i < p; i++) {
    for (let j = 0; j <= i; j++) {
      const up = likelihood.curveAt(moved(i, j, step));
      const down = likelihood.curveAt(moved(i, j, -step));
      const slope = (up.value - down.value) / (2 * step);
      gradientError = Math.max(gradientError, Math.abs(slope - gradient[i * p + j]! * (i === j ? 1 : 2)));
      for (let x = 0; x < p; x++) {
        for (let y = 0; y <= x; y++) {
          const change =
            ((up.gradient[x * p + y]! - down.gradient[x * p + y]!) / (2 * step)) * (x === y ? 1 : 2);
          const own = hessian[triangleIndex(i, j) * size + triangleIndex(x, y)]!;
          hessianError = Math.max(hessianError, Math.abs(change - own));
        }
      }
    }
  }
  return { gradientError: gradientError / largest, hessianError: hessianError / largest };
}
