import {
  lowerDifferenceProfileLimit,
  upperDifferenceProfileLimit,
} from "../models/difference-profile-limit.ts";
import { lowerLiftProfileLimit, upperLiftProfileLimit } from "../models/lift-profile-limit.ts";
import {
  lowerOddsRatioProfileLimit,
  upperOddsRatioProfileLimit,
} from "../models/odds-ratio-profile-limit.ts";
import type { ScoreEffect } from "./score-interval.ts";

// The effects whose likelihood-ratio statistic is at most a critical value: profile-likelihood limits.

export const PROFILE_DIFFERENCE: ScoreEffect = {
  lowerLimit: lowerDifferenceProfileLimit,
  upperLimit: upperDifferenceProfileLimit,
  bottom: -1,
  top: 1,
};
export const PROFILE_LIFT: ScoreEffect = {
  lowerLimit: lowerLiftProfileLimit,
  upperLimit: upperLiftProfileLimit,
  bottom: -1,
  top: Infinity,
};
export const PROFILE_ODDS_RATIO: ScoreEffect = {
  lowerLimit: lowerOddsRatioProfileLimit,
  upperLimit: upperOddsRatioProfileLimit,
  bottom: 0,
  top: Infinity,
};
