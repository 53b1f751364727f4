import { binomialDeviance } from "../models/binomial-deviance.ts";
import {
  lowerDifferenceProfileLimit,
  upperDifferenceProfileLimit,
} from "../models/difference-profile-limit.ts";
import { lowerLiftProfileLimit, upperLiftProfileLimit } from "../models/lift-profile-limit.ts";
import {
  lowerOddsRatioProfileLimit,
  upperOddsRatioProfileLimit,
} from "../models/odds-ratio-profile-limit.ts";
import { crossProduct } from "../models/proportion-effects.ts";
import type { Proportion } from "../summaries/proportion.ts";
import { normalOutcome, type ProportionTest } from "./proportion-test.ts";
import { type ScoreEffect, scoreInterval } from "./score-interval.ts";

const DIFFERENCE: ScoreEffect = {
  lowerLimit: lowerDifferenceProfileLimit,
  upperLimit: upperDifferenceProfileLimit,
  bottom: -1,
  top: 1,
};
const LIFT: ScoreEffect = {
  lowerLimit: lowerLiftProfileLimit,
  upperLimit: upperLiftProfileLimit,
  bottom: -1,
  top: Infinity,
};
const ODDS_RATIO: ScoreEffect = {
  lowerLimit: lowerOddsRatioProfileLimit,
  upperLimit: upperOddsRatioProfileLimit,
  bottom: 0,
  top: Infinity,
};
const METHOD = "profile-likelihood";

/** The likelihood-ratio test (G-test) by its signed root, with the profile-likelihood intervals that invert it. */
export const LIKELIHOOD_RATIO_TEST: ProportionTest = {
  basis: "expected-counts",
  outcome: (control, treatment, sides) => normalOutcome(signedRoot(control, treatment), sides),
  intervals: (control, treatment, confidence) => ({
    difference: scoreInterval(DIFFERENCE, control, treatment, confidence, METHOD),
    lift: scoreInterval(LIFT, control, treatment, confidence, METHOD),
    oddsRatio: scoreInterval(ODDS_RATIO, control, treatment, confidence, METHOD),
  }),
};

/** ±√G, where G is twice the log-likelihood that is lost when both arms get the pooled rate. */
function signedRoot(control: Proportion, treatment: Proportion): number {
  const product = crossProduct(control, treatment);
  const pull = product / (control.n + treatment.n);
  const deviance =
    binomialDeviance(control, pull / control.n) + binomialDeviance(treatment, -pull / treatment.n);
  return Math.sign(product) * Math.sqrt(Math.max(0, deviance));
}
