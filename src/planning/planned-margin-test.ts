import { contrastAt, contrastDeviation } from "./contrast.ts";
import type { MarginMetric } from "./margin-metric.ts";
import { standardisedTest } from "./mean-test.ts";
import { plannedNormalTest } from "./normal-test.ts";
import type { PlannedTest } from "./planned-test.ts";

/** A test of an effect at a null value, ready to be planned. */
export function plannedMarginTest(metric: MarginMetric, nullValue: number, allocation: number): PlannedTest {
  const contrast = contrastAt(metric, nullValue, allocation);
  const { effect, nullDeviation } = contrast;
  const deviation = contrastDeviation(contrast);
  return "spread" in metric
    ? standardisedTest(effect / deviation, metric.spread, allocation)
    : plannedNormalTest({ effect, nullDeviation, deviation, correction: 0 });
}
