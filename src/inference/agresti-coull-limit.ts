import type { Proportion } from "../summaries/proportion.ts";

/** Wald's limit after z²/2 conversions and z²/2 units without one are added (Agresti and Coull 1998); not cut. */
export function agrestiCoullLimit({ n, conversions }: Proportion, z: number): number {
  const added = (z * z) / 2;
  const units = n + 2 * added;
  const rate = (conversions + added) / units;
  const rest = (n - conversions + added) / units;
  return rate + z * Math.sqrt((rate * rest) / units);
}
