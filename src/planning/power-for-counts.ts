import { checkObject } from "../core/checks.ts";
import { type CountEffect, countEffect, type CountEffectOptions } from "./count-effect.ts";
import {
  checkedCountTest,
  COUNT_ASSUMPTIONS,
  type CountTest,
  fewEvents,
  normalCountTest,
} from "./count-test.ts";
import { plannedNormalTest } from "./normal-test.ts";
import { type Power, type PowerOptions, solvePower } from "./power.ts";

export interface CountPowerOptions extends CountEffectOptions, PowerOptions {
  /** The test that will be used; `score` unless said. */
  readonly test?: CountTest | undefined;
}

/** How probably a test of two rates of events detects an effect. */
export interface CountPower extends Power<"count-power">, CountEffect {
  readonly method: CountTest;
}

/**
 * How probably a test of events per unit, such as orders per user, detects a planned effect at a given size.
 *
 * H0: the two rates of events are equal. H1: they differ by the planned effect. The test is that of `compareCounts`, for
 * Poisson counts or with their dispersion.
 *
 * @param options.baseline - events per unit (and unit of exposure) in the control arm, above 0
 * @param options.exposure - of each unit, such as weeks, above 0; 1 unless said
 * @param options.dispersion - variance of a unit's events over their mean, above 0; 1 (Poisson) unless said
 * @param options.lift - treatment rate / control rate − 1, above −1; or `difference`, and exactly one of the two
 * @param options.difference - treatment rate − control rate
 * @param options.n - units of the control arm, above 0 (fractions allowed); or `control` and `treatment`
 * @param options.allocation - treatment n over control n, above 0, beside `n`; 1 unless said
 * @param options.control - units of the control arm, together with `treatment` and instead of `n`
 * @param options.treatment - units of the treatment arm
 * @param options.alpha - type I error, in (0, 1); 0.05 unless said
 * @param options.alternative - two-sided unless said
 * @param options.test - `score` (pooled, the default), `wald` (a rate for each arm) or `log` (of the ratio)
 * @param options.treatments - treatments compared with the one control, a whole number of at least 1; 1 unless said
 * @param options.adjustment - how alpha is kept over them: `bonferroni` unless said, `dunnett` or `none`
 * @param options.varianceReduction - `{ covariateCorrelation }` (CUPED) or `{ explainedVariance }` (strata)
 * @param options.clusters - `{ size, intraclassCorrelation, sizeVariation }` where whole clusters are assigned
 * @returns the power in the near tail, and the probability of rejecting in the far one, which is no success
 * @throws {DomainError} for rates, an exposure or a dispersion outside 1e-60 to 1e60, or a bad size
 * @example
 * ```ts
 * import { powerForCounts } from "microlift";
 * powerForCounts({ baseline: 2.3, lift: 0.03, dispersion: 2.2, n: 15_000 }).power; // 0.7507
 * ```
 * Source: Gu, Ng, Tang and Schucany (2008) for Poisson counts; Zhu and Lakkis (2014) for dispersed ones.
 */
export function powerForCounts(options: CountPowerOptions): CountPower {
  checkObject("options", options);
  const effect = countEffect(options);
  const method = checkedCountTest(options.test);
  const power = solvePower(
    (allocation) => plannedNormalTest(normalCountTest(method, effect, allocation)),
    options,
  );
  return {
    kind: "count-power",
    method,
    ...power,
    ...effect,
    warnings: fewEvents(effect, power),
    assumptions: [...COUNT_ASSUMPTIONS],
  };
}
