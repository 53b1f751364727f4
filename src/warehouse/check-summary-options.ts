import { checkKnownFields, checkList, checkObject, checkOneOf } from "../core/checks.ts";
import { DomainError } from "../core/domain-error.ts";
import { DAY_BASES, type DayBasis } from "../experiment/day-series.ts";
import { checkColumn, checkTimeColumn } from "./checks/check-columns.ts";
import { checkCovariate, checkMetric } from "./checks/check-measures.ts";
import { checkMoment, checkTimeZone } from "./checks/check-moments.ts";
import { checkSource } from "./checks/check-source.ts";
import { checkLabel } from "./checks/sql-words.ts";
import { SQL_DIALECTS } from "./sql-dialect.ts";
import type { SummarySqlOptions } from "./summary-options.ts";

/** What a statement is to be written of, in whatever dialect. */
type SummaryDescription = Omit<SummarySqlOptions, "dialect">;

const KNOWN: readonly (keyof SummaryDescription)[] = [
  "source",
  "unit",
  "arm",
  "time",
  "control",
  "treatments",
  "metrics",
  "covariates",
  "segmentations",
  "byDay",
  "name",
  "experiment",
  "readAt",
  "timeZone",
];

// Every segmentation, metric and covariate is a column or more of a statement, and engines end at some thousand.
const MOST_METRICS = 200;
const MOST_COVARIATES = 50;
const MOST_SEGMENTATIONS = 20;
const MOST_TREATMENTS = 100;

/** Checks what a statement is to be written of: what is at fault here would fail in an engine, or count something else. */
export function checkSummaryOptions(options: SummarySqlOptions): void {
  checkObject("options", options);
  const { dialect, ...description } = options;
  checkOneOf("dialect", dialect, SQL_DIALECTS);
  checkSummaryDescription(description);
}

/** The same where the dialect is not yet known. */
export function checkSummaryDescription(description: SummaryDescription): void {
  checkKnownFields("", description, KNOWN);
  const { source, unit, arm, time, experiment, name, byDay, readAt, timeZone } = description;
  const on = checkSource("source", source);
  if (unit !== undefined) checkColumn("unit", unit);
  if (time !== undefined) checkTimeColumn("time", time);
  checkColumn("arm", arm);
  if (experiment !== undefined) checkColumn("experiment", experiment);
  if (name !== undefined) checkLabel("name", name);
  checkArms(description);
  checkMeasures(description, on);
  checkSegmentations(description);
  if (byDay !== undefined) checkDayBases(description, byDay);
  if (readAt !== undefined) checkMoment("readAt", readAt);
  if (timeZone !== undefined) checkTimeZone("timeZone", timeZone);
  checkNeeded(description);
}

/** Columns that are needed for what else was asked for. */
function checkNeeded({ source, unit, time, ...asked }: SummaryDescription): void {
  if (!("units" in source)) {
    for (const table of ["exposures", "events"] as const) {
      const given = source[table];
      need("unit", given.unit ?? unit, `${table} that have no unit of their own`);
      need("time", given.time ?? time, `${table} that have no time of their own`);
    }
  } else if (time === undefined) {
    if (asked.byDay !== undefined && asked.byDay !== false) need("time", time, "byDay");
    if (asked.readAt !== undefined) need("time", time, "readAt");
    // Windows need none: without a time the units of a wide table are those that are final.
  }

  function need(option: "unit" | "time", given: unknown, by: string): void {
    if (given === undefined) throw new DomainError(option, given, `is needed for ${by}`);
  }
}

/** Series of days, and what one by day of exposure is made of. */
function checkDayBases(
  { source, metrics }: SummaryDescription,
  byDay: NonNullable<SummaryDescription["byDay"]>,
): void {
  if (typeof byDay === "boolean") return;
  if (!Array.isArray(byDay)) throw new DomainError("byDay", byDay, "must be true, false or a list of series");
  checkList("byDay", byDay, "series", 1, DAY_BASES.length);
  byDay.forEach((basis: DayBasis, i: number) => checkOneOf(`byDay[${i}]`, basis, DAY_BASES));
  checkUnique(byDay, (i) => `byDay[${i}]`);
  const exposure = byDay.indexOf("day-of-exposure");
  if (exposure < 0) return;
  const needed =
    "units" in source
      ? "needs events: a wide table does not say when its units converted"
      : metrics.some(({ kind }) => kind === "proportion")
        ? null
        : "needs a metric that is a proportion";
  if (needed !== null) throw new DomainError(`byDay[${exposure}]`, byDay[exposure], needed);
}

function checkArms({ control, treatments }: SummaryDescription): void {
  checkLabel("control", control);
  if (treatments === undefined) return;
  checkList("treatments", treatments, "names of arms", 1, MOST_TREATMENTS);
  treatments.forEach((name, i) => {
    checkLabel(`treatments[${i}]`, name);
    if (name === control) {
      throw new DomainError(`treatments[${i}]`, name, "must not be the control arm");
    }
  });
  checkUnique(treatments, (i) => `treatments[${i}]`);
}

function checkMeasures(
  { metrics, covariates = [] }: SummaryDescription,
  on: ReturnType<typeof checkSource>,
): void {
  checkList("covariates", covariates, "covariates", 0, MOST_COVARIATES);
  covariates.forEach((covariate, i) => checkCovariate(`covariates[${i}]`, covariate, on));
  const known = covariates.map(({ name }) => name);
  checkUnique(known, (i) => `covariates[${i}].name`);
  checkList("metrics", metrics, "metrics", 1, MOST_METRICS);
  metrics.forEach((entry, i) => {
    checkMetric(`metrics[${i}]`, entry, { on, covariates: known });
  });
  checkUnique(
    metrics.map(({ name }) => name),
    (i) => `metrics[${i}].name`,
  );
  const macros = metrics.flatMap(({ role }, i) => (role === "macro" ? [i] : []));
  if (macros.length > 1) {
    throw new DomainError(
      `metrics[${macros[1]!}].role`,
      "macro",
      "must be another one: there is a macro metric",
    );
  }
}

function checkSegmentations({ segmentations = [] }: SummaryDescription): void {
  const field = "segmentations";
  checkList(field, segmentations, "segmentations", 0, MOST_SEGMENTATIONS);
  segmentations.forEach((segmentation, i) => {
    checkObject(`${field}[${i}]`, segmentation);
    checkKnownFields(`${field}[${i}]`, segmentation, ["name", "column"]);
    checkLabel(`${field}[${i}].name`, segmentation.name);
    checkColumn(`${field}[${i}].column`, segmentation.column);
  });
  checkUnique(
    segmentations.map(({ name }) => name),
    (i) => `${field}[${i}].name`,
  );
}

function checkUnique(names: readonly string[], fieldOf: (i: number) => string): void {
  const second = names.findIndex((name, i) => names.indexOf(name) !== i);
  if (second >= 0) throw new DomainError(fieldOf(second), names[second], "is a name given twice");
}
