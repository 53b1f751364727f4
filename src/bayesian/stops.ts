import type { BetaPriors } from "./beta-prior.ts";
import type { StoppingRule } from "./stopping-rule.ts";

/** An experiment that is looked at from time to time. */
export interface LookedAtArms {
  /** True rate of the control. */
  readonly baseline: number;
  /** Units of each arm at each look. */
  readonly looks: readonly number[];
  readonly priors: BetaPriors;
}

/** The same, with what a look goes by. */
export interface StoppingDesign extends LookedAtArms {
  readonly rule: StoppingRule;
}

/** Where experiments with one true rate of the treatment end. */
export interface Stops {
  /** P(stops at this look, for the treatment). */
  readonly ship: number[];
  /** P(stops at this look, for the control). */
  readonly keep: number[];
  /** P(goes on after this look). */
  readonly going: number[];
  /** P(goes on after the last look with the treatment's posterior mean ahead). */
  readonly ahead: number;
}
