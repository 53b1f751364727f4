import type { Random } from "../../src/numerics/random.ts";
import { type CovariancePrior, DEFAULT_PRIOR, logCovariancePrior } from "../../src/proxy/covariance-prior.ts";
import type { CompleteEffectNode, EffectDistribution } from "../../src/proxy/effect-covariance.ts";
import type { EffectTable } from "../../src/proxy/effect-table.ts";
import { assistedWeights, type LinearEstimate } from "../../src/proxy/assisted-weights.ts";
import { unitCovariance, type UnitCovariance } from "../../src/proxy/unit-covariance.ts";

// Worlds of true effects, past experiments drawn from them, and the rule that these lead to: by a quadrature of its own,
// on nodes that are the same for all pasts of one kind, to hold against the library's and to run thousands of times.

/** A funnel of 10 % add-to-carts and 2 % sales: log lifts with a sampling correlation of 3/7. */
export const FUNNEL: UnitCovariance = unitCovariance({ microRate: 0.1, macroRate: 0.02, nested: true });

export type World = Required<Pick<EffectDistribution, "tauProxy" | "tauMacro" | "rho">>;

export const WORLDS: Record<string, World> = {
  good: { tauProxy: 0.04, tauMacro: 0.04, rho: 0.9 },
  vanity: { tauProxy: 0.08, tauMacro: 0.04, rho: 0.05 },
  "shine-through": { tauProxy: 0.04, tauMacro: 0.04, rho: 0 },
  paradox: { tauProxy: 0.04, tauMacro: 0.04, rho: -0.5 },
  moderate: { tauProxy: 0.04, tauMacro: 0.04, rho: 0.5 },
  "loud vanity": { tauProxy: 0.12, tauMacro: 0.04, rho: 0.05 },
};

export const WORLD_PRIOR: CovariancePrior = {
  ...DEFAULT_PRIOR,
  typicalProxyEffect: 0.05,
  typicalMacroEffect: 0.05,
};

/** The world as the single node of a known covariance. */
export function knownNode(world: World, meanProxy = 0, meanMacro = 0): CompleteEffectNode {
  return { ...world, meanProxy, meanMacro, weight: 1 } as CompleteEffectNode;
}

/** A symmetric 2 × 2 matrix. */
interface Square {
  readonly ss: number;
  readonly sy: number;
  readonly yy: number;
}

function samplingOf(n: number): Square {
  const [ss, yy] = [FUNNEL.proxy / n, FUNNEL.macro / n];
  return { ss, yy, sy: FUNNEL.correlation * Math.sqrt(ss * yy) };
}

/** Nine changes in ten do little, the tenth does much: the same variance, a kurtosis of 9.75. */
export const HEAVY_TAILS = [
  { weight: 0.9, spread: Math.sqrt(0.5), meanShare: 1 },
  { weight: 0.1, spread: Math.sqrt(5.5), meanShare: 1 },
] as const;

/** Estimated effects of past experiments of n units an arm, `effects[2 k]` on the proxy. */
export function drawPast(
  random: Random,
  world: World,
  experiments: number,
  n: number,
  means: readonly [number, number] = [0, 0],
  isHeavyTailed: boolean = false,
): EffectTable {
  const { ss, sy, yy } = samplingOf(n);
  const parts = (isHeavyTailed ? HEAVY_TAILS : [{ weight: 1, spread: 1 }]).map(({ weight, spread }) => {
    const [tauProxy, tauMacro] = [spread * world.tauProxy, spread * world.tauMacro];
    const deviation = Math.sqrt(tauProxy ** 2 + ss);
    const along = (world.rho * tauProxy * tauMacro + sy) / deviation;
    return { weight, deviation, along, across: Math.sqrt(tauMacro ** 2 + yy - along ** 2) };
  });
  const effects = new Float64Array(2 * experiments);
  const covariances = new Float64Array(4 * experiments);
  for (let k = 0; k < experiments; k++) {
    const [a, b] = [random.normal(), random.normal()];
    const isRare = parts.length > 1 && random.uniform() < parts[1]!.weight;
    const { deviation, along, across } = parts[isRare ? 1 : 0]!;
    effects[2 * k] = means[0] + deviation * a;
    effects[2 * k + 1] = means[1] + along * a + across * b;
    covariances.set([ss, sy, sy, yy], 4 * k);
  }
  return { scale: "log-lift", experiments, metrics: 2, effects, covariances, clusters: [] };
}

/** Averages of the past, and sums of squares around them. */
interface PastSums {
  readonly meanProxy: number;
  readonly meanMacro: number;
  readonly scatter: Square;
}

function sumsOf({ experiments, effects }: EffectTable): PastSums {
  let [meanProxy, meanMacro] = [0, 0];
  for (let k = 0; k < experiments; k++) {
    meanProxy += effects[2 * k]! / experiments;
    meanMacro += effects[2 * k + 1]! / experiments;
  }
  let [ss, sy, yy] = [0, 0, 0];
  for (let k = 0; k < experiments; k++) {
    const [a, b] = [effects[2 * k]! - meanProxy, effects[2 * k + 1]! - meanMacro];
    ss += a * a;
    sy += a * b;
    yy += b * b;
  }
  return { meanProxy, meanMacro, scatter: { ss, sy, yy } };
}

function combine(a: Square, byA: number, b: Square, byB: number): Square {
  return { ss: byA * a.ss + byB * b.ss, sy: byA * a.sy + byB * b.sy, yy: byA * a.yy + byB * b.yy };
}

function determinantOf({ ss, sy, yy }: Square): number {
  return ss * yy - sy * sy;
}

function inverseOf(m: Square): Square {
  const determinant = determinantOf(m);
  return { ss: m.yy / determinant, sy: -m.sy / determinant, yy: m.ss / determinant };
}

/** Numbers kept at a node: a constant, two inverses, and the estimate with its intercept per average of the past. */
const FIELDS = 11;
const STEPS = [24, 24, 41] as const;
const PILOTS = 8;
/** A past whose log density is lower than the highest by more than this says nothing. */
const NEGLIGIBLE = 16;

/**
 * How pasts of `experiments` experiments of n units an arm decide about a change tested on as many: means of true
 * effects N(0, ratio² Λ), the weights of the estimates averaged over the posterior.
 */
export function rulesFromPasts(
  random: Random,
  world: World,
  experiments: number,
  n: number,
  prior: CovariancePrior,
  means: readonly [number, number] = [0, 0],
): (past: EffectTable) => LinearEstimate {
  const lower = [Math.log(0.0005), Math.log(0.0005), -4.5];
  const upper = [Math.log(1.5), Math.log(1.5), 4.5];
  const pilots = Array.from({ length: PILOTS }, () => sumsOf(drawPast(random, world, experiments, n, means)));
  for (;;) {
    const nodes = nodesIn(lower, upper, experiments, n, prior);
    const shrunk = closeIn(nodes, lower, upper, pilots);
    if (shrunk > 0.8) return (past) => averageRule(nodes, sumsOf(past));
  }
}

function nodesIn(
  lower: readonly number[],
  upper: readonly number[],
  experiments: number,
  n: number,
  prior: CovariancePrior,
): Float64Array {
  const logPrior = logCovariancePrior(prior);
  const sampling = samplingOf(n);
  const sizes = { nProxy: n, nMacro: n, nOverlap: n };
  const ratio = prior.meanRatio ** 2;
  const nodes = new Float64Array(FIELDS * STEPS[0] * STEPS[1] * STEPS[2]);
  const at = (d: 0 | 1 | 2, i: number): number =>
    lower[d]! + ((upper[d]! - lower[d]!) * (i + 0.5)) / STEPS[d];
  let offset = 0;
  for (let i = 0; i < STEPS[0]; i++) {
    for (let j = 0; j < STEPS[1]; j++) {
      for (let k = 0; k < STEPS[2]; k++) {
        const [x, y, z] = [at(0, i), at(1, j), at(2, k)];
        const effects = { ss: Math.exp(2 * x), sy: Math.tanh(z) * Math.exp(x + y), yy: Math.exp(2 * y) };
        const total = combine(effects, 1, sampling, 1);
        const ofMean = combine(effects, ratio, total, 1 / experiments);
        const logJacobian = x + y - 2 * Math.log(Math.cosh(z));
        const constant =
          logPrior(Math.exp(x), Math.exp(y), z) +
          logJacobian -
          0.5 * ((experiments - 1) * Math.log(determinantOf(total)) + Math.log(determinantOf(ofMean)));
        const [a, b] = [inverseOf(total), inverseOf(ofMean)];
        // The means given their average in the past are B⁻¹ A of it, A = ratio² Λ and B = A + (Λ + Σ)/K.
        const [p, q] = [
          ratio * effects.ss * b.ss + ratio * effects.sy * b.sy,
          ratio * effects.ss * b.sy + ratio * effects.sy * b.yy,
        ];
        const [r, s] = [
          ratio * effects.sy * b.ss + ratio * effects.yy * b.sy,
          ratio * effects.sy * b.sy + ratio * effects.yy * b.yy,
        ];
        const ss = effects.ss + ratio * (effects.ss - p * effects.ss - q * effects.sy);
        const sy = effects.sy + ratio * (effects.sy - p * effects.sy - q * effects.yy);
        const yy = effects.yy + ratio * (effects.yy - r * effects.sy - s * effects.yy);
        const [tauProxy, tauMacro] = [Math.sqrt(ss), Math.sqrt(yy)];
        const rho = Math.max(-1, Math.min(1, sy / (tauProxy * tauMacro)));
        const { proxy, macro } = assistedWeights(knownNode({ tauProxy, tauMacro, rho }), FUNNEL, sizes);
        const perProxy = r * (1 - macro) - p * proxy;
        const perMacro = s * (1 - macro) - q * proxy;
        nodes.set([constant, a.ss, a.sy, a.yy, b.ss, b.sy, b.yy, proxy, macro, perProxy, perMacro], offset);
        offset += FIELDS;
      }
    }
  }
  return nodes;
}

function logDensities(nodes: Float64Array, { meanProxy, meanMacro, scatter }: PastSums): Float64Array {
  const logs = new Float64Array(nodes.length / FIELDS);
  const [ss, sy, yy] = [meanProxy ** 2, 2 * meanProxy * meanMacro, meanMacro ** 2];
  for (let i = 0, o = 0; i < logs.length; i++, o += FIELDS) {
    logs[i] =
      nodes[o]! -
      0.5 *
        (nodes[o + 1]! * scatter.ss +
          2 * nodes[o + 2]! * scatter.sy +
          nodes[o + 3]! * scatter.yy +
          nodes[o + 4]! * ss +
          nodes[o + 5]! * sy +
          nodes[o + 6]! * yy);
  }
  return logs;
}

function averageRule(nodes: Float64Array, sums: PastSums): LinearEstimate {
  const logs = logDensities(nodes, sums);
  const highest = logs.reduce((most, log) => Math.max(most, log), -Infinity);
  let [total, proxy, macro, intercept] = [0, 0, 0, 0];
  for (let i = 0; i < logs.length; i++) {
    if (logs[i]! < highest - NEGLIGIBLE) continue;
    const weight = Math.exp(logs[i]! - highest);
    const o = FIELDS * i;
    total += weight;
    proxy += weight * nodes[o + 7]!;
    macro += weight * nodes[o + 8]!;
    intercept += weight * (nodes[o + 9]! * sums.meanProxy + nodes[o + 10]! * sums.meanMacro);
  }
  return { proxy: proxy / total, macro: macro / total, intercept: intercept / total };
}

/** Makes the box as small as the pilots allow, with a step to spare, and says by how much at most. */
function closeIn(nodes: Float64Array, lower: number[], upper: number[], pilots: readonly PastSums[]): number {
  const first = [Infinity, Infinity, Infinity];
  const last = [-Infinity, -Infinity, -Infinity];
  for (const pilot of pilots) {
    const logs = logDensities(nodes, pilot);
    const highest = logs.reduce((most, log) => Math.max(most, log), -Infinity);
    logs.forEach((log, node) => {
      if (log < highest - NEGLIGIBLE) return;
      const rest = Math.floor(node / STEPS[2]);
      [Math.floor(rest / STEPS[1]), rest % STEPS[1], node % STEPS[2]].forEach((index, d) => {
        first[d] = Math.min(first[d]!, index);
        last[d] = Math.max(last[d]!, index);
      });
    });
  }
  let shrunk = 1;
  for (let d = 0; d < 3; d++) {
    const width = (upper[d]! - lower[d]!) / STEPS[d]!;
    const from = Math.max(lower[d]!, lower[d]! + width * (first[d]! - 1));
    const to = Math.min(upper[d]!, lower[d]! + width * (last[d]! + 2));
    shrunk = Math.min(shrunk, (to - from) / (upper[d]! - lower[d]!));
    lower[d] = from;
    upper[d] = to;
  }
  return shrunk;
}
