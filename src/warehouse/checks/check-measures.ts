import { checkFinite, checkKnownFields, checkList, checkObject, checkOneOf } from "../../core/checks.ts";
import { didYouMean } from "../../core/did-you-mean.ts";
import { DomainError } from "../../core/domain-error.ts";
import { METRIC_KINDS } from "../../core/metric-kind.ts";
import { METRIC_ROLES } from "../../core/metric-role.ts";
import type { CovariateMeasure, Measure, MetricMeasure, Winsorizing } from "../summary-options.ts";
import { checkColumn } from "./check-columns.ts";
import { checkDays } from "./check-moments.ts";
import { checkLabel, checkSqlText } from "./sql-words.ts";

/** What measures are made of: events, or the columns of a wide table. */
export type MeasuredOn = "events" | "columns";

const MEASURE_FIELDS = ["event", "value", "column"];
const METRIC_FIELDS = ["name", "kind", "role", "attributionDays"];

/** A metric, and what of the rows it is made of. */
export function checkMetric(
  field: string,
  metric: MetricMeasure,
  { on, covariates }: { on: MeasuredOn; covariates: readonly string[] },
): void {
  checkObject(field, metric);
  const { kind, role, attributionDays, winsorized, covariate, numerator, denominator } = metric;
  const parts = ["numerator", "denominator", "winsorized", "covariate"];
  checkKnownFields(field, metric, [...METRIC_FIELDS, ...MEASURE_FIELDS, ...parts]);
  checkLabel(`${field}.name`, metric.name);
  checkOneOf(`${field}.kind`, kind, METRIC_KINDS);
  if (role !== undefined) checkOneOf(`${field}.role`, role, METRIC_ROLES);
  if (attributionDays !== undefined) checkDays(`${field}.attributionDays`, attributionDays);
  const refuse = (names: readonly string[], expected: string): void => {
    const given = names.find((name) => metric[name as keyof MetricMeasure] !== undefined);
    if (given === undefined) return;
    throw new DomainError(`${field}.${given}`, metric[given as keyof MetricMeasure], expected);
  };
  if (kind === "ratio") {
    refuse(MEASURE_FIELDS, "must stand within numerator or denominator, since the metric is a ratio");
    checkPart(`${field}.numerator`, numerator, on);
    checkPart(`${field}.denominator`, denominator, on);
  } else {
    refuse(["numerator", "denominator"], `must be left out: the metric is a ${kind}, not a ratio`);
    checkMeasure(field, metric, on);
  }
  if (kind === "mean") {
    if (winsorized !== undefined) checkWinsorizing(`${field}.winsorized`, winsorized);
    if (covariate !== undefined) checkCovariateName(`${field}.covariate`, covariate, covariates);
    return;
  }
  refuse(["winsorized", "covariate"], `must be left out: the metric is a ${kind}, not a mean`);
  if (kind === "proportion" || kind === "count") {
    refuse(["value"], `must be left out: a ${kind} counts events, and a mean adds values up`);
  }
}

function checkPart(field: string, part: Measure | undefined, on: MeasuredOn): void {
  checkObject(field, part);
  checkKnownFields(field, part!, MEASURE_FIELDS);
  checkMeasure(field, part!, on);
}

/** What is added up within a unit: by events with or without a value, or by a column. */
function checkMeasure(field: string, { event, value, column }: Measure, on: MeasuredOn): void {
  if (on === "columns") {
    const expected = "must be left out: a wide table has a column for each measure";
    if (event !== undefined) throw new DomainError(`${field}.event`, event, expected);
    if (value !== undefined) throw new DomainError(`${field}.value`, value, expected);
    return checkColumn(`${field}.column`, column!);
  }
  if (column !== undefined) {
    const expected =
      "must be left out: a table of events is measured by `event`, and `value` where there is one";
    throw new DomainError(`${field}.column`, column, expected);
  }
  if (Array.isArray(event)) {
    checkList(`${field}.event`, event, "names of events");
    event.forEach((name, i) => checkSqlText(`${field}.event[${i}]`, name));
  } else if (typeof event === "string") checkSqlText(`${field}.event`, event);
  else throw new DomainError(`${field}.event`, event, "must be the name of an event, or a list of names");
  if (value !== undefined) checkColumn(`${field}.value`, value);
}

/** A value of units from before their exposure. */
export function checkCovariate(field: string, covariate: CovariateMeasure, on: MeasuredOn): void {
  checkObject(field, covariate);
  checkKnownFields(field, covariate, ["name", "days", ...MEASURE_FIELDS]);
  const { name, days } = covariate;
  checkLabel(`${field}.name`, name);
  checkMeasure(field, covariate, on);
  if (on === "events") return checkDays(`${field}.days`, days!);
  if (days !== undefined) {
    throw new DomainError(`${field}.days`, days, "must be left out: a column of a wide table has no days");
  }
}

function checkCovariateName(field: string, name: string, known: readonly string[]): void {
  if (known.includes(name)) return;
  throw new DomainError(field, name, `must be the name of one of the covariates${didYouMean(name, known)}`);
}

const PARTS_PER_WHOLE = 1_000_000;

function checkWinsorizing(field: string, winsorized: Winsorizing): void {
  checkObject(field, winsorized);
  checkKnownFields(field, winsorized, ["upper", "upperQuantile"]);
  const { upper, upperQuantile: quantile } = winsorized;
  if ((upper === undefined) === (quantile === undefined)) {
    throw new DomainError(field, winsorized, "must hold either `upper` or `upperQuantile`");
  }
  if (upper !== undefined) return checkFinite(`${field}.upper`, upper);
  const isSound =
    quantile! > 0.5 &&
    quantile! < 1 &&
    Math.round(quantile! * PARTS_PER_WHOLE) / PARTS_PER_WHOLE === quantile;
  if (!isSound) {
    const expected = "must lie above 0.5 and below 1, with six decimals at most";
    throw new DomainError(`${field}.upperQuantile`, quantile, expected);
  }
}
