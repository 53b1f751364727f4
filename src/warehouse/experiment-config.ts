import { checkKnownFields, checkList, checkObject, checkOneOf, checkText } from "../core/checks.ts";
import { DomainError } from "../core/domain-error.ts";
import { expectOneOf } from "../core/did-you-mean.ts";
import { METRIC_ROLES } from "../core/metric-role.ts";
import type { MetricDefinition } from "../experiment/metric-definition.ts";
import { checkSummaryDescription } from "./check-summary-options.ts";
import { configField } from "./config-field.ts";
import type { ExperimentDefinition } from "./parse-summary-rows.ts";
import type { LocatedRows } from "./presets/located-rows.ts";
import { presetFields, presetRows, PRESETS, type PresetRows } from "./presets/preset-rows.ts";
import type { MetricMeasure, SummarySqlOptions } from "./summary-options.ts";

/** What of the rows one metric of a document is made of. */
export type MeasureOfMetric = Omit<MetricMeasure, "name" | "kind" | "role" | "attributionDays"> & {
  readonly metric: string;
};

/** Where the rows of an experiment lie, by themselves or by a preset, and what of them makes its metrics. */
export type RowsOfExperiment = RowsBeside &
  (PresetRows | PlacedRows) & { readonly measures: readonly MeasureOfMetric[] };

/** The tables of rows and their columns, as `summarySql` takes them. */
export type PlacedRows = Pick<SummarySqlOptions, keyof LocatedRows>;

/** What is said of rows beside where they lie and what is measured. */
export type RowsBeside = Omit<
  SummarySqlOptions,
  "dialect" | "name" | "control" | "treatments" | "metrics" | keyof LocatedRows
>;

/** A data document without what was observed, and with `rows` that say where to observe it. */
export interface ExperimentConfig extends ExperimentDefinition {
  readonly rows: RowsOfExperiment;
}

/** A configuration taken apart. */
export interface ReadConfig {
  /** For `parseSummaryRows`. */
  readonly definition: ExperimentDefinition;
  /** For `summarySql`, which takes the dialect beside them. */
  readonly summaries: Omit<SummarySqlOptions, "dialect">;
}

/**
 * Takes the configuration of an experiment apart: what `summarySql` needs of it, and what `parseSummaryRows` does.
 *
 * @param config - its plan, or name, control and metrics as in a data document, and `rows`: where they lie and what of
 * them makes each metric
 * @returns `definition` for `parseSummaryRows`, and `summaries` for `summarySql`, which takes the dialect beside them
 * @throws {DomainError} for a metric without a measure, and a measure of a metric that there is not
 * @example
 * ```ts
 * import { readExperimentConfig, summarySql } from "microlift";
 * const { definition, summaries } = readExperimentConfig({
 *   name: "checkout",
 *   control: "A",
 *   metrics: [{ name: "purchase", role: "macro", kind: "proportion", attributionDays: 7 }],
 *   rows: {
 *     source: { exposures: { table: "exposures" }, events: { table: "events", event: "name" } },
 *     unit: "user_id",
 *     arm: "variant",
 *     time: "at",
 *     measures: [{ metric: "purchase", event: "order_placed" }],
 *   },
 * });
 * definition.name; // "checkout"
 * summarySql({ dialect: "duckdb", ...summaries }).includes("'order_placed'"); // true
 * ```
 */
export function readExperimentConfig(config: ExperimentConfig): ReadConfig {
  checkObject("config", config);
  checkKnownFields("", config, KNOWN);
  const { rows, ...definition } = config;
  checkObject("rows", rows);
  if ("preset" in rows) checkOneOf("rows.preset", rows.preset, PRESETS);
  const own = "preset" in rows ? ["preset", ...presetFields(rows.preset)] : KNOWN_OF_PLACES;
  checkKnownFields("rows", rows, [...own, ...KNOWN_BESIDE]);
  if (definition.plan !== undefined) checkObject("plan", definition.plan);
  const metrics = definition.metrics ?? definition.plan?.metrics;
  if (metrics === undefined) throw new DomainError("metrics", metrics, "are needed where there is no plan");
  const control = definition.control ?? definition.plan?.control;
  if (control === undefined) throw new DomainError("control", control, "is needed where there is no plan");
  const treatments = definition.plan?.treatments;
  const { measures, ...places } = rows;
  const of = {
    ...(definition.name === undefined ? {} : { name: definition.name }),
    control,
    ...(treatments === undefined ? {} : { treatments }),
    metrics: measuredMetrics(metrics, measures),
  };
  try {
    const summaries = { ...placedRows(places), ...of };
    checkSummaryDescription(summaries);
    return { definition, summaries };
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    throw new DomainError(configField(config, error.field), error.value, error.expected);
  }
}

/** What of `rows` stands beside the measures, with a preset taken for what it stands for. */
function placedRows(rows: RowsBeside & (PresetRows | PlacedRows)): RowsBeside & PlacedRows {
  if (!("preset" in rows)) return rows;
  const own = presetFields(rows.preset);
  const isOwn = ([field]: [string, unknown]): boolean => field === "preset" || own.includes(field);
  const entries = Object.entries(rows);
  return {
    ...presetRows(Object.fromEntries(entries.filter(isOwn)) as unknown as PresetRows),
    ...(Object.fromEntries(entries.filter((entry) => !isOwn(entry))) as RowsBeside),
  };
}

const KNOWN: readonly (keyof ExperimentConfig)[] = [
  "$schema",
  "name",
  "plan",
  "control",
  "metrics",
  "rows",
  "alpha",
  "alternative",
  "plannedN",
  "days",
  "views",
  "registeredFingerprint",
  "earlierLooks",
];

const KNOWN_OF_PLACES: readonly (keyof LocatedRows)[] = ["source", "unit", "arm", "time"];

const KNOWN_BESIDE: readonly (keyof RowsBeside | "measures")[] = [
  "measures",
  "covariates",
  "segmentations",
  "byDay",
  "experiment",
  "readAt",
  "timeZone",
];

const KNOWN_OF_MEASURES: readonly (keyof MeasureOfMetric)[] = [
  "metric",
  "event",
  "value",
  "column",
  "numerator",
  "denominator",
  "winsorized",
  "covariate",
];

/** Each metric with its measure. */
function measuredMetrics(
  metrics: readonly MetricDefinition[],
  measures: readonly MeasureOfMetric[],
): MetricMeasure[] {
  checkList("metrics", metrics, "metrics");
  metrics.forEach((metric, i) => {
    checkObject(`metrics[${i}]`, metric);
    checkText(`metrics[${i}].name`, metric.name);
    checkOneOf(`metrics[${i}].role`, metric.role, METRIC_ROLES);
  });
  checkList("rows.measures", measures, "measures");
  const names = metrics.map(({ name }) => name);
  const places = new Map<string, number>();
  measures.forEach((measure, i) => {
    const field = `rows.measures[${i}]`;
    checkObject(field, measure);
    checkKnownFields(field, measure, KNOWN_OF_MEASURES);
    const { metric } = measure;
    if (!names.includes(metric)) throw new DomainError(`${field}.metric`, metric, expectOneOf(metric, names));
    if (places.has(metric)) throw new DomainError(`${field}.metric`, metric, "is measured twice");
    places.set(metric, i);
  });
  return metrics.map(({ name, kind, role, attributionDays }) => {
    const place = places.get(name);
    if (place === undefined) {
      throw new DomainError("rows.measures", measures, `must hold a measure of the metric "${name}"`);
    }
    const { metric: _, ...parts } = measures[place]!;
    // In documents 0 days say that an outcome is final at once; windows have an end later than that, or none.
    return { ...parts, name, kind, role, ...(attributionDays === 0 ? {} : { attributionDays }) };
  });
}
