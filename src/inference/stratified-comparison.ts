import type { Estimate } from "../core/estimate.ts";
import type { ChiSquaredTest } from "./chi-squared-test.ts";
import type { Comparison } from "./comparison.ts";

/** One arm over all strata that were used. */
export interface StratifiedArm {
  readonly n: number;
  /** The arm's rate or mean in the mix of strata that the method weighs both arms by. */
  readonly mean: number | null;
  /** The arm's rate or mean as its own units are mixed. */
  readonly crudeMean: number;
}

/** One stratum: its own effects, and its part in the whole. */
export interface StratumEffect {
  readonly name: string;
  readonly controlN: number;
  readonly treatmentN: number;
  /**
   * Share of the stratum in the difference; the shares sum to 1. 0 for a stratum that was left out, null where the method
   * has no weights.
   */
  readonly weight: number | null;
  readonly isUsed: boolean;
  readonly difference: Estimate;
  readonly lift: Estimate;
  /** Null for means. */
  readonly oddsRatio: Estimate | null;
}

/** Cochran's test that all strata share one effect. */
export interface CochranQ extends ChiSquaredTest {
  /** Share of the variation between strata beyond chance, in [0, 1]. */
  readonly iSquared: number;
}

/** Tests that all strata share one effect. Each is null where fewer than two strata can say anything about it. */
export interface Homogeneity {
  /** On the scale of the difference: the interaction of arm and stratum. */
  readonly difference: CochranQ | null;
  /** On the log of the odds ratio (Woolf 1955); null for means. */
  readonly logOddsRatio: CochranQ | null;
  /** Breslow and Day (1980); null for means. */
  readonly breslowDay: ChiSquaredTest | null;
  /** The same with Tarone's (1985) correction: prefer it; null for means. */
  readonly tarone: ChiSquaredTest | null;
}

/** What `compareStratified` finds. */
export interface StratifiedComparison extends Comparison<"stratified-comparison", StratifiedArm> {
  /** Infinity for the normal distribution, and where the test is exact. */
  readonly degreesOfFreedom: number;
  /** Odds of the treatment / odds of the control; null for means. */
  readonly oddsRatio: Estimate | null;
  readonly strata: readonly StratumEffect[];
  readonly homogeneity: Homogeneity;
  /** Test that the strata have the same shares in both arms; null with one stratum. */
  readonly shares: ChiSquaredTest | null;
}
