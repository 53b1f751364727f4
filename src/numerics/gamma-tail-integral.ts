import { GAUSS_NODES, GAUSS_WEIGHTS } from "./gauss-rule-28.ts";
import { log1pmx } from "./log1pmx.ts";
import { exp } from "./elementary/exp.ts";

/** The integrand is dropped where it fell below exp(−38) of its start: 3e-17. */
const CUT = 38;

/**
 * The tail of the gamma distribution of shape a that begins at x and leads away from the mean, over
 * x^a e^(−x) / Γ(a), for a well above 1: the density over t = x (1 + v) is integrated directly by one Gauss rule, v
 * from 0 down to −1 below the mean and up to Infinity above. All terms are positive and the exponent has no
 * cancellation, so a large shape costs neither digits nor time. `deviation` is x − a.
 */
export function gammaTailIntegral(a: number, deviation: number): number {
  const direction = deviation < 0 ? -1 : 1;
  const slope = direction * (deviation + 1);
  const end = integrandEnd(direction, a - 1, slope);
  let sum = 0;
  for (let i = 0; i < GAUSS_NODES.length; i++) {
    const v = end * GAUSS_NODES[i]!;
    sum += GAUSS_WEIGHTS[i]! * exp((a - 1) * log1pmx(direction * v) - slope * v);
  }
  return sum * end;
}

/** A distance at or a little beyond the cut, at most 1 downwards. */
function integrandEnd(direction: number, a1: number, slope: number): number {
  const farthest = direction < 0 ? 1 : Infinity;
  // From the parabola at v = 0. The exponent is concave, so a Newton step lands at or beyond the cut from either side.
  const start = (2 * CUT) / (slope + Math.sqrt(slope * slope + 2 * CUT * a1));
  if (start >= farthest) return farthest;
  const descent = slope + (a1 * start) / (1 + direction * start);
  return Math.min(farthest, start + (a1 * log1pmx(direction * start) - slope * start + CUT) / descent);
}
