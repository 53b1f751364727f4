import { checkCorrelation, checkObject, checkOpenUnit } from "../core/checks.ts";
import { DomainError } from "../core/domain-error.ts";
import type { Result } from "../core/result.ts";
import type { JointCounts } from "../summaries/joint-counts.ts";
import { checkJointCounts } from "../summaries/joint-counts.ts";
import { correlationFromRates } from "./correlation-from-rates.ts";
import { checkEffectScale, type EffectScale } from "./effect-covariance.ts";
import { jointSampling } from "./joint-sampling.ts";
import { checkMagnitude } from "./check-magnitude.ts";

/**
 * The sampling covariance of the two effect estimates of an experiment, times n per arm: what is left to chance, where
 * an `EffectCovariance` is what the changes truly do. On the difference scale two equal arms at rate m have
 * proxy = 2 m (1 − m); on the log-lift scale 2 (1 − m) / m.
 */
export interface UnitCovariance {
  /** Scale of the effects; the scale of the effect covariance beside it unless said. */
  readonly scale?: EffectScale | undefined;
  /** n times the sampling variance of the effect on the proxy, above 0. */
  readonly proxy: number;
  /** n times the sampling variance of the effect on the macro metric, above 0. */
  readonly macro: number;
  /** Sampling correlation of the two estimates, in [−1, 1]: the correlation of the two metrics between users. */
  readonly correlation: number;
  /** Where the correlation is not known: what it may be. Decisions on both metrics then report the worst case. */
  readonly correlationRange?: CorrelationRange | undefined;
}

/** From the lowest to the highest correlation that is possible. */
export interface CorrelationRange {
  readonly lower: number;
  readonly upper: number;
}

/** A unit covariance with how it was made. */
export interface UnitCovarianceResult extends Result<"unit-covariance"> {
  readonly scale: EffectScale;
  readonly proxy: number;
  readonly macro: number;
  readonly correlation: number;
  /** A single point where the correlation is known. */
  readonly correlationRange: CorrelationRange;
  /**
   * Harmonic mean of the two arms' n: the sampling covariance of this very experiment is the unit covariance over it.
   * Null without counts of two arms.
   */
  readonly n: number | null;
}

/** From counts: each arm's micro × macro table; without a treatment, two arms like the control are planned. */
export interface UnitCovarianceFromCounts {
  readonly control: JointCounts;
  readonly treatment?: JointCounts | undefined;
  /** `log-lift` unless said. */
  readonly scale?: EffectScale | undefined;
}

/** From rates, for two equal arms that are planned at them. */
export interface UnitCovarianceFromRates {
  /** Rate of the micro conversion, in (0, 1). */
  readonly microRate: number;
  /** Rate of the macro conversion, in (0, 1); below `microRate` in a nested funnel. */
  readonly macroRate: number;
  /** Whether every buyer went through the micro conversion; false unless said. */
  readonly nested?: boolean | undefined;
  /** Share of the micro converters that convert in full, in [0, 1]; leave it out when nested or not known. */
  readonly macroGivenMicro?: number | undefined;
  /** `log-lift` unless said. */
  readonly scale?: EffectScale | undefined;
}

/**
 * The sampling covariance of the effects on proxy and macro metric, times n per arm, from what one knows: the joint
 * table of one arm or both, or rates with how they overlap.
 *
 * Rates alone leave the correlation open. Then `correlationRange` holds the Fréchet bounds and `correlation` the upper
 * one: wherever the proxy is worth anything by itself (rho above `sqrt(k_proxy / k_macro)`) two estimates say less
 * together the more they repeat each other, up to the point where the lesser of them adds nothing.
 *
 * @param input - joint counts, or rates in (0, 1)
 * @returns the covariance, with `correlationRange` and, for two arms, the `n` that gives this experiment's own
 * @throws {DomainError} for broken counts, rates that vary not at all, rates that contradict each other, or a micro
 *   rate that is not above the macro rate in a nested funnel
 * @example
 * ```ts
 * import { unitCovariance } from "microlift";
 * unitCovariance({ microRate: 0.1, macroRate: 0.02, nested: true }).correlation; // 0.42857142857142855
 * ```
 * Source: the multinomial covariance of two margins of one table; Fréchet (1951) for the bounds.
 */
export function unitCovariance(
  input: UnitCovarianceFromCounts | UnitCovarianceFromRates,
): UnitCovarianceResult {
  checkObject("input", input);
  const scale = input.scale ?? "log-lift";
  checkEffectScale("scale", scale);
  if ("control" in input) return fromCounts(input, scale);
  if ("neither" in input) {
    throw new DomainError(
      "control",
      undefined,
      "must hold the joint counts: { control, treatment? }, or rates",
    );
  }
  return fromRates(input, scale);
}

function fromCounts(
  { control, treatment }: UnitCovarianceFromCounts,
  scale: EffectScale,
): UnitCovarianceResult {
  checkJointCounts("control", control);
  if (treatment !== undefined) checkJointCounts("treatment", treatment);
  const sampling = jointSampling(control, treatment ?? control, scale);
  if (sampling === null) {
    throw new DomainError(
      treatment === undefined ? "control" : "treatment",
      treatment ?? control,
      `must, with the other arm, leave both effects a variance on the ${scale} scale: units with and without each conversion`,
    );
  }
  const { n, proxy, macro, correlation } = sampling;
  return {
    kind: "unit-covariance",
    method: "joint-counts",
    scale,
    proxy,
    macro,
    correlation,
    correlationRange: { lower: correlation, upper: correlation },
    n: treatment === undefined ? null : n,
    warnings: [],
    assumptions: treatment === undefined ? [ARMS_ALIKE] : [],
  };
}

function fromRates(input: UnitCovarianceFromRates, scale: EffectScale): UnitCovarianceResult {
  const { microRate, macroRate } = input;
  checkOpenUnit("microRate", microRate);
  checkOpenUnit("macroRate", macroRate);
  const unitVariance = (rate: number): number =>
    scale === "log-lift" ? (2 * (1 - rate)) / rate : 2 * rate * (1 - rate);
  const { method, correlation, correlationRange, warnings, assumptions } = correlationFromRates(input);
  return {
    kind: "unit-covariance",
    method,
    scale,
    proxy: unitVariance(microRate),
    macro: unitVariance(macroRate),
    correlation,
    correlationRange,
    n: null,
    warnings,
    assumptions: [ARMS_ALIKE, ...assumptions],
  };
}

const ARMS_ALIKE = "Two arms of equal size, both at the rates of the control.";

/**
 * Checks a unit covariance where it enters a public function.
 *
 * @throws {DomainError} for variances that are not above 0 or a correlation outside [−1, 1]
 */
export function checkUnitCovariance(field: string, value: UnitCovariance): void {
  checkObject(field, value);
  if (value.scale !== undefined) checkEffectScale(`${field}.scale`, value.scale);
  checkMagnitude(`${field}.proxy`, value.proxy);
  checkMagnitude(`${field}.macro`, value.macro);
  checkCorrelation(`${field}.correlation`, value.correlation);
  const range = value.correlationRange;
  if (range === undefined) return;
  checkObject(`${field}.correlationRange`, range);
  checkCorrelation(`${field}.correlationRange.lower`, range.lower);
  checkCorrelation(`${field}.correlationRange.upper`, range.upper);
  if (range.lower > range.upper) {
    throw new DomainError(
      `${field}.correlationRange.lower`,
      range.lower,
      `must be at most upper = ${range.upper}`,
    );
  }
}

interface Scaled {
  readonly scale?: EffectScale | undefined;
}

/**
 * Refuses to mix scales: an effect covariance on one with a sampling covariance on the other.
 *
 * @param owner - path of what both belong to, with its dot
 * @throws {DomainError} when the sampling covariance states another scale than the effects have
 */
export function checkSameScale(effects: Scaled, sampling: Scaled, owner = ""): void {
  const scale = effects.scale ?? "log-lift";
  if (sampling.scale !== undefined && sampling.scale !== scale) {
    const said = effects.scale === undefined ? "is, since it is left out" : "is";
    throw new DomainError(
      `${owner}sampling.scale`,
      sampling.scale,
      `must be "${scale}", as ${owner}effects.scale ${said}`,
    );
  }
}
