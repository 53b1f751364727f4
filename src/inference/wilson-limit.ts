import type { Proportion } from "../summaries/proportion.ts";

/**
 * The rate p with p − p̂ = z √(p(1 − p)/n): Wilson's (1927) upper limit for a positive z and his lower one for a
 * negative z, which is the quotient of their product and the upper one, so that nothing cancels.
 */
export function wilsonLimit({ n, conversions }: Proportion, z: number): number {
  const rest = (n - conversions) / n;
  const sum = 2 * conversions + z * z + Math.abs(z) * Math.sqrt(z * z + 4 * conversions * rest);
  if (z < 0) return (2 * conversions * (conversions / n)) / sum;
  return rest === 0 ? 1 : sum / (2 * (n + z * z));
}
