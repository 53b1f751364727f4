import { findRoot } from "../numerics/find-root.ts";
import { sincIntegral } from "../numerics/sinc-integral.ts";
import type { ObservedEffect } from "./observed-effects.ts";
import { exp } from "../numerics/elementary/exp.ts";
import { cosh, sinh } from "../numerics/elementary/hyperbolic.ts";
import { hypot } from "../numerics/elementary/hypot.ts";
import { asinh } from "../numerics/elementary/inverse-hyperbolic.ts";
import { ln } from "../numerics/elementary/ln.ts";
import { log1p } from "../numerics/elementary/log1p.ts";

/**
 * What estimates of the effects of groups say of how widely the true effects spread around their average, under
 * θ_k ~ N(μ, τ²) with a flat prior for μ and a half-Cauchy prior for τ, whose median is the root mean square of the
 * standard errors. Everything here is in units of the smallest standard error, from the first estimate on.
 */
export interface SpreadPosterior {
  /** The smallest standard error. */
  readonly unit: number;
  /** Values of τ in increasing order, and their probabilities. */
  readonly spreads: Float64Array;
  readonly weights: Float64Array;
  /** Of μ given each τ. */
  readonly averages: Float64Array;
  readonly averageVariances: Float64Array;
  /** P(τ > spread), within 1e-7. */
  readonly probabilityAbove: (spread: number) => number;
  /** The value that τ is above with probability `tail`, as precisely; Infinity for a tail too small for that. */
  readonly upperLimit: (tail: number) => number;
}

/**
 * In x = arsinh τ the posterior is an even function without a singularity near the line, so that the trapezoidal rule errs
 * by about exp(−π²/step), and by up to 1e-8 in the distribution functions of effects, which vary faster.
 */
const LARGEST_STEP = 0.18;
/** The posterior is at its narrowest about 1/√(2 (K − 1)) wide: the rule errs by about exp(−2π² (width/step)²). */
const STEP_OF_WIDTH = 0.6;
/** ln of a density beside the peak's that nothing notices. */
const NEGLIGIBLE = -23;
/** Probabilities of τ are known to a tenth of this. */
const SMALLEST_TAIL = 1e-6;
/** Of arsinh τ. */
const ROOT = { tolerance: 1e-8 };

/** Of at least two effects, whose estimates and errors are within 1e100 times the smallest error. */
export function spreadPosterior(effects: readonly ObservedEffect[]): SpreadPosterior {
  const count = effects.length;
  const unit = effects.reduce((least, { standardError }) => Math.min(least, standardError), Infinity);
  const origin = effects[0]!.estimate;
  const estimates = new Float64Array(effects.map(({ estimate }) => (estimate - origin) / unit));
  const variances = new Float64Array(effects.map(({ standardError }) => (standardError / unit) ** 2));
  const priorVariance = variances.reduce((sum, variance) => sum + variance, 0) / count;
  // From here on the density falls: the spread is wider than all that was seen.
  const widest = hypot(
    Math.sqrt(variances.reduce((most, variance) => Math.max(most, variance), 0)),
    estimates.reduce((most, estimate) => Math.max(most, Math.abs(estimate)), 0),
  );

  // The distribution of τ itself is as sharp as the rule only at half of its step; effects take every second node.
  const step = 0.5 * Math.min(LARGEST_STEP, STEP_OF_WIDTH / Math.sqrt(count - 1));
  const spreads: number[] = [];
  const logs: number[] = [];
  const averages: number[] = [];
  const averageVariances: number[] = [];
  let peak = -Infinity;
  for (let spread = 0, log = 0; !(spread > widest && log < peak + NEGLIGIBLE);) {
    const x = spreads.length * step;
    spread = sinh(x);
    const variance = spread * spread;
    let precision = 0;
    let sum = 0;
    let logDeterminant = 0;
    for (let k = 0; k < count; k++) {
      const total = variances[k]! + variance;
      precision += 1 / total;
      sum += estimates[k]! / total;
      logDeterminant += ln(total);
    }
    const average = sum / precision;
    let deviance = 0;
    for (let k = 0; k < count; k++) deviance += (estimates[k]! - average) ** 2 / (variances[k]! + variance);
    log = ln(cosh(x)) - log1p(variance / priorVariance) - 0.5 * (logDeterminant + ln(precision) + deviance);
    peak = Math.max(peak, log);
    spreads.push(spread);
    logs.push(log);
    averages.push(average);
    averageVariances.push(1 / precision);
  }
  const first = logs.findIndex((log) => log > peak + NEGLIGIBLE);
  const from = first - (first % 2);
  const to = 1 + logs.findLastIndex((log) => log > peak + NEGLIGIBLE);
  // The function is even: of a node at 0 one half is on this side.
  const densities = new Float64Array(
    logs.slice(from, to).map((log, i) => exp(log - peak) * (from + i === 0 ? 0.5 : 1)),
  );
  const weights = normalized(densities);

  const integral = sincIntegral();
  const probabilityBeyond = (x: number): number => {
    const place = x / step;
    let within = 0;
    for (let i = 0; i < weights.length; i++) {
      // The node and its mirror image, both within x of 0.
      within += weights[i]! * (integral(place - from - i) - integral(-place - from - i));
    }
    return Math.min(1, Math.max(0, 1 - within));
  };
  return {
    unit,
    spreads: everySecond(spreads.slice(from, to)),
    weights: normalized(everySecond(densities)),
    averages: everySecond(averages.slice(from, to)),
    averageVariances: everySecond(averageVariances.slice(from, to)),
    probabilityAbove: (spread) => probabilityBeyond(asinh(spread)),
    upperLimit: (tail) =>
      tail < SMALLEST_TAIL
        ? Infinity
        : sinh(findRoot((x) => tail - probabilityBeyond(x), 0, to * step, ROOT)),
  };
}

function everySecond(values: ArrayLike<number>): Float64Array {
  const kept = new Float64Array(Math.ceil(values.length / 2));
  for (let i = 0; i < kept.length; i++) kept[i] = values[2 * i]!;
  return kept;
}

function normalized(values: Float64Array): Float64Array {
  const total = values.reduce((sum, value) => sum + value, 0);
  return values.map((value) => value / total);
}
