import { panelledContrast, type PanelledContrast } from "./panelled-contrast.ts";
import { logRateRatio, rateAt, rateDifference, referenceGap } from "./rate-pair.ts";
import {
  controlSlice,
  differenceSlice,
  oddsRatioSlice,
  rateRatioSlice,
  type RateSlice,
  treatmentSlice,
} from "./rate-slices.ts";
import { logSliceIntegral, type RatePlane } from "./slice-integral.ts";
import { atanh } from "../numerics/elementary/inverse-hyperbolic.ts";

/** Everything that may be asked about two rates with one posterior in the plane of both. */
export interface RatePlanePosterior {
  /** ln(treatment odds / control odds). */
  readonly logOddsRatio: PanelledContrast;
  /** ln(treatment rate / control rate). */
  readonly logRatio: PanelledContrast;
  /** Treatment rate − control rate, along `DIFFERENCE_COORDINATE`. */
  readonly difference: PanelledContrast;
  /** Distance of the rate in log-odds from the arm's reference. */
  readonly control: PanelledContrast;
  readonly treatment: PanelledContrast;
}

/** With so many units of a kind in both arms the weight of rates next to the end without them is nil. */
const SMOOTH = 50;

/**
 * The marginal densities of a posterior in the plane of two rates: some hundred integrals along slices for each, a few
 * milliseconds in all. Without an effect the difference and the ratio of rates are 0, and there their
 * densities have a pole or a kink where both rates may be at one and the same end.
 *
 * @param guess of place and width of the log odds ratio
 */
export function ratePlanePosterior(
  plane: RatePlane,
  guess: { readonly start: number; readonly width: number },
): RatePlanePosterior {
  const { arms } = plane;
  const along =
    (slice: (arms: RatePlane["arms"], coordinate: number) => RateSlice) =>
    (coordinate: number): number =>
      logSliceIntegral(plane, slice(arms, coordinate));
  const logOddsRatio = panelledContrast(along(oddsRatioSlice), guess);

  const control = panelledContrast(along(controlSlice), ownGuess(arms.control.information));
  const treatment = panelledContrast(along(treatmentSlice), ownGuess(arms.treatment.information));

  const spread = Math.sqrt(logOddsRatio.cumulants.variance);
  const usual = {
    control: rateAt(arms.control.reference, control.cumulants.mean),
    treatment: rateAt(arms.treatment.reference, treatment.cumulants.mean),
  };
  const difference = rateDifference(usual.control, usual.treatment, referenceGap(arms));
  const conversions = arms.control.conversions + arms.treatment.conversions;
  const others = arms.control.n + arms.treatment.n - conversions;
  return {
    logOddsRatio,
    logRatio: panelledContrast(
      along(rateRatioSlice),
      { start: logRateRatio({ ...usual, difference }), width: spread * usual.treatment.rest },
      others < SMOOTH,
    ),
    difference: panelledContrast(
      along(differenceSlice),
      { start: 2 * atanh(difference), width: spread * usual.treatment.rate * usual.treatment.rest },
      Math.min(conversions, others) < SMOOTH,
    ),
    control,
    treatment,
  };
}

function ownGuess(information: number): { readonly start: number; readonly width: number } {
  return { start: 0, width: 1 / Math.sqrt(information) };
}
