import { exp } from "./elementary/exp.ts";
import { expm1 } from "./elementary/expm1.ts";

/**
 * The part of a line t(x), straight in the rates or in their log-odds, on which both x and t are rates. It is carried by
 * the distances of its ends from 0 and 1, so that neither x, t nor their complements are ever recovered by subtraction:
 * x = xLow + width · p, 1 − x = xHigh + width · (1 − p), t = tLow + slope · width · q and
 * 1 − t = tHigh + slope · width · (1 − q), where p and q run from 0 to 1 with odds(q) = oddsRatio · odds(p).
 */
export interface Line {
  readonly slope: number;
  readonly width: number;
  readonly xLow: number;
  readonly xHigh: number;
  readonly tLow: number;
  readonly tHigh: number;
  /** 1 for a line that is straight in the rates. */
  readonly oddsRatio: number;
  /** How the line moves with its parameter: it turns about (0, 0) or (1, 1), or is shifted, in rates or in log-odds. */
  readonly motion: "about-zero" | "about-one" | "shift" | "odds";
}

/** t = x + difference, for a difference in (−1, 1). */
export function differenceLine(difference: number): Line {
  const above = Math.max(difference, 0);
  const below = Math.max(-difference, 0);
  return {
    slope: 1,
    width: 1 - Math.abs(difference),
    xLow: below,
    xHigh: above,
    tLow: above,
    tHigh: below,
    oddsRatio: 1,
    motion: "shift",
  };
}

/** t = e^logRatio · x. */
export function ratioLine(logRatio: number): Line {
  const slope = exp(logRatio);
  const outside = -expm1(-Math.abs(logRatio));
  return {
    slope,
    width: Math.min(1, 1 / slope),
    xLow: 0,
    xHigh: logRatio > 0 ? outside : 0,
    tLow: 0,
    tHigh: logRatio > 0 ? 0 : outside,
    oddsRatio: 1,
    motion: "about-zero",
  };
}

/** odds(t) = e^logOddsRatio · odds(x). */
export function oddsRatioLine(logOddsRatio: number): Line {
  return {
    slope: 1,
    width: 1,
    xLow: 0,
    xHigh: 0,
    tLow: 0,
    tHigh: 0,
    oddsRatio: exp(logOddsRatio),
    motion: "odds",
  };
}

/** The same line between 1 − x and 1 − t. */
export function mirroredLine({ slope, width, xLow, xHigh, tLow, tHigh, oddsRatio, motion }: Line): Line {
  const mirrored = motion === "about-zero" ? "about-one" : motion === "about-one" ? "about-zero" : motion;
  return {
    slope,
    width,
    xLow: xHigh,
    xHigh: xLow,
    tLow: tHigh,
    tHigh: tLow,
    oddsRatio: 1 / oddsRatio,
    motion: mirrored,
  };
}

/** The same line with x and t exchanged. */
export function invertedLine({ slope, width, xLow, xHigh, tLow, tHigh, oddsRatio, motion }: Line): Line {
  return {
    slope: 1 / slope,
    width: slope * width,
    xLow: tLow,
    xHigh: tHigh,
    tLow: xLow,
    tHigh: xHigh,
    oddsRatio: 1 / oddsRatio,
    motion,
  };
}
