import { log1mexp } from "../numerics/log1mexp.ts";
import type { Side } from "../numerics/beside-line.ts";
import {
  doAgree,
  logNestedIntegral,
  MOST_LEVELS,
  type NestedNodes,
  nestedNodes,
} from "../numerics/nested-nodes.ts";
import { logPeaksIntegrals } from "../numerics/peaks-integrals.ts";
import { type Spot, spreadCoordinate, spreadPoint } from "../numerics/two-spots.ts";
import type { BetterArm } from "./better-arm.ts";
import type { BesideValue, Contrast } from "./contrast.ts";
import type { Cumulants } from "./cumulants.ts";
import type { Axis, Marginal } from "./marginal.ts";
import { exp } from "../numerics/elementary/exp.ts";
import { expm1 } from "../numerics/elementary/expm1.ts";
import { ln } from "../numerics/elementary/ln.ts";
import { log1p } from "../numerics/elementary/log1p.ts";
import { pow } from "../numerics/elementary/pow.ts";

/** All pairs of values of two arms that make one value of an effect, along a coordinate of the near arm. */
export interface Meeting {
  readonly near: NearArm;
  readonly far: Pick<Marginal, "logDensity" | "logTails">;
  /** The far arm's coordinate that belongs to one of the near arm. */
  follow(u: number): number;
  /**
   * The same from how far the near arm's coordinate lies from the far arm's spot, where that says it with more digits.
   */
  followSpot?(offset: number): number;
  /** Where the far arm's distribution varies, in the near arm's coordinate; null where all of that is out of sight. */
  readonly farSpot: Spot | null;
  /** ln of the derivative of the far arm's coordinate by the effect, at a coordinate of the near arm. */
  logPace(u: number): number;
}

/** ln of the density of an arm's coordinate, where that varies, and nodes for it that serve every value of an effect. */
export interface NearArm extends Pick<Marginal, "center" | "width" | "logDensity">, NestedNodes {}

export function nearArm({ center, width, logDensity }: Omit<NearArm, "level">): NearArm {
  return { center, width, logDensity, ...nestedNodes({ center, width }, logDensity) };
}

/** How the far arm lies beside the near one: ln of the probability of that side, and of the density of the effect. */
export function besideMeeting(meeting: Meeting, side: Side): BesideValue {
  return onNodesOfNearArm(meeting, side) ?? onNodesOfBoth(meeting, side);
}

/** What terms at the ends may be of a sum that is complete. */
const NEGLIGIBLE = 1e-15;
/** Smaller sums have lost terms to underflow. */
const SMALLEST_SUM = 1e-270;

/** Null where these nodes miss a part of the whole: beside far values of an effect, or a far arm that is narrow. */
function onNodesOfNearArm(meeting: Meeting, side: Side): BesideValue | null {
  const first = sumsOver(meeting, side, 0);
  if (!(first.ends.probability <= NEGLIGIBLE * first.probability && first.probability > SMALLEST_SUM))
    return null;
  if (!(first.ends.density <= NEGLIGIBLE * first.density && first.density > SMALLEST_SUM)) return null;
  let { probability, density } = first;
  for (let level = 1; level < MOST_LEVELS; level++) {
    const between = sumsOver(meeting, side, level);
    const agree = doAgree(between.probability, probability) && doAgree(between.density, density);
    probability += between.probability;
    density += between.density;
    if (agree) {
      const logStep = -level * Math.LN2;
      return { logProbability: ln(probability) + logStep, logDensity: ln(density) + logStep };
    }
  }
  return null;
}

interface Sums {
  probability: number;
  density: number;
}

/** Sums over the nodes of one level, and the larger ones of the terms at the ends. */
function sumsOver({ near, far, follow, logPace }: Meeting, side: Side, level: number): Sums & { ends: Sums } {
  const { places, logWeights } = near.level(level);
  const last = places.length - 1;
  const sums = { probability: 0, density: 0, ends: { probability: 0, density: 0 } };
  for (let i = 0; i <= last; i++) {
    const u = places[i]!;
    const v = follow(u);
    const probability = exp(logWeights[i]! + far.logTails(v)[side]);
    const density = exp(logWeights[i]! + far.logDensity(v) + logPace(u));
    sums.probability += probability;
    sums.density += density;
    if (i === 0 || i === last) {
      // Beyond, the tail of the far arm may be larger, up to 1.
      sums.ends.probability = Math.max(sums.ends.probability, exp(logWeights[i]!));
      sums.ends.density = Math.max(sums.ends.density, density);
    }
  }
  return sums;
}

/** Nodes that lie densely near both arms, wherever these are. */
function onNodesOfBoth(
  { near, far, follow, followSpot, farSpot, logPace }: Meeting,
  side: Side,
): BesideValue {
  const spot = farSpot ?? near;
  const [logProbability, logDensity] = logPeaksIntegrals(
    (w) => {
      const { fromFirst, fromSecond, slope } = spreadPoint(w, near, spot);
      const x = near.center + fromFirst;
      const v = followSpot?.(fromSecond) ?? follow(x);
      const logWeight = near.logDensity(x) + ln(slope);
      return [logWeight + far.logTails(v)[side], logWeight + far.logDensity(v) + logPace(x)];
    },
    startsOf(near, spot),
  );
  return { logProbability: logProbability!, logDensity: logDensity! };
}

function startsOf(first: Spot, second: Spot): readonly number[] {
  const ends = [first, second].map(({ center }) => spreadCoordinate(center, first, second));
  return ends[0] === ends[1] ? [ends[0]!] : ends;
}

function opposite(side: Side): Side {
  return side === "lower" ? "upper" : "lower";
}

/** Treatment − control, of two marginals that both have log axes or both have identity axes. */
export function marginalDifference(control: Marginal, treatment: Marginal): Contrast {
  const ends = { lowest: -FARTHEST_DIFFERENCE, highest: FARTHEST_DIFFERENCE };
  const cumulants = differenceOf(control, treatment);
  if (control.axis.kind === "identity") {
    return { ...shiftContrast(control, treatment, levelShift(control, treatment)), ...ends, cumulants };
  }
  const [nearControl, nearTreatment] = [nearArm(control), nearArm(treatment)];
  const order = shiftContrast(control, treatment, levelShift(control, treatment));
  return {
    beside(value, side) {
      if (value < 0) {
        return besideMeeting(gapMeeting(nearTreatment, treatment.axis, control, -value), opposite(side));
      }
      const meeting = gapMeeting(nearControl, control.axis, treatment, value);
      if (value > 0 || isDensityFinite(meeting)) return besideMeeting(meeting, side);
      const { logProbability } = order.beside(0, side);
      return { logProbability, logDensity: Infinity };
    },
    ...ends,
    cumulants,
  };
}

/** A density that falls by less, in logs, between these coordinates does not fall. */
const FLAT = 1e-6;

/** Coordinates on a log axis so far below the center that densities have only their leading power left. */
const LEADING_POWER = [-600, -500] as const;

/** Whether two values that are both next to 0 are so improbable that the density of a difference of 0 is finite. */
function isDensityFinite({ near, far, follow, logPace }: Meeting): boolean {
  const [farther, nearer] = LEADING_POWER.map(
    (u) => near.logDensity(u) + far.logDensity(follow(u)) + logPace(u),
  );
  return nearer! - farther! > FLAT;
}

/** ln(treatment / control), of two marginals with log axes. */
export function marginalLogRatio(control: Marginal, treatment: Marginal): Contrast {
  const zero = logRatioOfZeros(control, treatment);
  return {
    ...shiftContrast(control, treatment, -zero),
    lowest: -LARGEST_LOG_RATIO,
    highest: LARGEST_LOG_RATIO,
    cumulants: {
      mean: zero + treatment.center - control.center,
      variance: treatment.width ** 2 + control.width ** 2,
      // As of logs of gamma variables.
      third: pow(control.width, 4) - pow(treatment.width, 4),
      fourth: 2 * (pow(control.width, 6) + pow(treatment.width, 6)),
    },
  };
}

/**
 * An effect that shifts one arm's coordinate against the other's.
 *
 * @param zero by how much the treatment's coordinate exceeds the control's where the effect is 0
 */
function shiftContrast(control: Marginal, treatment: Marginal, zero: number): Pick<Contrast, "beside"> {
  // The narrower arm lays the nodes: it needs few, and the other one hardly varies between them.
  if (treatment.width < control.width) {
    const near = nearArm(treatment);
    return {
      beside: (value, side) => besideMeeting(shiftedMeeting(near, control, -(value + zero)), opposite(side)),
    };
  }
  const near = nearArm(control);
  return { beside: (value, side) => besideMeeting(shiftedMeeting(near, treatment, value + zero), side) };
}

/** So far from the largest double that a distance between two of these is one. */
export const FARTHEST_DIFFERENCE = 8e307;

/** Beyond, a ratio is no double. */
const LARGEST_LOG_RATIO = 700;

/** ln of the treatment axis's zero over the control's. */
function logRatioOfZeros({ axis: control }: Marginal, { axis: treatment }: Marginal): number {
  const change = (treatment.zero - control.zero) / control.zero;
  return Math.abs(change) < 0.5 ? log1p(change) : ln(treatment.zero) - ln(control.zero);
}

/** Coordinates of which the far arm's exceeds the near arm's by a shift. */
function shiftedMeeting(near: NearArm, far: Marginal, shift: number): Meeting {
  return {
    near,
    far,
    follow: (u) => u + shift,
    followSpot: (offset) => far.center + offset,
    farSpot: { center: far.center - shift, width: far.width },
    logPace: () => 0,
  };
}

/** Values on log axes of which the far one is larger by a gap at or above 0. */
function gapMeeting(near: NearArm, axis: Axis, far: Marginal, gap: number): Meeting {
  const zero = axis.zero;
  const farZero = far.axis.zero;
  const rest = gap - (farZero - zero);
  const follow = (u: number): number => {
    const change = (zero * expm1(u) + rest) / farZero;
    return change > -0.5 ? log1p(change) : ln(zero * exp(u) + gap) - ln(farZero);
  };
  const farValue = far.axis.value(far.center);
  const nearValue = farValue - gap;
  return {
    near,
    far,
    follow,
    farSpot:
      nearValue > 0 ? { center: ln(nearValue / zero), width: (far.width * farValue) / nearValue } : null,
    logPace: (u) => -far.axis.logSlope(follow(u)),
  };
}

function differenceOf(control: Marginal, treatment: Marginal): Cumulants {
  const [ofControl, ofTreatment] = [momentsOf(control), momentsOf(treatment)];
  return {
    mean: treatment.axis.zero - control.axis.zero + ofTreatment.mean - ofControl.mean,
    variance: ofTreatment.variance + ofControl.variance,
    third: ofTreatment.third - ofControl.third,
    fourth: ofTreatment.fourth + ofControl.fourth,
  };
}

/** Of a value less the axis's zero, near enough for a starting point: as of a gamma variable on a log axis. */
function momentsOf({ axis, center, width }: Marginal): Cumulants {
  if (axis.kind === "identity") {
    return { mean: center, variance: width ** 2, third: 0, fourth: 6 * pow(width, 4) };
  }
  const relative = Math.min(width, 1);
  const deviation = axis.value(center) * relative;
  return {
    mean: axis.zero * expm1(center),
    variance: deviation ** 2,
    third: 2 * relative * pow(deviation, 3),
    fourth: 6 * relative ** 2 * pow(deviation, 4),
  };
}

/**
 * Which of two arms has the larger parameter, and what a wrong choice is expected to lose, from their marginals on axes
 * of one kind. What is unlikely is computed on its own, and so is the smaller loss; the larger one is a sum.
 */
export function betterMarginal(control: Marginal, treatment: Marginal): BetterArm {
  const { logProbabilityToBeat, logProbabilityToLose } = marginalOrder(control, treatment);
  return { logProbabilityToBeat, logProbabilityToLose, expectedLoss: expectedLosses(control, treatment) };
}

/** ln P(treatment > control) and ln P(treatment < control). */
export function marginalOrder(
  control: Marginal,
  treatment: Marginal,
): Pick<BetterArm, "logProbabilityToBeat" | "logProbabilityToLose"> {
  const shift = levelShift(control, treatment);
  const { beside } = shiftContrast(control, treatment, shift);
  const isAhead = treatment.center - shift > control.center;
  const unlikely = beside(0, isAhead ? "lower" : "upper").logProbability;
  const likely =
    unlikely < -Math.LN2 ? log1mexp(unlikely) : beside(0, isAhead ? "upper" : "lower").logProbability;
  return isAhead
    ? { logProbabilityToBeat: likely, logProbabilityToLose: unlikely }
    : { logProbabilityToBeat: unlikely, logProbabilityToLose: likely };
}

/** By how much the treatment's coordinate exceeds the control's where both arms are equal. */
export function levelShift(control: Marginal, treatment: Marginal): number {
  if (control.axis.kind === "log") return -logRatioOfZeros(control, treatment);
  return control.axis.kind === "identity" ? control.axis.zero - treatment.axis.zero : 0;
}

function expectedLosses(control: Marginal, treatment: Marginal): BetterArm["expectedLoss"] {
  const lead = treatment.mean - control.mean;
  if (!Number.isFinite(lead)) return { control: Infinity, treatment: Infinity };
  if (lead < 0) {
    const swapped = expectedLosses(treatment, control);
    return { control: swapped.treatment, treatment: swapped.control };
  }
  const loss = exp(logExpectedExcess(control, treatment));
  return { control: loss + lead, treatment: loss };
}

/** In widths of the wider arm. */
const NEAR = 8;
/** Of widths. */
const ALIKE = 3;

/** ln E max(larger − smaller, 0), the integral of P(smaller < x < larger): every term of it is positive. */
export function logExpectedExcess(larger: Marginal, smaller: Marginal): number {
  const shift = levelShift(larger, smaller);
  const spot = { center: smaller.center - shift, width: smaller.width };
  /** At coordinates of the larger and the smaller one that belong together. */
  const log = (x: number, y: number): number =>
    smaller.logTails(y).lower + larger.logTails(x).upper + larger.axis.logSlope(x);
  const [narrow, wide] = spot.width < larger.width ? [spot, larger] : [larger, spot];
  // Farther apart, both tails may leave a gap between two peaks, and unlike arms need nodes that are dense at both.
  const areNear =
    Math.abs(narrow.center - wide.center) < NEAR * wide.width && wide.width < ALIKE * narrow.width;
  const near = areNear ? logNestedIntegral(narrow, (x) => log(x, x + shift)) : null;
  if (near !== null) return near;
  const [far] = logPeaksIntegrals(
    (w) => {
      const { fromFirst, fromSecond, slope } = spreadPoint(w, larger, spot);
      return [log(larger.center + fromFirst, smaller.center + fromSecond) + ln(slope)];
    },
    startsOf(larger, spot),
  );
  return far!;
}
