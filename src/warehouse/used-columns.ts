import type {
  Column,
  Measure,
  RowFilter,
  SummarySqlOptions,
  TableName,
  TimeColumn,
} from "./summary-options.ts";

/** What the statement takes a column for: any value as a text, a number, or a time in one of three ways. */
export type ColumnUse = "label" | "number" | "timestamp" | "epoch" | "time-text";

/** A column that the statement reads. */
export interface UsedColumn {
  readonly table: TableName;
  readonly column: string;
  readonly use: ColumnUse;
  /** Path of the column as the caller wrote it. */
  readonly field: string;
}

/** Where the export of Google Analytics 4 keeps the parameters of an event. */
const EVENT_PARAMETERS = "event_params";

/** Every column that the statement of `summarySql` reads, so that a runner can look for them beforehand. */
export function usedColumns(options: Omit<SummarySqlOptions, "dialect">): UsedColumn[] {
  const { source, unit, arm, time, experiment, metrics, covariates = [], segmentations = [] } = options;
  const found: UsedColumn[] = [];
  const use = (
    table: TableName,
    column: Column | undefined,
    field: string,
    as: ColumnUse = "label",
  ): void => {
    if (typeof column === "string") found.push({ table, column, field, use: as });
    else if (column !== undefined && "path" in column)
      found.push({ table, column: column.path[0]!, field, use: "label" });
    else if (column !== undefined) found.push({ table, column: EVENT_PARAMETERS, field, use: "label" });
  };
  const useTime = (table: TableName, column: TimeColumn | undefined, field: string): void => {
    if (column === undefined || typeof column === "string") return use(table, column, field, "timestamp");
    const as = column.epoch !== undefined ? "epoch" : column.isText === true ? "time-text" : "timestamp";
    use(table, column.column, `${field}.column`, as);
  };
  const useFilter = (table: TableName, filters: readonly RowFilter[] = [], field: string): void =>
    filters.forEach(({ column }, i) => use(table, column, `${field}[${i}].column`));
  const measures = [
    ...metrics.flatMap(({ numerator, denominator, ...metric }, i) => [
      { measure: metric as Measure, field: `metrics[${i}]` },
      ...(numerator === undefined ? [] : [{ measure: numerator, field: `metrics[${i}].numerator` }]),
      ...(denominator === undefined ? [] : [{ measure: denominator, field: `metrics[${i}].denominator` }]),
    ]),
    ...covariates.map((measure, i) => ({ measure: measure as Measure, field: `covariates[${i}]` })),
  ];

  const exposures = "units" in source ? source.units : source.exposures.table;
  use(exposures, arm, "arm");
  use(exposures, experiment, "experiment");
  segmentations.forEach(({ column }, i) => use(exposures, column, `segmentations[${i}].column`));
  if ("units" in source) {
    use(exposures, unit, "unit");
    useTime(exposures, time, "time");
    useFilter(exposures, source.where, "source.where");
    for (const { measure, field } of measures) use(exposures, measure.column, `${field}.column`, "number");
    return found;
  }
  for (const kind of ["exposures", "events"] as const) {
    const table = source[kind];
    const at = `source.${kind}`;
    use(table.table, table.unit ?? unit, table.unit === undefined ? "unit" : `${at}.unit`);
    useTime(table.table, table.time ?? time, table.time === undefined ? "time" : `${at}.time`);
    useFilter(table.table, table.where, `${at}.where`);
  }
  use(source.events.table, source.events.event, "source.events.event");
  for (const { measure, field } of measures)
    use(source.events.table, measure.value, `${field}.value`, "number");
  return found;
}
