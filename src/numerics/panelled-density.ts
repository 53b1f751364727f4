import { ConvergenceError, MOST_ROUNDS } from "../core/convergence-error.ts";
import type { Side } from "./beside-line.ts";
import { GAUSS_NODES, GAUSS_WEIGHTS } from "./gauss-rule-28.ts";
import { log1mexp } from "./log1mexp.ts";
import { logAdd, logSum } from "./log-sum.ts";
import { findPeak } from "./peak-integral.ts";
import { exp } from "./elementary/exp.ts";
import { ln } from "./elementary/ln.ts";

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

/** Guesses of the place and the width of the peak. */
export interface PeakGuess {
  readonly start: number;
  readonly width: number;
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

/** In widths: a normal density takes one panel to each side. */
const FIRST_PANEL = 9;
/** Over a panel the rule integrates exp(±42 x) right to 1e-16. */
const LARGEST_FALL = 42;
/** Where the polynomial is farthest from the function: near the ends of a panel. */
const PROBES = [0.005, 0.995];
/** Of the log density, beside what the rounding of large logs, and of sums of them, may leave. */
const TOLERANCE = 1e-12;
const ROUNDING = 1e-13;
/** An error below the first that shortening does not divide by the second is no polynomial's, but rounding's. */
const LARGEST_NOISE = 1e-6;
const LEAST_GAIN = 16;
/** Noise may be so many times what it happened to be. */
const NOISE_RANGE = 8;
/** Of the first panel: what is not a polynomial over a shorter one is rounding, however large. */
const NARROWEST = 1e-5;
/** Next to the whole, a share e^−38 counts for nothing. */
const NEGLIGIBLE = -38;
/** A tail with a smaller log share than this is not made of what the panels hold, but laid on its own. */
const SMALLEST_HELD_TAIL = -13;

/** Lays panels over a function with one peak that falls at least exponentially to both sides. */
export function panelledDensity(log: (x: number) => number, { start, width }: PeakGuess): PanelledDensity {
  const peak = findPeak(log, start, width);
  const stride = FIRST_PANEL * peak.width;
  const lay = (from: number, side: Side, logFloor = -Infinity): Panel[] =>
    layPanels(log, { from, side, stride, logFloor });
  const logSize = log(peak.at) + ln(peak.width);
  const body = [...lay(peak.at, "lower", logSize).toReversed(), ...lay(peak.at, "upper", logSize)];
  const lowest = body[0]!.lower;
  const highest = body.at(-1)!.upper;
  const logTotal = logMassOf(body);

  const panelsBeyond = (x: number, side: Side): readonly Panel[] => {
    const isBulk = side === "upper" ? x <= lowest : x >= highest;
    if (isBulk) return body;
    if (x > lowest && x < highest) {
      const held = partBeyond(body, x, side);
      if (logMassOf(held) - logTotal > SMALLEST_HELD_TAIL) return held;
    }
    return lay(x, side);
  };
  const logTail = (x: number, side: Side): number => Math.min(0, logMassOf(panelsBeyond(x, side)) - logTotal);
  const sumOver = (panels: readonly Panel[], f: (x: number) => number): number =>
    panels.reduce((sum, panel) => sum + integralOver(panel, f, logTotal), 0);

  return {
    logTotal,
    beside: (x, side) => {
      const logOwn = logTail(x, side);
      const logOther = logOwn > -Math.LN2 ? logTail(x, side === "upper" ? "lower" : "upper") : 0;
      const logProbability = logOther < -Math.LN2 ? log1mexp(logOther) : logOwn;
      const within = body.find((panel) => panel.lower <= x && x <= panel.upper);
      return { logProbability, logDensity: (within ? logAt(within, x) : log(x)) - logTotal };
    },
    averageBeyond: (x, side, f) => sumOver(panelsBeyond(x, side), f),
    average: (f) => sumOver(body, f),
  };
}

interface Way {
  readonly from: number;
  readonly side: Side;
  readonly stride: number;
  /** A log of the mass by which to tell what is negligible before there are panels. */
  readonly logFloor: number;
}

/** Panels from a point outwards, until what is left counts for nothing. */
function layPanels(log: (x: number) => number, { from, side, stride, logFloor }: Way): Panel[] {
  const sign = side === "upper" ? 1 : -1;
  const panels: Panel[] = [];
  let logSoFar = logFloor;
  let at = from;
  let length = stride;
  let lastError = Infinity;
  let noise = 0;
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const end = at + sign * length;
    const { panel, error } = layPanel(log, at, end, logSoFar + NEGLIGIBLE);
    // Panels after the one that told what is noise need not find out again.
    const isNoise = length < NARROWEST * stride || (error < LARGEST_NOISE && error > lastError / LEAST_GAIN);
    if (isNoise && error < Infinity) noise = Math.max(noise, NOISE_RANGE * error);
    if (panel === null || error > noise) {
      lastError = error;
      length *= 0.5;
      continue;
    }
    panels.push(panel);
    logSoFar = logAdd(logSoFar, panel.logMass);
    at = end;
    if (log(at) + ln(stride) < logSoFar + NEGLIGIBLE) return panels;
    // The one after a panel that had to be shortened is not tried at twice its length.
    if (lastError === Infinity) length *= 2;
    lastError = Infinity;
  }
  throw new ConvergenceError(`the end of a density from ${from} on`, MOST_ROUNDS);
}

/**
 * The panel between two points, and by how much its polynomial misses more than it may; null for the panel where the
 * density falls too far over it to be integrated.
 */
function layPanel(
  log: (x: number) => number,
  at: number,
  end: number,
  logNegligible: number,
): { readonly panel: Panel | null; readonly error: number } {
  const [lower, upper] = [Math.min(at, end), Math.max(at, end)];
  const middle = 0.5 * (lower + upper);
  // Where a double holds no point between the two nothing more can be told.
  if (middle === lower || middle === upper) return { panel: panelOf(log, lower, upper), error: 0 };
  const [first, last] = [log(at), log(end)];
  const isSteep = Math.abs(first - last) > LARGEST_FALL;
  if (isSteep && Math.max(first, last) + ln(upper - lower) > logNegligible) {
    return { panel: null, error: Infinity };
  }
  const panel = panelOf(log, lower, upper);
  if (panel.logMass < logNegligible) return { panel, error: 0 };
  let largest = 0;
  for (const probe of PROBES) {
    const x = lower + probe * (upper - lower);
    const value = log(x);
    const error = Math.abs(value - logAt(panel, x));
    // Not a number where the log is infinite.
    if (!(error <= TOLERANCE + ROUNDING * Math.abs(value))) largest = Math.max(largest, error || Infinity);
  }
  return { panel, error: largest };
}

function logMassOf(panels: readonly Panel[]): number {
  return logSum(panels.map((panel) => panel.logMass));
}

/** What panels in order hold beyond a point within them. */
function partBeyond(panels: readonly Panel[], x: number, side: Side): readonly Panel[] {
  const isUpper = side === "upper";
  const cut = panels.findIndex(({ upper }) => upper > x);
  const { lower, upper } = panels[cut]!;
  const part = isUpper ? partOf(panels[cut]!, x, upper) : partOf(panels[cut]!, lower, x);
  return isUpper ? [part, ...panels.slice(cut + 1)] : [...panels.slice(0, cut), part];
}

function panelOf(log: (x: number) => number, lower: number, upper: number): Panel {
  const logs = GAUSS_NODES.map((node) => log(lower + node * (upper - lower)));
  const largest = logs.reduce((most, value) => Math.max(most, value), -Infinity);
  const sum = logs.reduce((total, value, i) => total + GAUSS_WEIGHTS[i]! * exp(value - largest), 0);
  const logMass = largest === -Infinity ? largest : largest + ln(sum * (upper - lower));
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
    const density = exp(logs[i]! - logTotal);
    if (density > 0) sum += GAUSS_WEIGHTS[i]! * density * f(lower + GAUSS_NODES[i]! * (upper - lower));
  }
  return sum * (upper - lower);
}
