import type { Activity } from "./activity.ts";
import { cappedValue, capOf } from "./frame-tables.ts";
import { micros, type SummaryContext } from "./summary-context.ts";
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
  /** Aggregates over rows `u` of the activity, by their alias. */
  readonly sums: ReadonlyMap<string, string>;
  /** Numbers whose sums are taken about a centre, `f.centre_x0`. */
  readonly centred: readonly UnitValue[];
}

/** What each group of units says, as lines over sums that are computed once each. */
export function summaryLines(context: SummaryContext, activity: Activity): SummaryLines {
  const { sql, metrics } = context;
  const { name: q } = sql;
  const aliases = new Map<string, string>();
  const centred = new Map<string, UnitValue>();

  /** The alias of an aggregate; the same one is computed once. */
  function aggregate(expression: string): string {
    const alias = aliases.get(expression) ?? `s${aliases.size}`;
    aliases.set(expression, alias);
    return `g.${q(alias)}`;
  }

  const isMature = (days: number | null): string =>
    days === null || !activity.hasTime ? "" : `u.${q("entered")} <= f.${q("read_at")} - ${micros(days)}`;
  const among = (condition: string, value: string): string =>
    condition === "" ? value : `CASE WHEN ${condition} THEN ${value} END`;
  const countOf = (condition: string): string => aggregate(sql.integer(`COUNT(${among(condition, "1")})`));
  const wholeSum = (value: UnitValue, mature: string): string =>
    aggregate(sql.integer(`COALESCE(SUM(${among(mature, `u.${q(value.alias)}`)}), 0)`));
  const fromCentre = (value: UnitValue): string => {
    centred.set(value.alias, value);
    return `(${sql.double(cappedValue(context, value))} - f.${q(`centre_${value.alias}`)})`;
  };

  /** Mean, variances and covariance of two numbers over mature units. */
  function moments(first: UnitValue, second: UnitValue | null, mature: string): SummaryLine["numbers"] {
    const n = countOf(mature);
    const [x, y] = [fromCentre(first), second === null ? null : fromCentre(second)];
    const sumOf = (expression: string): string =>
      aggregate(`${sql.syntax.sumOfDoubles}(${among(mature, expression)})`);
    const mean = (value: UnitValue, from: string): string =>
      `${aggregate(`MAX(f.${q(`centre_${value.alias}`)})`)} + ${sumOf(from)} / ${n}`;
    // A sum of squares can come out below 0 by rounding only.
    const product = (a: string, b: string): string =>
      `CASE WHEN ${n} > 1 THEN (${sumOf(`${a} * ${b}`)} - ${sumOf(a)} * ${sumOf(b)} / ${n}) / (${n} - 1) ELSE 0 END`;
    const square = (a: string): string => `GREATEST(0, ${product(a, a)})`;
    return {
      n,
      mean: among(`${n} > 0`, mean(first, x)),
      variance: square(x),
      ...(second === null || y === null
        ? {}
        : {
            other_mean: among(`${n} > 0`, mean(second, y)),
            other_variance: square(y),
            covariance: product(x, y),
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
        numbers: { n: aggregate(sql.integer(`SUM(u.${q(column.alias)})`)) },
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
      return [
        {
          ...blank,
          measure: "quality",
          metric: metric.name,
          other: "values-capped",
          scope: "experiment",
          numbers: {
            n: aggregate(
              sql.integer(
                `COUNT(CASE WHEN u.${q("arm")} IS NOT NULL AND u.${q(value.alias)} > ${cap} THEN 1 END)`,
              ),
            ),
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
      const product = `u.${q(first.alias)} * u.${q(second.alias)}`;
      return [
        {
          ...common,
          measure: "joint",
          numbers: {
            n: countOf(mature),
            sum: wholeSum(first, mature),
            other_sum: wholeSum(second, mature),
            both: aggregate(sql.integer(`COALESCE(SUM(${among(mature, product)}), 0)`)),
          },
        },
      ];
    }),
  ];
  return {
    lines,
    sums: new Map([...aliases].map(([expression, alias]) => [alias, expression])),
    centred: [...centred.values()],
  };
}
