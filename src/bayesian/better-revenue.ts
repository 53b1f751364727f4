import type { BetterArm } from "./better-arm.ts";
import type { Marginal } from "./marginal.ts";
import { betterMarginal, logExpectedExcess, marginalOrder } from "./two-marginals.ts";
import { exp } from "../numerics/elementary/exp.ts";

/** Which of two positive amounts is larger, and what a wrong choice costs, where means may be infinite. */
export function betterRevenue(control: Marginal, treatment: Marginal): BetterArm {
  if (control.mean < Infinity && treatment.mean < Infinity) return betterMarginal(control, treatment);
  // The loss is at most the mean of what was not chosen, and infinite where that is.
  const loss = (chosen: Marginal, other: Marginal): number =>
    other.mean < Infinity ? exp(logExpectedExcess(other, chosen)) : Infinity;
  return {
    ...marginalOrder(control, treatment),
    expectedLoss: { control: loss(control, treatment), treatment: loss(treatment, control) },
  };
}
