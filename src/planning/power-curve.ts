import { checkObject } from "../core/checks.ts";
import type { MetricRole } from "../core/metric-role.ts";
import type { Result } from "../core/result.ts";
import type { Status } from "../core/status.ts";
import type { Warning } from "../core/warning.ts";
import { checkedAllocation } from "../models/allocation.ts";
import { wholeUnits } from "../models/whole-units.ts";
import { curveEnd, curveSizes } from "./curve-grid.ts";
import { type DesignEcho, designEcho } from "./design-echo.ts";
import { eachMetric, metricWarnings } from "./each-metric.ts";
import { unreachable } from "./planning-cautions.ts";
import { type Sizes, sizesOf } from "./sizes.ts";
import { type MetricTest, metricTest, type TableMetric } from "./table-metric.ts";
import { targetPower, type TestDesign, testDesign, type TestDesignOptions } from "./test-design.ts";

export interface PowerCurveOptions extends TestDesignOptions {
  /** What is planned, one curve each: several metrics, or one with several lifts. */
  readonly metrics: readonly TableMetric[];
  /** Probability of detecting each metric's planned effect, in (0, 1); 0.8 unless said. */
  readonly power?: number | undefined;
  /** n of each treatment arm over control n, above 0; 1 unless said. */
  readonly allocation?: number | undefined;
  /** Units of the control arm at which the curves end, at least 1; somewhat beyond the largest size needed unless said. */
  readonly upToN?: number | undefined;
}

/** The power at one size. */
export interface PowerAtSize {
  /** Units of the control arm. */
  readonly n: number;
  /** Probability of detecting the planned effect. */
  readonly power: number;
}

/** How the power of one metric's test grows. */
export interface MetricPowerCurve extends Sizes {
  readonly name: string;
  readonly role: MetricRole;
  readonly kind: TableMetric["kind"];
  /** The test that is planned. */
  readonly method: MetricTest["method"];
  readonly difference: number;
  /** Null where the metric has no baseline, or none above 0. */
  readonly lift: number | null;
  /** `unbounded` where the power asked for is never reached: then the sizes are Infinity, and a warning says why. */
  readonly status: Status;
  /** How many times as many units are needed as without variance reduction and clusters; 1 without both. */
  readonly varianceFactor: number;
  /** In order of size. */
  readonly points: readonly PowerAtSize[];
}

/** Power against the size of the test, for several metrics or several effects. */
export interface PowerCurve extends Result<"power-curve">, Omit<DesignEcho, "varianceFactor"> {
  readonly method: "point-by-point";
  readonly curves: readonly MetricPowerCurve[];
  readonly targetPower: number;
  readonly allocation: number;
}

/**
 * How the power of a test grows with its size, for several metrics or for several lifts of one.
 *
 * H0 of each test: both arms are equal. H1: they differ by the planned effect. Each point is what `powerForProportions`,
 * `powerForMeans`, `powerForRatios` or `powerForCounts` says at that size, when all conversions are in; for days see
 * `powerCurveByDay`.
 *
 * @param options.metrics - each with `name` and `kind`, as for `durationTable`; when they are read does not matter here
 * @param options.upToN - units of the control arm at which the curves end, from 1 to 1e15; 1.2 times the largest size
 *   that is needed unless said
 * @param options.alpha - type I error, in (0, 1); 0.05 unless said
 * @param options.power - in (0, 1) and above the type I error in the tail of the effect; 0.8 unless said
 * @param options.alternative - two-sided unless said
 * @param options.allocation - treatment n over control n, above 0; 1 unless said
 * @param options.treatments - treatments compared with the one control, a whole number of at least 1; 1 unless said
 * @param options.adjustment - how alpha is kept over them: `bonferroni` unless said, `dunnett` or `none`
 * @returns for each metric the size that is needed, and some forty points at whole sizes, denser where the power rises
 * @throws {DomainError} naming the metric's field, such as `metrics[1].baseline`; or `upToN`, where no metric ever
 *   reaches its power and none is given
 * @example
 * ```ts
 * import { powerCurve } from "microlift";
 * const metrics = [0.1, 0.2].map((lift) => ({
 *   name: `lift of ${lift}`, kind: "proportion" as const, baseline: 0.05, lift,
 * }));
 * const { curves } = powerCurve({ metrics, upToN: 16_000 });
 * curves[1].control; // 8158
 * curves[1].points.at(-1).n; // 16000
 * curves.map(({ points }) => points.at(-1).power); // [0.518, 0.975]
 * ```
 * Source: as the sample sizes.
 */
export function powerCurve(options: PowerCurveOptions): PowerCurve {
  checkObject("options", options);
  const allocation = checkedAllocation(options.allocation);
  const design = testDesign(options, allocation);
  const power = targetPower(options.power, design);
  const sized = eachMetric(options.metrics, metricTest).map((test) => sizedMetric(test, design, power));
  const end = curveEnd(
    "upToN",
    options.upToN,
    sized.map(({ exact }) => exact),
  );
  const sizes = curveSizes(end);
  const { alpha, alternative, treatments, adjustment, tailAlpha } = designEcho(design, 1);
  return {
    kind: "power-curve",
    method: "point-by-point",
    curves: sized.map((metric) => curveOf(metric, design, sizes)),
    targetPower: power,
    allocation,
    alpha,
    alternative,
    treatments,
    adjustment,
    tailAlpha,
    warnings: metricWarnings(sized.map(({ test, warnings }) => ({ name: test.name, warnings }))),
    assumptions: [...new Set(sized.flatMap(({ test }) => test.assumptions))],
  };
}

interface SizedMetric {
  readonly test: MetricTest;
  /** Units of control that are needed, unrounded. */
  readonly exact: number;
  readonly sizes: Sizes;
  readonly warnings: readonly Warning[];
}

function sizedMetric(test: MetricTest, design: TestDesign, power: number): SizedMetric {
  const { allocation, treatments } = design;
  const exact = test.testAt(1, allocation).requiredUnits(design, power) * test.factor;
  const sizes = sizesOf(wholeUnits(exact), wholeUnits(exact * allocation), treatments);
  const reason = exact < Infinity ? [] : [unreachable(test.difference, design)];
  return { test, exact, sizes, warnings: [...reason, ...test.cautions(sizes)] };
}

function curveOf(
  { test, exact, sizes }: SizedMetric,
  design: TestDesign,
  grid: readonly number[],
): MetricPowerCurve {
  const { name, role, kind, method, difference, lift, factor } = test;
  const planned = test.testAt(1, design.allocation);
  return {
    name,
    role,
    kind,
    method,
    difference,
    lift,
    status: exact < Infinity ? "ok" : "unbounded",
    ...sizes,
    varianceFactor: factor,
    points: grid.map((n) => ({ n, power: planned.nearTailPower(design, n / factor) })),
  };
}
