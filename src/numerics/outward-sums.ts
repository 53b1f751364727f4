import { productError } from "./error-free.ts";
import { GAUSS_NODES, GAUSS_WEIGHTS } from "./gauss-rule-28.ts";
import { log1pmx } from "./log1pmx.ts";
import { exp } from "./elementary/exp.ts";
import { log1p } from "./elementary/log1p.ts";

/**
 * A way through the 2×2 tables of fixed margins: each step adds one to the two growing cells and takes one from the two
 * shrinking ones. The weight of a table is exp(logOdds · steps) over the factorials of its cells, which makes the
 * hypergeometric distribution, and Fisher's noncentral one where logOdds is not 0.
 */
export interface TablePath {
  readonly growing: readonly [number, number];
  readonly shrinking: readonly [number, number];
  readonly logOdds: number;
}

/** Sums over the tables of a path, its start included, with weights relative to that of the start. */
export interface OutwardSums {
  /** Σ weight. */
  readonly total: number;
  /** Σ steps · weight. */
  readonly moment: number;
  /** Σ steps² · weight; by quadrature right to about 1e-8 only, enough for the slope of a Newton step. */
  readonly square: number;
}

/** Up to so many terms are added one by one; from there on the sums are smooth enough for quadrature. */
const MOST_TERMS = 1500;
/** Terms below exp(−38) = 3e-17 of the first are dropped. */
const CUT = 38;
const NEGLIGIBLE = 1e-17;

/**
 * The sums from a table outwards, away from the most likely one, however many terms there are. Weights are log-concave
 * in the steps, so all of them are positive and falling; a start a few steps before the mode is as good.
 */
export function outwardSums(path: TablePath): OutwardSums {
  const [g1, g2, s1, s2] = shiftedCells(path);
  const slope = -path.logOdds - logProductRatio(s1, s2, g1, g2);
  const curvature = 1 / g1 + 1 / g2 + 1 / s1 + 1 / s2;
  // Where the parabola at the start falls to the cut.
  const reach = (2 * CUT) / (slope + Math.sqrt(slope * slope + 2 * CUT * curvature));
  return reach < MOST_TERMS ? addTerms(path) : integrateTerms(path, slope, curvature, reach);
}

function addTerms({ growing: [g1, g2], shrinking: [s1, s2], logOdds }: TablePath): OutwardSums {
  const odds = exp(logOdds);
  let weight = 1;
  let total = 1;
  let moment = 0;
  let square = 0;
  let ratio = Infinity;
  for (let j = 1; ratio >= 1 || weight > NEGLIGIBLE * total; j += 1) {
    ratio = odds * (((s1 - j + 1) * (s2 - j + 1)) / ((g1 + j) * (g2 + j)));
    weight *= ratio;
    total += weight;
    moment += j * weight;
    square += j * j * weight;
  }
  return { total, moment, square };
}

/**
 * Gauss's rule on the weight continued to real steps, and the Euler–Maclaurin terms of a sum that ends at its first
 * term (Abramowitz and Stegun 1964, 23.1.30). A reach of MOST_TERMS means slopes below CUT / MOST_TERMS and cells in the
 * ten thousands, so that the next term is below 1e-14 of the sum.
 */
function integrateTerms(path: TablePath, slope: number, curvature: number, reach: number): OutwardSums {
  const [g1, g2, s1, s2] = shiftedCells(path);
  const logWeight = (v: number): number =>
    -v * slope - entropy(g1, v) - entropy(g2, v) - entropy(s1, -v) - entropy(s2, -v);
  const fall = (v: number): number => slope + log1p(v / g1) + log1p(v / g2) - log1p(-v / s1) - log1p(-v / s2);
  const farthest = Math.min(s1, s2);
  const end =
    reach < farthest ? Math.min(farthest, reach + (logWeight(reach) + CUT) / fall(reach)) : farthest;
  let integral = 0;
  let momentIntegral = 0;
  let squareIntegral = 0;
  for (let i = 0; i < GAUSS_NODES.length; i += 1) {
    const v = end * GAUSS_NODES[i]!;
    const weight = GAUSS_WEIGHTS[i]! * exp(logWeight(v));
    integral += weight;
    momentIntegral += weight * v;
    squareIntegral += weight * v * v;
  }
  const third = slope * (slope * slope - 3 * curvature); // minus the third derivative of the weight, but for 1e-14
  return {
    total: end * integral + 1 / 2 + slope / 12 - third / 720,
    moment: end * momentIntegral - 1 / 12 + (slope * slope - curvature) / 240,
    square: end * squareIntegral,
  };
}

/** The cells plus one half: ln (z − 1/2)! = z ln z − z + ln √(2π) − 1/(24z) + …, without a term in ln z alone. */
function shiftedCells({
  growing: [g1, g2],
  shrinking: [s1, s2],
}: TablePath): readonly [number, number, number, number] {
  return [g1 + 0.5, g2 + 0.5, s1 + 0.5, s2 + 0.5];
}

/** ln (z + v − 1/2)! − ln (z − 1/2)! − v ln z for z in the thousands: by how much it is more than linear in v. */
function entropy(z: number, v: number): number {
  const u = v / z;
  const next = z + v;
  // z [(1 + u) ln(1 + u) − u] and the change of −1/(24z).
  return next * log1pmx(u) + v * u + u / (24 * next);
}

/** ln (a b / (c d)), right near 1 too. */
function logProductRatio(a: number, b: number, c: number, d: number): number {
  const ab = a * b;
  const cd = c * d;
  const difference = ab - cd + (productError(a, b, ab) - productError(c, d, cd));
  return difference > 0 ? log1p(difference / cd) : -log1p(-difference / ab);
}
