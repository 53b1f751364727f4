import { LEAST_NORMAL, ln, lnOfNormal } from "./ln.ts";
import { binaryExponent, powerOfTwo } from "./power-of-two.ts";

/** log2 x, the same bits on every engine; exact at powers of 2. */
export function log2(x: number): number {
  if (!(x >= LEAST_NORMAL && x < Infinity)) return ln(x) * Math.LOG2E;
  const k = binaryExponent(x);
  return k + lnOfNormal(x * powerOfTwo(-k), 0, 0) * Math.LOG2E;
}
