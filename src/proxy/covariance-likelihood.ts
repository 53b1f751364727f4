import type { EffectMatrix } from "./effect-matrix.ts";
import { type EffectColumns, effectColumns, type EffectUnits } from "./effect-columns.ts";
import type { EffectTable } from "./effect-table.ts";
import { exp } from "../numerics/elementary/exp.ts";
import { ln } from "../numerics/elementary/ln.ts";

/** What the past says at one covariance, in sums that add over independent blocks of experiments; see `SUMS`. */
export type LikelihoodSums = Float64Array;

/** Σ log|V|, Σ d'V⁻¹d, ΣV⁻¹ (three numbers) and ΣV⁻¹d (two), V the covariance of the estimates of a block. */
export const SUMS = 7;

/** The likelihood of an effect covariance, given what past experiments found on one proxy and the macro metric. */
export interface CovarianceLikelihood {
  readonly columns: EffectColumns;
  /** The sums over all experiments, in an array that the next call overwrites. */
  readonly sumsAt: (effects: EffectMatrix) => LikelihoodSums;
}

/** The likelihood of a table of one proxy and the macro metric, in typical errors or the units given. */
export function covarianceLikelihood(table: EffectTable, units?: EffectUnits): CovarianceLikelihood {
  const columns = effectColumns(table, units);
  const sums = new Float64Array(SUMS);
  const block = new Float64Array(SUMS);
  const sumsAt = (effects: EffectMatrix): LikelihoodSums => {
    sums.fill(0);
    addRows(sums, columns, 0, columns.alone, effects);
    for (const cluster of columns.clusters) {
      block.fill(0);
      addRows(block, columns, cluster.from, cluster.to, effects);
      shareControl(block, cluster.shared);
      for (let i = 0; i < SUMS; i++) sums[i]! += block[i]!;
    }
    return sums;
  };
  return { columns, sumsAt };
}

/** Products of determinants are kept within these before their log is taken: logs are what the loop would wait for. */
const LARGE = 1e100;

/** Adds what rows of independent estimates say: each row stands for `count` experiments of one sampling covariance. */
function addRows(
  sums: LikelihoodSums,
  columns: EffectColumns,
  from: number,
  to: number,
  { proxy, macro, both, determinant }: EffectMatrix,
): void {
  const { count, s11, s12, s22, sDeterminant, d1, d2, d11, d12, d22 } = columns;
  let [logs, squares, p11, p12, p22, h1, h2] = [0, 0, 0, 0, 0, 0, 0];
  let product = 1;
  for (let k = from; k < to; k++) {
    const v11 = proxy + s11[k]!;
    const v12 = both + s12[k]!;
    const v22 = macro + s22[k]!;
    // |Λ + S|, of terms that do not cancel unless the sampling correlation is ±1.
    const det = determinant + sDeterminant[k]! + proxy * s22[k]! + macro * s11[k]! - 2 * both * s12[k]!;
    const inverse = 1 / det;
    const n = count[k]!;
    const information = n * inverse;
    if (n === 1) product *= det;
    else logs += n * ln(det);
    if (product > LARGE || product < 1 / LARGE) {
      logs += ln(product);
      product = 1;
    }
    squares += (d11[k]! * v22 + d22[k]! * v11 - 2 * d12[k]! * v12) * inverse;
    p11 += v22 * information;
    p12 -= v12 * information;
    p22 += v11 * information;
    h1 += (d1[k]! * v22 - d2[k]! * v12) * inverse;
    h2 += (d2[k]! * v11 - d1[k]! * v12) * inverse;
  }
  sums[0]! += logs + ln(product);
  sums[1]! += squares;
  sums[2]! += p11;
  sums[3]! += p12;
  sums[4]! += p22;
  sums[5]! += h1;
  sums[6]! += h2;
}

/**
 * Turns the sums of a cluster's members, their shared covariance left out, into those of the cluster: the control's
 * error is an effect common to all of them, with the covariance S (Woodbury).
 */
function shareControl(sums: LikelihoodSums, [s11, s12, s22]: readonly [number, number, number]): void {
  const [p11, p12, p22, h1, h2] = [sums[2]!, sums[3]!, sums[4]!, sums[5]!, sums[6]!];
  const p = p11 * p22 - p12 * p12;
  const control = commonEffect(sums, s11, s12, s22, s11 * s22 - s12 * s12);
  sums[0]! += control.logDeterminant;
  sums[1]! -= control.explained;
  // (P⁻¹ + S)⁻¹ = (P + |P| adj S) / |I + PS|, and h − P × mean.
  const inverse = exp(-control.logDeterminant);
  sums[2] = (p11 + p * s22) * inverse;
  sums[3] = (p12 - p * s12) * inverse;
  sums[4] = (p22 + p * s11) * inverse;
  sums[5] = h1 - p11 * control.meanProxy - p12 * control.meanMacro;
  sums[6] = h2 - p12 * control.meanProxy - p22 * control.meanMacro;
}

/** An effect common to all rows, N(0, Q) before they are seen: its posterior, and what it changes in the likelihood. */
export interface CommonEffect {
  /** ln|I + QP|; under a flat prior ln|P|. */
  readonly logDeterminant: number;
  /** What it explains of the sum of squares. */
  readonly explained: number;
  readonly meanProxy: number;
  readonly meanMacro: number;
  readonly varianceProxy: number;
  readonly covariance: number;
  readonly varianceMacro: number;
}

/** The effect common to all rows, with Q = [[q11, q12], [q12, q22]] and |Q| = q. */
export function commonEffect(
  sums: LikelihoodSums,
  q11: number,
  q12: number,
  q22: number,
  q: number,
): CommonEffect {
  const [p11, p12, p22] = [sums[2]!, sums[3]!, sums[4]!];
  const p = p11 * p22 - p12 * p12;
  // (P + Q⁻¹)⁻¹ = (Q + |Q| adj P) / |I + PQ|.
  const determinant = 1 + (p11 * q11 + 2 * p12 * q12 + p22 * q22) + p * q;
  return withCovariance(sums, determinant, q11 + q * p22, q12 - q * p12, q22 + q * p11);
}

/** The same under a flat prior, with the covariance P⁻¹. */
export function flatCommonEffect(sums: LikelihoodSums): CommonEffect {
  const [p11, p12, p22] = [sums[2]!, sums[3]!, sums[4]!];
  return withCovariance(sums, p11 * p22 - p12 * p12, p22, -p12, p11);
}

/** The posterior with covariance C / determinant. */
function withCovariance(
  sums: LikelihoodSums,
  determinant: number,
  c11: number,
  c12: number,
  c22: number,
): CommonEffect {
  const [h1, h2] = [sums[5]!, sums[6]!];
  const meanProxy = (c11 * h1 + c12 * h2) / determinant;
  const meanMacro = (c12 * h1 + c22 * h2) / determinant;
  return {
    logDeterminant: ln(determinant),
    explained: meanProxy * h1 + meanMacro * h2,
    meanProxy,
    meanMacro,
    varianceProxy: c11 / determinant,
    covariance: c12 / determinant,
    varianceMacro: c22 / determinant,
  };
}
