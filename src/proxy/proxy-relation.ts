import type { Matrix } from "../numerics/matrix.ts";
import { withinOne } from "../numerics/within-one.ts";
import type { LinearPart } from "./leave-one-out-errors.ts";
import { placeInTriangle } from "./moment-sums.ts";

/** What a moment estimate says of one proxy and the macro metric. */
export interface ProxyRelation {
  /** Correlation of the true effects as the raw moments give it, beyond ±1 at times; null beside a variance at or below 0. */
  readonly rho: number | null;
  /** By the delta method on the leave-one-out errors of the moments. */
  readonly rhoStandardError: number | null;
  /** Correlation of the projected moments, in [−1, 1]; null where they leave a metric no variance. */
  readonly rhoProjected: number | null;
  /** Macro effect per proxy effect, covariance over the proxy's variance; null where that is at or below 0. */
  readonly slope: number | null;
  readonly slopeStandardError: number | null;
}

export function proxyRelation(
  raw: Matrix,
  projected: Matrix,
  proxy: number,
  errors: { readonly rho: number; readonly slope: number } | null,
): ProxyRelation {
  const rho = correlationIn(raw, proxy);
  const rhoProjected = correlationIn(projected, proxy);
  const slope = slopeIn(raw, proxy);
  return {
    rho,
    rhoStandardError: rho === null ? null : (errors?.rho ?? null),
    rhoProjected: rhoProjected === null ? null : withinOne(rhoProjected),
    slope,
    slopeStandardError: slope === null ? null : (errors?.slope ?? null),
  };
}

/** The correlation of a proxy with the macro metric; null beside a variance at or below 0. */
function correlationIn(covariance: Matrix, proxy: number): number | null {
  const macro = covariance.length - 1;
  const [ss, yy] = [covariance[proxy]![proxy]!, covariance[macro]![macro]!];
  return ss > 0 && yy > 0 ? covariance[proxy]![macro]! / Math.sqrt(ss) / Math.sqrt(yy) : null;
}

function slopeIn(covariance: Matrix, proxy: number): number | null {
  const variance = covariance[proxy]![proxy]!;
  return variance > 0 ? covariance[proxy]!.at(-1)! / variance : null;
}

/** The gradients of correlation and slope in the entries of the upper triangle; 0 where there is none. */
export function relationGradients(covariance: Matrix, proxy: number): { rho: LinearPart; slope: LinearPart } {
  const size = covariance.length;
  const macro = size - 1;
  const places = [
    placeInTriangle(proxy, proxy, size),
    placeInTriangle(proxy, macro, size),
    placeInTriangle(macro, macro, size),
  ];
  const [ss, yy] = [covariance[proxy]![proxy]!, covariance[macro]![macro]!];
  const rho = correlationIn(covariance, proxy);
  const slope = slopeIn(covariance, proxy);
  return {
    rho: {
      places,
      coefficients:
        rho === null ? [0, 0, 0] : [(-0.5 * rho) / ss, 1 / Math.sqrt(ss) / Math.sqrt(yy), (-0.5 * rho) / yy],
    },
    slope: { places, coefficients: slope === null ? [0, 0, 0] : [-slope / ss, 1 / ss, 0] },
  };
}
