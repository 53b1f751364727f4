import { planExperiment, type PlannedExperiment } from "../../../src/experiment/plan-experiment.ts";
import type { ExperimentPlan } from "../../../src/experiment/experiment-plan.ts";
import type { ProxyPlan } from "../../../src/experiment/plan-proxies.ts";
import {
  type DurationTable,
  durationTable,
  type DurationTableOptions,
} from "../../../src/planning/duration-table.ts";
import { type DetectableLift, minimumDetectableLift } from "../../../src/planning/minimum-detectable-lift.ts";
import { type PowerCurveByDay, powerCurveByDay } from "../../../src/planning/power-curve-by-day.ts";
import { type DecisionSpeedup, decisionSpeedup } from "../../../src/proxy/decision-speedup.ts";
import { type SpeedupCurve, speedupCurve } from "../../../src/proxy/speedup-curve.ts";
import { unitCovariance } from "../../../src/proxy/unit-covariance.ts";
import type { PlannerInput } from "./fields.ts";
import { macroMetric, microMetric, planDocument } from "./plan-document.ts";

/** What a test of so many weeks would see; null while nobody's conversions are final. */
export interface DetectableAfter {
  readonly weeks: number;
  readonly macro: DetectableLift | null;
  readonly micro: DetectableLift | null;
}

/** Everything that the page shows. */
export interface WorkedOut {
  readonly input: PlannerInput;
  readonly document: ExperimentPlan;
  readonly plan: PlannedExperiment;
  /** What sales and the micro conversion need, both under the same errors. */
  readonly table: DurationTable;
  readonly proxy: ProxyPlan;
  /** At the units of the proxy's test; null where nobody said how true effects go together, or it has no size. */
  readonly decision: DecisionSpeedup | null;
  /** What a decision is worth at other sizes; null with `decision`. */
  readonly speedups: SpeedupCurve | null;
  readonly detectable: readonly DetectableAfter[];
  /** Power of both metrics, on the days until both tests end. */
  readonly powerByDay: PowerCurveByDay;
}

const WEEKS: readonly number[] = [2, 4, 8];
const DAYS_PER_WEEK = 7;

/**
 * Works out a plan, by the functions that `microlift plan` has.
 *
 * @throws {DomainError} where entries contradict each other
 */
export function workOut(input: PlannerInput): WorkedOut {
  const document = planDocument(input);
  const plan = planExperiment(document);
  const proxy = plan.proxies[0]!;
  const options = tableOptions(input);
  const table = durationTable({ ...options, powerAtDays: WEEKS.map((weeks) => weeks * DAYS_PER_WEEK) });
  return {
    input,
    document,
    plan,
    table,
    proxy,
    ...decisionsOf(input, plan, proxy),
    detectable: detectableOf(input, table),
    powerByDay: powerCurveByDay({ ...options, upToDays: lastShownDay(table) }),
  };
}

function decisionsOf(
  { microRate, baseline: macroRate, nested, microLift, lift: macroLift, allocation }: PlannerInput,
  { alphaPerTreatment: alpha, powerPerTest: power, alternative }: PlannedExperiment,
  { detection: { decision } }: ProxyPlan,
): Pick<WorkedOut, "decision" | "speedups"> {
  const { effects, n } = decision;
  if (effects === null || n === null || n === Infinity) return { decision: null, speedups: null };
  const rates = { microRate, macroRate, nested };
  const sampling = unitCovariance(rates);
  const planned = { ...rates, microLift, macroLift, allocation, alpha, power, alternative };
  return {
    decision: decisionSpeedup({ effects, sampling, n }),
    speedups: speedupCurve({ effects, sampling, n, planned }),
  };
}

function tableOptions(input: PlannerInput): DurationTableOptions {
  const { totalUnitsPerDay, treatments, allocation, alpha, power, alternative } = input;
  return {
    metrics: [macroMetric(input), microMetric(input)],
    totalUnitsPerDay,
    treatments,
    allocation,
    alpha,
    power,
    alternative,
  };
}

function detectableOf(input: PlannerInput, { rows: [macro, micro] }: DurationTable): DetectableAfter[] {
  const { treatments, allocation, alpha, power, alternative } = input;
  const at = (baseline: number, n: number): DetectableLift | null =>
    n > 0 ? minimumDetectableLift({ baseline, n, treatments, allocation, alpha, power, alternative }) : null;
  return WEEKS.map((weeks, i) => ({
    weeks,
    macro: at(input.baseline, macro!.powerByDay[i]!.n),
    micro: at(input.microRate, micro!.powerByDay[i]!.n),
  }));
}

const LONGEST_SHOWN_DAYS = 182;

/** Where the power curve ends: when the longer of the two tests does, after two weeks at least, after half a year at most. */
function lastShownDay({ rows }: DurationTable): number {
  const ends = rows.map(({ wholeWeeks }) => wholeWeeks * DAYS_PER_WEEK);
  return Math.min(Math.max(2 * DAYS_PER_WEEK, ...ends), LONGEST_SHOWN_DAYS);
}
