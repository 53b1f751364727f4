import type { Count } from "../summaries/count.ts";
import { productDifference } from "./product-difference.ts";
import { hypot } from "../numerics/elementary/hypot.ts";

// Effects of two rates of events, from counts: see productDifference.

/** x₂n₁ − x₁n₂, where x are events: its sign is that of every effect. */
export function eventCrossProduct(control: Count, treatment: Count): number {
  return productDifference(treatment.events, control.n, control.events, treatment.n);
}

/** r₂ − r₁, events per unit. */
export function eventRateDifference(control: Count, treatment: Count): number {
  return eventCrossProduct(control, treatment) / (control.n * treatment.n);
}

/** r₂/r₁ − 1; Infinity over a control without events, and null where there are none at all. */
export function eventRateLift(control: Count, treatment: Count): number | null {
  if (control.events === 0) return treatment.events === 0 ? null : Infinity;
  return eventCrossProduct(control, treatment) / (control.events * treatment.n);
}

/** Standard error of r₂ − r₁ for Poisson counts. */
export function eventDifferenceStandardError(control: Count, treatment: Count): number {
  return hypot(rateError(control), rateError(treatment));
}

/** Standard error of r₂/r₁ − 1 for Poisson counts by the delta method; Infinity over a control without events. */
export function eventLiftStandardError(control: Count, treatment: Count): number {
  if (control.events === 0) return Infinity;
  const rate = control.events / control.n;
  const ratio = treatment.events / treatment.n / rate;
  return hypot(rateError(treatment), ratio * rateError(control)) / rate;
}

function rateError({ n, events }: Count): number {
  return Math.sqrt(events) / n;
}
