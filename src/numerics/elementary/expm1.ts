import { sumError } from "../error-free.ts";
import { aboveTangent, exp } from "./exp.ts";
import { LN2_HIGH, LN2_LOW } from "./ln2.ts";
import { powerOfTwo } from "./power-of-two.ts";

/** e^x − 1, the same bits on every engine, within one unit of the last digit, near 0 too. */
export function expm1(x: number): number {
  if (Math.abs(x) < 0.34) return Math.abs(x) < 2 ** -54 ? x : x + aboveTangent(x);
  // The 1 is lost above 42, and all that is left below −42.
  if (!(x < 42)) return exp(x);
  if (x < -42) return -1;
  const k = Math.floor(x * Math.LOG2E + 0.5);
  const high = x - k * LN2_HIGH;
  const r = high - k * LN2_LOW;
  const lost = high - r - k * LN2_LOW;
  // 2^k ((1 − 2^-k) + e^r − 1), with what the sum of its large parts loses.
  const one = 1 - powerOfTwo(-k);
  const sum = one + r;
  const small = sumError(one, r, sum);
  return (sum + (small + (aboveTangent(r) + lost))) * powerOfTwo(k);
}
