/**
 * The part of a straight line t(x) on which both x and t are rates. It is carried by the distances of its ends from 0
 * and 1, so that neither x, t nor their complements are ever recovered by subtraction: x = xLow + left,
 * 1 − x = xHigh + right, t = tLow + slope · left, 1 − t = tHigh + slope · right, where left and right are the
 * distances of x from the ends of the part and add up to its width.
 */
export interface Line {
  readonly slope: number;
  readonly width: number;
  readonly xLow: number;
  readonly xHigh: number;
  readonly tLow: number;
  readonly tHigh: number;
  /** How the line moves with its parameter: it turns about (0, 0) or about (1, 1), or is shifted. */
  readonly motion: "about-zero" | "about-one" | "shift";
}

/** t = x + difference, for a difference in (−1, 1). */
export function differenceLine(difference: number): Line {
  const width = 1 - Math.abs(difference);
  return difference >= 0
    ? { slope: 1, width, xLow: 0, xHigh: difference, tLow: difference, tHigh: 0, motion: "shift" }
    : { slope: 1, width, xLow: -difference, xHigh: 0, tLow: 0, tHigh: -difference, motion: "shift" };
}

/** t = e^logRatio · x. */
export function ratioLine(logRatio: number): Line {
  const slope = Math.exp(logRatio);
  const outside = -Math.expm1(-Math.abs(logRatio));
  return logRatio >= 0
    ? { slope, width: 1 / slope, xLow: 0, xHigh: outside, tLow: 0, tHigh: 0, motion: "about-zero" }
    : { slope, width: 1, xLow: 0, xHigh: 0, tLow: 0, tHigh: outside, motion: "about-zero" };
}

/** The same line between 1 − x and 1 − t. */
export function mirroredLine({ slope, width, xLow, xHigh, tLow, tHigh, motion }: Line): Line {
  const mirrored = motion === "about-zero" ? "about-one" : motion === "about-one" ? "about-zero" : motion;
  return { slope, width, xLow: xHigh, xHigh: xLow, tLow: tHigh, tHigh: tLow, motion: mirrored };
}

/** The same line with x and t exchanged. */
export function invertedLine({ slope, width, xLow, xHigh, tLow, tHigh, motion }: Line): Line {
  return {
    slope: 1 / slope,
    width: slope * width,
    xLow: tLow,
    xHigh: tHigh,
    tLow: xLow,
    tHigh: xHigh,
    motion,
  };
}
