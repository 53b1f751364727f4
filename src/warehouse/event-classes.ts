import type { SummaryContext } from "./summary-context.ts";
import { micros } from "./summary-context.ts";
import type { Column } from "./summary-options.ts";
import type { MetricValues, UnitValue } from "./unit-values.ts";

/**
 * The classes of events, as whole numbers: what an event is called, and where it lies.
 *
 * Names that count for the same numbers are one. Windows cut the time since exposure into spans, of which each is a
 * place; the places behind them are those of events that are of nobody in the test. So each number of a unit, and each
 * count of events, is made of whole classes.
 */
export interface EventClasses {
  /** The literals of the names, by the number of the name. */
  readonly names: readonly (readonly string[])[];
  /** Microseconds since exposure where spans part, in their order. */
  readonly cuts: readonly string[];
  /** The place of events of units that are not in the test; the flaws of events are the places behind it. */
  readonly strangers: number;
  readonly places: number;
  /** The columns that hold values of events. */
  readonly columns: readonly { alias: string; column: Column; field: string }[];
  /** The column of a value, by the alias of the number that it makes. */
  readonly columnOf: ReadonlyMap<string, string>;
  /** Classes within the window of some number: they are counted for each unit. */
  readonly counted: readonly number[];
  /** Classes of events that a number of a unit is made of. */
  readonly ofValue: (value: UnitValue) => number[];
  /** Classes of a metric's events in the places from one to another, or of all metrics'. */
  readonly ofMetrics: (metrics: readonly MetricValues[], from: number, to: number) => number[];
  /** Those of all metrics before exposure: of names that no covariate counts. */
  readonly beforeExposure: () => number[];
  /** The place that begins so many days after exposure. */
  readonly placeFrom: (days: number) => number;
}

/** The events that are at fault are in as many places, behind those of strangers. */
export function eventClasses({ sql, values, metrics }: SummaryContext, flaws: number): EventClasses {
  const literalsOf = new Map(
    values.map(({ alias, measure, field }) => {
      const names = typeof measure.event === "string" ? [measure.event] : measure.event!;
      return [alias, names.map((name) => sql.text(name, `${field}.event`))] as const;
    }),
  );
  const names = groupedNames(literalsOf);
  const namesOf = ({ alias }: UnitValue): number[] =>
    names.flatMap((literals, i) => (literalsOf.get(alias)!.includes(literals[0]!) ? [i] : []));

  const ends = values.flatMap(({ fromDays, toDays }) => [fromDays, toDays ?? fromDays]);
  const cuts = [...new Set(ends.map((days) => micros(days)))].toSorted((a, b) => Number(a) - Number(b));
  const strangers = cuts.length + 1;
  const places = strangers + 1 + flaws;
  const placeFrom = (days: number): number => cuts.indexOf(micros(days)) + 1;
  const classesOf = (of: readonly number[], from: number, to: number): number[] =>
    of.flatMap((name) => Array.from({ length: to - from + 1 }, (_, i) => name * places + from + i));
  const ofValue = (value: UnitValue): number[] => {
    const { fromDays, toDays } = value;
    return classesOf(
      namesOf(value),
      placeFrom(fromDays),
      toDays === null ? cuts.length : placeFrom(toDays) - 1,
    );
  };
  const namesOfMetrics = (of: readonly MetricValues[]): number[] => [
    ...new Set(of.flatMap((metric) => metric.values.flatMap(namesOf))),
  ];
  const ofCovariates = new Set(values.filter(({ toDays }) => toDays === 0).flatMap(namesOf));

  const columns = new Map<string, EventClasses["columns"][number]>();
  const columnOf = new Map<string, string>();
  for (const { alias, measure, field } of values) {
    if (measure.value === undefined) continue;
    const key = JSON.stringify(measure.value);
    const found = columns.get(key) ?? {
      alias: `v${columns.size}`,
      column: measure.value,
      field: `${field}.value`,
    };
    columns.set(key, found);
    columnOf.set(alias, found.alias);
  }
  return {
    names,
    cuts,
    strangers,
    places,
    columns: [...columns.values()],
    columnOf,
    counted: [...new Set(values.flatMap(ofValue))].toSorted((a, b) => a - b),
    ofValue,
    ofMetrics: (of, from, to) => classesOf(namesOfMetrics(of), from, to),
    beforeExposure: () =>
      classesOf(
        namesOfMetrics(metrics).filter((name) => !ofCovariates.has(name)),
        0,
        placeFrom(0) - 1,
      ),
    placeFrom,
  };
}

/** The names of events, those together that stand in the same lists. */
function groupedNames(lists: ReadonlyMap<string, readonly string[]>): string[][] {
  const groups = new Map<string, string[]>();
  for (const name of new Set([...lists.values()].flat())) {
    const key = [...lists].flatMap(([alias, list]) => (list.includes(name) ? [alias] : [])).join();
    groups.set(key, [...(groups.get(key) ?? []), name]);
  }
  return [...groups.values()];
}

/** Condition that a column holds one of some classes, neighbours taken together. */
export function isOneOf(column: string, classes: readonly number[]): string {
  const ranges: [number, number][] = [];
  for (const one of classes.toSorted((a, b) => a - b)) {
    const range = ranges.at(-1);
    if (range !== undefined && one <= range[1] + 1) range[1] = one;
    else ranges.push([one, one]);
  }
  if (ranges.length === 0) return "1 = 0";
  const conditions = ranges.map(([from, to]) =>
    from === to ? `${column} = ${from}` : `${column} BETWEEN ${from} AND ${to}`,
  );
  return conditions.length === 1 ? conditions[0]! : `(${conditions.join(" OR ")})`;
}
