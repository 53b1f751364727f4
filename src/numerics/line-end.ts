import type { Terms } from "./above-line-terms.ts";
import type { BetaDensity } from "./beta-density.ts";
import type { Line } from "./line.ts";
import { exp } from "./elementary/exp.ts";

/**
 * An end of the line, towards which the integrands become pure powers of the odds. It makes shapes near 0 affordable,
 * whose densities reach as far as exp(1/shape).
 */
export interface LineEnd {
  /** The smallest of the powers. */
  readonly power: number;
  /** How fast what stands beside the powers varies with the distance from the end, at most. */
  readonly variation: number;
  /** Lets the terms fall as pure powers over a run in log-odds. */
  readonly fall: (terms: Terms, run: number) => void;
}

/** The end where x or t is 0: the tail of T tends to a constant, from which it falls as a power. */
export function lowEnd(
  x: BetaDensity,
  t: BetaDensity,
  { slope, width, xLow, xHigh, tLow, tHigh, oddsRatio, motion }: Line,
): LineEnd {
  const xPower = xLow > 0 ? 1 : x.a;
  const tPower = tLow > 0 ? 0 : t.a;
  const crossingPower = xPower + tPower - (tLow > 0 || motion === "about-zero" || motion === "odds" ? 0 : 1);
  const ofX = variation(xLow, width + xHigh, x.a, x.b);
  const ofT = variation(tLow, slope * width + tHigh, t.a, t.b);
  return {
    power: Math.min(xPower, crossingPower),
    variation: ofX + slope * oddsRatio * ofT,
    fall(terms, run) {
      const asX = exp(-xPower * run);
      const lost = (terms.density - terms.probability) * exp(-tPower * run);
      terms.probability = (terms.density - lost) * asX;
      terms.density *= asX;
      terms.crossing = fallen(terms.crossing, crossingPower, run);
      terms.excess *= asX;
    },
  };
}

/** The end where x or t is 1: the tail of T falls as a power, or is a constant where t stays below 1. */
export function highEnd(
  x: BetaDensity,
  t: BetaDensity,
  { slope, width, xLow, xHigh, tLow, tHigh, oddsRatio, motion }: Line,
): LineEnd {
  const xPower = xHigh > 0 ? 1 : x.b;
  const tPower = tHigh > 0 ? 0 : t.b;
  const crossingPower = xPower + tPower - (tHigh > 0 || motion === "about-one" || motion === "odds" ? 0 : 1);
  const excessPower = xPower + (tHigh > 0 ? 0 : tPower + 1);
  const ofX = variation(xHigh, width + xLow, x.b, x.a);
  const ofT = variation(tHigh, slope * width + tLow, t.b, t.a);
  return {
    power: Math.min(xPower + tPower, crossingPower),
    variation: ofX + (slope / oddsRatio) * ofT,
    fall(terms, run) {
      terms.probability *= exp(-(xPower + tPower) * run);
      terms.crossing = fallen(terms.crossing, crossingPower, run);
      terms.excess *= exp(-excessPower * run);
    },
  };
}

/** A density without an integral there, which no power makes fall, is infinite. */
function fallen(term: number, power: number, run: number): number {
  if (power > 0) return term * exp(-power * run);
  return term > 0 ? Infinity : 0;
}

/** For a rate that ends this far from 0 (or 1) and this far from the other end of rates. */
function variation(near: number, far: number, a: number, b: number): number {
  return (near > 0 ? (a + 1) / near : 1) + (b + 1) / far;
}
