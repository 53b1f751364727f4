import type { CovariateMeasure, Measure, MetricMeasure, Winsorizing } from "./summary-options.ts";

/** One number of each unit: what a metric or a covariate is made of. */
export interface UnitValue {
  /** Its column: `x0`, `x1`, … */
  readonly alias: string;
  readonly measure: Measure;
  /** Path of the measure as the caller wrote it. */
  readonly field: string;
  /** Whether it is 1 or 0, a whole number, or any. */
  readonly type: "flag" | "count" | "sum";
  /** Days from exposure within which events count: backwards for covariates; null where all of them do. */
  readonly fromDays: number;
  readonly toDays: number | null;
  readonly winsorized: Winsorizing | null;
}

/** A metric with the numbers that it is made of: one, or the numerator and the denominator. */
export interface MetricValues {
  readonly metric: MetricMeasure;
  readonly values: readonly UnitValue[];
  /** Of the covariate that adjusts it. */
  readonly covariate: { readonly name: string; readonly value: UnitValue } | null;
}

/** The numbers of each unit that metrics and covariates ask for. */
export function unitValues(
  metrics: readonly MetricMeasure[],
  covariates: readonly CovariateMeasure[],
): { readonly metrics: readonly MetricValues[]; readonly values: readonly UnitValue[] } {
  const values: UnitValue[] = [];
  const add = (value: Omit<UnitValue, "alias">): UnitValue => {
    const added = { ...value, alias: `x${values.length}` };
    values.push(added);
    return added;
  };
  const before = new Map(
    covariates.map((covariate, i) => [
      covariate.name,
      add({
        measure: covariate,
        field: `covariates[${i}]`,
        type: "sum",
        fromDays: -(covariate.days ?? 0),
        toDays: 0,
        winsorized: null,
      }),
    ]),
  );
  const made = withRoles(metrics).map((metric, i): MetricValues => {
    const at = `metrics[${i}]`;
    const common = { fromDays: 0, toDays: metric.attributionDays ?? null };
    const parts =
      metric.kind === "ratio"
        ? [
            add({
              ...common,
              measure: metric.numerator!,
              field: `${at}.numerator`,
              type: "sum",
              winsorized: null,
            }),
            add({
              ...common,
              measure: metric.denominator!,
              field: `${at}.denominator`,
              type: "sum",
              winsorized: null,
            }),
          ]
        : [
            add({
              ...common,
              measure: metric,
              field: at,
              type: TYPES[metric.kind],
              winsorized: metric.winsorized ?? null,
            }),
          ];
    const { covariate } = metric;
    return {
      metric,
      values: parts,
      covariate: covariate === undefined ? null : { name: covariate, value: before.get(covariate)! },
    };
  });
  return { metrics: made, values };
}

/** The metrics with a role each: the first one decides where none is said to. */
function withRoles(metrics: readonly MetricMeasure[]): MetricMeasure[] {
  const hasMacro = metrics.some(({ role }) => role === "macro");
  return metrics.map((metric, i) => {
    return { ...metric, role: metric.role ?? (i === 0 && !hasMacro ? "macro" : "secondary") };
  });
}

const TYPES = { proportion: "flag", count: "count", mean: "sum" } as const;
