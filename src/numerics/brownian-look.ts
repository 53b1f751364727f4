import { densitiesOnGrid } from "./look-densities.ts";
import { type Stretch, type WalkGrid, walkGrid } from "./walk-grid.ts";
import { hypot } from "./elementary/hypot.ts";
import { ln } from "./elementary/ln.ts";

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
  readonly points: readonly number[];
  /** How much of it was there and went on: quadrature weight times density. */
  readonly masses: readonly number[];
  /** ln of the density there. */
  readonly logDensities: readonly number[];
  /** Whether the points cover one region only, so that the density is log-concave. */
  readonly isConnected: boolean;
  /** Whether B and −B have one distribution, and so have the points. */
  readonly isSymmetric: boolean;
}

/** Beyond so many standard deviations no double is left of a normal density. */
const WHOLE_LINE = 37.6;
const ANYTHING_AHEAD: WalkAhead = { lowest: -WHOLE_LINE, highest: WHOLE_LINE };
/** What lies farther from the path that matters adds less than 1e-15 of the whole. */
const MARGIN = 8;

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
    points: [startValue],
    masses: [1],
    logDensities: [0],
    isConnected: true,
    isSymmetric: drift === 0 && startValue === 0,
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
  const step = look.information - look.previousInformation;
  const nextStep = information - look.information;
  // The product of the two transition densities is a normal density of this width.
  const width = Math.sqrt((step / (step + nextStep)) * nextStep);
  // Nothing is left of a walk that was stopped everywhere.
  const stretches = look.points.length === 0 ? [] : stretchesOf(look, regions, nextStep, ahead, width);
  const grid = walkGrid(stretches, width);
  const isSymmetric = look.isSymmetric && isMirrored(stretches);
  const densities = densitiesOnGrid(look, grid.points, isSymmetric);
  return {
    ...look,
    information,
    previousInformation: look.information,
    ...whereThereIsMass(grid, densities),
    isConnected: look.isConnected && regions.length <= 1,
    isSymmetric,
  };
}

/** Points where the density underflowed carry nothing, and are left out. */
function whereThereIsMass(
  { points, weights }: WalkGrid,
  densities: readonly number[],
): Pick<BrownianLook, "points" | "masses" | "logDensities"> {
  const kept: number[] = [];
  const masses: number[] = [];
  const logDensities: number[] = [];
  for (let i = 0; i < points.length; i++) {
    const mass = weights[i]! * densities[i]!;
    if (!(mass > 0)) continue;
    kept.push(points[i]!);
    masses.push(mass);
    logDensities.push(ln(densities[i]!));
  }
  return { points: kept, masses, logDensities };
}

/** The regions on the scale of B, cut where nothing matters any more, and how steep an integrand is at their ends. */
function stretchesOf(
  look: BrownianLook,
  regions: readonly ContinuationRegion[],
  nextStep: number,
  ahead: WalkAhead,
  width: number,
): Stretch[] {
  const { drift, lowestDrift, highestDrift, startInformation, startValue, points } = look;
  const step = look.information - look.previousInformation;
  const elapsed = look.information - startInformation;
  const scale = Math.sqrt(elapsed);
  const lowest = startValue + lowestDrift * elapsed - scale * reachOf(-ahead.lowest);
  const highest = startValue + highestDrift * elapsed + scale * reachOf(ahead.highest);
  // Where the drift takes the outermost points of the look before, and from where it would reach the outermost boundary.
  const landing = { lower: points[0]! + lowestDrift * step, upper: points.at(-1)! + highestDrift * step };
  const nextScale = Math.sqrt(elapsed + nextStep);
  const path = startValue + drift * elapsed;
  const springboard = {
    lower: path + nextScale * ahead.lowest + (drift - highestDrift) * nextStep,
    upper: path + nextScale * ahead.highest + (drift - lowestDrift) * nextStep,
  };
  const root = Math.sqrt(look.information);
  return regions.map((region) => {
    const lower = Math.max(lowest, region.lower * root);
    const upper = Math.min(highest, region.upper * root);
    // The slope of the log of the density, and that of the transition.
    const falling =
      Math.max(0, (lower - landing.lower) / step) + Math.max(0, (lower - springboard.lower) / nextStep);
    const rising =
      Math.max(0, (landing.upper - upper) / step) + Math.max(0, (springboard.upper - upper) / nextStep);
    return { lower, upper, overshoot: width * Math.max(falling, rising) };
  });
}

/** How far, in standard deviations, paths matter that may end at such a boundary. */
function reachOf(boundary: number): number {
  return Math.min(WHOLE_LINE, hypot(Math.max(0, boundary), MARGIN));
}

function isMirrored(stretches: readonly Stretch[]): boolean {
  return stretches.every(({ lower }, i) => lower === -stretches[stretches.length - 1 - i]!.upper);
}
