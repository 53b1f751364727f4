import { DIFFERENCE_FROM_COORDINATE } from "./difference-coordinate.ts";
import type { EachArm } from "./each-arm.ts";
import { type ArmEvidence, rateAt, rateDifference, type RatePair, referenceGap } from "./rate-pair.ts";

/**
 * All pairs of rates with one value of an effect, in order of a coordinate: the distance in log-odds of one arm, or of
 * what takes its place, from its reference. Every density of an effect is an integral along such a slice.
 */
export interface RateSlice {
  pair(distance: number): RatePair;
  /** ln of the area in the plane of both log-odds that a step of the effect and a step of the distance span. */
  logArea(pair: RatePair): number;
}

/** Pairs with a given log odds ratio, by the log-odds of the control. */
export function oddsRatioSlice(arms: EachArm<ArmEvidence>, logOddsRatio: number): RateSlice {
  const gap = referenceGap(arms);
  return {
    pair: (distance) => {
      const control = rateAt(arms.control.reference, distance);
      const { rate, rest, move: difference } = rateAt(control, logOddsRatio);
      return { control, treatment: { rate, rest, move: control.move + difference - gap }, difference };
    },
    logArea: () => 0,
  };
}

/** Pairs with a given log of treatment rate / control rate, by the log-odds of the larger rate. */
export function rateRatioSlice(arms: EachArm<ArmEvidence>, logRatio: number): RateSlice {
  if (logRatio > 0) return swapped(rateRatioSlice(exchanged(arms), -logRatio));
  const gap = referenceGap(arms);
  const ratio = Math.exp(logRatio);
  const ratioLessOne = Math.expm1(logRatio);
  return {
    pair: (distance) => {
      const control = rateAt(arms.control.reference, distance);
      const difference = control.rate * ratioLessOne;
      const treatment = {
        rate: control.rate * ratio,
        rest: control.rest - difference,
        move: control.move + difference - gap,
      };
      return { control, treatment, difference };
    },
    logArea: ({ treatment }) => -Math.log(treatment.rest),
  };
}

/** Pairs with a given difference of rates, told by its coordinate, in order of the log-odds of the smaller rate's share of what is left for it. */
export function differenceSlice(arms: EachArm<ArmEvidence>, coordinate: number): RateSlice {
  if (coordinate < 0) return swapped(differenceSlice(exchanged(arms), -coordinate));
  const gap = referenceGap(arms);
  const difference = DIFFERENCE_FROM_COORDINATE.value(coordinate);
  const room = 2 / (Math.exp(coordinate) + 1);
  const logScale = Math.log(0.5 * (1 + difference));
  return {
    pair: (distance) => {
      const share = rateAt(arms.control.reference, distance);
      const move = room * share.move - difference * arms.control.reference.rate;
      const control = { rate: room * share.rate, rest: difference + room * share.rest, move };
      const treatment = {
        rate: difference + room * share.rate,
        rest: room * share.rest,
        move: move + difference - gap,
      };
      return { control, treatment, difference };
    },
    logArea: ({ control, treatment }) => logScale - Math.log(control.rest * treatment.rate),
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

function exchanged<T>({ control, treatment }: EachArm<T>): EachArm<T> {
  return { control: treatment, treatment: control };
}

/** The slice of the arms exchanged. */
function swapped({ pair, logArea }: RateSlice): RateSlice {
  const swap = ({ control, treatment, difference }: RatePair): RatePair => ({
    control: treatment,
    treatment: control,
    difference: -difference,
  });
  return { pair: (distance) => swap(pair(distance)), logArea: (rates) => logArea(swap(rates)) };
}
