import type { Alternative } from "../core/alternative.ts";
import type { MetricReadout } from "../experiment/read-metrics.ts";
import type { SequentialEffect } from "../experiment/sequential-readout.ts";

/** The effect of a metric with the interval and the p-value that hold for it, looks included where there were several. */
export interface MetricFinding {
  readonly lift: SequentialEffect;
  readonly pValue: number | null;
  readonly logPValue: number | null;
  readonly alternative: Alternative;
}

/** Null where there is too little to compare. */
export function findingOf({ sequential, comparison }: MetricReadout): MetricFinding | null {
  return sequential ?? comparison;
}
