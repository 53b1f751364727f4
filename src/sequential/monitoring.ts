import { type Alternative, checkAlternative } from "../core/alternative.ts";
import { checkObject, checkOneOf, checkOpenUnit } from "../core/checks.ts";
import { DEFAULT_ALPHA } from "../core/defaults.ts";
import { normalUpperQuantile } from "../numerics/normal.ts";
import { designedRule, type GroupSequentialMonitoring } from "./designed-rule.ts";
import { mixtureCriticalValue } from "./mixture.ts";
import { type MixtureMethod, mixtureOf } from "./mixture-method.ts";
import { checkedTuning, mixtureRatio, type MixtureTuningOptions } from "./mixture-tuning.ts";
import type { Bounds } from "./run-experiments.ts";

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

/** An always-valid test at every look, as `alwaysValidPValue` does it. */
export interface AlwaysValidMonitoring extends MixtureTuningOptions {
  readonly method: MixtureMethod;
}

/** A way of looking, by its name. */
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
   * @param units - of the control arm at each look
   * @param standardErrors - of the estimated difference at each look
   */
  bounds(units: readonly number[], standardErrors: readonly number[]): Bounds;
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
  const criticalOf = isAlwaysValid ? mixtureCritical(monitoring, level) : fixedCritical(level);
  return {
    ...level,
    isAlwaysValid,
    informationRates: monitoring.method === "fixed-horizon" ? [1] : null,
    bounds(units, standardErrors) {
      const critical = units.map((n, look) => criticalOf(n, standardErrors[look]!));
      return {
        upper: critical.map((z) => (level.alternative === "less" ? Infinity : z)),
        lower: critical.map((z) => (level.alternative === "greater" ? -Infinity : -z)),
        inner: critical.map(() => -Infinity),
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
type Critical = (units: number, standardError: number) => number;

function fixedCritical({ alpha, alternative }: Level): Critical {
  const z = normalUpperQuantile(alternative === "two-sided" ? alpha / 2 : alpha);
  return () => z;
}

/** As `alwaysValidPValue` finds it, with the variance that it expects to see. */
function mixtureCritical(monitoring: AlwaysValidMonitoring, { alpha, alternative }: Level): Critical {
  const tuning = checkedTuning(monitoring, "monitoring.");
  const mixture = mixtureOf(monitoring.method, alternative);
  const tightestRatio = mixture.tightestRatio(alpha);
  return (units, standardError) =>
    mixtureCriticalValue(mixture, mixtureRatio(tuning, tightestRatio, units, standardError), alpha);
}
