import { DomainError } from "../core/domain-error.ts";
import {
  checkJointCounts,
  type JointCounts,
  jointN,
  macroProportion,
  microProportion,
} from "../summaries/joint-counts.ts";
import { checkProportion, type Proportion } from "../summaries/proportion.ts";
import type { EffectScale } from "./effect-covariance.ts";
import { jointSampling } from "./joint-sampling.ts";
import { harmonicMean } from "../models/harmonic-mean.ts";
import { pooledTable } from "./pooled-table.ts";
import { rateEffect } from "./rate-effect.ts";
import type { SampleSizes } from "./sample-sizes.ts";
import type { UnitCovariance } from "./unit-covariance.ts";

/** The counts of one experiment on proxy and macro metric. */
export interface ExperimentCounts {
  /** Joint counts of the units whose macro conversion is known by now (matured). */
  readonly control: JointCounts;
  readonly treatment: JointCounts;
  /** Counts of the proxy over all units, those that have yet to mature included; the matured ones unless said. */
  readonly micro?: { readonly control: Proportion; readonly treatment: Proportion } | undefined;
}

/** Both effects on one scale, with the units and the sampling covariance behind them. */
export interface EffectsAtHand {
  readonly proxyEffect: number;
  /** Null where the macro counts give no effect on this scale yet: then nMacro is 0. */
  readonly macroEffect: number | null;
  readonly sizes: SampleSizes;
  readonly sampling: UnitCovariance;
}

/**
 * Estimates both effects on a scale. While an arm has no macro conversion its log lift is infinite: then the macro
 * estimate is left out, and only its sampling variance is taken, from both arms together.
 *
 * @throws {DomainError} for broken counts, or an arm without a micro conversion on the log-lift scale
 */
export function observeEffects(counts: ExperimentCounts, scale: EffectScale): EffectsAtHand {
  const { control, treatment } = counts;
  checkJointCounts("control", control);
  checkJointCounts("treatment", treatment);
  const matured = { control: microProportion(control), treatment: microProportion(treatment) };
  const micro = counts.micro ?? matured;
  for (const arm of ["control", "treatment"] as const) {
    checkProportion(`micro.${arm}`, micro[arm]);
    if (micro[arm].n < matured[arm].n || micro[arm].conversions < matured[arm].conversions) {
      throw new DomainError(`micro.${arm}`, micro[arm], `must include the matured units of ${arm}`);
    }
    if (scale === "log-lift" && matured[arm].conversions === 0) {
      throw new DomainError(arm, counts[arm], "must count at least one micro conversion");
    }
  }
  const own = jointSampling(control, treatment, scale);
  const pooled = pooledTable({ control, treatment });
  const sampling = own ?? jointSampling(pooled, pooled, scale);
  if (sampling === null) {
    throw new DomainError(
      "control",
      control,
      "must, with the treatment, count both kinds of outcome on both metrics",
    );
  }
  const nProxy = harmonicMean(micro.control.n, micro.treatment.n);
  const nMacro = own === null ? 0 : harmonicMean(jointN(control), jointN(treatment));
  const macro = { control: macroProportion(control), treatment: macroProportion(treatment) };
  return {
    proxyEffect: rateEffect(micro.control, micro.treatment, scale),
    macroEffect: own === null ? null : rateEffect(macro.control, macro.treatment, scale),
    sizes: { nProxy, nMacro, nOverlap: Math.min(nProxy, nMacro) },
    sampling: { scale, proxy: sampling.proxy, macro: sampling.macro, correlation: sampling.correlation },
  };
}
