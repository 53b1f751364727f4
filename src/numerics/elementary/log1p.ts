import { ln, lnOfNormal } from "./ln.ts";

/** ln(1 + x), the same bits on every engine, within one unit of the last digit; −∞ at −1 and NaN below. */
export function log1p(x: number): number {
  const sum = 1 + x;
  if (!(sum > 0) || sum > 2 ** 53) return ln(sum);
  if (sum === 1) return x;
  // What the sum lost, exactly.
  const lost = x >= 1 ? 1 - (sum - x) : x - (sum - 1);
  return lnOfNormal(sum, 0, lost / sum);
}
