import { checkObject } from "../core/checks.ts";
import { DomainError } from "../core/domain-error.ts";
import { expectOneOf } from "../core/did-you-mean.ts";
import type { MetricDefinition } from "../experiment/metric-definition.ts";
import type { ExperimentDefinition } from "./parse-summary-rows.ts";
import type { MetricMeasure, SummarySqlOptions } from "./summary-options.ts";

/** What of the rows one metric of a document is made of. */
export type MeasureOfMetric = Omit<MetricMeasure, "name" | "kind" | "role" | "attributionDays"> & {
  readonly metric: string;
};

/** Where the rows of an experiment lie, and what of them makes its metrics. */
export type RowsOfExperiment = Omit<
  SummarySqlOptions,
  "dialect" | "name" | "control" | "treatments" | "metrics"
> & { readonly measures: readonly MeasureOfMetric[] };

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
  const { rows, ...definition } = config;
  checkObject("rows", rows);
  const metrics = definition.metrics ?? definition.plan?.metrics;
  if (metrics === undefined) throw new DomainError("metrics", metrics, "are needed where there is no plan");
  const control = definition.control ?? definition.plan?.control;
  if (control === undefined) throw new DomainError("control", control, "is needed where there is no plan");
  const { measures, ...where } = rows;
  if (!Array.isArray(measures)) throw new DomainError("rows.measures", measures, "must be a list");
  const treatments = definition.plan?.treatments;
  return {
    definition,
    summaries: {
      ...where,
      ...(definition.name === undefined ? {} : { name: definition.name }),
      control,
      ...(treatments === undefined ? {} : { treatments }),
      metrics: metrics.map((metric) => measureOf(metric, measures, metrics)),
    },
  };
}

function measureOf(
  metric: MetricDefinition,
  measures: readonly MeasureOfMetric[],
  metrics: readonly MetricDefinition[],
): MetricMeasure {
  const names = metrics.map(({ name }) => name);
  const stranger = measures.findIndex((measure) => !names.includes(measure.metric));
  if (stranger >= 0) {
    const name = measures[stranger]!.metric;
    throw new DomainError(`rows.measures[${stranger}].metric`, name, expectOneOf(name, names));
  }
  const measure = measures.find((candidate) => candidate.metric === metric.name);
  if (measure === undefined) {
    throw new DomainError("rows.measures", measures, `must hold a measure of the metric "${metric.name}"`);
  }
  const { metric: _, ...parts } = measure;
  const { name, kind, role, attributionDays } = metric;
  return { ...parts, name, kind, role, ...(attributionDays === undefined ? {} : { attributionDays }) };
}
