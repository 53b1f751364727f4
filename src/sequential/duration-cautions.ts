import type { Warning } from "../core/warning.ts";
import type { CalendarLook } from "./look-calendar.ts";
import type { MetricModel } from "./monitored-metric.ts";
import type { MonitoringMethod, MonitoringRule } from "./monitoring.ts";

/** Below so many expected units of either outcome the normal approximation is rough: Cochran (1954). */
const SMALLEST_EXPECTED_COUNT = 5;

/** What is to be known of a duration that was found. */
export interface DurationFigures {
  readonly method: MonitoringMethod;
  readonly isSimulated: boolean;
  readonly rule: MonitoringRule;
  readonly model: MetricModel;
  readonly allocation: number;
  readonly looks: readonly CalendarLook[];
  readonly power: number;
  readonly typeIError: number;
}

export function durationCautions(figures: DurationFigures): readonly Warning[] {
  const { method, isSimulated, rule, looks, power, typeIError } = figures;
  const warnings: Warning[] = [];
  if (method === "naive-peeking" && looks.length > 1) {
    warnings.push({
      code: "PEEKING",
      message: `The fixed test at every look is no valid test: without an effect it rejects by the horizon with probability ${typeIError.toPrecision(3)}, not ${rule.alpha}. It stands here for comparison only.`,
    });
  }
  if (looks.length === 0) {
    warnings.push({
      code: "NO_TRAFFIC",
      message: "By the horizon no unit is there to be read, so nothing is detected.",
    });
  } else if (power < 0.5) {
    warnings.push({
      code: "MEDIAN_BEYOND_HORIZON",
      message:
        "Fewer than half of the experiments detect the effect by the horizon, so that the median day is not known.",
    });
  }
  if (!isSimulated && looks.length > 0 && fewestExpected(figures) < SMALLEST_EXPECTED_COUNT) {
    warnings.push({
      code: "SMALL_COUNTS",
      message: `At the first look an arm is expected to hold fewer than ${SMALLEST_EXPECTED_COUNT} conversions or units without one: the normal approximation is rough there, and a simulation is not.`,
    });
  }
  return warnings;
}

/** Expected units of the rarest outcome at the first look; Infinity for a mean. */
function fewestExpected({ model, allocation, looks }: DurationFigures): number {
  if (model.isMean) return Infinity;
  const { units, share } = looks[0]!;
  const [control, treatment] = [model.control * share, model.treatment * share];
  return units * Math.min(control, 1 - control, allocation * treatment, allocation * (1 - treatment));
}

export function durationAssumptions({ isMean }: MetricModel, isSimulated: boolean): readonly string[] {
  return [
    "The lift is what the change truly does, from the first day to the last.",
    "Units are independent of each other, and each look adds new ones.",
    ...(isMean || !isSimulated ? ["The statistics of the looks are normal."] : []),
    "This is how soon a change of the metric is seen, not how well one decides by it: a proxy that moves easily is not thereby a good guide.",
  ];
}
