import { panelledContrast, type PanelledContrast } from "./panelled-contrast.ts";
import { logRateRatio, rateAt } from "./rate-pair.ts";
import {
  controlSlice,
  differenceSlice,
  oddsRatioSlice,
  rateRatioSlice,
  type RateSlice,
  treatmentSlice,
} from "./rate-slices.ts";
import { logSliceIntegral, type RatePlane } from "./slice-integral.ts";

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

/**
 * The marginal densities of a posterior in the plane of two rates: some hundred integrals along slices for each, a few
 * milliseconds in all. Without an effect both kinds of ratio and the difference are 0, and there densities have a seam
 * where both rates may be at one and the same end.
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

  const { mean, variance } = logOddsRatio.cumulants;
  const spread = Math.sqrt(variance);
  const control = { ...arms.control.reference, move: 0 };
  const treatment = rateAt(control, mean);
  const pair = { control, treatment, difference: treatment.move };
  return {
    logOddsRatio,
    logRatio: panelledContrast(along(rateRatioSlice), {
      start: logRateRatio(pair),
      width: spread * treatment.rest,
      seam: 0,
    }),
    difference: panelledContrast(along(differenceSlice), {
      start: 2 * Math.atanh(pair.difference),
      width: spread * treatment.rate * treatment.rest,
      seam: 0,
    }),
    control: panelledContrast(along(controlSlice), ownGuess(arms.control.information)),
    treatment: panelledContrast(along(treatmentSlice), ownGuess(arms.treatment.information)),
  };
}

function ownGuess(information: number): { readonly start: number; readonly width: number } {
  return { start: 0, width: 1 / Math.sqrt(information) };
}
