import { checkObject, checkPositive } from "../core/checks.ts";
import { DomainError } from "../core/domain-error.ts";
import type { Result } from "../core/result.ts";
import { checkedAllocation } from "../models/allocation.ts";
import { controlTraffic, type TrafficOptions } from "../models/control-traffic.ts";
import { delayAssumptions } from "../models/conversion-delay.ts";
import { trafficAssumptions } from "../models/traffic-assumptions.ts";
import type { DesignEcho } from "./design-echo.ts";
import { type DurationRow, durationRow } from "./duration-row.ts";
import { eachMetric, metricWarnings } from "./each-metric.ts";
import { metricTest, type TableMetric } from "./table-metric.ts";
import { targetPower, testDesign, type TestDesignOptions } from "./test-design.ts";
import { type TrafficMethod, trafficMethod } from "./traffic-method.ts";

export interface DurationTableOptions extends TrafficOptions, TestDesignOptions {
  /** What is planned, one row each. */
  readonly metrics: readonly TableMetric[];
  /** Probability of detecting each metric's planned effect, in (0, 1); 0.8 unless said. */
  readonly power?: number | undefined;
  /** n of each treatment arm over control n, above 0; 1 unless said. */
  readonly allocation?: number | undefined;
  /** Days after the start at which the power is told, each above 0; 7, 14 and 28 unless said. */
  readonly powerAtDays?: readonly number[] | undefined;
}

/** Durations of several metrics on the same traffic, side by side. */
export interface DurationTable extends Result<"duration-table">, Omit<DesignEcho, "varianceFactor"> {
  readonly method: TrafficMethod;
  readonly rows: readonly DurationRow[];
  readonly targetPower: number;
  readonly allocation: number;
  readonly powerAtDays: readonly number[];
}

const DAYS_SHOWN: readonly number[] = [7, 14, 28];

/**
 * How long each of several metrics takes on the same traffic, and what it would tell earlier: units, days, and the
 * power at given days, micro and macro conversions side by side.
 *
 * It tells how soon each change is seen, and not what seeing it is worth: for that see `decisionSpeedup`.
 *
 * @param options.metrics - each with `name`, `role` (`macro` unless said), and `kind`: a `proportion` with `baseline`
 *   and `lift` or `difference`, a `mean` with `standardDeviation` beside them, a `ratio` or a `count` as for
 *   `sampleSizeForRatios` and `sampleSizeForCounts`; each with its own `attributionDays` or `conversionDelay`,
 *   `varianceReduction`, `clusters` and (but for ratios) `test`
 * @param options.unitsPerDay - new units per day in the control arm, at or above 0; exactly one of the four traffics
 * @param options.totalUnitsPerDay - new units per day in all arms together
 * @param options.traffic - of the control arm, as for `durationDays`
 * @param options.totalTraffic - the same for all arms together
 * @param options.alpha - type I error, in (0, 1); 0.05 unless said
 * @param options.power - in (0, 1) and above the type I error in the tail of the effect; 0.8 unless said
 * @param options.alternative - two-sided unless said
 * @param options.allocation - treatment n over control n, above 0; 1 unless said
 * @param options.treatments - treatments compared with the one control, a whole number of at least 1; 1 unless said
 * @param options.adjustment - how alpha is kept over them: `bonferroni` unless said, `dunnett` or `none`
 * @param options.powerAtDays - days after the start, each above 0; 7, 14 and 28 unless said
 * @returns a row for each metric; Infinity with a warning where its power is never reached
 * @throws {DomainError} naming the metric's field, such as `metrics[1].baseline`
 * @example
 * ```ts
 * import { durationTable } from "microlift";
 * const { rows } = durationTable({
 *   metrics: [
 *     { name: "order", kind: "proportion", baseline: 0.02, lift: 0.1, attributionDays: 7 },
 *     { name: "add to cart", role: "proxy", kind: "proportion", baseline: 0.1, lift: 0.1 },
 *   ],
 *   totalUnitsPerDay: 4000,
 * });
 * rows.map((row) => row.control); // [80682, 14751]
 * rows.map((row) => row.wholeDays); // [48, 8]
 * rows[1].powerByDay[0].power; // 0.78
 * ```
 * Source: as the sample sizes; for delays derived for this library.
 */
export function durationTable(options: DurationTableOptions): DurationTable {
  checkObject("options", options);
  const { metrics, powerAtDays = DAYS_SHOWN } = options;
  const allocation = checkedAllocation(options.allocation);
  const design = testDesign(options, allocation);
  const power = targetPower(options.power, design);
  const traffic = controlTraffic(options, 1 + design.treatments * allocation);
  checkDays(powerAtDays);
  const tests = eachMetric(metrics, metricTest);
  const terms = { design, power, traffic, powerAtDays };
  const rows = tests.map((test) => durationRow(test, terms));
  const { alpha, alternative, treatments, adjustment, tailAlpha } = design;
  return {
    kind: "duration-table",
    method: trafficMethod(traffic),
    rows,
    targetPower: power,
    allocation,
    powerAtDays: [...powerAtDays],
    alpha,
    alternative,
    treatments,
    adjustment,
    tailAlpha,
    warnings: metricWarnings(rows),
    assumptions: [
      ...new Set([
        ...trafficAssumptions(traffic),
        ...tests.flatMap(({ delay, assumptions }) => [...delayAssumptions(delay), ...assumptions]),
      ]),
    ],
  };
}

function checkDays(days: readonly number[]): void {
  if (!Array.isArray(days)) throw new DomainError("powerAtDays", days, "must be an array");
  days.forEach((day, i) => checkPositive(`powerAtDays[${i}]`, day));
}
