import type { Matrix } from "../numerics/matrix.ts";

/** The part of a covariance that is about the proxies alone: all but the last row and column. */
export function proxyBlock(covariance: Matrix): number[][] {
  return covariance.slice(0, -1).map((row) => row.slice(0, -1));
}
