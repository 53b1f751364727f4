import { analyzeExperiment, type ExperimentReadout } from "../../src/experiment/analyze-experiment.ts";
import type { ArmData } from "../../src/experiment/experiment-data.ts";
import type { SequentialReadout } from "../../src/experiment/sequential-readout.ts";
import type { ExperimentPlan } from "../../src/experiment/experiment-plan.ts";
import type { PlannedMonitoring } from "../../src/experiment/planned-monitoring.ts";

// Read-outs of a test that is watched, one for each way in which it ends or goes on.

const PLAN: ExperimentPlan = {
  name: "Green button",
  control: "grey",
  treatments: ["green"],
  totalUnitsPerDay: 4000,
  metrics: [
    { name: "order", role: "macro", kind: "proportion", baseline: 0.05, lift: 0.1, attributionDays: 3 },
    { name: "page view", role: "guardrail", kind: "proportion", baseline: 0.6, margin: 0.03 },
  ],
};
const LOOKS: PlannedMonitoring = { method: "group-sequential", looks: 4, futility: {} };

/** Orders among those whose three days are over, and page views of all. */
function arm(name: string, n: number, final: number, orders: number, views: number): ArmData {
  return {
    name,
    n,
    results: [
      { metric: "order", n: final, conversions: orders },
      { metric: "page view", conversions: views },
    ],
  };
}

type Orders = readonly [control: number, treatment: number];

/** A look at `final` units of each arm; some 6,000 more have entered. */
function look(final: number, [control, treatment]: Orders): { arms: ArmData[] } {
  const n = final + 6000;
  const views = Math.round(0.6 * n);
  return {
    arms: [arm("grey", n, final, control, views), arm("green", n + 12, final + 8, treatment, views + 40)],
  };
}

function readout(
  monitoring: PlannedMonitoring,
  days: number,
  looks: readonly { arms: ArmData[] }[],
): ExperimentReadout {
  return analyzeExperiment({
    name: PLAN.name,
    plan: { ...PLAN, monitoring },
    days,
    earlierLooks: looks.slice(0, -1),
    arms: looks.at(-1)!.arms,
  });
}

const FIRST = look(11_000, [548, 571]);
const SECOND = look(23_000, [1160, 1188]);

export const WATCHED_READOUTS: Readonly<Record<string, ExperimentReadout>> = {
  "experiment-readout between boundaries": readout(LOOKS, 8.5, [FIRST]),
  "experiment-readout stopped early": readout(LOOKS, 14.5, [FIRST, look(23_000, [1160, 1395])]),
  "experiment-readout given up": readout(LOOKS, 14.5, [FIRST, look(23_000, [1160, 1150])]),
  "experiment-readout at its last look": readout(LOOKS, 26.5, [
    FIRST,
    SECOND,
    look(35_000, [1750, 1822]),
    look(47_000, [2350, 2450]),
  ]),
  "experiment-readout always valid": readout({ method: "normal-mixture" }, 8.5, [FIRST]),
  "experiment-readout always valid stopped": readout({ method: "normal-mixture" }, 14.5, [
    FIRST,
    look(23_000, [1160, 1395]),
  ]),
};

/** The looks by themselves, of the treatment's macro metric. */
function looksOf({ treatments }: ExperimentReadout): SequentialReadout {
  return treatments[0]!.metrics.find(({ role }) => role === "macro")!.sequential!;
}

export const WATCHED_LOOKS: Readonly<Record<string, SequentialReadout>> = {
  "sequential-readout": looksOf(WATCHED_READOUTS["experiment-readout at its last look"]!),
  "sequential-readout between boundaries": looksOf(
    WATCHED_READOUTS["experiment-readout between boundaries"]!,
  ),
  "sequential-readout stopped early": looksOf(WATCHED_READOUTS["experiment-readout stopped early"]!),
  "sequential-readout given up": looksOf(WATCHED_READOUTS["experiment-readout given up"]!),
  "sequential-readout always valid": looksOf(WATCHED_READOUTS["experiment-readout always valid stopped"]!),
};
