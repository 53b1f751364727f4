import { log1p } from "./log1p.ts";
import { ln } from "./ln.ts";

/** The inverse hyperbolic sine, the same bits on every engine. */
export function asinh(x: number): number {
  const size = Math.abs(x);
  if (size < 2 ** -28) return x;
  const square = x * x;
  const log1pOf = size + square / (1 + Math.sqrt(1 + square));
  return Math.sign(x) * (size < 2 ** 28 ? log1p(log1pOf) : ln(size) + Math.LN2);
}

/** The inverse hyperbolic tangent, the same bits on every engine; infinite at −1 and 1. */
export function atanh(x: number): number {
  const size = Math.abs(x);
  if (size < 2 ** -28) return x;
  return (
    Math.sign(x) *
    0.5 *
    log1p(size < 0.5 ? 2 * size + (2 * size * size) / (1 - size) : (2 * size) / (1 - size))
  );
}
