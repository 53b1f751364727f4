import { type Alternative, checkAlternative } from "../core/alternative.ts";
import { checkObject, checkOneOf, checkOpenUnit, checkPositive } from "../core/checks.ts";
import { DEFAULT_ALPHA } from "../core/defaults.ts";
import { DomainError } from "../core/domain-error.ts";
import { normalUpperQuantile } from "../numerics/normal.ts";
import { designedRule, type GroupSequentialMonitoring } from "./designed-rule.ts";
import { type Mixture, mixtureCriticalValue } from "./mixture.ts";
import { ONE_SIDED_ASYMPTOTIC_MIXTURE } from "./one-sided-asymptotic-mixture.ts";
import { ONE_SIDED_MIXTURE } from "./one-sided-mixture.ts";
import type { Bounds } from "./run-experiments.ts";
import { TWO_SIDED_MIXTURE } from "./two-sided-mixture.ts";

/** How an experiment is watched, and when one may stop. */
export type Monitoring =
  FixedHorizonMonitoring | PeekingMonitoring | GroupSequentialMonitoring | AlwaysValidMonitoring;

/** One look, at the horizon. */
export interface FixedHorizonMonitoring {
  readonly method: "fixed-horizon";
}

/** The fixed test at every look, as if it were the only one: wrong, and here to show what it costs. */
export interface PeekingMonitoring {
  readonly method: "naive-peeking";
}

/** A mixture sequential probability ratio test, or an asymptotic confidence sequence, at every look. */
export interface AlwaysValidMonitoring {
  readonly method: "normal-mixture" | "asymptotic";
  /** Units of the control arm at which the confidence sequence is tightest; those of the horizon unless said. */
  readonly tightestN?: number | undefined;
  /** Variance of the differences that one expects, above 0; instead of `tightestN`. */
  readonly mixtureVariance?: number | undefined;
}

export type MonitoringMethod = Monitoring["method"];

/** When one looks, and where one stops. */
export interface MonitoringRule {
  readonly alpha: number;
  readonly alternative: Alternative;
  /** Whether it holds at any number of looks. */
  readonly isAlwaysValid: boolean;
  /** Looks by the information they have, as a share of that at the horizon; null where one looks by the calendar. */
  readonly informationRates: readonly number[] | null;
  /**
   * Critical z of each look.
   *
   * @param units - of the control arm at each look; the last are those at the horizon
   * @param unitVariance - variance of the estimated difference times those units
   */
  bounds(units: readonly number[], unitVariance: number): Bounds;
}

const METHODS: readonly MonitoringMethod[] = [
  "fixed-horizon",
  "naive-peeking",
  "group-sequential",
  "normal-mixture",
  "asymptotic",
];

/** The rule that a monitoring stands for, checked. */
export function monitoringRule(monitoring: Monitoring, { alpha, alternative }: LevelOptions): MonitoringRule {
  checkObject("monitoring", monitoring);
  checkOneOf("monitoring.method", monitoring.method, METHODS);
  if (alpha !== undefined) checkOpenUnit("alpha", alpha);
  if (alternative !== undefined) checkAlternative("alternative", alternative);
  if (monitoring.method === "group-sequential") return designedRule(monitoring, alpha, alternative);
  const level: Level = { alpha: alpha ?? DEFAULT_ALPHA, alternative: alternative ?? "two-sided" };
  const isAlwaysValid = monitoring.method === "normal-mixture" || monitoring.method === "asymptotic";
  const critical = isAlwaysValid ? mixtureCritical(monitoring, level) : fixedCritical(level);
  return {
    ...level,
    isAlwaysValid,
    informationRates: monitoring.method === "fixed-horizon" ? [1] : null,
    bounds(units, unitVariance) {
      const values = units.map((n) => critical(n, units.at(-1)!, unitVariance));
      const none = Infinity;
      return {
        upper: level.alternative === "less" ? values.map(() => none) : values,
        lower: values.map((z) => (level.alternative === "greater" ? -none : -z)),
      };
    },
  };
}

interface Level {
  readonly alpha: number;
  readonly alternative: Alternative;
}

/** The same as a caller may leave it out. */
type LevelOptions = { readonly [Part in keyof Level]?: Level[Part] | undefined };

/** Critical |z| of a look. */
type Critical = (units: number, maximalUnits: number, unitVariance: number) => number;

function fixedCritical({ alpha, alternative }: Level): Critical {
  const z = normalUpperQuantile(alternative === "two-sided" ? alpha / 2 : alpha);
  return () => z;
}

function mixtureCritical(
  { method, tightestN, mixtureVariance }: AlwaysValidMonitoring,
  { alpha, alternative }: Level,
): Critical {
  const mixture = mixtureOf(method, alternative);
  if (mixtureVariance !== undefined) {
    checkPositive("monitoring.mixtureVariance", mixtureVariance);
    if (tightestN !== undefined) {
      throw new DomainError(
        "monitoring.tightestN",
        tightestN,
        "must be left out where monitoring.mixtureVariance is given",
      );
    }
    return (units, _, unitVariance) =>
      mixtureCriticalValue(mixture, (mixtureVariance / unitVariance) * units, alpha);
  }
  if (tightestN !== undefined) checkPositive("monitoring.tightestN", tightestN);
  const ratio = mixture.tightestRatio(alpha);
  return (units, maximalUnits) =>
    mixtureCriticalValue(mixture, ratio * (units / (tightestN ?? maximalUnits)), alpha);
}

/** Two-sided the two methods are one; they differ in what they take for the size of a one-sided effect. */
function mixtureOf(method: AlwaysValidMonitoring["method"], alternative: Alternative): Mixture {
  if (alternative === "two-sided") return TWO_SIDED_MIXTURE;
  return method === "asymptotic" ? ONE_SIDED_ASYMPTOTIC_MIXTURE : ONE_SIDED_MIXTURE;
}
