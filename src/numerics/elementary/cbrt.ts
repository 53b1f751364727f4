import { exp } from "./exp.ts";
import { ln } from "./ln.ts";

/** The cube root of a number at or above 0, the same bits on every engine. */
export function cbrt(x: number): number {
  if (x === 0 || x === Infinity) return x;
  const root = exp(ln(x) / 3);
  return root - (root - x / (root * root)) / 3;
}
