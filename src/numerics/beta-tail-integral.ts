import { GAUSS_NODES, GAUSS_WEIGHTS } from "./gauss-rule-28.ts";
import { log1pmx } from "./log1pmx.ts";
import { exp } from "./elementary/exp.ts";

/** The integrand is dropped where it fell below exp(−38) of its start: 3e-17. */
const CUT = 38;

/**
 * The lower tail of Beta(a, b) at x over x^a y^b / B(a, b), for x at or below the mean and both shapes well above 1:
 * the density below x is integrated directly, over t = x (1 − v), by one Gauss rule. All terms are positive and the
 * exponent has no cancellation, so large shapes cost neither digits nor time. `lambda` is a − (a + b) x.
 */
export function betaTailIntegral(x: number, y: number, a: number, b: number, lambda: number): number {
  const odds = x / y;
  const slope = (lambda - (y - x)) / y;
  const end = integrandEnd(odds, a - 1, b - 1, slope);
  let sum = 0;
  for (let i = 0; i < GAUSS_NODES.length; i += 1) {
    const v = end * (GAUSS_NODES[i] as number);
    sum += (GAUSS_WEIGHTS[i] as number) * exp(logIntegrand(v, odds, a - 1, b - 1, slope));
  }
  return (sum * end) / y;
}

/** (a − 1) ln(1 − v) + (b − 1) ln(1 + odds v), its linear terms gathered in `slope`. */
function logIntegrand(v: number, odds: number, a1: number, b1: number, slope: number): number {
  return a1 * log1pmx(-v) + b1 * log1pmx(odds * v) - slope * v;
}

/** A v in (0, 1] at or a little beyond the cut. */
function integrandEnd(odds: number, a1: number, b1: number, slope: number): number {
  // From the parabola at v = 0. The exponent is concave, so a Newton step lands at or beyond the cut from either side.
  const curvature = a1 + b1 * odds * odds;
  const start = (2 * CUT) / (slope + Math.sqrt(slope * slope + 2 * CUT * curvature));
  if (start >= 1) return 1;
  const descent = slope + (a1 * start) / (1 - start) + (b1 * odds * odds * start) / (1 + odds * start);
  return Math.min(1, start + (logIntegrand(start, odds, a1, b1, slope) + CUT) / descent);
}
