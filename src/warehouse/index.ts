export {
  type ExperimentConfig,
  type MeasureOfMetric,
  type PlacedRows,
  type ReadConfig,
  readExperimentConfig,
  type RowsBeside,
  type RowsOfExperiment,
} from "./experiment-config.ts";
export { mergeSummaryRows } from "./merge-summary-rows.ts";
export { type ExperimentDefinition, parseSummaryRows } from "./parse-summary-rows.ts";
export { type EventTableOptions, eventTableSource } from "./presets/event-table-source.ts";
export { type Ga4Options, ga4Source } from "./presets/ga4-source.ts";
export type { LocatedRows } from "./presets/located-rows.ts";
export type { PresetRows } from "./presets/preset-rows.ts";
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
