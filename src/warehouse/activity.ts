import type { DataQualityCheck } from "../experiment/data-quality.ts";
import type { SqlWriter } from "./sql-writer.ts";
import type { TableExpression } from "./summary-context.ts";

/**
 * What each unit did: rows of the step `activity` with `experiment` (where a column names it), `arm` (NULL where the row
 * is no unit of the test), `entered`, `segment0` … and the unit's numbers `x0` …
 *
 * Rows are added up in cells: of an arm, a segment and so on, and of the classes.
 */
export interface Activity {
  readonly tables: readonly TableExpression[];
  /** Columns that say of which sort a row is, to count the rows that are left out. */
  readonly classes: readonly string[];
  /** Columns of whole numbers that are added up to count rows. */
  readonly tallies: readonly string[];
  readonly quality: readonly QualityCount[];
  /** Whether it is known when units entered. */
  readonly hasTime: boolean;
  /** Whether rows say in `last` when something was last seen. */
  readonly hasLast: boolean;
}

/** A count of rows or units of an experiment. */
export interface QualityCount {
  readonly check: DataQualityCheck;
  /** Empty where it is counted over all metrics. */
  readonly metric: string;
  /** An aggregate over the cells `c`. */
  readonly count: string;
}

/** Columns `c0` … of the cells that pass a condition, added up; `units` counts the rows of a cell. */
export function sumWhere({ name: q }: SqlWriter, condition: string, column: string): string {
  return `COALESCE(SUM(CASE WHEN ${condition} THEN c.${q(column)} END), 0)`;
}
