import type { Side } from "./beside-line.ts";
import { GAUSS_NODES, GAUSS_WEIGHTS } from "./gauss-rule-28.ts";
import { log1mexp } from "./log1mexp.ts";
import { logAdd, logSum } from "./log-sum.ts";
import { findPeak } from "./peak-integral.ts";

/**
 * A density known by the log of a multiple of it, read off panels on which that log is a polynomial to rounding: many
 * probabilities, quantiles and averages for the price of some hundred evaluations.
 */
export interface PanelledDensity {
  /** ln of the integral over the whole line. */
  readonly logTotal: number;
  /** ln P(X beyond x on that side), computed as a tail of its own, and ln of the density at x. */
  beside(x: number, side: Side): { readonly logProbability: number; readonly logDensity: number };
  /** The average of f over the part beyond x on that side, with f counted as 0 elsewhere. */
  averageBeyond(x: number, side: Side, f: (x: number) => number): number;
  /** The average of f. */
  average(f: (x: number) => number): number;
}

export interface PanelledDensityOptions {
  /** Guesses of the place and the width of the peak. */
  readonly start: number;
  readonly width: number;
  /** Where the log density may have a kink or a pole, so that no panel runs across. */
  readonly seam?: number;
}

/** A part of the line, with the log of the function at its nodes. */
interface Panel {
  readonly lower: number;
  readonly upper: number;
  readonly logs: readonly number[];
  readonly logMass: number;
}

/** Weights of the barycentric formula at Gauss–Legendre nodes: Wang and Xiang (2012), Math. Comp. 81, 861–877. */
const BARYCENTRIC_WEIGHTS: readonly number[] = /* @__PURE__ */ GAUSS_NODES.map(
  (node, i) => (i % 2 === 0 ? 1 : -1) * Math.sqrt(node * (1 - node) * GAUSS_WEIGHTS[i]!),
);

/** In widths of the peak: a normal density takes two panels to each side. */
const FIRST_PANEL = 4.5;
/** Over a panel the rule integrates exp(−40 x) right to 1e-17. */
const LARGEST_FALL = 40;
/** Where the polynomial is farthest from the function: near the ends of a panel. */
const PROBES = [0.005, 0.995];
/** Of the log density, beside the rounding of large logs. */
const TOLERANCE = 1e-12;
const ROUNDING = 32 * Number.EPSILON;
/** A share e^−50 of the whole counts for nothing. */
const NEGLIGIBLE = -50;

/** Lays panels over a function with one peak that falls at least exponentially to both sides. */
export function panelledDensity(
  log: (x: number) => number,
  { start, width, seam }: PanelledDensityOptions,
): PanelledDensity {
  const peak = findPeak(log, start, width);
  const stride = FIRST_PANEL * peak.width;
  const lay = (from: number, side: Side): Panel[] => layPanels(log, from, side, stride, seam);
  const below = lay(peak.at, "lower");
  const above = lay(peak.at, "upper");
  const body = [...below.reverse(), ...above];
  const lowest = body[0]!.lower;
  const highest = body.at(-1)!.upper;
  const logTotal = logSum(body.map((panel) => panel.logMass));

  const panelsBeyond = (x: number, side: Side): readonly Panel[] => {
    if (x <= lowest) return side === "upper" ? body : lay(x, side);
    if (x >= highest) return side === "lower" ? body : lay(x, side);
    if (side === "lower") {
      const within = body.find((panel) => panel.upper >= x)!;
      return [...body.filter((panel) => panel.upper < x), partOf(within, within.lower, x)];
    }
    const within = body.find((panel) => panel.upper > x)!;
    return [partOf(within, x, within.upper), ...body.filter((panel) => panel.lower > within.lower)];
  };
  const logTail = (x: number, side: Side): number =>
    logSum(panelsBeyond(x, side).map((panel) => panel.logMass)) - logTotal;
  const sumOver = (panels: readonly Panel[], f: (x: number) => number): number =>
    panels.reduce((sum, panel) => sum + integralOver(panel, f, logTotal), 0);

  return {
    logTotal,
    beside: (x, side) => {
      const isBulk = side === "upper" ? x <= lowest : x >= highest;
      const logProbability = isBulk
        ? log1mexp(Math.min(0, logTail(x, side === "upper" ? "lower" : "upper")))
        : Math.min(0, logTail(x, side));
      const within = body.find((panel) => panel.lower <= x && x <= panel.upper);
      return { logProbability, logDensity: (within ? logAt(within, x) : log(x)) - logTotal };
    },
    averageBeyond: (x, side, f) => sumOver(panelsBeyond(x, side), f),
    average: (f) => sumOver(body, f),
  };
}

/** Panels from a point outwards, until what is left counts for nothing. */
function layPanels(
  log: (x: number) => number,
  from: number,
  side: Side,
  stride: number,
  seam: number | undefined,
): Panel[] {
  const sign = side === "upper" ? 1 : -1;
  const panels: Panel[] = [];
  let logSoFar = -Infinity;
  let width = stride;
  for (let at = from; ;) {
    let end = at + sign * width;
    if (seam !== undefined && (seam - at) * sign > 0 && (seam - end) * sign < 0) end = seam;
    const panel = layPanel(log, at, end, logSoFar);
    if (panel === null) {
      width = 0.5 * Math.abs(end - at);
      continue;
    }
    panels.push(panel);
    logSoFar = logAdd(logSoFar, panel.logMass);
    if (log(end) + Math.log(stride) < logSoFar + NEGLIGIBLE) return panels;
    at = end;
    width = Math.max(width, 2 * Math.abs(panel.upper - panel.lower));
  }
}

/** The panel between two points, or null where it is too long for a polynomial. */
function layPanel(log: (x: number) => number, at: number, end: number, logSoFar: number): Panel | null {
  const atMost = (height: number): boolean => height + Math.log(Math.abs(end - at)) < logSoFar + NEGLIGIBLE;
  const [first, last] = [log(at), log(end)];
  const middle = 0.5 * (at + end);
  // A double holds no point between them: nothing can be told about what lies there.
  if (middle === at || middle === end) return panelOf(log, Math.min(at, end), Math.max(at, end));
  if (first - last > LARGEST_FALL && !atMost(first)) return null;
  const panel = panelOf(log, Math.min(at, end), Math.max(at, end));
  if (panel.logMass < logSoFar + NEGLIGIBLE) return panel;
  for (const probe of PROBES) {
    const x = panel.lower + probe * (panel.upper - panel.lower);
    const value = log(x);
    if (!(Math.abs(value - logAt(panel, x)) <= TOLERANCE + ROUNDING * Math.abs(value))) return null;
  }
  return panel;
}

function panelOf(log: (x: number) => number, lower: number, upper: number): Panel {
  const logs = GAUSS_NODES.map((node) => log(lower + node * (upper - lower)));
  const largest = logs.reduce((most, value) => Math.max(most, value), -Infinity);
  const sum = logs.reduce((total, value, i) => total + GAUSS_WEIGHTS[i]! * Math.exp(value - largest), 0);
  const logMass = largest === -Infinity ? largest : largest + Math.log(sum * (upper - lower));
  return { lower, upper, logs, logMass };
}

/** A part of a panel, read off its polynomial. */
function partOf(panel: Panel, lower: number, upper: number): Panel {
  return panelOf((x) => logAt(panel, x), lower, upper);
}

function logAt({ lower, upper, logs }: Panel, x: number): number {
  const place = (x - lower) / (upper - lower);
  let numerator = 0;
  let denominator = 0;
  for (let i = 0; i < GAUSS_NODES.length; i++) {
    const distance = place - GAUSS_NODES[i]!;
    if (distance === 0) return logs[i]!;
    const weight = BARYCENTRIC_WEIGHTS[i]! / distance;
    numerator += weight * logs[i]!;
    denominator += weight;
  }
  return numerator / denominator;
}

function integralOver({ lower, upper, logs }: Panel, f: (x: number) => number, logTotal: number): number {
  let sum = 0;
  for (let i = 0; i < GAUSS_NODES.length; i++) {
    const density = Math.exp(logs[i]! - logTotal);
    if (density > 0) sum += GAUSS_WEIGHTS[i]! * density * f(lower + GAUSS_NODES[i]! * (upper - lower));
  }
  return sum * (upper - lower);
}
