import type { MetricKind } from "../core/metric-kind.ts";
import type { MetricRole } from "../core/metric-role.ts";
import type { DayBasis } from "../experiment/day-series.ts";
import type { SqlDialect } from "./sql-dialect.ts";

/** A parameter of an event in the export of Google Analytics 4. */
export interface EventParameter {
  readonly parameter: string;
  readonly type: "text" | "number";
}

/** A field within a column of records, by the names from the column down to it. */
export interface NestedColumn {
  readonly path: readonly string[];
}

/** A column by its name, as the engine keeps it. */
export type Column = string | NestedColumn | EventParameter;

/** A column that says when something happened. Timestamps without a time zone are read as UTC. */
export type TimeColumn =
  | string
  | {
      readonly column: Column;
      /** What a number counts since 1970; the column holds dates or timestamps unless said. */
      readonly epoch?: "seconds" | "milliseconds" | "microseconds" | undefined;
      /** For texts such as `2026-03-01T10:00:00+02:00`. */
      readonly isText?: boolean | undefined;
      /** Of timestamps that name none: `Europe/Berlin`. */
      readonly timeZone?: string | undefined;
    };

/** A table as a list of names, `["project", "schema", "table"]`, or with dots between them. */
export type TableName = string | readonly string[];

/** Rows whose column holds one of the values, or a value between two, both included. */
export type RowFilter =
  | { readonly column: Column; readonly in: readonly (string | number | boolean)[] }
  | {
      readonly column: Column;
      readonly from?: string | number | undefined;
      readonly to?: string | number | undefined;
    };

/** Rows of exposure: a unit was seen in an arm. */
export interface ExposureTable {
  readonly table: TableName;
  /** The columns that are common to both tables unless said. */
  readonly unit?: Column | undefined;
  readonly time?: TimeColumn | undefined;
  readonly where?: readonly RowFilter[] | undefined;
}

/** Rows of events: a unit did something. */
export interface EventTable {
  readonly table: TableName;
  readonly unit?: Column | undefined;
  readonly time?: TimeColumn | undefined;
  /** What it did. */
  readonly event: Column;
  readonly where?: readonly RowFilter[] | undefined;
}

/** Where rows lie: exposures and events, or one wide table with a row for each unit. */
export type SummarySource =
  | { readonly exposures: ExposureTable; readonly events: EventTable }
  | { readonly units: TableName; readonly where?: readonly RowFilter[] | undefined };

/** What is added up within a unit: events, a value of them, or a column of a wide table. */
export interface Measure {
  /** Names of events; without `value` they are counted. */
  readonly event?: string | readonly string[] | undefined;
  readonly value?: Column | undefined;
  /** Of a wide table. */
  readonly column?: Column | undefined;
}

/** The values at which a unit's sum is capped: as numbers, or as quantiles over the units of all arms. */
export interface Winsorizing {
  readonly upper?: number | undefined;
  /** Above 0.5 and below 1, with six decimals at most. */
  readonly upperQuantile?: number | undefined;
}

/** A metric, and what of the rows it is made of. */
export interface MetricMeasure extends Measure {
  readonly name: string;
  readonly kind: MetricKind;
  /** `macro` of the only metric or the first, else `secondary`, unless said. */
  readonly role?: MetricRole | undefined;
  /** Days after exposure within which events count, above 0; without it they count until the reading. */
  readonly attributionDays?: number | undefined;
  /** Ratios only. */
  readonly numerator?: Measure | undefined;
  readonly denominator?: Measure | undefined;
  /** Means only. */
  readonly winsorized?: Winsorizing | undefined;
  /** Means only: the covariate by which it is adjusted. */
  readonly covariate?: string | undefined;
}

/** A value of units from before their exposure. */
export interface CovariateMeasure extends Measure {
  readonly name: string;
  /** Days before exposure that count, for events. */
  readonly days?: number | undefined;
}

/** A column that splits units up, as it was at their first exposure. */
export interface SegmentationColumn {
  readonly name: string;
  readonly column: Column;
}

/** What `summarySql` is to summarise. */
export interface SummarySqlOptions {
  readonly dialect: SqlDialect;
  readonly source: SummarySource;
  /** The id of a unit; in a wide table without one each row is a unit. */
  readonly unit?: Column | undefined;
  readonly arm: Column;
  /** Of exposures and events; of exposure in a wide table, where it may be missing. */
  readonly time?: TimeColumn | undefined;
  readonly control: string;
  /** All other arms that are found unless said. */
  readonly treatments?: readonly string[] | undefined;
  readonly metrics: readonly MetricMeasure[];
  readonly covariates?: readonly CovariateMeasure[] | undefined;
  readonly segmentations?: readonly SegmentationColumn[] | undefined;
  /**
   * The series of days that are summarised too: `day-of-entry`, which `true` stands for, and `day-of-exposure`, of
   * proportions made of events; none unless said.
   */
  readonly byDay?: boolean | readonly DayBasis[] | undefined;
  /** Name of the experiment; `experiment` unless said. */
  readonly name?: string | undefined;
  /** The column of exposures that names it, where many experiments are summarised at once. */
  readonly experiment?: Column | undefined;
  /** The time of reading, as in `2026-03-01T00:00:00Z`; the last moment in the rows unless said. */
  readonly readAt?: string | undefined;
  /** Whose midnights part days; `UTC` unless said. */
  readonly timeZone?: string | undefined;
}
