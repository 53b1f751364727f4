import { binomialLogPmf, binomialMode } from "../numerics/binomial-tails.ts";
import { exp } from "../numerics/elementary/exp.ts";
import { ln } from "../numerics/elementary/ln.ts";
import { pow } from "../numerics/elementary/pow.ts";
import { sin } from "../numerics/elementary/trigonometric.ts";

/** The largest probability that a set of tables has under equal rates, and the rate that gives it. */
export interface NullSupremum {
  readonly logValue: number;
  readonly rate: number;
}

/** A stretch of rates. */
interface Cell {
  readonly from: number;
  readonly to: number;
}

/** Relative to the supremum: what an unexamined stretch of rates may still hide. */
const TOLERANCE = 1e-12;
/** Binomial probabilities below this share of the largest weight cannot matter. */
const NEGLIGIBLE = 1e-20;

/**
 * The supremum over the common rate p of P(p) = Σ h(c) · P(C = c), where C is the number of conversions in all,
 * binomial of N and p, and h(c) the probability of the set given C = c, which does not depend on p.
 *
 * Branch and bound, so that no maximum is missed between points of a grid. On a stretch of half-width r around p
 * Taylor's formula with two derivatives bounds P, since the third is at most
 *
 *   |P‴| <= N³ (max h) min(4, √6/2 · (Npq)^(−3/2)):
 *
 * the first from differences of h, the second by Cauchy and Schwarz, as the third Krawtchouk polynomial has the mean
 * square 3! N(N−1)(N−2)/(pq)³, both after taking half of max h off h. Stretches that cannot hold more than the best
 * value so far are dropped, the others halved.
 */
export function nullSupremum(logSizes: Float64Array): NullSupremum {
  const total = logSizes.length - 1;
  let logScale = -Infinity;
  for (const logSize of logSizes) logScale = Math.max(logScale, logSize);
  // At a rate of 0 or 1 the ends of h are all there is.
  if (logSizes[0] === logScale) return { logValue: logScale, rate: 0 };
  if (logSizes[total] === logScale) return { logValue: logScale, rate: 1 };
  const weights = logSizes.map((logSize) => exp(logSize - logScale));

  let best = 0;
  let bestRate = 0;
  const note = (value: number, rate: number): void => {
    if (value > best) [best, bestRate] = [value, rate];
  };
  let cells = startingCells(total);
  while (cells.length > 0) {
    const open: (Cell & { readonly bound: number })[] = [];
    for (const { from, to } of cells) {
      const rate = 0.5 * (from + to);
      const radius = 0.5 * (to - from);
      const [value, slope, curvature] = mixture(weights, rate);
      note(value, rate);
      const peak = quadraticPeak(slope, curvature, radius);
      const bound = value + peak.rise + (thirdDerivativeBound(total, from, to) * pow(radius, 3)) / 6;
      if (bound <= best * (1 + TOLERANCE)) continue;
      // The peak of the parabola is a step of Newton's towards a maximum.
      if (value + peak.rise > best) note(mixture(weights, rate + peak.at)[0], rate + peak.at);
      if (rate > from && rate < to) open.push({ from, to, bound });
    }
    cells = open
      .filter(({ bound }) => bound > best * (1 + TOLERANCE))
      .flatMap(({ from, to }) => [
        { from, to: 0.5 * (from + to) },
        { from: 0.5 * (from + to), to },
      ]);
  }
  // A probability, but for rounding.
  return { logValue: Math.min(0, logScale + ln(best)), rate: bestRate };
}

/** Stretches one standard deviation of C wide: equal steps of asin √p. */
function startingCells(total: number): Cell[] {
  const count = Math.ceil(Math.PI * Math.sqrt(total));
  const border = (i: number): number => (i === count ? 1 : sin((0.5 * Math.PI * i) / count) ** 2);
  return Array.from({ length: count }, (_, i) => ({ from: border(i), to: border(i + 1) }));
}

/** The highest rise of slope·x + curvature·x²/2 within the radius, and where. */
function quadraticPeak(slope: number, curvature: number, radius: number): { rise: number; at: number } {
  const top = -slope / curvature;
  const at = curvature < 0 && Math.abs(top) < radius ? top : slope < 0 ? -radius : radius;
  return { rise: Math.max(0, at * (slope + 0.5 * curvature * at)), at };
}

function thirdDerivativeBound(total: number, from: number, to: number): number {
  const variance = total * Math.min(from * (1 - from), to * (1 - to));
  return pow(total, 3) * Math.min(4, Math.sqrt(1.5) * pow(variance, -1.5));
}

/** Σ weights(c) P(C = c) at a rate, with its first two derivatives; summed outwards from the mode. */
function mixture(weights: Float64Array, rate: number): readonly [number, number, number] {
  const total = weights.length - 1;
  const mean = total * rate;
  const odds = rate / (1 - rate);
  const mode = binomialMode(total, rate);
  const top = exp(binomialLogPmf(mode, total, rate));
  let sum = 0;
  let first = 0;
  let second = 0;
  let pmf = top;
  for (let c = mode; c <= total && pmf > NEGLIGIBLE; c++) {
    const term = weights[c]! * pmf;
    sum += term;
    first += term * (c - mean);
    second += term * (c - mean) ** 2;
    pmf *= ((total - c) / (c + 1)) * odds;
  }
  pmf = top;
  for (let c = mode; c > 0 && pmf > NEGLIGIBLE; c--) {
    pmf *= c / (total - c + 1) / odds;
    const term = weights[c - 1]! * pmf;
    sum += term;
    first += term * (c - 1 - mean);
    second += term * (c - 1 - mean) ** 2;
  }
  const spread = rate * (1 - rate);
  return [sum, first / spread, (second - (1 - 2 * rate) * first - mean * (1 - rate) * sum) / spread / spread];
}
