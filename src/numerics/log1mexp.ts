import { exp } from "./elementary/exp.ts";
import { expm1 } from "./elementary/expm1.ts";
import { ln } from "./elementary/ln.ts";
import { log1p } from "./elementary/log1p.ts";

/** ln(1 − e^x) for x <= 0: the log of the complement of a probability given by its log. */
export function log1mexp(x: number): number {
  // The 0 − keeps a complement of 1 from showing as −0.
  return x > -Math.LN2 ? ln(-expm1(x)) : log1p(0 - exp(x));
}
