import { DomainError } from "../core/domain-error.ts";
import type { UnitCovariance } from "./unit-covariance.ts";
import { checkMagnitude, checkMagnitudeOrZero } from "./check-magnitude.ts";

/** Units per arm behind the two effect estimates, and how many of them stand behind both. */
export interface SampleSizes {
  readonly nProxy: number;
  /** Units whose macro conversion is known by now; 0 while there are none. */
  readonly nMacro: number;
  readonly nOverlap: number;
}

/** Units of the proxy alone: no macro conversion is looked at. */
export function proxyOnly(n: number): SampleSizes {
  return { nProxy: n, nMacro: 0, nOverlap: 0 };
}

/** The same n units behind both estimates. */
export function sameUnits(n: number): SampleSizes {
  return { nProxy: n, nMacro: n, nOverlap: n };
}

/** Sampling variance of proxyWeight · (estimate on the proxy) + macroWeight · (estimate on the macro metric). */
export function samplingVariance(
  sampling: UnitCovariance,
  { nProxy, nMacro, nOverlap }: SampleSizes,
  proxyWeight: number,
  macroWeight: number,
): number {
  const proxySd = proxyWeight * Math.sqrt(sampling.proxy / nProxy);
  // Without a single matured unit the macro estimate does not exist, and its weight is 0.
  if (macroWeight === 0) return proxySd ** 2;
  const macroSd = macroWeight * Math.sqrt(sampling.macro / nMacro);
  const correlation = sampling.correlation * (nOverlap / Math.sqrt(nProxy * nMacro));
  // Written without a difference that could fall below 0.
  const along = proxySd + correlation * macroSd;
  return along ** 2 + macroSd ** 2 * (1 - correlation) * (1 + correlation);
}

/** Sample sizes as a caller says them: `n` for both metrics, or each on its own. */
export interface SampleSizesInput {
  /** Units per arm of both metrics, above 0. */
  readonly n?: number | undefined;
  /** Units per arm whose proxy is known, above 0; `n` unless said. */
  readonly nProxy?: number | undefined;
  /** Units per arm whose macro conversion is known (matured), 0 or more; `n` unless said. */
  readonly nMacro?: number | undefined;
  /** Units per arm that stand behind both estimates; the smaller of the two unless said. */
  readonly nOverlap?: number | undefined;
}

/**
 * Completes sample sizes and checks them.
 *
 * @throws {DomainError} for a missing or impossible number of units
 */
export function sampleSizes(input: SampleSizesInput): SampleSizes {
  if (input.n !== undefined) checkMagnitude("n", input.n);
  const nProxy = (input.nProxy ?? input.n) as number;
  const nMacro = (input.nMacro ?? input.n) as number;
  checkMagnitude("nProxy", nProxy);
  checkMagnitudeOrZero("nMacro", nMacro);
  const most = Math.min(nProxy, nMacro);
  const nOverlap = input.nOverlap ?? most;
  checkMagnitudeOrZero("nOverlap", nOverlap);
  if (nOverlap > most) {
    throw new DomainError("nOverlap", nOverlap, `must be at most the smaller of nProxy and nMacro, ${most}`);
  }
  return { nProxy, nMacro, nOverlap };
}
