import { gaussLegendreRule } from "./gauss-legendre-rule.ts";

/** Quadrature points and weights on one or more stretches of a line, in increasing order. */
export interface WalkGrid {
  readonly points: Float64Array;
  readonly weights: Float64Array;
}

/** A stretch of the line, and how steep an integrand may be at its ends. */
export interface Stretch {
  readonly lower: number;
  readonly upper: number;
  /** How far beyond an end the peak of an integrand may lie, in widths; 0 or more. */
  readonly overshoot: number;
}

/** Widths that one panel spans at most: longer ones would gain little, and their rules take long to make. */
const LONGEST_PANEL = 28;

/**
 * Gauss–Legendre panels on which integrands made of normal densities no narrower than `width` are summed to about
 * 1e-14 of their integral.
 */
export function walkGrid(stretches: readonly Stretch[], width: number): WalkGrid {
  const panels = stretches
    .filter(({ lower, upper }) => upper > lower)
    .map(({ lower, upper, overshoot }) => {
      const widths = (upper - lower) / width;
      const count = Math.ceil(widths / LONGEST_PANEL);
      return { lower, upper, count, nodes: nodesFor(widths / count, overshoot) };
    });
  const size = panels.reduce((sum, { count, nodes }) => sum + count * nodes, 0);
  const points = new Float64Array(size);
  const weights = new Float64Array(size);
  let next = 0;
  for (const { lower, upper, count, nodes } of panels) {
    const rule = gaussLegendreRule(nodes);
    const half = (upper - lower) / (2 * count);
    for (let panel = 0; panel < count; panel++) {
      const centre = lower + (2 * panel + 1) * half;
      for (let i = 0; i < nodes; i++, next++) {
        points[next] = centre + half * rule.nodes[i]!;
        weights[next] = half * rule.weights[i]!;
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
