import { normalPdf, normalSf } from "./normal.ts";
import { normalBetween } from "./normal-between.ts";
import { INVERSE_SQRT_TWO_PI } from "./normal-tail.ts";
import { walkGrid } from "./walk-grid.ts";

// A Brownian motion with drift, seen at looks at which it is stopped outside of a region: the recursion of Armitage,
// McPherson and Rowe (1969); Jennison and Turnbull (2000), chapter 19. Everything is a sum of positive terms, so that a
// probability of 1e-30 has as many digits as one of 1/2.

/** What lies ahead of a walk: the extreme finite boundaries of later looks, in standard deviations from its path. */
export interface WalkAhead {
  readonly lowest: number;
  readonly highest: number;
}

/** Where z may lie for the walk to go on. */
export interface ContinuationRegion {
  readonly lower: number;
  readonly upper: number;
}

/** A walk at a look: how much of it has not been stopped before, and from where it comes. */
export interface BrownianLook {
  readonly information: number;
  readonly drift: number;
  /** The drifts that it will be asked about: paths of each of them matter. */
  readonly lowestDrift: number;
  readonly highestDrift: number;
  readonly startInformation: number;
  readonly startValue: number;
  /** Information of the look before, or of the start. */
  readonly previousInformation: number;
  /** Where the walk was then, in increasing order. */
  readonly points: Float64Array;
  /** How much of it was there and went on: quadrature weight times density. */
  readonly masses: Float64Array;
  /** ln of the density there. */
  readonly logDensities: Float64Array;
  /** Whether the points cover one region only, so that the density is log-concave. */
  readonly isConnected: boolean;
}

/** Beyond so many standard deviations no double is left of a normal density. */
const WHOLE_LINE = 37.6;
const ANYTHING_AHEAD: WalkAhead = { lowest: -WHOLE_LINE, highest: WHOLE_LINE };
/** What lies farther from the path that matters adds less than 1e-15 of the whole. */
const MARGIN = 8;
/** A log-concave sum of terms exp(−x²/2) or steeper has fallen below 1e-16 of its peak here. */
const WINDOW = 8.6;

export interface FirstLookOptions {
  readonly information: number;
  /** Mean of B(t) − B(start), by unit of information; 0 unless said. */
  readonly drift?: number;
  /** Other drifts that the walk will be asked about; only its own unless said. */
  readonly lowestDrift?: number;
  readonly highestDrift?: number;
  /** Information at which the walk starts, and its value there; 0 and 0 unless said. */
  readonly startInformation?: number;
  readonly startValue?: number;
}

/** The first look at a walk that starts at a known point. */
export function firstLook({
  information,
  drift = 0,
  lowestDrift = drift,
  highestDrift = drift,
  startInformation = 0,
  startValue = 0,
}: FirstLookOptions): BrownianLook {
  return {
    information,
    drift,
    lowestDrift,
    highestDrift,
    startInformation,
    startValue,
    previousInformation: startInformation,
    points: Float64Array.of(startValue),
    masses: Float64Array.of(1),
    logDensities: Float64Array.of(0),
    isConnected: true,
  };
}

/**
 * The look after this one, of what is left when the walk goes on only within the regions.
 *
 * @param regions where z = B(t)/√t of this look goes on, in increasing order; infinite ends are legal
 * @param information of the next look
 * @param ahead extreme finite boundaries of the later looks: the narrower, the fewer points; any by default
 */
export function nextLook(
  look: BrownianLook,
  regions: readonly ContinuationRegion[],
  information: number,
  ahead: WalkAhead = ANYTHING_AHEAD,
): BrownianLook {
  const { drift, lowestDrift, highestDrift, startInformation, startValue } = look;
  const step = look.information - look.previousInformation;
  const nextStep = information - look.information;
  // The product of the two transition densities is a normal density of this width.
  const width = Math.sqrt((step / (step + nextStep)) * nextStep);
  const elapsed = look.information - startInformation;
  const scale = Math.sqrt(elapsed);
  const mean = startValue + drift * elapsed;
  const lowest = startValue + lowestDrift * elapsed - scale * reachOf(-ahead.lowest);
  const highest = startValue + highestDrift * elapsed + scale * reachOf(ahead.highest);
  // Where a bridge to the extreme boundaries comes by.
  const bridge = scale * Math.sqrt(elapsed / (elapsed + nextStep));
  const root = Math.sqrt(look.information);
  const stretches = regions.map((region) => {
    const lower = Math.max(lowest, region.lower * root);
    const upper = Math.min(highest, region.upper * root);
    const above = mean + bridge * ahead.highest - upper;
    const below = lower - (mean + bridge * ahead.lowest);
    return { lower, upper, overshoot: Math.max(0, above, below) / width };
  });
  const { points, weights } = walkGrid(stretches, width);
  const isConnected = look.isConnected && regions.length <= 1;
  const densities = look.isConnected ? densitiesInWindows(look, points) : densitiesAt(look, points);
  return {
    information,
    drift,
    lowestDrift,
    highestDrift,
    startInformation,
    startValue,
    previousInformation: look.information,
    ...withoutZeros(points, weights, densities),
    isConnected,
  };
}

/** How far, in standard deviations, paths matter that may end at such a boundary. */
function reachOf(boundary: number): number {
  return Math.min(WHOLE_LINE, Math.hypot(Math.max(0, boundary), MARGIN));
}

/** Points where the density underflowed carry nothing. */
function withoutZeros(
  points: Float64Array,
  weights: Float64Array,
  densities: Float64Array,
): Pick<BrownianLook, "points" | "masses" | "logDensities"> {
  const masses = densities.map((density, i) => density * weights[i]!);
  const isKept = (_: number, i: number): boolean => masses[i]! > 0;
  return {
    points: points.filter(isKept),
    masses: masses.filter(isKept),
    logDensities: densities.filter(isKept).map(Math.log),
  };
}

/** Density of the walk at the look, not having been stopped before. */
function densitiesAt(look: BrownianLook, at: Float64Array): Float64Array {
  const { points, masses } = look;
  const step = look.information - look.previousInformation;
  const root = Math.sqrt(step);
  return at.map((y) => {
    const target = y - look.drift * step;
    let sum = 0;
    for (let i = 0; i < points.length; i++) {
      const u = (target - points[i]!) / root;
      sum += masses[i]! * Math.exp(-0.5 * u * u);
    }
    return (sum * INVERSE_SQRT_TWO_PI) / root;
  });
}

/**
 * The same where the density before is log-concave: its product with a transition density has one peak, which moves
 * with `at`, and falls at least as fast as the transition density does; what lies outside of a window is left out.
 */
function densitiesInWindows(look: BrownianLook, at: Float64Array): Float64Array {
  const { points, masses, logDensities } = look;
  const step = look.information - look.previousInformation;
  const root = Math.sqrt(step);
  const result = new Float64Array(at.length);
  if (points.length === 0) return result;
  const last = points.length - 1;
  let peak = 0;
  let from = 0;
  let to = 0;
  for (let k = 0; k < at.length; k++) {
    const target = at[k]! - look.drift * step;
    while (peak < last && rises(points, logDensities, peak, target / step, step)) peak++;
    while (points[from]! < points[peak]! - WINDOW * root) from++;
    while (to < last && points[to + 1]! <= points[peak]! + WINDOW * root) to++;
    let sum = 0;
    for (let i = from; i <= to; i++) {
      const u = (target - points[i]!) / root;
      sum += masses[i]! * Math.exp(-0.5 * u * u);
    }
    result[k] = (sum * INVERSE_SQRT_TWO_PI) / root;
  }
  return result;
}

/** Whether density times transition density is larger at the next point. */
function rises(
  points: Float64Array,
  logDensities: Float64Array,
  i: number,
  pull: number,
  step: number,
): boolean {
  const width = points[i + 1]! - points[i]!;
  const middle = 0.5 * (points[i + 1]! + points[i]!);
  return logDensities[i + 1]! - logDensities[i]! + width * (pull - middle / step) >= 0;
}

/** Sums `part` of where the walk stands at this look, in standard deviations of its last step, over where it was. */
function sumOverPaths(look: BrownianLook, z: number, drift: number, part: (u: number) => number): number {
  const { points, masses, startValue } = look;
  const step = look.information - look.previousInformation;
  const root = Math.sqrt(step);
  const target = z * Math.sqrt(look.information) - drift * step;
  // The likelihood ratio of another drift at the look before; it is 1 for the walk's own.
  const tilt = drift - look.drift;
  const elapsed = look.previousInformation - look.startInformation;
  const offset = startValue + 0.5 * (drift + look.drift) * elapsed;
  let sum = 0;
  for (let i = 0; i < points.length; i++) {
    const ratio = tilt === 0 ? 1 : Math.exp(tilt * (points[i]! - offset));
    sum += masses[i]! * ratio * part((target - points[i]!) / root);
  }
  return sum;
}

/** P(not stopped before this look), under the walk's drift or another one. */
export function reachProbability(look: BrownianLook, drift: number = look.drift): number {
  return sumOverPaths(look, 0, drift, () => 1);
}

/** P(z or more at this look, not stopped before), under the walk's drift or another one. */
export function upperExit(look: BrownianLook, z: number, drift: number = look.drift): number {
  return z === Infinity ? 0 : sumOverPaths(look, z, drift, normalSf);
}

/** P(z or less at this look, not stopped before), under the walk's drift or another one. */
export function lowerExit(look: BrownianLook, z: number, drift: number = look.drift): number {
  return z === -Infinity ? 0 : sumOverPaths(look, z, drift, (u) => normalSf(-u));
}

/** Density of z at this look, not stopped before: minus the slope of `upperExit`. */
export function exitDensity(look: BrownianLook, z: number, drift: number = look.drift): number {
  const step = look.information - look.previousInformation;
  return sumOverPaths(look, z, drift, normalPdf) * Math.sqrt(look.information / step);
}

/** P(z between lower and upper at this look, not stopped before), under the walk's drift or another one. */
export function exitBetween(
  look: BrownianLook,
  lower: number,
  upper: number,
  drift: number = look.drift,
): number {
  const step = look.information - look.previousInformation;
  const width = (upper - lower) * Math.sqrt(look.information / step);
  return sumOverPaths(look, lower, drift, (u) => normalBetween(u, u + width, width));
}
