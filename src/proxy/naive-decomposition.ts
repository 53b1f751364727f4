import type { Matrix, Vector } from "../numerics/matrix.ts";
import { solve } from "../numerics/solve.ts";
import { proxyBlock } from "./proxy-block.ts";

/** Where the correlation of estimated effects on one proxy and the macro metric comes from. */
export interface NaiveCorrelation {
  /** Correlation of the estimates over past experiments: what one sees without asking for the noise. */
  readonly naive: number;
  /** The part by true effects, rho √(reliabilityProxy · reliabilityMacro). */
  readonly fromEffects: number;
  /** The part by the user-level correlation shining through; `naive` is the sum of the two. */
  readonly fromUsers: number;
  /** Share of true effects in the variance of the estimates; below 0 where noise alone varies more than they do. */
  readonly reliabilityProxy: number;
  readonly reliabilityMacro: number;
  /** Average sampling correlation: what the naive one becomes when no change does anything; null without noise. */
  readonly userCorrelation: number | null;
}

/** Where the regression of estimated macro effects on estimated proxy effects comes from, one entry a proxy. */
export interface NaiveSlopes {
  readonly naive: Vector;
  /** The part by true effects. */
  readonly fromEffects: Vector;
  /** The part by the user-level correlation; `naive` is the sum of the two. */
  readonly fromUsers: Vector;
  /** Slopes between users: what the naive ones become when no change does anything. */
  readonly userSlopes: Vector;
}

/**
 * Takes the correlation of estimated effects apart: covariance of the estimates = covariance of true effects +
 * sampling covariance. Weak tests measure the user-level correlation again.
 *
 * @param observed - covariance of the estimates over experiments, the macro metric last
 * @param sampling - what noise contributes to it on average
 * @returns null where the estimates do not vary
 */
export function naiveCorrelation(observed: Matrix, sampling: Matrix, proxy: number): NaiveCorrelation | null {
  const macro = observed.length - 1;
  const [ss, yy] = [observed[proxy]![proxy]!, observed[macro]![macro]!];
  const [noiseSS, noiseYY] = [sampling[proxy]![proxy]!, sampling[macro]![macro]!];
  if (!(ss > 0 && yy > 0)) return null;
  const scaled = (covariance: number): number => covariance / Math.sqrt(ss) / Math.sqrt(yy);
  const fromEffects = scaled(observed[proxy]![macro]! - sampling[proxy]![macro]!);
  const fromUsers = scaled(sampling[proxy]![macro]!);
  return {
    naive: fromEffects + fromUsers,
    fromEffects,
    fromUsers,
    reliabilityProxy: (ss - noiseSS) / ss,
    reliabilityMacro: (yy - noiseYY) / yy,
    userCorrelation:
      noiseSS > 0 && noiseYY > 0 ? sampling[proxy]![macro]! / Math.sqrt(noiseSS) / Math.sqrt(noiseYY) : null,
  };
}

/**
 * The same for the regression on all proxies at once.
 *
 * @returns null where the estimates on the proxies do not vary independently
 */
export function naiveSlopes(observed: Matrix, sampling: Matrix): NaiveSlopes | null {
  const among = proxyBlock(observed);
  const noise = sampling.slice(0, -1).map((row) => row.at(-1)!);
  const signal = observed.slice(0, -1).map((row, i) => row.at(-1)! - noise[i]!);
  const fromEffects = solve(among, signal);
  const fromUsers = solve(among, noise);
  const userSlopes = regressionSlopes(sampling);
  if (fromEffects === null || fromUsers === null || userSlopes === null) return null;
  return { naive: fromEffects.map((part, i) => part + fromUsers[i]!), fromEffects, fromUsers, userSlopes };
}

/** The slopes of the last metric on the others, from their covariance; null where that is singular. */
export function regressionSlopes(covariance: Matrix): Vector | null {
  return solve(
    proxyBlock(covariance),
    covariance.slice(0, -1).map((row) => row.at(-1)!),
  );
}
