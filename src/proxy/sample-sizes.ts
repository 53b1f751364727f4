import type { UnitCovariance } from "./unit-covariance.ts";

/** Units per arm behind the two effect estimates, and how many of them stand behind both. */
export interface SampleSizes {
  readonly nProxy: number;
  /** Units whose macro conversion is known by now; 0 while there are none. */
  readonly nMacro: number;
  readonly nOverlap: number;
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
