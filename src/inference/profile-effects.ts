import {
  lowerDifferenceProfileLimit,
  upperDifferenceProfileLimit,
} from "../models/difference-profile-limit.ts";
import { lowerLiftProfileLimit, upperLiftProfileLimit } from "../models/lift-profile-limit.ts";
import {
  lowerOddsRatioProfileLimit,
  upperOddsRatioProfileLimit,
} from "../models/odds-ratio-profile-limit.ts";
import type { EffectLimits } from "./dual-interval.ts";

// The effects whose likelihood-ratio statistic is at most a critical value: profile-likelihood limits.

export const PROFILE_DIFFERENCE: EffectLimits = {
  lowerLimit: lowerDifferenceProfileLimit,
  upperLimit: upperDifferenceProfileLimit,
  bottom: -1,
  top: 1,
};
export const PROFILE_LIFT: EffectLimits = {
  lowerLimit: lowerLiftProfileLimit,
  upperLimit: upperLiftProfileLimit,
  bottom: -1,
  top: Infinity,
};
export const PROFILE_ODDS_RATIO: EffectLimits = {
  lowerLimit: lowerOddsRatioProfileLimit,
  upperLimit: upperOddsRatioProfileLimit,
  bottom: 0,
  top: Infinity,
};
