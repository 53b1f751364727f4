import { bracketRoot } from "./bracket-root.ts";
import { findRoot } from "./find-root.ts";
import type { BetaDensity } from "./beta-density.ts";
import type { Line } from "./line.ts";
import { exp } from "./elementary/exp.ts";
import { ln } from "./elementary/ln.ts";

/** In log-odds and ln slope together: a step further a double could no longer hold x or t. */
const FARTHEST = 700;

/** In widths of X: as far below its mean as a peak is looked for at first. */
const BELOW_MEAN = 4;

/**
 * Where, in log-odds along the line, the density of X times the tail of T is about largest: the tail is taken as 1 up
 * to the mean of T and as the density beyond (Chernoff's bound, which is right but for a slowly varying factor).
 */
export function peakLogOdds(x: BetaDensity, t: BetaDensity, line: Line): number {
  const farthest = FARTHEST - Math.abs(ln(line.slope)) - Math.abs(ln(line.oddsRatio));
  const tolerance = 0.5 / Math.sqrt(x.total + t.total + 1);
  const slope = (logOdds: number): number => slopeAt(logOdds, x, t, line);
  // The tail draws the peak down from the mean of X, most often by less than its width.
  const mean = ln((x.a / x.total - line.xLow) / (x.b / x.total - line.xHigh));
  const width = x.deviation * (x.total / x.a) * (x.total / x.b);
  const [lower, upper] = [mean - BELOW_MEAN * width, mean + width];
  const near =
    lower > -farthest && upper < farthest
      ? bracketRoot(slope, lower, upper, { minimum: -farthest, maximum: farthest })
      : null;
  const [low, high] = near ?? [-farthest, farthest];
  return findRoot(slope, low, high, { tolerance });
}

function slopeAt(logOdds: number, x: BetaDensity, t: BetaDensity, line: Line): number {
  const p = 1 / (1 + exp(-logOdds));
  const q = 1 / (1 + exp(logOdds));
  const left = line.width * p;
  const right = line.width * q;
  const tq = 1 / (q + p * line.oddsRatio);
  const tLeft = line.slope * left * line.oddsRatio * tq;
  const tRight = line.slope * right * tq;
  const xNow = line.xLow + left;
  const xcNow = line.xHigh + right;
  const tNow = line.tLow + tLeft;
  const tcNow = line.tHigh + tRight;
  // How fast the log-odds of x, and of t, move with those along the line.
  const paceOfX = ((left / xNow) * (right / xcNow)) / line.width;
  const paceOfT = ((tLeft / tNow) * (tRight / tcNow)) / (line.slope * line.width);
  const ofJacobian = q - p - paceOfX * (xcNow - xNow);
  const ofX = paceOfX * (x.a * xcNow - x.b * xNow);
  return ofJacobian + ofX + paceOfT * Math.min(0, t.a * tcNow - t.b * tNow);
}
