import { checkObject } from "../core/checks.ts";
import { DomainError } from "../core/domain-error.ts";
import type { MetricKind } from "../core/metric-kind.ts";
import type { MetricRole } from "../core/metric-role.ts";
import type { DataQualityCheck, DataQualityCount } from "../experiment/data-quality.ts";
import type {
  ArmData,
  ArmJointCounts,
  DailySeries,
  ExperimentData,
  MetricResult,
  PartData,
  SegmentationData,
} from "../experiment/experiment-data.ts";
import type { MetricDefinition } from "../experiment/metric-definition.ts";
import { adjustedResults, commonTheta } from "./covariate-adjustment.ts";
import { DAY_MICROS } from "./day-micros.ts";
import { readSummaryRow } from "./read-summary-row.ts";
import { summaryRowKey } from "./summary-row-key.ts";
import type { SummaryPart, SummaryRow } from "./summary-row.ts";

/**
 * What rows cannot know of an experiment: its plan, or its metrics with their margins, and so on; its `days` where the
 * rows have no times.
 */
export type ExperimentDefinition = Partial<
  Omit<ExperimentData, "arms" | "segmentations" | "dailySeries" | "dataQuality">
>;

/**
 * The document of an experiment, for `analyzeExperiment`, from the rows that the statement of `summarySql` returned.
 *
 * Means with a covariate are adjusted by it (CUPED): with one coefficient for all arms, to the covariate's mean over all
 * of them.
 *
 * @param rows - all rows of one experiment, as the engine's client gives them
 * @param definition - the rest of the document: its plan, or name, control and metrics; from the rows unless said
 * @returns a data document with arms, joint counts, segments, days, and counts of the rows that were left out
 * @throws {DomainError} for rows of several experiments, rows without a unit, and a row that `summarySql` did not make
 * @example
 * ```ts
 * import { analyzeExperiment, parseSummaryRows } from "microlift";
 * const row = {
 *   experiment: "checkout", part: "all", segmentation: "", segment: "", day: null, measure: "arm", metric: "", other: "",
 *   kind: "", attribution_days: null, sum: null, other_sum: null, both: null, mean: null, variance: null,
 *   other_mean: null, other_variance: null, covariance: null,
 * };
 * const sold = { ...row, measure: "result", metric: "purchase", kind: "proportion", role: "macro" };
 * const document = parseSummaryRows([
 *   { ...row, arm: "A", role: "control", n: 21306 },
 *   { ...sold, arm: "A", n: 21306, sum: 122 },
 *   { ...row, arm: "B", role: "treatment", n: 21307 },
 *   { ...sold, arm: "B", n: 21307, sum: 267 },
 * ]);
 * analyzeExperiment(document).treatments[0].decision.action; // "ship"
 * ```
 * Deng, Xu, Kohavi and Walker (2013), eq. 3, for the adjustment.
 */
export function parseSummaryRows(
  rows: Iterable<unknown>,
  definition: ExperimentDefinition = {},
): ExperimentData {
  checkObject("definition", definition);
  const read = readRows(rows);
  const whole = read.filter(({ part }) => part === "all");
  checkUnits(whole);
  const arms = armNames(whole, definition);
  const thetas = new Map(
    [
      ...groupBy(
        whole.filter(({ measure }) => measure === "covariate"),
        ({ metric }) => metric,
      ),
    ].map(([metric, found]) => [metric, commonTheta(found)]),
  );
  const partOf = (of: readonly SummaryRow[]): PartData[] => partData(of, arms, whole, thetas);
  const { segmentations, dailySeries } = {
    segmentations: segmentationData(read, partOf),
    dailySeries: dailyData(read, partOf),
  };
  const clock = whole.find(({ measure }) => measure === "clock");
  const quality = qualityCounts(whole);
  const { control = arms[0]!, metrics = metricDefinitions(whole) } = definition;
  const fromRows = definition.plan === undefined ? { control, metrics } : {};
  return {
    name: read[0]!.experiment,
    ...fromRows,
    ...definition,
    ...daysOf(clock, read),
    arms: partOf(whole).map((part): ArmData => {
      const jointCounts = jointCountsOf(whole, part);
      return { ...part, ...(jointCounts.length === 0 ? {} : { jointCounts }) };
    }),
    ...(segmentations.length === 0 ? {} : { segmentations }),
    ...(dailySeries.length === 0 ? {} : { dailySeries }),
    ...(quality.length === 0 ? {} : { dataQuality: quality }),
  };
}

function readRows(rows: Iterable<unknown>): SummaryRow[] {
  if (
    typeof (rows as Iterable<unknown> | null)?.[Symbol.iterator] !== "function" ||
    typeof rows === "string"
  ) {
    throw new DomainError("rows", rows, "must be a list of rows");
  }
  const read = [...rows].map((row, i) => readSummaryRow(row, `rows[${i}]`));
  const [first] = read;
  if (first === undefined)
    throw new DomainError("rows", read, "must hold at least one row; of empty tables there is none");
  const other = read.findIndex(({ experiment }) => experiment !== first.experiment);
  if (other >= 0) {
    const expected = `must be "${first.experiment}" as in the rows before: parse the rows of each experiment by themselves`;
    throw new DomainError(`rows[${other}].experiment`, read[other]!.experiment, expected);
  }
  const seen = new Set<string>();
  for (const [i, row] of read.entries()) {
    const key = summaryRowKey(row);
    if (seen.has(key)) {
      const expected = "must not be there twice: merge partial summaries by mergeSummaryRows";
      throw new DomainError(`rows[${i}]`, row, expected);
    }
    seen.add(key);
  }
  return read;
}

/** Without a unit nothing can be said of an experiment, but why there is none. */
function checkUnits(whole: readonly SummaryRow[]): void {
  if (whole.some(({ measure, n }) => measure === "arm" && n! > 0)) return;
  const counted = qualityCounts(whole).filter(({ count }) => count > 0);
  const found = counted.map(({ check, metric, count }) =>
    metric === undefined ? `${count} ${check}` : `${count} ${check} of ${metric}`,
  );
  throw new DomainError("rows", found.join(", "), "must hold a unit that is in some arm");
}

/** The arms: control first, and those that were planned though nobody is in them. */
function armNames(whole: readonly SummaryRow[], { plan, control }: ExperimentDefinition): string[] {
  const found = whole.filter(({ measure }) => measure === "arm");
  const named = control ?? plan?.control ?? found.find(({ role }) => role === "control")?.arm;
  const planned = [...(named === undefined ? [] : [named]), ...(plan?.treatments ?? [])];
  return [...new Set([...planned, ...found.map(({ arm }) => arm)])];
}

function metricDefinitions(whole: readonly SummaryRow[]): MetricDefinition[] {
  const results = whole.filter(({ measure }) => measure === "result");
  return [...groupBy(results, ({ metric }) => metric).values()].map(([row]) => {
    const { metric, kind, role, attribution_days: days } = row!;
    return {
      name: metric,
      role: role as MetricRole,
      kind: kind as MetricKind,
      ...(days === null ? {} : { attributionDays: days }),
    };
  });
}

/** Every arm of a group of units: with nobody in it where no row names it. */
function partData(
  rows: readonly SummaryRow[],
  arms: readonly string[],
  whole: readonly SummaryRow[],
  thetas: ReadonlyMap<string, number>,
): PartData[] {
  const adjusted = new Map(
    [...thetas].map(([metric, theta]) => {
      const of = rows.filter((row) => row.measure === "covariate" && row.metric === metric);
      return [metric, adjustedResults(of, theta)];
    }),
  );
  const known = groupBy(
    whole.filter(({ measure }) => measure === "result"),
    ({ metric }) => metric,
  );
  const byArm = groupBy(rows, ({ arm }) => arm);
  return arms.map((name) => {
    const own = byArm.get(name) ?? [];
    const n = own.find(({ measure }) => measure === "arm")?.n ?? 0;
    const found = groupBy(
      own.filter(({ measure }) => measure === "result"),
      ({ metric }) => metric,
    );
    const results = [...known].map(([metric, [like]]) => {
      const row = found.get(metric)?.[0];
      const result = row === undefined ? emptyResult(like!) : metricResult(row, n);
      return { ...result, ...adjusted.get(metric)?.get(name) };
    });
    return { name, n, results };
  });
}

function metricResult(row: SummaryRow, armN: number): MetricResult {
  const { metric, kind, n, sum, mean, variance, other_mean: otherMean, other_variance: otherVariance } = row;
  if (n === 0) return { ...emptyResult(row), ...(armN === 0 ? {} : { n: 0 }) };
  const common = { metric, ...(n === armN ? {} : { n: n! }) };
  if (kind === "proportion") return { ...common, conversions: sum! };
  if (kind === "count") return { ...common, events: sum!, variance: variance! };
  if (kind === "mean") return { ...common, mean: mean!, variance: variance! };
  return {
    ...common,
    numerator: { mean: mean!, variance: variance! },
    denominator: { mean: otherMean!, variance: otherVariance! },
    covariance: row.covariance!,
  };
}

/** What no unit showed. */
function emptyResult({ metric, kind }: SummaryRow): MetricResult {
  const nothing = { mean: 0, variance: 0 };
  if (kind === "proportion") return { metric, conversions: 0 };
  if (kind === "count") return { metric, events: 0 };
  if (kind === "mean") return { metric, ...nothing };
  return { metric, numerator: nothing, denominator: nothing, covariance: 0 };
}

/** Tables of micro × macro, where they count the units whose macro conversion is final. */
function jointCountsOf(whole: readonly SummaryRow[], { name, n: armN, results }: PartData): ArmJointCounts[] {
  const tables = whole.filter(({ measure, arm }) => measure === "joint" && arm === name);
  return tables.flatMap(({ metric: micro, other: macro, n, sum, other_sum: otherSum, both }) => {
    const final = results.find(({ metric }) => metric === macro);
    if (final === undefined || (final.n ?? armN) !== n) return [];
    const [microOnly, macroOnly] = [sum! - both!, otherSum! - both!];
    return [{ micro, neither: n! - microOnly - macroOnly - both!, macroOnly, microOnly, both: both! }];
  });
}

function segmentationData(
  rows: readonly SummaryRow[],
  partOf: (rows: readonly SummaryRow[]) => PartData[],
): SegmentationData[] {
  const segmented = groupBy(
    rows.filter(({ part }) => part === "segment"),
    ({ segmentation }) => segmentation,
  );
  return [...segmented].map(([name, of]) => ({
    name,
    measured: "before-exposure",
    segments: [...groupBy(of, ({ segment }) => segment)].map(([segment, own]) => {
      return { name: segment === "" ? UNKNOWN_SEGMENT : segment, arms: partOf(own) };
    }),
  }));
}

/** Units whose segment the rows do not name. */
const UNKNOWN_SEGMENT = "(unknown)";

function dailyData(
  rows: readonly SummaryRow[],
  partOf: (rows: readonly SummaryRow[]) => PartData[],
): DailySeries[] {
  const ofEntry = daysOfPart(rows, "day");
  const first = ofEntry[0]?.[0] ?? 0;
  const ofExposure = daysOfPart(rows, "exposure-day");
  const followed = new Set(ofExposure.flatMap(([, own]) => own.map(({ metric }) => metric)));
  const series: DailySeries[] = [
    {
      by: "day-of-entry",
      days: ofEntry.map(([day, own]) => ({ day: day - first + 1, arms: partOf(own) })),
    },
    {
      by: "day-of-exposure",
      days: ofExposure.map(([day, own]) => {
        const arms = partOf(own).map((arm) => {
          return { ...arm, results: arm.results.filter(({ metric }) => followed.has(metric)) };
        });
        return { day, arms };
      }),
    },
  ];
  return series
    .map(({ by, days }) => ({ by, days: days.filter(({ arms }) => hasFinal(arms)) }))
    .filter(({ days }) => days.length > 0);
}

/** The rows of each day, in the order of days. */
function daysOfPart(rows: readonly SummaryRow[], of: SummaryPart): [day: number, rows: SummaryRow[]][] {
  const own = rows.filter(({ part }) => part === of);
  return [...groupBy(own, ({ day }) => day!)].toSorted(([a], [b]) => a - b);
}

/** Whether some unit's outcome in some metric is final: a day on which none is has nothing to tell yet. */
function hasFinal(arms: readonly PartData[]): boolean {
  return arms.some(({ n, results }) => results.some((result) => (result.n ?? n) > 0));
}

/** How long the test has run: from the first exposure to the reading, and at least as many days as units entered on. */
function daysOf(clock: SummaryRow | undefined, rows: readonly SummaryRow[]): { days?: number } {
  if (clock === undefined || clock.sum === null || clock.other_sum === null) return {};
  const ofEntry = daysOfPart(rows, "day");
  const [first = 0, last = -1] = [ofEntry[0]?.[0], ofEntry.at(-1)?.[0]];
  return { days: Math.max((clock.other_sum - clock.sum) / DAY_MICROS, last - first + 1) };
}

function qualityCounts(whole: readonly SummaryRow[]): DataQualityCount[] {
  const counted = whole
    .filter(({ measure }) => measure === "quality")
    .map(({ other, metric, n }): DataQualityCount => {
      return { check: other as DataQualityCheck, count: n ?? 0, ...(metric === "" ? {} : { metric }) };
    });
  const unitsOf = new Map(whole.filter(({ measure }) => measure === "arm").map(({ arm, n }) => [arm, n!]));
  // Where the rows have no times nobody looked which windows are over.
  const hasTime = whole.some(({ measure, sum }) => measure === "clock" && sum !== null);
  const results = whole.filter((row) => hasTime && row.measure === "result" && row.attribution_days !== null);
  const immature = [...groupBy(results, ({ metric }) => metric)].map(([metric, rows]): DataQualityCount => {
    const count = rows.reduce((sum, { arm, n }) => sum + unitsOf.get(arm)! - n!, 0);
    return { check: "immature-units", count, metric };
  });
  return counted.length === 0 ? [] : [...counted, ...immature];
}

function groupBy<T, K>(items: readonly T[], keyOf: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}
