import { planExperiment, type PlannedExperiment } from "../../../src/experiment/plan-experiment.ts";
import type { ExperimentPlan } from "../../../src/experiment/experiment-plan.ts";
import type { ProxyPlan } from "../../../src/experiment/plan-proxies.ts";
import { type DurationTableOptions, durationTable } from "../../../src/planning/duration-table.ts";
import { type DetectableLift, minimumDetectableLift } from "../../../src/planning/minimum-detectable-lift.ts";
import { type PowerCurveByDay, powerCurveByDay } from "../../../src/planning/power-curve-by-day.ts";
import { type DecisionSpeedup, decisionSpeedup } from "../../../src/proxy/decision-speedup.ts";
import { unitCovariance } from "../../../src/proxy/unit-covariance.ts";
import type { PlannerInput } from "./fields.ts";
import { planDocument } from "./plan-document.ts";

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
  readonly proxy: ProxyPlan;
  /** At the units of the proxy's test; null where nobody said how true effects go together, or it has no size. */
  readonly decision: DecisionSpeedup | null;
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
  return {
    input,
    document,
    plan,
    proxy,
    decision: decisionOf(input, proxy),
    detectable: detectableOf(input),
    powerByDay: powerCurveByDay({ ...tableOptions(input), upToDays: lastShownDay(plan) }),
  };
}

function decisionOf(
  { microRate, baseline: macroRate, nested }: PlannerInput,
  { detection: { decision } }: ProxyPlan,
): DecisionSpeedup | null {
  const { effects, n } = decision;
  if (effects === null || n === null || !(n > 0 && n < Infinity)) return null;
  return decisionSpeedup({ effects, sampling: unitCovariance({ microRate, macroRate, nested }), n });
}

function tableOptions(input: PlannerInput): DurationTableOptions {
  const { totalUnitsPerDay, treatments, allocation, alpha, power, alternative } = input;
  return {
    metrics: [
      {
        name: input.macro,
        role: "macro",
        kind: "proportion",
        baseline: input.baseline,
        lift: input.lift,
        attributionDays: input.attributionDays,
      },
      {
        name: input.micro,
        role: "proxy",
        kind: "proportion",
        baseline: input.microRate,
        lift: input.microLift,
      },
    ],
    totalUnitsPerDay,
    treatments,
    allocation,
    alpha,
    power,
    alternative,
  };
}

function detectableOf(input: PlannerInput): DetectableAfter[] {
  const [macro, micro] = durationTable({
    ...tableOptions(input),
    powerAtDays: WEEKS.map((weeks) => weeks * DAYS_PER_WEEK),
  }).rows;
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
function lastShownDay({ metrics }: PlannedExperiment): number {
  const ends = metrics.map(({ duration }) => duration!.wholeWeeks * DAYS_PER_WEEK);
  return Math.min(Math.max(2 * DAYS_PER_WEEK, ...ends), LONGEST_SHOWN_DAYS);
}
