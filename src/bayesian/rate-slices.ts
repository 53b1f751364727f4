import { DIFFERENCE_FROM_COORDINATE } from "./difference-coordinate.ts";
import type { EachArm } from "./each-arm.ts";
import {
  type ArmEvidence,
  movedRate,
  rateAt,
  rateDifference,
  type RatePair,
  referenceGap,
} from "./rate-pair.ts";
import { exp } from "../numerics/elementary/exp.ts";
import { expm1 } from "../numerics/elementary/expm1.ts";
import { ln } from "../numerics/elementary/ln.ts";

/**
 * All pairs of rates with one value of an effect, in order of a coordinate: the distance in log-odds of one arm, or of
 * what takes its place, from its reference. Every density of an effect is an integral along such a slice.
 */
export interface RateSlice {
  pair(distance: number): RatePair;
  /** ln of the area in the plane of both log-odds that a step of the effect and a step of the distance span. */
  logArea(pair: RatePair): number;
  /** Where the density along the slice may have a peak to either side of a middle, and about how far from it. */
  readonly sides?: { readonly middle: number; readonly reach: number } | undefined;
}

/** Pairs with a given log odds ratio, by the log-odds of the control. */
export function oddsRatioSlice(arms: EachArm<ArmEvidence>, logOddsRatio: number): RateSlice {
  const gap = referenceGap(arms);
  return {
    pair: (distance) => {
      const control = rateAt(arms.control.reference, distance);
      const rates = rateAt(control, logOddsRatio);
      const difference = rates.move;
      const treatment = movedRate(rates, arms.treatment, control.move, difference, -gap);
      return { control, treatment, difference };
    },
    logArea: () => 0,
  };
}

/** Pairs with a given log of treatment rate / control rate, by the log-odds of the larger rate. */
export function rateRatioSlice(arms: EachArm<ArmEvidence>, logRatio: number): RateSlice {
  if (logRatio > 0) return swapped(rateRatioSlice(exchanged(arms), -logRatio));
  const gap = referenceGap(arms);
  const ratio = exp(logRatio);
  const ratioLessOne = expm1(logRatio);
  return {
    pair: (distance) => {
      const control = rateAt(arms.control.reference, distance);
      const difference = control.rate * ratioLessOne;
      const rates = { rate: control.rate * ratio, rest: control.rest - difference };
      const treatment = movedRate(rates, arms.treatment, control.move, difference, -gap);
      return { control, treatment, difference };
    },
    logArea: ({ treatment }) => -ln(treatment.rest),
    sides: sidesOf(arms.control, -ln(-ratioLessOne), -ratioLessOne),
  };
}

/** Pairs with a given difference of rates, told by its coordinate, in order of the log-odds of the smaller rate's share of what is left for it. */
export function differenceSlice(arms: EachArm<ArmEvidence>, coordinate: number): RateSlice {
  if (coordinate < 0) return swapped(differenceSlice(exchanged(arms), -coordinate));
  const gap = referenceGap(arms);
  const difference = DIFFERENCE_FROM_COORDINATE.value(coordinate);
  const room = 2 / (exp(coordinate) + 1);
  const logScale = ln(0.5 * (1 + difference));
  return {
    pair: (distance) => {
      const share = rateAt(arms.control.reference, distance);
      const low = { rate: room * share.rate, rest: difference + room * share.rest };
      const high = { rate: difference + low.rate, rest: room * share.rest };
      const control = movedRate(
        low,
        arms.control,
        room * share.move,
        -difference * arms.control.reference.rate,
        0,
      );
      const treatment = movedRate(high, arms.treatment, control.move, difference, -gap);
      return { control, treatment, difference };
    },
    logArea: ({ control, treatment }) => logScale - ln(control.rest * treatment.rate),
    sides: sidesOf(arms.control, 0, difference),
  };
}

/** Pairs with a given rate of the control, told by its distance in log-odds from the reference. */
export function controlSlice(arms: EachArm<ArmEvidence>, ofControl: number): RateSlice {
  const gap = referenceGap(arms);
  const control = rateAt(arms.control.reference, ofControl);
  return {
    pair: (distance) => {
      const treatment = rateAt(arms.treatment.reference, distance);
      return { control, treatment, difference: rateDifference(control, treatment, gap) };
    },
    logArea: () => 0,
  };
}

/** Pairs with a given rate of the treatment, told by its distance in log-odds from the reference. */
export function treatmentSlice(arms: EachArm<ArmEvidence>, ofTreatment: number): RateSlice {
  return swapped(controlSlice(exchanged(arms), ofTreatment));
}

/** In log-odds: how far beyond the odds that go with the effect a peak may be, and beyond all a double holds. */
const TYPICAL_REACH = 5;
const LARGEST_REACH = 300;

/** The odds ratio of pairs with one difference, or one ratio, grows towards one end or both: a prior may hold them there. */
function sidesOf({ reference }: ArmEvidence, middle: number, size: number): NonNullable<RateSlice["sides"]> {
  return {
    middle: Math.min(middle, LARGEST_REACH) + ln(reference.rest / reference.rate),
    reach: Math.min(LARGEST_REACH, TYPICAL_REACH - ln(size)),
  };
}

function exchanged<T>({ control, treatment }: EachArm<T>): EachArm<T> {
  return { control: treatment, treatment: control };
}

/** The slice of the arms exchanged. */
function swapped({ pair, logArea, sides }: RateSlice): RateSlice {
  const swap = ({ control, treatment, difference }: RatePair): RatePair => ({
    control: treatment,
    treatment: control,
    difference: -difference,
  });
  return { pair: (distance) => swap(pair(distance)), logArea: (rates) => logArea(swap(rates)), sides };
}
