import type { Warning } from "../core/warning.ts";
import type { BetterArm } from "./better-arm.ts";
import type { Contrast } from "./contrast.ts";
import type { EachArm } from "./each-arm.ts";
import type { EffectMoments } from "./effect-posterior.ts";
import type { Marginal } from "./marginal.ts";

/** What a model of the values of conversions makes of the data. */
export interface RevenueModel {
  readonly method: string;
  /** The posterior of the mean value, on the log axis, with quick access. */
  readonly value: EachArm<Marginal>;
  /** ln(treatment's mean value / control's), with the moments of the lift. */
  readonly valueRatio: Contrast;
  readonly valueLiftMoments: EffectMoments;
  readonly valueOrder: Pick<BetterArm, "logProbabilityToBeat" | "logProbabilityToLose">;
  readonly warnings: readonly Warning[];
  readonly assumptions: readonly string[];
}
