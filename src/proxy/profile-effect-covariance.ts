import { DEFAULT_CONFIDENCE_LEVEL } from "../core/defaults.ts";
import type { Estimate } from "../core/estimate.ts";
import type { Interval } from "../core/interval.ts";
import { type Coordinate, fittedParameters } from "../bayesian/fitted-parameter.ts";
import { chartPoint, choleskyChart, type CholeskyChart, coordinateOf, inChart } from "./cholesky-chart.ts";
import type { EffectTable } from "./effect-table.ts";
import type { RandomEffectsFit } from "./random-effects-fit.ts";
import { randomEffectsLikelihood } from "./random-effects-likelihood.ts";
import { type StandardizedEffects, standardizeEffects } from "./standardize-effects.ts";
import { cos, sin, tan } from "../numerics/elementary/trigonometric.ts";

/** How two metrics move together. */
export interface ProfiledPair {
  /** Correlation of the true effects; undetermined where one of the metrics does not move at all. */
  readonly rho: Estimate;
  /** Its square, the trial-level R². */
  readonly rSquared: Estimate;
  /** Macro effect per proxy effect; open on both sides where the data do not rule out a proxy that never moves. */
  readonly slope: Estimate;
}

/**
 * Estimates with profile-likelihood intervals: the values that a likelihood-ratio test with one degree of freedom does
 * not reject, all else maximised. A limit at the end of the range (tau 0, rho ±1) means that the data do not rule out
 * that end. Standard errors, from the observed information, are null at an end.
 */
export interface ProfiledCovariance {
  /** Of each metric, in the table's order. */
  readonly tau: readonly Estimate[];
  /** Of each proxy with the macro metric, which is the last. */
  readonly pairs: readonly ProfiledPair[];
}

/**
 * Profile-likelihood intervals around a fit.
 *
 * Some tens of fits each: half a hundred milliseconds for one proxy and a hundred experiments.
 *
 * Venzon and Moolgavkar (1988); Hardy and Thompson (1996) for random effects.
 */
export function profileEffectCovariance(
  table: EffectTable,
  fit: RandomEffectsFit,
  confidenceLevel: number = DEFAULT_CONFIDENCE_LEVEL,
): ProfiledCovariance {
  const profile = profiler(table, fit, confidenceLevel);
  const metrics = fit.tau.map((_, i) => i);
  const macro = metrics.length - 1;
  const tau = metrics.map(profile.tau);
  // Where the data do not rule out that a metric stands still, they rule out no correlation with it, and no slope on it.
  const mayStandStill = tau.map(({ interval }) => interval.lower === 0);
  return {
    tau,
    pairs: metrics.slice(0, -1).map((proxy) => {
      const rho = profile.rho(proxy, macro, mayStandStill[proxy]! || mayStandStill[macro]!);
      return { rho, rSquared: squared(rho), slope: profile.slope(proxy, macro, mayStandStill[proxy]!) };
    }),
  };
}

interface Profiler {
  readonly tau: (metric: number) => Estimate;
  /** With every correlation in the interval, where `isOpen`. */
  readonly rho: (proxy: number, macro: number, isOpen: boolean) => Estimate;
  readonly slope: (proxy: number, macro: number, isOpen: boolean) => Estimate;
}

const QUARTER_TURN = Math.PI / 2;

function profiler(table: EffectTable, fit: RandomEffectsFit, confidenceLevel: number): Profiler {
  const standardized: StandardizedEffects = standardizeEffects(table);
  const { unit } = standardized;
  const { curveAt } = randomEffectsLikelihood(standardized.table, fit.method);
  const covariance = fit.covariance.flatMap((row, i) => row.map((value, j) => value / (unit[i]! * unit[j]!)));

  function estimate(chart: CholeskyChart, coordinate: Coordinate): Estimate {
    const f = inChart(curveAt, chart);
    const at = chartPoint(chart, covariance);
    const lower = chart.entries.map(() => -Infinity);
    const upper = chart.entries.map(() => Infinity);
    // One sign of the first pivot is enough, and of a radius: the other would turn a correlation round.
    lower[coordinateOf(chart, 0, 0)] = 0;
    if (chart.polar !== undefined) {
      const [radius, angle] = chart.polar;
      lower[radius] = 0;
      lower[angle] = -QUARTER_TURN;
      upper[angle] = QUARTER_TURN;
    }
    const [found] = fittedParameters(f, { at, ...f(at) }, { lower, upper }, [coordinate], confidenceLevel);
    const { name: _, ...own } = found!;
    return fit.onBoundary ? { ...own, standardError: null } : own;
  }

  /** The same, but for an interval from end to end. */
  function openEstimate(chart: CholeskyChart, coordinate: Coordinate): Estimate {
    const { interval, ...own } = estimate(chart, coordinate);
    const [lower, upper] = coordinate.ends;
    return {
      ...own,
      interval: { ...interval, lower, upper },
      status: upper === Infinity ? "unbounded" : "ok",
    };
  }

  /** The chart with some metrics first. */
  const chartFrom = (...first: readonly number[]): CholeskyChart => {
    const rest = unit.map((_, i) => i).filter((i) => !first.includes(i));
    return choleskyChart([...first, ...rest], unit.length);
  };

  return {
    tau: (metric) => {
      const chart = chartFrom(metric);
      return estimate(chart, {
        name: "tau",
        index: coordinateOf(chart, 0, 0),
        value: (x) => x * unit[metric]!,
        slope: () => unit[metric]!,
        ends: [0, Infinity],
      });
    },
    rho: (proxy, macro, isOpen) => {
      if (fit.tau[proxy] === 0 || fit.tau[macro] === 0) {
        return undetermined({ lower: -1, upper: 1 }, confidenceLevel);
      }
      // The macro metric's row is radius × (sin, cos) of an angle whose sine is the correlation.
      const plain = chartFrom(proxy, macro);
      const angle = coordinateOf(plain, 1, 0);
      const chart: CholeskyChart = { ...plain, polar: [coordinateOf(plain, 1, 1), angle] };
      return (isOpen ? openEstimate : estimate)(chart, {
        name: "rho",
        index: angle,
        value: sin,
        slope: cos,
        ends: [-1, 1],
      });
    },
    slope: (proxy, macro, isOpen) => {
      if (fit.tau[proxy] === 0) {
        return undetermined({ lower: -Infinity, upper: Infinity }, confidenceLevel);
      }
      // The first column is radius × (cos, sin) of an angle whose tangent is the slope.
      const plain = chartFrom(proxy, macro);
      const angle = coordinateOf(plain, 1, 0);
      const chart: CholeskyChart = { ...plain, polar: [coordinateOf(plain, 0, 0), angle] };
      const ratio = unit[macro]! / unit[proxy]!;
      return (isOpen ? openEstimate : estimate)(chart, {
        name: "slope",
        index: angle,
        value: (x) => ratio * tan(x),
        slope: (x) => ratio / cos(x) ** 2,
        ends: [-Infinity, Infinity],
      });
    },
  };
}

function squared(rho: Estimate): Estimate {
  const { estimate, standardError, interval } = rho;
  const { lower, upper } = interval;
  const ends = [lower * lower, upper * upper];
  return {
    ...rho,
    estimate: estimate === null ? null : estimate * estimate,
    standardError: standardError === null ? null : 2 * Math.abs(estimate!) * standardError,
    interval: {
      ...interval,
      lower: lower <= 0 && upper >= 0 ? 0 : Math.min(...ends),
      upper: Math.max(...ends),
    },
  };
}

function undetermined(ends: Pick<Interval, "lower" | "upper">, confidenceLevel: number): Estimate {
  return {
    estimate: null,
    standardError: null,
    interval: { ...ends, confidenceLevel, method: "profile-likelihood", dualToTest: false, excluded: null },
    status: "undetermined",
  };
}
