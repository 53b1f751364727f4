import { type Activity, sumWhere } from "./activity.ts";
import { capOf } from "./frame-tables.ts";
import type { SummaryContext } from "./summary-context.ts";
import type { SummaryMeasure } from "./summary-row.ts";
import type { MetricValues, UnitValue } from "./unit-values.ts";

/** The columns of a summary row that hold numbers, and what each line puts there: an expression over the groups `g`. */
export const NUMBER_COLUMNS = [
  "n",
  "sum",
  "other_sum",
  "both",
  "mean",
  "variance",
  "other_mean",
  "other_variance",
  "covariance",
] as const;

type NumberColumn = (typeof NUMBER_COLUMNS)[number];

/** One line that is written for each group: which row of the result it makes. */
export interface SummaryLine {
  readonly measure: SummaryMeasure;
  readonly metric: string;
  readonly other: string;
  readonly kind: string;
  readonly role: string;
  readonly attributionDays: number | null;
  /** For an experiment as a whole, for each arm as a whole, or for each arm, segment and day. */
  readonly scope: "experiment" | "arm" | "part";
  readonly numbers: Readonly<Partial<Record<NumberColumn, string>>>;
}

/** The lines of a statement, and the sums over units that they are made of. */
export interface SummaryLines {
  readonly lines: readonly SummaryLine[];
  /** Sums over the units `u` of a cell, by their alias. */
  readonly totals: ReadonlyMap<string, string>;
  /** Aggregates over the cells `c` of a group, by their alias. */
  readonly sums: ReadonlyMap<string, string>;
  /** Days after which units are mature, `mature0` …: cells hold units that agree in it. */
  readonly windows: readonly number[];
  /** Numbers whose sums are taken about a centre: `from_x0` is the distance from it. */
  readonly centred: readonly UnitValue[];
}

/** The column that says whether a number was capped. */
export function overCap(alias: string): string {
  return `over_${alias}`;
}

/** The attribution windows of metrics, in days. */
function maturityWindows({ metrics }: SummaryContext): number[] {
  return [...new Set(metrics.flatMap(({ metric }) => metric.attributionDays ?? []))];
}

function byAlias(aliases: ReadonlyMap<string, string>): Map<string, string> {
  return new Map([...aliases].map(([expression, alias]) => [alias, expression]));
}

/** What each group of units says, as lines over sums that are computed once each. */
export function summaryLines(context: SummaryContext, activity: Activity): SummaryLines {
  const { sql, metrics } = context;
  const { name: q } = sql;
  const totals = new Map<string, string>();
  const aliases = new Map<string, string>();
  const centred = new Map<string, UnitValue>();

  /** The column of the cells with a sum over their units `u`; the same one is computed once. */
  function total(sum: string): string {
    const alias = totals.get(sum) ?? `t${totals.size}`;
    totals.set(sum, alias);
    return `c.${q(alias)}`;
  }

  /** The column of the groups with an aggregate over their cells `c`; the same one is computed once. */
  function aggregate(expression: string): string {
    const alias = aliases.get(expression) ?? `s${aliases.size}`;
    aliases.set(expression, alias);
    return `g.${q(alias)}`;
  }

  const windows = activity.hasTime ? maturityWindows(context) : [];
  const isMature = (days: number | null): string =>
    days === null || !activity.hasTime ? "" : `c.${q(`mature${windows.indexOf(days)}`)} = 1`;
  const among = (condition: string, value: string): string =>
    condition === "" ? value : `CASE WHEN ${condition} THEN ${value} END`;
  const wholeSumOf = (column: string, mature: string): string =>
    aggregate(sql.integer(`COALESCE(SUM(${among(mature, column)}), 0)`));
  const countOf = (mature: string): string => wholeSumOf(`c.${q("units")}`, mature);
  const wholeSum = (value: UnitValue, mature: string): string =>
    wholeSumOf(total(`SUM(u.${q(value.alias)})`), mature);
  const { sumOfDoubles } = sql.syntax;
  const fromCentre = (value: UnitValue): string => {
    centred.set(value.alias, value);
    return `u.${q(`from_${value.alias}`)}`;
  };

  /** Mean, variances and covariance of two numbers over mature units. */
  function moments(first: UnitValue, second: UnitValue | null, mature: string): SummaryLine["numbers"] {
    const n = countOf(mature);
    const [x, y] = [fromCentre(first), second === null ? null : fromCentre(second)];
    const foldedBy = (name: string, expression: string): string =>
      aggregate(`${name}(${among(mature, total(`${name}(${expression})`))})`);
    const sumOf = (expression: string): string => foldedBy(sumOfDoubles, expression);
    // Of a number that is the same for all units sums would leave a trace of the centre: 1e-18 in place of no variance.
    const varies = (a: string): string => `${foldedBy("MIN", a)} < ${foldedBy("MAX", a)}`;
    const mean = (value: UnitValue, from: string): string =>
      `${aggregate(`MAX(f.${q(`centre_${value.alias}`)})`)} + CASE WHEN ${varies(from)} THEN ${sumOf(from)} / ${n} ELSE ${foldedBy("MIN", from)} END`;
    // A sum of squares can come out below 0 by rounding only.
    const product = (a: string, b: string): string =>
      `CASE WHEN ${[...new Set([a, b])].map(varies).join(" AND ")} THEN (${sumOf(`${a} * ${b}`)} - ${sumOf(a)} * ${sumOf(b)} / ${n}) / (${n} - 1) ELSE 0 END`;
    const square = (a: string): string => `GREATEST(0, ${product(a, a)})`;
    // And a covariance beyond both standard deviations.
    const covariance = (a: string, b: string): string => {
      const largest = `SQRT(${square(a)}) * SQRT(${square(b)})`;
      return `LEAST(${largest}, GREATEST(-${largest}, ${product(a, b)}))`;
    };
    return {
      n,
      mean: among(`${n} > 0`, mean(first, x)),
      variance: square(x),
      ...(second === null || y === null
        ? {}
        : {
            other_mean: among(`${n} > 0`, mean(second, y)),
            other_variance: square(y),
            covariance: covariance(x, y),
          }),
    };
  }

  function resultNumbers({ metric, values }: MetricValues): SummaryLine["numbers"] {
    const [first, second] = values as [UnitValue, UnitValue | undefined];
    const mature = isMature(metric.attributionDays ?? null);
    if (metric.kind === "proportion") return { n: countOf(mature), sum: wholeSum(first, mature) };
    if (metric.kind === "count") return { ...moments(first, null, mature), sum: wholeSum(first, mature) };
    return moments(first, second ?? null, mature);
  }

  const blank = { metric: "", other: "", kind: "", role: "", attributionDays: null };
  const described = ({ metric }: MetricValues) => ({
    metric: metric.name,
    kind: metric.kind,
    role: metric.role ?? "",
    attributionDays: metric.attributionDays ?? null,
  });
  const macro = metrics.find(({ metric }) => metric.role === "macro");
  const longest = (a: MetricValues, b: MetricValues): number | null => {
    const [first, second] = [a.metric.attributionDays, b.metric.attributionDays];
    return first === undefined && second === undefined ? null : Math.max(first ?? 0, second ?? 0);
  };

  const lines: SummaryLine[] = [
    {
      ...blank,
      measure: "clock",
      scope: "experiment",
      numbers: activity.hasTime
        ? {
            sum: aggregate(`MAX(f.${q("first_entered")})`),
            other_sum: aggregate(`MAX(f.${q("read_at")})`),
          }
        : {},
    },
    ...activity.quality.map((column): SummaryLine => {
      return {
        ...blank,
        measure: "quality",
        metric: column.metric,
        other: column.check,
        scope: "experiment",
        numbers: { n: aggregate(sql.integer(column.count)) },
      };
    }),
    { ...blank, measure: "arm", scope: "part", numbers: { n: countOf("") } },
    ...metrics.map((entry): SummaryLine => {
      return {
        ...blank,
        ...described(entry),
        measure: "result",
        scope: "part",
        numbers: resultNumbers(entry),
      };
    }),
    ...metrics.flatMap(({ metric, values }): SummaryLine[] => {
      const [value] = values as [UnitValue];
      if (value.winsorized === null) return [];
      const cap = capOf(q, value.alias, value.winsorized.upper);
      const mature = isMature(metric.attributionDays ?? null);
      const isCounted = [`c.${q("arm")} IS NOT NULL`, ...(mature === "" ? [] : [mature])].join(" AND ");
      return [
        {
          ...blank,
          measure: "quality",
          metric: metric.name,
          other: "values-capped",
          scope: "experiment",
          numbers: {
            n: aggregate(sql.integer(sumWhere(sql, isCounted, overCap(value.alias)))),
            mean: aggregate(sql.double(`MAX(${cap})`)),
          },
        },
      ];
    }),
    ...metrics.flatMap((entry): SummaryLine[] => {
      if (entry.covariate === null) return [];
      const mature = isMature(entry.metric.attributionDays ?? null);
      return [
        {
          ...blank,
          ...described(entry),
          measure: "covariate",
          other: entry.covariate.name,
          scope: "part",
          numbers: moments(entry.values[0]!, entry.covariate.value, mature),
        },
      ];
    }),
    ...metrics.flatMap((entry): SummaryLine[] => {
      if (macro === undefined || entry === macro || entry.metric.role === "guardrail") return [];
      if (entry.metric.kind === "ratio" || macro.metric.kind === "ratio") return [];
      const mature = isMature(longest(entry, macro));
      const [first, second] = [entry.values[0]!, macro.values[0]!];
      const common = { ...blank, ...described(entry), other: macro.metric.name, scope: "arm" as const };
      if (entry.metric.kind !== "proportion" || macro.metric.kind !== "proportion") {
        return [{ ...common, measure: "moments", numbers: moments(first, second, mature) }];
      }
      const product = total(`SUM(u.${q(first.alias)} * u.${q(second.alias)})`);
      return [
        {
          ...common,
          measure: "joint",
          numbers: {
            n: countOf(mature),
            sum: wholeSum(first, mature),
            other_sum: wholeSum(second, mature),
            both: wholeSumOf(product, mature),
          },
        },
      ];
    }),
  ];
  return {
    lines,
    totals: byAlias(totals),
    sums: byAlias(aliases),
    windows,
    centred: [...centred.values()],
  };
}
