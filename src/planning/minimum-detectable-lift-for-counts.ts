import { checkObject } from "../core/checks.ts";
import { checkedCountMetric, type CountMetric, type CountMetricOptions } from "./count-effect.ts";
import {
  checkedCountTest,
  COUNT_ASSUMPTIONS,
  type CountTest,
  fewEvents,
  smallestCountDifference,
} from "./count-test.ts";
import { type DetectableEffect, type DetectableEffectOptions, solveEffect } from "./detectable-effect.ts";

export interface DetectableCountLiftOptions extends DetectableEffectOptions, CountMetricOptions {
  /** The test that will be used; `score` unless said. */
  readonly test?: CountTest | undefined;
}

/** The smallest effect on a rate of events that a test detects with the power asked for. */
export interface DetectableCountLift
  extends DetectableEffect<"count-minimum-detectable-effect">, CountMetric {
  readonly method: CountTest;
  readonly treatmentRate: number | null;
}

/**
 * The smallest lift of events per unit, such as orders per user, that a test detects with the power asked for at a given
 * size.
 *
 * H0: the two rates of events are equal. H1: they differ by the lift returned. The variance under H1 is that of the
 * lifted rate, so that an increase and a decrease have different answers.
 *
 * @param options.baseline - events per unit (and unit of exposure) in the control arm, above 0
 * @param options.exposure - of each unit, such as weeks, above 0; 1 unless said
 * @param options.dispersion - variance of a unit's events over their mean, above 0; 1 (Poisson) unless said
 * @param options.n - units of the control arm, above 0 (fractions allowed); or `control` and `treatment`
 * @param options.allocation - treatment n over control n, above 0, beside `n`; 1 unless said
 * @param options.control - units of the control arm, together with `treatment` and instead of `n`
 * @param options.treatment - units of the treatment arm
 * @param options.alpha - type I error, in (0, 1); 0.05 unless said
 * @param options.power - in (0, 1) and above the type I error in the tail of the effect; 0.8 unless said
 * @param options.alternative - two-sided unless said
 * @param options.direction - `up` for an increase, `down` for a decrease; unless said, the side of the alternative, and
 *   `up` where it has none
 * @param options.test - `score` (pooled, the default), `wald` (a rate for each arm) or `log` (of the ratio)
 * @param options.treatments - treatments compared with the one control, a whole number of at least 1; 1 unless said
 * @param options.adjustment - how alpha is kept over them: `bonferroni` unless said, `dunnett` or `none`
 * @param options.varianceReduction - `{ covariateCorrelation }` (CUPED) or `{ explainedVariance }` (strata)
 * @param options.clusters - `{ size, intraclassCorrelation, sizeVariation }` where whole clusters are assigned
 * @returns lift, difference and treatment rate; null with the status `undetermined` where even the largest effect is not
 *   detected, or where the alternative looks the other way
 * @throws {DomainError} for a baseline, an exposure or a dispersion outside 1e-60 to 1e60, or a bad size or option
 * @example
 * ```ts
 * import { minimumDetectableLiftForCounts } from "microlift";
 * minimumDetectableLiftForCounts({ baseline: 2.3, dispersion: 2.2, n: 15_000 }).lift; // 0.0319
 * ```
 * Source: Gu, Ng, Tang and Schucany (2008) for Poisson counts; Zhu and Lakkis (2014) for dispersed ones.
 */
export function minimumDetectableLiftForCounts(options: DetectableCountLiftOptions): DetectableCountLift {
  checkObject("options", options);
  const metric = checkedCountMetric(options);
  const method = checkedCountTest(options.test);
  const { difference, echo, warnings } = solveEffect(
    (search) => smallestCountDifference(method, metric, search),
    options,
  );
  const common = { kind: "count-minimum-detectable-effect", method, ...echo, ...metric } as const;
  const assumptions = [...COUNT_ASSUMPTIONS];
  if (difference === null) {
    return { ...common, treatmentRate: null, difference, lift: null, warnings, assumptions };
  }
  const effect = {
    treatmentRate: metric.baseline + difference,
    difference,
    lift: difference / metric.baseline,
  };
  return { ...common, ...effect, warnings: fewEvents({ ...metric, ...effect }, echo), assumptions };
}
