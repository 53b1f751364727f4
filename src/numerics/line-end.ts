import type { Terms } from "./above-line-terms.ts";
import type { BetaDensity } from "./beta-density.ts";
import type { Line } from "./line.ts";

/**
 * An end of the line, towards which the integrands become pure powers of the odds, so that the rest of the equally
 * spaced terms is a geometric series. It makes shapes near 0 affordable, whose densities reach as far as exp(1/shape).
 */
export interface LineEnd {
  /** How fast what stands beside the powers varies with the distance from the end, at most. */
  readonly variation: number;
  /** Adds to the sums all that comes after these terms. */
  readonly addRest: (sums: Terms, terms: Terms, step: number) => void;
}

/** The end where x or t is 0: the tail of T tends to a constant, from which it falls as a power. */
export function lowEnd(
  x: BetaDensity,
  t: BetaDensity,
  { slope, width, xLow, xHigh, tLow, tHigh, motion }: Line,
): LineEnd {
  const xPower = xLow > 0 ? 1 : x.a;
  const tPower = tLow > 0 ? 0 : t.a;
  const crossingPower = xPower + tPower - (tLow > 0 || motion === "about-zero" ? 0 : 1);
  return {
    variation:
      variation(xLow, width + xHigh, x.a, x.b) + slope * variation(tLow, slope * width + tHigh, t.a, t.b),
    addRest(sums, terms, step) {
      const lost = (terms.density - terms.probability) * restOfPowers(xPower + tPower, step);
      sums.probability += terms.density * restOfPowers(xPower, step) - lost;
      sums.crossing += terms.crossing * restOfPowers(crossingPower, step);
      sums.excess += terms.excess * restOfPowers(xPower, step);
    },
  };
}

/** The end where x or t is 1: the tail of T falls as a power, or is a constant where t stays below 1. */
export function highEnd(
  x: BetaDensity,
  t: BetaDensity,
  { slope, width, xLow, xHigh, tLow, tHigh, motion }: Line,
): LineEnd {
  const xPower = xHigh > 0 ? 1 : x.b;
  const tPower = tHigh > 0 ? 0 : t.b;
  const crossingPower = xPower + tPower - (tHigh > 0 || motion === "about-one" ? 0 : 1);
  const excessPower = xPower + (tHigh > 0 ? 0 : tPower + 1);
  return {
    variation:
      variation(xHigh, width + xLow, x.b, x.a) + slope * variation(tHigh, slope * width + tLow, t.b, t.a),
    addRest(sums, terms, step) {
      sums.probability += terms.probability * restOfPowers(xPower + tPower, step);
      sums.crossing += terms.crossing * restOfPowers(crossingPower, step);
      sums.excess += terms.excess * restOfPowers(excessPower, step);
    },
  };
}

/** For a rate that ends this far from 0 (or 1) and this far from the other end of rates. */
function variation(near: number, far: number, a: number, b: number): number {
  return (near > 0 ? (a + 1) / near : 1) + (b + 1) / far;
}

/** The sum of r + r² + … for r = exp(−power · step): infinite for a density that has no integral there. */
function restOfPowers(power: number, step: number): number {
  return power > 0 ? 1 / Math.expm1(power * step) : Infinity;
}
