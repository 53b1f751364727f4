import { log1mexp } from "../numerics/log1mexp.ts";
import type { Side } from "../numerics/beside-line.ts";
import { logPeaksIntegrals } from "../numerics/peaks-integrals.ts";
import { type Spot, spreadCoordinate, spreadPoint } from "../numerics/two-spots.ts";
import type { BetterArm } from "./better-arm.ts";
import type { BesideValue, Contrast } from "./contrast.ts";
import type { Cumulants } from "./cumulants.ts";
import type { Marginal } from "./marginal.ts";

/** All pairs of values of two arms that make one value of an effect, along a coordinate of the near arm. */
export interface Meeting {
  /** ln of the density of the near arm's coordinate, and where that varies. */
  readonly near: Pick<Marginal, "center" | "width" | "logDensity">;
  readonly far: Pick<Marginal, "logDensity" | "logTails">;
  /** The far arm's coordinate that belongs to one of the near arm. */
  follow(u: number): number;
  /** Where the far arm's distribution varies, in the near arm's coordinate; null where all of that is out of sight. */
  readonly farSpot: Spot | null;
  /** ln of the derivative of the far arm's coordinate by the effect, at a coordinate of the near arm. */
  logPace(u: number): number;
}

/** How the far arm lies beside the near one: ln of the probability of that side, and of the density of the effect. */
export function besideMeeting({ near, far, follow, farSpot, logPace }: Meeting, side: Side): BesideValue {
  const spot = farSpot ?? near;
  const [logProbability, logDensity] = logPeaksIntegrals(
    (w) => {
      const { x, slope } = spreadPoint(w, near, spot);
      const v = follow(x);
      const logWeight = near.logDensity(x) + Math.log(slope);
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
  const isLog = control.axis.kind === "log";
  return {
    beside(value, side) {
      if (!isLog)
        return besideMeeting(shiftedMeeting(control, treatment, shiftOf(control, treatment, value)), side);
      if (value >= 0) return besideMeeting(gapMeeting(control, treatment, value), side);
      return besideMeeting(gapMeeting(treatment, control, -value), opposite(side));
    },
    lowest: -FARTHEST_DIFFERENCE,
    highest: FARTHEST_DIFFERENCE,
    cumulants: differenceOf(control, treatment),
  };
}

/** ln(treatment / control), of two marginals with log axes. */
export function marginalLogRatio(control: Marginal, treatment: Marginal): Contrast {
  const zero = logRatioOfZeros(control, treatment);
  return {
    beside: (value, side) => besideMeeting(shiftedMeeting(control, treatment, value - zero), side),
    lowest: -LARGEST_LOG_RATIO,
    highest: LARGEST_LOG_RATIO,
    cumulants: {
      mean: zero + treatment.center - control.center,
      variance: treatment.width ** 2 + control.width ** 2,
      // As of logs of gamma variables.
      third: control.width ** 4 - treatment.width ** 4,
      fourth: 2 * (control.width ** 6 + treatment.width ** 6),
    },
  };
}

/** So far from the largest double that a distance between two of these is one. */
export const FARTHEST_DIFFERENCE = 8e307;

/** Beyond, a ratio is no double. */
const LARGEST_LOG_RATIO = 700;

/** ln of the treatment axis's zero over the control's. */
function logRatioOfZeros({ axis: control }: Marginal, { axis: treatment }: Marginal): number {
  const change = (treatment.zero - control.zero) / control.zero;
  return Math.abs(change) < 0.5 ? Math.log1p(change) : Math.log(treatment.zero) - Math.log(control.zero);
}

/** By how much the treatment's coordinate exceeds the control's where treatment − control is the value. */
function shiftOf({ axis: control }: Marginal, { axis: treatment }: Marginal, value: number): number {
  return value - (treatment.zero - control.zero);
}

function shiftedMeeting(control: Marginal, treatment: Marginal, shift: number): Meeting {
  return {
    near: control,
    far: treatment,
    follow: (u) => u + shift,
    farSpot: { center: treatment.center - shift, width: treatment.width },
    logPace: () => 0,
  };
}

/** Values on log axes of which the far one is larger by a gap at or above 0. */
function gapMeeting(near: Marginal, far: Marginal, gap: number): Meeting {
  const zero = near.axis.zero;
  const farZero = far.axis.zero;
  const rest = gap - (farZero - zero);
  const follow = (u: number): number => {
    const change = (zero * Math.expm1(u) + rest) / farZero;
    return change > -0.5 ? Math.log1p(change) : Math.log(zero * Math.exp(u) + gap) - Math.log(farZero);
  };
  const farValue = far.axis.value(far.center);
  const nearValue = farValue - gap;
  return {
    near,
    far,
    follow,
    farSpot:
      nearValue > 0
        ? { center: Math.log(nearValue / zero), width: (far.width * farValue) / nearValue }
        : null,
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
    return { mean: center, variance: width ** 2, third: 0, fourth: 6 * width ** 4 };
  }
  const relative = Math.min(width, 1);
  const deviation = axis.value(center) * relative;
  return {
    mean: axis.zero * Math.expm1(center),
    variance: deviation ** 2,
    third: 2 * relative * deviation ** 3,
    fourth: 6 * relative ** 2 * deviation ** 4,
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
  const meeting = shiftedMeeting(control, treatment, levelShift(control, treatment));
  const isAhead = meeting.farSpot!.center > control.center;
  const unlikely = besideMeeting(meeting, isAhead ? "lower" : "upper").logProbability;
  const likely =
    unlikely < -Math.LN2
      ? log1mexp(unlikely)
      : besideMeeting(meeting, isAhead ? "upper" : "lower").logProbability;
  return isAhead
    ? { logProbabilityToBeat: likely, logProbabilityToLose: unlikely }
    : { logProbabilityToBeat: unlikely, logProbabilityToLose: likely };
}

/** By how much the treatment's coordinate exceeds the control's where both arms are equal. */
export function levelShift(control: Marginal, treatment: Marginal): number {
  if (control.axis.kind === "log") return -logRatioOfZeros(control, treatment);
  return control.axis.kind === "identity" ? shiftOf(control, treatment, 0) : 0;
}

function expectedLosses(control: Marginal, treatment: Marginal): BetterArm["expectedLoss"] {
  const lead = treatment.mean - control.mean;
  if (!Number.isFinite(lead)) return { control: Infinity, treatment: Infinity };
  if (lead < 0) {
    const swapped = expectedLosses(treatment, control);
    return { control: swapped.treatment, treatment: swapped.control };
  }
  const loss = Math.exp(logExpectedExcess(control, treatment));
  return { control: loss + lead, treatment: loss };
}

/** ln E max(larger − smaller, 0), the integral of P(smaller < x < larger): every term of it is positive. */
export function logExpectedExcess(larger: Marginal, smaller: Marginal): number {
  const shift = levelShift(larger, smaller);
  const spot = { center: smaller.center - shift, width: smaller.width };
  const [log] = logPeaksIntegrals(
    (w) => {
      const { x, slope } = spreadPoint(w, larger, spot);
      const logTails = smaller.logTails(x + shift).lower + larger.logTails(x).upper;
      return [logTails + larger.axis.logSlope(x) + Math.log(slope)];
    },
    startsOf(larger, spot),
  );
  return log!;
}
