import { checkOneOf } from "../core/checks.ts";
import { normalLogPdf } from "../numerics/normal.ts";
import { ln } from "../numerics/elementary/ln.ts";

/** A normal distribution that says what is held about an effect, or another number, before the data. */
export interface NormalPrior {
  /** May be said, so that a fitted `EffectPrior` can be handed on. */
  readonly family?: "normal" | undefined;
  readonly mean: number;
  readonly standardDeviation: number;
}

/** Refuses other families, which have more to them than a mean and a standard deviation. */
export function checkNormalFamily(field: string, family: "normal" | undefined): void {
  if (family !== undefined) checkOneOf(`${field}.family`, family, ["normal"]);
}

/** ln of the density. */
export function normalPriorLogDensity(x: number, { mean, standardDeviation }: NormalPrior): number {
  return normalLogPdf((x - mean) / standardDeviation) - ln(standardDeviation);
}
