import type { MetricKind } from "../core/metric-kind.ts";
import { checkedMarginMetric } from "../planning/margin-metric.ts";
import { metricTest } from "../planning/table-metric.ts";
import type { PlannedMetric } from "./experiment-plan.ts";
import type { Fault } from "./fault.ts";
import { guardrailLift } from "./guardrail-lift.ts";
import { faultsOf } from "./passing.ts";
import { plannedEffectOf } from "./planned-effect-of.ts";

/** Faults of what a plan says of a metric before the test: its level, its spread, and the effect to be seen. */
export function baselineFaults(metric: PlannedMetric): Fault[] {
  const faults = [...liftFaults(metric), ...spreadFaults(metric), ...levelFaults(metric)];
  return faults.length > 0 ? faults : sizeFaults(metric);
}

function liftFaults({ role, lift }: PlannedMetric): Fault[] {
  if ((role === "guardrail") === (lift === undefined)) return [];
  const message =
    lift === undefined
      ? "is needed: the lift that the test shall be able to see"
      : "does not belong to a guardrail, which is planned for its margin";
  return [{ path: ["lift"], message }];
}

const DEVIATION_OF: Readonly<Record<MetricKind, string | null>> = {
  proportion: "that of a proportion follows from its rate",
  mean: null,
  ratio: null,
  count: "that of a count follows from its baseline and its dispersion",
};

function spreadFaults({ kind, standardDeviation, dispersion }: PlannedMetric): Fault[] {
  const faults: Fault[] = [];
  const followsFrom = DEVIATION_OF[kind];
  if (followsFrom === null && standardDeviation === undefined) {
    faults.push({ path: ["standardDeviation"], message: `is needed to plan for a ${kind}` });
  }
  if (followsFrom !== null && standardDeviation !== undefined) {
    faults.push({ path: ["standardDeviation"], message: `belongs to means and ratios; ${followsFrom}` });
  }
  if (kind !== "count" && dispersion !== undefined) {
    faults.push({ path: ["dispersion"], message: "belongs to counts only" });
  }
  return faults;
}

function levelFaults(metric: PlannedMetric): Fault[] {
  const { kind, role, baseline } = metric;
  if (kind !== "proportion") {
    if (baseline > 0) return [];
    return [{ path: ["baseline"], message: "must be above 0, so that a lift has a meaning" }];
  }
  if (!(baseline > 0 && baseline < 1)) {
    return [{ path: ["baseline"], message: "must lie strictly between 0 and 1" }];
  }
  const [field, change] =
    role === "guardrail"
      ? (["margin", guardrailLift(metric)] as const)
      : (["lift", metric.lift ?? 0] as const);
  const treated = baseline * (1 + change);
  if (treated > 0 && treated < 1) return [];
  const message = `must leave the rate between 0 and 1; ${baseline} would become ${treated}`;
  return [{ path: [field], message }];
}

/** Numbers of no metric, as the planning itself says it. */
function sizeFaults(metric: PlannedMetric): Fault[] {
  const { role, kind, baseline, standardDeviation, dispersion } = metric;
  return faultsOf(() =>
    role === "guardrail"
      ? checkedMarginMetric({ metric: kind, scale: "lift", baseline, standardDeviation, dispersion })
      : metricTest(plannedEffectOf(metric)),
  );
}
