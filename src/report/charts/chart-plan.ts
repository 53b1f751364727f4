import type { MetricPlan, PlannedExperiment } from "../../experiment/plan-experiment.ts";
import { planFinding } from "../describe-plan.ts";
import { amount, change, percent, units } from "../figures.ts";
import { AMOUNT_TICKS } from "./effect-axis.ts";
import { dayText } from "./chart-power-curve.ts";
import { type PowerLine, powerLines } from "./power-lines.ts";
import { valueRows } from "./value-rows.ts";
import type { VegaLiteSpec } from "./vega-lite-spec.ts";

/** The power of each metric day by day until the decision; where no end is in sight, the sizes that they need. */
export function chartPlan(plan: PlannedExperiment): VegaLiteSpec {
  const { duration, monitoring, metrics } = plan;
  const drawn = metrics.filter(({ powerCurve }) => powerCurve.length > 0);
  if (duration === null || drawn.length === 0) return chartSizes(plan);
  const looks = monitoring.looks.flatMap(({ day, cumulativePower }) =>
    day === null || day === Infinity ? [] : [{ x: day, y: cumulativePower }],
  );
  const lines = drawn.map((metric) => lineOf(plan, metric));
  const notDrawn = metrics.filter(({ powerCurve }) => powerCurve.length === 0).map(({ name }) => name);
  return powerLines(
    {
      finding: planFinding(plan),
      detail: [
        "Chance that the planned effect is found if the metric is read on that day, once",
        looks.length === 0 ? "" : "; rings: found by each of the planned looks",
        notDrawn.length === 0 ? "" : ". Guardrails, which are to be shown unharmed, are not drawn",
      ].join(""),
      description: lines
        .map(({ name, figure }) => `${name}: a power of ${percent(plan.powerPerTest)} on ${figure}.`)
        .join(" "),
    },
    {
      areDays: true,
      lines,
      targetPower: plan.powerPerTest,
      readAt: {
        x: duration.days,
        text:
          monitoring.method === "fixed-horizon"
            ? `Decision on ${dayText(duration.days)}`
            : `${dayText(duration.days)} at the latest`,
      },
      looks,
    },
  );
}

function lineOf(plan: PlannedExperiment, metric: MetricPlan): PowerLine {
  const reachedAt = readOnceAt(plan, metric);
  return {
    name: `${metric.name} ${change(metric.lift)}`,
    figure: dayText(reachedAt),
    role: metric.role,
    points: metric.powerCurve.map(({ day, power }) => ({ x: day, y: power })),
    reachedAt,
  };
}

/** The day on which a metric has its power if it is read once: a watched one has its own days beside it. */
function readOnceAt({ monitoring }: PlannedExperiment, { role, duration }: MetricPlan): number {
  if (role !== "macro" || monitoring.method === "fixed-horizon") return duration?.days ?? Infinity;
  const once = monitoring.choices.find(({ method }) => method === "fixed-horizon");
  return once?.days?.atMost ?? Infinity;
}

/** Units that each metric needs. */
function chartSizes(plan: PlannedExperiment): VegaLiteSpec {
  const rows = plan.metrics
    .filter(({ n }) => n < Infinity)
    .map(({ name, n }) => ({ name, figure: amount(n), value: n, interval: null }));
  return valueRows(
    {
      finding: planFinding(plan),
      detail: `Units in control that each metric needs for a power of ${percent(plan.powerPerTest)}`,
      description: plan.metrics.map(({ name, n }) => `${name}: ${units(n)} units in control.`).join(" "),
    },
    rows,
    { title: "Units in control", labelExpr: AMOUNT_TICKS, reference: { value: 0, name: "no units" } },
  );
}
