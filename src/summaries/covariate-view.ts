import { checkObject } from "../core/checks.ts";
import { expectOneOf } from "../core/did-you-mean.ts";
import { DomainError } from "../core/domain-error.ts";
import { compensatedDot } from "../numerics/compensated-dot.ts";
import { combinedVariance } from "./combined-variance.ts";
import { checkMoments, type Moments } from "./moments.ts";

/** A metric that is one metric over another, such as orders per session. */
export interface RatioMetric {
  readonly numerator: string;
  readonly denominator: string;
}

/** A covariate, and when it was measured: only what the treatment cannot have moved may adjust a metric. */
export interface Covariate {
  readonly name: string;
  readonly measured: "before" | "after";
}

/** What a metric is adjusted by. */
export interface CovariateOptions {
  readonly control: Moments;
  readonly treatment: Moments;
  /** The metric to adjust; the first one unless said. */
  readonly metric?: string | RatioMetric | undefined;
  /** All other metrics unless said. */
  readonly covariates?: readonly Covariate[] | undefined;
}

/** Both arms' moments with the metric first and its covariates after it. */
export interface CovariateView {
  readonly control: Moments;
  readonly treatment: Moments;
  readonly covariates: readonly string[];
}

/**
 * Checks both arms and picks out the metric and its covariates. A ratio is replaced by its linearisation
 * (y − R x) / x̄ with R of its own arm, whose mean is taken to be R: what the delta method makes of it.
 */
export function covariateView(options: CovariateOptions): CovariateView {
  const { control, treatment, metric } = options;
  checkMoments("control", control);
  checkMoments("treatment", treatment);
  const { metrics } = control;
  const isSame =
    treatment.metrics.length === metrics.length && metrics.every((name, i) => name === treatment.metrics[i]);
  if (!isSame) {
    throw new DomainError(
      "treatment.metrics",
      treatment.metrics,
      "must be the metrics of the control, in their order",
    );
  }
  const parts = metricParts(metrics, metric === undefined ? metrics[0]! : metric);
  const covariates = covariateNames(metrics, parts, options.covariates);
  const view = (field: string, moments: Moments): Moments => picked(field, moments, parts, covariates);
  return { control: view("control", control), treatment: view("treatment", treatment), covariates };
}

/** Places of the metric: one, or numerator and denominator. */
function metricParts(metrics: readonly string[], metric: string | RatioMetric): number[] {
  if (typeof metric === "string") return [place("metric", metrics, metric)];
  checkObject("metric", metric);
  return [
    place("metric.numerator", metrics, metric.numerator),
    place("metric.denominator", metrics, metric.denominator),
  ];
}

function place(field: string, metrics: readonly string[], name: string): number {
  const at = metrics.indexOf(name);
  if (at < 0) throw new DomainError(field, name, expectOneOf(name, metrics));
  return at;
}

function covariateNames(
  metrics: readonly string[],
  parts: readonly number[],
  covariates: readonly Covariate[] | undefined,
): string[] {
  if (covariates === undefined) return metrics.filter((_, i) => !parts.includes(i));
  if (!Array.isArray(covariates)) throw new DomainError("covariates", covariates, "must be a list");
  const names = covariates.map((covariate: Covariate, i) => {
    const field = `covariates[${i}]`;
    checkObject(field, covariate);
    if (parts.includes(place(`${field}.name`, metrics, covariate.name))) {
      throw new DomainError(`${field}.name`, covariate.name, "must not be the metric itself");
    }
    if (covariate.measured !== "before") {
      throw new DomainError(
        `${field}.measured`,
        covariate.measured,
        'must be "before": what the treatment can move takes part of its effect away',
      );
    }
    return covariate.name;
  });
  if (new Set(names).size !== names.length) {
    throw new DomainError("covariates", names, "must not name a covariate twice");
  }
  return names;
}

function picked(
  field: string,
  moments: Moments,
  parts: readonly number[],
  covariates: readonly string[],
): Moments {
  const { n, metrics, mean, covariance } = moments;
  const [top, bottom] = parts;
  const under = bottom === undefined ? 1 : mean[bottom]!;
  const value = mean[top!]! / under;
  if (!Number.isFinite(value)) {
    throw new DomainError(`${field}.mean[${bottom!}]`, under, "must not be 0: it is the denominator");
  }
  const weights = metrics.map((_, i) => (i === top ? 1 / under : 0) - (i === bottom ? value / under : 0));
  const places = covariates.map((name) => metrics.indexOf(name));
  const shared = places.map((i) => compensatedDot(covariance[i]!, weights));
  return {
    n,
    metrics: [metrics[top!]!, ...covariates],
    mean: [value, ...places.map((i) => mean[i]!)],
    covariance: [
      [combinedVariance(covariance, weights), ...shared],
      ...places.map((i, row) => [shared[row]!, ...places.map((j) => covariance[i]![j]!)]),
    ],
  };
}
