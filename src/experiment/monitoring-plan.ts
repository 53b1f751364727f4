import { DAYS_PER_WEEK } from "../models/weekday.ts";
import { wholeUnits } from "../models/whole-units.ts";
import { groupSequentialBoundaries } from "../sequential/group-sequential-boundaries.ts";
import type { GroupSequentialDesign } from "../sequential/group-sequential-design.ts";
import type { ExperimentPlan, PlannedMetric } from "./experiment-plan.ts";
import { metricDuration, planTraffic } from "./plan-calendar.ts";
import type { PlanLevels } from "./plan-levels.ts";
import type { MetricSize } from "./plan-metrics.ts";
import type { PlannedMonitoring } from "./planned-monitoring.ts";
import { expectedAtStop, monitoringLevel, watchedTest, type WatchedTest } from "./watched-test.ts";

/** How the macro metric is watched. */
export interface MonitoringPlan {
  readonly method: PlannedMonitoring["method"];
  /** Largest number of units over that of a test that is read once, for the same power. */
  readonly inflation: number;
  /** Boundaries and errors of a group-sequential design; null for others. */
  readonly design: GroupSequentialDesign | null;
  /** The looks of a group-sequential design; empty for others. */
  readonly looks: readonly PlannedLook[];
  /** What the ways of watching this test cost and save, for the same errors. */
  readonly choices: readonly MonitoringChoice[];
}

/** One look, with its boundaries; z is counted towards the alternative. */
export interface PlannedLook {
  readonly information: number;
  readonly control: number;
  readonly treatment: number;
  /** The day on which the look has its units; null where the plan names no traffic. */
  readonly day: number | null;
  readonly efficacy: number;
  /** The lifts from which the look stops, below and above 0; null where the alternative does not look. */
  readonly lift: { readonly lower: number | null; readonly upper: number | null };
  readonly criticalPValue: number;
  /** Null where there is none. */
  readonly futility: number | null;
  readonly cumulativeAlpha: number;
  readonly cumulativePower: number;
}

/** One way of watching the macro metric, with the planned power. */
export interface MonitoringChoice {
  readonly method: PlannedMonitoring["method"];
  /** Infinity where one may look at any time. */
  readonly looks: number;
  /** Units of the control arm at most, and on average without an effect and with the planned one. */
  readonly units: AtMostAndExpected;
  /** The same in days; null where the plan names no traffic. */
  readonly days: AtMostAndExpected | null;
}

/** At most, and on average with and without the planned effect. */
export interface AtMostAndExpected {
  readonly atMost: number;
  readonly expectedWithoutEffect: number;
  readonly expectedWithEffect: number;
}

export interface MonitoringTerms {
  readonly plan: ExperimentPlan;
  readonly levels: PlanLevels;
  readonly macro: PlannedMetric;
  readonly macroSize: MetricSize;
  readonly watch: WatchedTest;
  /** Units to enrol. */
  readonly n: { readonly control: number };
}

export function monitoringPlan(terms: MonitoringTerms): MonitoringPlan {
  const { watch, macroSize, levels, n } = terms;
  const { method, inflation, design } = watch;
  // Looks are shares of the whole test, which a guardrail or an n set by hand may make larger or smaller.
  const stretch = macroSize.n === Infinity ? 1 : n.control / macroSize.n;
  const largest = macroSize.sampleSize.exact.control * inflation * stretch;
  const lifts = liftsAtBoundaries(terms, largest);
  return {
    method,
    inflation,
    design,
    looks: (design?.looks ?? []).map((look, k) => {
      const control = wholeUnits(largest * look.information);
      return {
        information: look.information,
        control,
        treatment: wholeUnits(control * levels.allocation),
        day: daysOf(terms, control),
        efficacy: look.efficacy,
        lift: lifts[k] ?? { lower: null, upper: null },
        criticalPValue: look.criticalPValue,
        futility: look.futility,
        cumulativeAlpha: look.cumulativeAlpha,
        cumulativePower: look.cumulativePower,
      };
    }),
    choices: macroSize.sampleSize.status === "ok" ? choices(terms) : [],
  };
}

/** The lifts from which each look of a design stops; none where no number of units is enough. */
function liftsAtBoundaries(
  { watch: { design }, macro, macroSize, levels }: MonitoringTerms,
  largest: number,
): readonly PlannedLook["lift"][] {
  if (design === null || largest === Infinity) return [];
  const { looks } = groupSequentialBoundaries({
    design,
    n: largest / macroSize.sampleSize.varianceFactor,
    allocation: levels.allocation,
    baseline: macro.baseline,
    standardDeviation: deviationOf(macro),
  });
  return looks.map(({ efficacy: { lower, upper } }) => ({
    lower: lower?.lift ?? null,
    upper: upper?.lift ?? null,
  }));
}

/** Of a unit; undefined for a rate, which has its own. A count is watched as a level, by the variance of its arms. */
function deviationOf({
  kind,
  baseline,
  standardDeviation,
  dispersion = 1,
}: PlannedMetric): number | undefined {
  return kind === "count" ? Math.sqrt(dispersion * baseline) : standardDeviation;
}

function daysOf({ plan, macro }: MonitoringTerms, n: number): number | null {
  return metricDuration(plan, macro, macro.lift!, n)?.days ?? null;
}

/** Weekly looks, but so few that each has something new to say, and not more than a team will hold. */
const FEWEST_LOOKS = 2;
const MOST_LOOKS = 12;
/** Looks where the plan names no traffic. */
const LOOKS_WITHOUT_CALENDAR = 4;

function choices(terms: MonitoringTerms): MonitoringChoice[] {
  const { watch, levels, macroSize } = terms;
  const level = monitoringLevel(levels);
  const fixed = watchedTest({ method: "fixed-horizon" }, level);
  const days = daysOf(terms, macroSize.sampleSize.control);
  const looks =
    days === null || days === Infinity
      ? LOOKS_WITHOUT_CALENDAR
      : Math.min(MOST_LOOKS, Math.max(FEWEST_LOOKS, Math.round(days / DAYS_PER_WEEK)));
  const weekly = watchedTest({ method: "group-sequential", looks }, level);
  const anyTime = watchedTest({ method: "normal-mixture" }, level);
  const others = [fixed, weekly, anyTime].filter(({ method }) => method !== watch.method);
  return [watch, ...others].map((choice) => chosen(choice, terms));
}

function chosen(watch: WatchedTest, terms: MonitoringTerms): MonitoringChoice {
  const largest = terms.macroSize.sampleSize.exact.control * watch.inflation;
  const summary = (valueAt: (share: number) => number): AtMostAndExpected => ({
    atMost: valueAt(1),
    expectedWithoutEffect: expectedAtStop(watch, "null", valueAt),
    expectedWithEffect: expectedAtStop(watch, "alternative", valueAt),
  });
  return {
    method: watch.method,
    looks: watch.looks,
    units: summary((share) => wholeUnits(largest * share)),
    days:
      planTraffic(terms.plan) === null
        ? null
        : summary((share) => daysOf(terms, wholeUnits(largest * share))!),
  };
}
