import type { Proportion } from "../summaries/proportion.ts";
import { binomialDeviance } from "./binomial-deviance.ts";
import { crossProduct } from "./proportion-effects.ts";

/**
 * ±√G² of two rates, positive where the treatment's is the higher: G² is twice the log-likelihood that is lost when
 * both get the pooled rate.
 */
export function signedDevianceRoot(control: Proportion, treatment: Proportion): number {
  const product = crossProduct(control, treatment);
  const total = control.n + treatment.n;
  const conversions = control.conversions + treatment.conversions;
  const lost = (arm: Proportion, pull: number): number =>
    binomialDeviance(arm, pull / total / arm.n, conversions / total, (total - conversions) / total);
  const deviance = lost(control, product) + lost(treatment, -product);
  return Math.sign(product) * Math.sqrt(Math.max(0, deviance));
}
