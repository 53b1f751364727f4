export {
  type ExperimentConfig,
  type MeasureOfMetric,
  type ReadConfig,
  readExperimentConfig,
  type RowsOfExperiment,
} from "./experiment-config.ts";
export { type ExperimentDefinition, parseSummaryRows } from "./parse-summary-rows.ts";
export type { SqlDialect } from "./sql-dialect.ts";
export type {
  Column,
  CovariateMeasure,
  EventParameter,
  EventTable,
  ExposureTable,
  Measure,
  MetricMeasure,
  NestedColumn,
  RowFilter,
  SegmentationColumn,
  SummarySource,
  SummarySqlOptions,
  TableName,
  TimeColumn,
  Winsorizing,
} from "./summary-options.ts";
export type { SummaryMeasure, SummaryPart, SummaryRow } from "./summary-row.ts";
export { summarySql } from "./summary-sql.ts";
