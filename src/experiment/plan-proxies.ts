import { checkedDelay } from "../models/metric-delay.ts";
import { calendarSpeedup, type CalendarSpeedup } from "../proxy/calendar-speedup.ts";
import { detectionSpeedup, type DetectionSpeedup } from "../proxy/detection-speedup.ts";
import type { ExperimentPlan, PlannedMetric } from "./experiment-plan.ts";
import { metricEffects } from "./metric-effects.ts";
import { isNested, metricIndex } from "./metric-index.ts";
import { planTraffic } from "./plan-calendar.ts";
import type { PlanLevels } from "./plan-levels.ts";

/** What one proxy promises: how much sooner it detects, and what a decision on it is worth. */
export interface ProxyPlan {
  readonly name: string;
  readonly detection: DetectionSpeedup;
  /** The same in days; null where the plan names no traffic. */
  readonly calendar: CalendarSpeedup | null;
}

export function planProxy(
  proxy: PlannedMetric,
  macro: PlannedMetric,
  plan: ExperimentPlan,
  levels: PlanLevels,
): ProxyPlan {
  const effects = metricEffects(proxy);
  const options = {
    microRate: proxy.baseline,
    macroRate: macro.baseline,
    microLift: proxy.lift!,
    macroLift: macro.lift!,
    alpha: levels.alphaPerTreatment,
    power: levels.powerPerTest,
    alternative: levels.alternative,
    allocation: levels.allocation,
    nested: isNested(proxy, metricIndex(plan.metrics)),
    ...(effects === null ? {} : { effects }),
  };
  const traffic = planTraffic(plan);
  const delays = { microDelay: checkedDelay(proxy), macroDelay: checkedDelay(macro) };
  return {
    name: proxy.name,
    detection: detectionSpeedup(options),
    calendar: traffic === null ? null : calendarSpeedup({ ...options, traffic, ...delays }),
  };
}
