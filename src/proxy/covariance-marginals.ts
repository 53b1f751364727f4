import { bracketRoot } from "../numerics/bracket-root.ts";
import { findRoot } from "../numerics/find-root.ts";
import { sincIntegral } from "../numerics/sinc-integral.ts";
import { covarianceChart } from "./covariance-chart.ts";
import type { CovariancePosterior } from "./covariance-posterior.ts";
import { oneLessSquare } from "./effect-matrix.ts";
import { exp } from "../numerics/elementary/exp.ts";
import { cosh, sinh, tanh } from "../numerics/elementary/hyperbolic.ts";
import { hypot } from "../numerics/elementary/hypot.ts";
import { asinh, atanh } from "../numerics/elementary/inverse-hyperbolic.ts";
import { ln } from "../numerics/elementary/ln.ts";
import { sin } from "../numerics/elementary/trigonometric.ts";

/** The distribution of one quantity over a posterior. */
export interface Marginal {
  /** P(quantity <= value), up to errors of the lattice: mostly below 1e-5, and 5e-4 where rho has two lobes. */
  readonly cdf: (value: number) => number;
  /** The value with P(quantity <= value) = p, 0 < p < 1. */
  readonly quantile: (p: number) => number;
}

/** The distribution of a correlation. */
export interface RhoMarginal extends Marginal {
  /** P(rho > 0). */
  readonly probabilityPositive: number;
}

/** The distributions of what one wants to know of an effect covariance. */
export interface CovarianceMarginals {
  readonly tauProxy: Marginal;
  readonly tauMacro: Marginal;
  readonly rho: RhoMarginal;
  /** Macro effect per proxy effect, rho tauMacro / tauProxy. */
  readonly slope: Marginal;
  /** rho². */
  readonly rSquared: Marginal;
}

/**
 * The distribution functions of a posterior between the nodes of its lattice: the sum of the nodes' weights below a
 * value, but with steps smoothed to the integral of a sinc function as wide as a step of the lattice is in the direction
 * of the quantity. That is exact for all frequencies that a lattice can carry, so these are about as precise as the
 * lattice itself, where weights counted below a value would err by 1 % of the quantity's spread.
 */
export function covarianceMarginals(posterior: CovariancePosterior): CovarianceMarginals {
  const integral = sincIntegral();
  const counted = countedNodes(posterior);
  const z = axisMarginal(posterior, counted, 2, integral);
  return {
    tauProxy: tauMarginal(posterior, counted, 0, integral),
    tauMacro: tauMarginal(posterior, counted, 1, integral),
    rho: rhoOf(z),
    slope: slopeMarginal(posterior, counted, integral),
    rSquared: squareOf(z),
  };
}

/** The same of rho alone. */
export function rhoMarginal(posterior: CovariancePosterior): RhoMarginal {
  return rhoOf(axisMarginal(posterior, countedNodes(posterior), 2, sincIntegral()));
}

function tauMarginal(
  posterior: CovariancePosterior,
  counted: readonly number[],
  axis: 0 | 1,
  integral: (u: number) => number,
): Marginal {
  const { units, table } = posterior;
  const { logTau, fromLogTau } = covarianceChart(table.experiments);
  const unit = axis === 0 ? units.unitProxy : units.unitMacro;
  const { cdfAt, lower, upper } = axisMarginal(posterior, counted, axis, integral);
  return {
    cdf: (value) => cdfAt(fromLogTau(ln(value / unit))),
    quantile: (p) => unit * exp(logTau(quantileOf(cdfAt, p, lower, upper))),
  };
}

function rhoOf({ cdfAt, sfAt, lower, upper }: AxisMarginal): RhoMarginal {
  return {
    cdf: (rho) => cdfOfRho(cdfAt, rho),
    quantile: (p) => tanh(sinh(quantileOf(cdfAt, p, lower, upper))),
    // The sum of sinc functions swings around 0 and 1 by 1e-7.
    probabilityPositive: Math.min(1, Math.max(0, sfAt(0))),
  };
}

function cdfOfRho(cdfAt: (w: number) => number, rho: number): number {
  if (Math.abs(rho) >= 1) return rho > 0 ? 1 : 0;
  return cdfAt(coordinateOfRho(rho));
}

/** Of rho², looked for in atanh |rho|, in which both ends are far away. */
function squareOf({ cdfAt, lower, upper }: AxisMarginal): Marginal {
  const cdf = (size: number): number => cdfOfRho(cdfAt, size) - cdfOfRho(cdfAt, -size);
  const farthest = sinh(Math.max(1, Math.abs(lower), Math.abs(upper)));
  return {
    cdf: (square) => cdf(Math.sqrt(square)),
    quantile: (p) => tanh(quantileOf((z) => cdf(tanh(z)), p, 0, farthest)) ** 2,
  };
}

function slopeMarginal(
  posterior: CovariancePosterior,
  counted: readonly number[],
  integral: (u: number) => number,
): Marginal {
  const { units, frame, table } = posterior;
  const cdf = slopeCdf(posterior, counted, integral);
  const { logTau } = covarianceChart(table.experiments);
  // A typical slope, around which quantiles are looked for.
  const scale = (units.unitMacro / units.unitProxy) * exp(logTau(frame.mode[1]!) - logTau(frame.mode[0]!));
  return { cdf, quantile: (p) => scale * sinh(quantileOf((q) => cdf(scale * sinh(q)), p, -1, 1)) };
}

/** The distribution of one coordinate of the lattice. */
interface AxisMarginal {
  readonly cdfAt: (coordinate: number) => number;
  readonly sfAt: (coordinate: number) => number;
  /** Ends of the nodes. */
  readonly lower: number;
  readonly upper: number;
}

/** Of the step of an axis; quantiles need no more. */
const TOLERANCE = 1e-7;

function quantileOf(cdf: (x: number) => number, p: number, lower: number, upper: number): number {
  const excess = (x: number): number => cdf(x) - p;
  const bracket = bracketRoot(excess, lower, upper);
  if (bracket === null) throw new Error(`quantileOf: no bracket for ${p}`);
  return findRoot(excess, bracket[0], bracket[1], { tolerance: TOLERANCE });
}

/** Nodes that weigh less than this together change nothing. */
const LIGHT = 1e-8;

function countedNodes({ size, weights }: CovariancePosterior): number[] {
  const nodes: number[] = [];
  for (let node = 0; node < size; node++) if (weights[node]! > LIGHT / size) nodes.push(node);
  return nodes;
}

/** The density of a coordinate at equidistant places, summed over sinc functions around the nodes, and its integral. */
function axisMarginal(
  { frame: { mode, basis }, bandwidth, steps, weights }: CovariancePosterior,
  counted: readonly number[],
  axis: number,
  integral: (u: number) => number,
): AxisMarginal {
  const row = basis[axis]!;
  const step = bandwidth * hypot(...row);
  const places = Float64Array.from(
    counted,
    (node) =>
      (row[0]! * steps[3 * node]! + row[1]! * steps[3 * node + 1]! + row[2]! * steps[3 * node + 2]!) / step,
  );
  let [first, last] = [0, 0];
  for (const place of places) {
    first = Math.min(first, Math.floor(place));
    last = Math.max(last, Math.ceil(place));
  }
  const sums = new Float64Array(last - first + 1);
  counted.forEach((node, i) => addSinc(sums, places[i]! - first, weights[node]!));
  const share = (coordinate: number, direction: 1 | -1): number => {
    const place = (coordinate - mode[axis]!) / step - first;
    let sum = 0;
    for (let m = 0; m < sums.length; m++) sum += sums[m]! * integral(direction * (place - m));
    return sum;
  };
  return {
    cdfAt: (coordinate) => share(coordinate, 1),
    sfAt: (coordinate) => share(coordinate, -1),
    lower: mode[axis]! + step * first,
    upper: mode[axis]! + step * last,
  };
}

/** A distance from a whole place that changes nothing. */
const LEAST_DISTANCE = 1e-9;

/** Adds weight × sinc(m − place) at every whole m. */
function addSinc(sums: Float64Array, place: number, weight: number): void {
  const nearest = Math.round(place);
  if (Math.abs(place - nearest) < LEAST_DISTANCE) {
    sums[nearest]! += weight;
    return;
  }
  // sin π(m − place) only changes its sign from one m to the next.
  let numerator = (-weight * sin(Math.PI * place)) / Math.PI;
  for (let m = 0; m < sums.length; m++) {
    sums[m]! += numerator / (m - place);
    numerator = -numerator;
  }
}

/**
 * P(slope <= value). Of two ways to see how far a node is from the surface where the slope has the value, in steps of
 * the lattice: along the line of nodes with the same standard deviations, on which the slope is proportional to rho
 * (exact where the correlation is what one does not know), and by the slope's gradient (exact where all is known well
 * enough for the slope to be straight).
 */
function slopeCdf(
  posterior: CovariancePosterior,
  counted: readonly number[],
  integral: (u: number) => number,
): (value: number) => number {
  const {
    frame: { mode, basis },
    bandwidth,
    table,
    steps,
    points,
    weights,
    units,
  } = posterior;
  const chart = covarianceChart(table.experiments);
  const unit = units.unitMacro / units.unitProxy;
  const step = bandwidth * basis[2]![2]!;
  const shares = Float64Array.from(counted, (node) => weights[node]!);
  const ratios = new Float64Array(counted.length);
  const coordinates = new Float64Array(counted.length);
  const slopes = new Float64Array(counted.length);
  const widths = new Float64Array(counted.length);
  const [[b11], [b21, b22], [b31, b32, b33]] = basis as [
    [number],
    [number, number],
    [number, number, number],
  ];
  let [mean, square] = [0, 0];
  counted.forEach((node, i) => {
    const x = points[3 * node]!;
    const y = points[3 * node + 1]!;
    const z = points[3 * node + 2]!;
    const [first, second, third] = [steps[3 * node]!, steps[3 * node + 1]!, steps[3 * node + 2]!];
    const w = mode[2]! + b31 * first + b32 * second + b33 * third;
    const ratio = unit * exp(y - x);
    const slope = ratio * tanh(z);
    const alongProxy = -slope * chart.logTauSlope(mode[0]! + b11 * first);
    const alongMacro = slope * chart.logTauSlope(mode[1]! + b21 * first + b22 * second);
    const alongRho = ratio * oneLessSquare(z) * cosh(w);
    ratios[i] = ratio;
    coordinates[i] = w;
    slopes[i] = slope;
    widths[i] =
      bandwidth *
      hypot(
        alongProxy * b11 + alongMacro * b21 + alongRho * b31,
        alongMacro * b22 + alongRho * b32,
        alongRho * b33,
      );
    mean += weights[node]! * (y - x);
    square += weights[node]! * (y - x) ** 2;
  });
  if (square - mean * mean <= STRAIGHT ** 2) {
    return (value) => {
      let sum = 0;
      for (let i = 0; i < shares.length; i++) sum += shares[i]! * integral((value - slopes[i]!) / widths[i]!);
      return sum;
    };
  }
  return (value) => {
    let sum = 0;
    // Nodes of a line follow one another, with one ratio and so one coordinate of the value.
    let [ratio, coordinate] = [Number.NaN, 0];
    for (let i = 0; i < shares.length; i++) {
      if (ratios[i] !== ratio) {
        ratio = ratios[i]!;
        coordinate = coordinateOfRho(value / ratio);
      }
      sum += shares[i]! * integral((coordinate - coordinates[i]!) / step);
    }
    return sum;
  };
}

/** Infinite where there is no such correlation. */
function coordinateOfRho(rho: number): number {
  if (Math.abs(rho) >= 1) return rho > 0 ? Infinity : -Infinity;
  return asinh(atanh(rho));
}

/** Standard deviation of log(tauMacro / tauProxy) up to which the slope is nearly a straight function of it. */
const STRAIGHT = 0.5;
