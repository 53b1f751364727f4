import type { DataQualityCheck } from "../experiment/data-quality.ts";
import type { TableExpression } from "./summary-context.ts";

/**
 * What each unit did: rows with `experiment`, `unit`, `arm` (NULL where the unit is not in the test), `entered`, `last`
 * (the last moment seen), `segment0` …, the unit's numbers `x0` …, and the counts `q0` … of rows and units.
 */
export interface Activity {
  readonly tables: readonly TableExpression[];
  readonly quality: readonly QualityColumn[];
  /** Whether it is known when units entered. */
  readonly hasTime: boolean;
}

/** A count of rows or units, in a column of the activity. */
export interface QualityColumn {
  readonly alias: string;
  readonly check: DataQualityCheck;
  /** Empty where it is counted over all metrics. */
  readonly metric: string;
}

/** Quality columns with the expressions behind them, numbered in their order. */
export function qualityColumns(
  counts: readonly { check: DataQualityCheck; metric?: string; expression: string }[],
): (QualityColumn & { readonly expression: string })[] {
  return counts.map(({ check, metric = "", expression }, i) => ({
    alias: `q${i}`,
    check,
    metric,
    expression,
  }));
}
