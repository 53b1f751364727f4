import { gaussLegendreRule } from "./gauss-legendre-rule.ts";

/** Quadrature points and weights on one or more stretches of a line, in increasing order. */
export interface WalkGrid {
  readonly points: readonly number[];
  readonly weights: readonly number[];
}

/** A stretch of the line, and how steep an integrand may be at its ends. */
export interface Stretch {
  readonly lower: number;
  readonly upper: number;
  /** How far beyond an end the peak of an integrand may lie, in widths; 0 or more. */
  readonly overshoot: number;
}

/** An integrand that peaks farther beyond an end underflows on the panel. */
const FARTHEST_PEAK = 40;
/** Widths that one panel spans at most: longer ones would gain little, and their rules take long to make. */
const LONGEST_PANEL = 28;

/**
 * Gauss–Legendre panels on which integrands made of normal densities no narrower than `width` are summed to about
 * 1e-14 of their integral.
 */
export function walkGrid(stretches: readonly Stretch[], width: number): WalkGrid {
  const points: number[] = [];
  const weights: number[] = [];
  for (const { lower, upper, overshoot } of stretches) {
    const widths = (upper - lower) / width;
    if (!(widths > 0)) continue;
    const panels = Math.ceil(widths / LONGEST_PANEL);
    const { nodes, weights: shares } = gaussLegendreRule(
      nodesFor(widths / panels, Math.min(overshoot, FARTHEST_PEAK)),
    );
    const half = (upper - lower) / (2 * panels);
    for (let panel = 0; panel < panels; panel++) {
      const centre = lower + (2 * panel + 1) * half;
      for (let i = 0; i < nodes.length; i++) {
        points.push(centre + half * nodes[i]!);
        weights.push(half * shares[i]!);
      }
    }
  }
  return { points, weights };
}

/**
 * Nodes that sum a normal density over a panel of so many of its widths to 1e-14, with its peak inside or so many widths
 * beyond an end. Found by trial on panels of 0.5 to 28 widths and overshoots of 0 to 30; far beyond the end the density
 * is as steep as an exponential, and the number grows as the root of the logarithm it spans.
 */
function nodesFor(widths: number, overshoot: number): number {
  return Math.ceil(Math.max(2 * widths + 7, 2.3 * Math.sqrt(overshoot * widths) + 0.4 * widths + 8));
}
