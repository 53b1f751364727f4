import { ConvergenceError, MOST_ROUNDS } from "../core/convergence-error.ts";
import { GAUSS_WEIGHTS, KRONROD_CENTRE_WEIGHT, KRONROD_NODES, KRONROD_WEIGHTS } from "./gauss-kronrod-21.ts";
import { logAdd } from "./log-sum.ts";
import { exp } from "./elementary/exp.ts";
import { ln } from "./elementary/ln.ts";

/** Puts the natural logs of several functions, none of them negative, at x into `logs`; −Infinity is legal. */
export type LogFunctions = (x: number, logs: Float64Array) => void;

/** A place near which functions vary over about this width, and ever more slowly with the distance from it. */
export interface Feature {
  readonly center: number;
  readonly width: number;
}

/** What each function has over one piece of the line. */
interface Panel {
  readonly lower: number;
  readonly upper: number;
  /** ln of the integrals. */
  readonly logs: Float64Array;
  /** ln of how far two rules differ. */
  readonly logGaps: Float64Array;
}

/** First length of a panel, in widths of the features beside it. */
const LENGTH = 2;
/** And in distances from them: below 1, so that panels become short again where they approach a narrow feature. */
const GROWTH = 0.75;
/** Where the 10-point rule is right to this share of the whole integral, the 21-point one is right to the last digits. */
const AGREEMENT = 3e-10;
/** Differences of logs below this share of them are rounding. */
const ROUNDING = 16 * Number.EPSILON;
/** The line ends where no function has more than this share of its integral left. */
const NEGLIGIBLE = 1e-18;
/** Panels are not halved below this share of their place, where the nodes are next to the same doubles. */
const NARROWEST = 1e-13;
/** Against functions that are mostly rounding, so that two rules never agree. */
const MOST_PANELS = 2000;

/**
 * ln ∫ f(x) dx over the real line for several analytic functions at once, each to its own relative precision however
 * small it is, by Gauss–Kronrod rules on panels that all functions share.
 *
 * The first panels are as fine as the narrowest feature beside them, so that none is overlooked, and are halved where
 * any function needs it; the line goes on to both sides until nothing is left. Two functions that vary in one place or
 * two have `logPeaksIntegrals`, which takes a fraction of the nodes.
 *
 * @param count how many functions
 * @param features where the functions vary; beyond the outermost ones all of them fall to 0
 */
export function logIntegrals(
  count: number,
  functions: LogFunctions,
  features: readonly Feature[],
): Float64Array {
  const panelOver = panelMaker(count, functions);
  let panels = firstPanels(count, panelOver, features);
  for (;;) {
    const totals = totalsOf(count, panels);
    const largestGaps = totals.map((log) =>
      log === -Infinity ? log : log + ln(Math.max(AGREEMENT, ROUNDING * Math.abs(log))),
    );
    const halved = panels.flatMap((panel) => {
      const { lower, upper, logGaps } = panel;
      const isNarrow = upper - lower <= NARROWEST * Math.max(Math.abs(lower), Math.abs(upper));
      if (isNarrow || logGaps.every((log, i) => log <= largestGaps[i]!)) return [panel];
      const middle = lower + 0.5 * (upper - lower);
      return [panelOver(lower, middle), panelOver(middle, upper)];
    });
    if (halved.length === panels.length || halved.length > MOST_PANELS) return totals;
    panels = halved;
  }
}

function firstPanels(
  count: number,
  panelOver: (lower: number, upper: number) => Panel,
  features: readonly Feature[],
): Panel[] {
  const centers = features.map(({ center }) => center);
  const [first, last] = [Math.min(...centers), Math.max(...centers)];
  const panels: Panel[] = [];
  const totals = emptyLogs(count);
  /** The next panel beside x on one side; returns its far end. */
  const addBeside = (x: number, direction: 1 | -1): number => {
    const lengths = features.map(({ center, width }) => LENGTH * width + GROWTH * Math.abs(x - center));
    const end = x + direction * Math.min(...lengths);
    const panel = panelOver(Math.min(x, end), Math.max(x, end));
    panels.push(panel);
    if (panels.length > MOST_ROUNDS) throw new ConvergenceError("the end of integrands", MOST_ROUNDS);
    addLogs(totals, panel.logs);
    return end;
  };
  const isLastNegligible = (): boolean => largestShare(panels.at(-1)!.logs, totals) < NEGLIGIBLE;
  let x = first;
  do x = addBeside(x, 1);
  while (x < last || !isLastNegligible());
  x = first;
  do x = addBeside(x, -1);
  while (!isLastNegligible());
  return panels;
}

function panelMaker(count: number, functions: LogFunctions): (lower: number, upper: number) => Panel {
  const pairs = KRONROD_NODES.map(() => [new Float64Array(count), new Float64Array(count)] as const);
  const atCentre = new Float64Array(count);
  return (lower, upper) => {
    const half = 0.5 * (upper - lower);
    const centre = lower + half;
    functions(centre, atCentre);
    for (let k = 0; k < pairs.length; k++) {
      functions(centre - half * KRONROD_NODES[k]!, pairs[k]![0]);
      functions(centre + half * KRONROD_NODES[k]!, pairs[k]![1]);
    }
    const logs = emptyLogs(count);
    const logGaps = emptyLogs(count);
    for (let i = 0; i < count; i++) {
      let largest = atCentre[i]!;
      for (const [left, right] of pairs) largest = Math.max(largest, left[i]!, right[i]!);
      if (largest === -Infinity) continue;
      let sum = KRONROD_CENTRE_WEIGHT * exp(atCentre[i]! - largest);
      let gauss = 0;
      for (let k = 0; k < pairs.length; k++) {
        const [left, right] = pairs[k]!;
        const both = exp(left[i]! - largest) + exp(right[i]! - largest);
        sum += KRONROD_WEIGHTS[k]! * both;
        if (k % 2 === 1) gauss += GAUSS_WEIGHTS[(k - 1) / 2]! * both;
      }
      const log = largest + ln(half);
      logs[i] = log + ln(sum);
      logGaps[i] = log + ln(Math.abs(sum - gauss));
    }
    return { lower, upper, logs, logGaps };
  };
}

function emptyLogs(count: number): Float64Array {
  return new Float64Array(count).fill(-Infinity);
}

function totalsOf(count: number, panels: readonly Panel[]): Float64Array {
  const totals = emptyLogs(count);
  for (const { logs } of panels) addLogs(totals, logs);
  return totals;
}

function addLogs(totals: Float64Array, logs: Float64Array): void {
  for (let i = 0; i < totals.length; i++) totals[i] = logAdd(totals[i]!, logs[i]!);
}

/** The largest share that these are of their totals. */
function largestShare(logs: Float64Array, totals: Float64Array): number {
  let most = -Infinity;
  for (let i = 0; i < logs.length; i++) {
    if (logs[i]! > -Infinity) most = Math.max(most, logs[i]! - totals[i]!);
  }
  return exp(most);
}
