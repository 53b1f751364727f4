import { DomainError } from "../core/domain-error.ts";
import type { Matrix } from "../numerics/matrix.ts";
import { checkMagnitude, checkMagnitudeOrZero } from "./check-magnitude.ts";

/** Units per arm behind each estimate, and behind each two of them; the macro metric last. */
export interface JointSampleSizes {
  readonly nProxies: readonly number[];
  /** Units whose macro conversion is known by now; 0 while there are none. */
  readonly nMacro: number;
  readonly nOverlap: Matrix;
}

/** Sample sizes of several proxies as a caller says them: `n` for all metrics, or each on its own. */
export interface JointSampleSizesInput {
  /** Units per arm of all metrics, above 0. */
  readonly n?: number | undefined;
  /** Units per arm whose proxy is known, above 0, one number a proxy; `n` unless said. */
  readonly nProxies?: readonly number[] | undefined;
  /** Units per arm whose macro conversion is known (matured), 0 or more; `n` unless said. */
  readonly nMacro?: number | undefined;
  /**
   * Units per arm that stand behind each two estimates, the macro metric last and the numbers themselves on the diagonal;
   * the smaller of the two unless said, as it is when units mature one after the other.
   */
  readonly nOverlap?: Matrix | undefined;
}

/**
 * Completes the sample sizes of several proxies and checks them.
 *
 * @throws {DomainError} for a missing or impossible number of units
 */
export function jointSampleSizes(input: JointSampleSizesInput, proxies: number): JointSampleSizes {
  if (input.n !== undefined) checkMagnitude("n", input.n);
  const nProxies = input.nProxies ?? Array.from({ length: proxies }, () => input.n as number);
  if (!Array.isArray(nProxies) || nProxies.length !== proxies) {
    throw new DomainError("nProxies", nProxies, `must be a list of ${proxies} numbers of units, one a proxy`);
  }
  nProxies.forEach((n: number, i) => checkMagnitude(`nProxies[${i}]`, n));
  const nMacro = (input.nMacro ?? input.n) as number;
  checkMagnitudeOrZero("nMacro", nMacro);
  const sizes = [...nProxies, nMacro];
  const most = sizes.map((n) => sizes.map((m) => Math.min(n, m)));
  if (input.nOverlap !== undefined) checkOverlap(input.nOverlap, most);
  return { nProxies, nMacro, nOverlap: input.nOverlap ?? most };
}

function checkOverlap(overlap: Matrix, most: Matrix): void {
  if (!Array.isArray(overlap) || overlap.length !== most.length) {
    throw new DomainError("nOverlap", overlap, `must be a matrix over ${most.length} metrics`);
  }
  most.forEach((row, i) => {
    const own = overlap[i] as readonly number[];
    if (!Array.isArray(own) || own.length !== row.length) {
      throw new DomainError(`nOverlap[${i}]`, own, `must be a list of ${row.length} numbers of units`);
    }
    row.forEach((limit, j) => {
      const field = `nOverlap[${i}][${j}]`;
      const n = own[j] as number;
      checkMagnitudeOrZero(field, n);
      if (n > limit) throw new DomainError(field, n, `must be at most the smaller of the two n, ${limit}`);
      if (i === j && n !== limit) throw new DomainError(field, n, `must be the n of this metric, ${limit}`);
      if (j < i && n !== overlap[j]![i]) {
        throw new DomainError(field, n, `must equal its mirror image ${overlap[j]![i]}`);
      }
    });
  });
}
