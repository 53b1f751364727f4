import type { FunnelStepEffect, FunnelTotal } from "./funnel-analysis.ts";
import { type LeadingStep, leadingStep, unknownLeader } from "./leading-step.ts";

/** The step with the largest part in the direction of the effect on the last one. */
export function funnelCarrier(
  names: readonly string[],
  steps: readonly FunnelStepEffect[],
  { logLift: effect, pValue }: FunnelTotal,
  alpha: number,
): LeadingStep {
  if (!(pValue < alpha)) {
    return unknownLeader(
      `An effect on "${names.at(-1)!}" is not established, so no step can be said to carry it.`,
    );
  }
  const side = Math.sign(effect.estimate!);
  const figures = steps.map(({ logPart: { estimate, standardError } }) =>
    estimate === null || standardError === Infinity
      ? null
      : { value: side * estimate, variance: standardError! ** 2 },
  );
  const known = figures.filter((figure) => figure !== null);
  if (known.length < figures.length) {
    return unknownLeader("A step that no unit of an arm took has a part of no finite size.");
  }
  return leadingStep(names, known, alpha);
}
