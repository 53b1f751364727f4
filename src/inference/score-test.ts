import { pooledZ } from "../models/pooled-z.ts";
import type { Proportion } from "../summaries/proportion.ts";
import { SCORE_DIFFERENCE } from "./difference-interval.ts";
import { SCORE_LIFT } from "./lift-interval.ts";
import { SCORE_ODDS_RATIO } from "./odds-ratio-interval.ts";
import { type EffectIntervals, normalOutcome, type ProportionTest } from "./proportion-test.ts";
import { dualInterval, writeDualEnds } from "./dual-interval.ts";
import type { RowTest } from "./row-test.ts";
import type { NormalConfidence } from "./two-proportions.ts";

/** The pooled z, and what inverts it: Mee's interval of the difference and Koopman's of the lift. */
export function scoreRows(): RowTest {
  return {
    basis: "expected-counts",
    statistic: (control, treatment) => pooledZ(control, treatment),
    differenceEnds(control, treatment, confidence, ends) {
      writeDualEnds(SCORE_DIFFERENCE, control, treatment, confidence, ends);
    },
    liftEnds(control, treatment, confidence, ends) {
      writeDualEnds(SCORE_LIFT, control, treatment, confidence, ends);
    },
  };
}

/** The pooled z-test with the intervals that invert it: Mee (1984), Koopman (1984), Cornfield (1956) uncorrected. */
export const SCORE_TEST: ProportionTest = {
  basis: "expected-counts",
  outcome: (control, treatment, sides) => normalOutcome(pooledZ(control, treatment), sides),
  intervals: scoreIntervals,
};

/** The same with the variance times N/(N − 1), in test and intervals: Miettinen and Nurminen (1985). */
export const MIETTINEN_NURMINEN_TEST: ProportionTest = {
  basis: "expected-counts",
  outcome(control, treatment, sides) {
    const total = control.n + treatment.n;
    return normalOutcome(pooledZ(control, treatment, total - 1), sides);
  },
  intervals: (control, treatment, confidence) => ({
    difference: dualInterval(SCORE_DIFFERENCE, control, treatment, confidence, "miettinen-nurminen"),
    lift: dualInterval(SCORE_LIFT, control, treatment, confidence, "miettinen-nurminen"),
    oddsRatio: dualInterval(SCORE_ODDS_RATIO, control, treatment, confidence, "miettinen-nurminen"),
  }),
};

/** Mee's, Koopman's and the score interval of the odds ratio. */
function scoreIntervals(
  control: Proportion,
  treatment: Proportion,
  confidence: NormalConfidence,
): EffectIntervals {
  return {
    difference: dualInterval(SCORE_DIFFERENCE, control, treatment, confidence, "mee"),
    lift: dualInterval(SCORE_LIFT, control, treatment, confidence, "koopman"),
    oddsRatio: dualInterval(SCORE_ODDS_RATIO, control, treatment, confidence, "score"),
  };
}

/** The same beside a test that they do not invert. */
export function scoreIntervalsAside(
  control: Proportion,
  treatment: Proportion,
  confidence: NormalConfidence,
): EffectIntervals {
  const { difference, lift, oddsRatio } = scoreIntervals(control, treatment, confidence);
  return {
    difference: { ...difference, dualToTest: false },
    lift: { ...lift, dualToTest: false },
    oddsRatio: { ...oddsRatio, dualToTest: false },
  };
}
