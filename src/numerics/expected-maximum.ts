import { integrate } from "./integrate.ts";
import { normalLogCdf, normalSf } from "./normal.ts";
import { expm1 } from "./elementary/expm1.ts";
import { pow } from "./elementary/pow.ts";

/**
 * The mean of the largest of k independent standard normals: ∫ 1 − Φ(x)^k − Φ(−x)^k over x > 0.
 *
 * @param k at least 1
 */
export function expectedMaximum(k: number): number {
  if (k === 1) return 0;
  const missing = (x: number): number => -expm1(k * normalLogCdf(x)) - pow(normalSf(x), k);
  return integrate(missing, 0, Infinity, { relativeTolerance: 1e-13 }).value;
}
