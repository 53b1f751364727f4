import { exp } from "./exp.ts";
import { expm1 } from "./expm1.ts";

// Beyond it e^-x is nothing beside e^x.
const LARGE = 22;

/** The hyperbolic sine, the same bits on every engine. */
export function sinh(x: number): number {
  const size = Math.abs(x);
  if (!(size <= LARGE)) return Math.sign(x) * halfExp(size);
  const e = expm1(size);
  // x itself where e is so small that its square is lost, so that 0 keeps its sign.
  return size < 2 ** -28 ? x : Math.sign(x) * 0.5 * (e + e / (e + 1));
}

/** The hyperbolic cosine, the same bits on every engine. */
export function cosh(x: number): number {
  const size = Math.abs(x);
  if (!(size <= LARGE)) return halfExp(size);
  const e = exp(size);
  return 0.5 * e + 0.5 / e;
}

/** The hyperbolic tangent, the same bits on every engine. */
export function tanh(x: number): number {
  const size = Math.abs(x);
  if (size > LARGE) return Math.sign(x);
  if (size < 2 ** -28) return x;
  if (size >= 1) return Math.sign(x) * (1 - 2 / (exp(2 * size) + 1));
  const e = expm1(2 * size);
  return (Math.sign(x) * e) / (e + 2);
}

/** e^x/2, also where e^x itself overflows. */
function halfExp(x: number): number {
  if (x < 709) return 0.5 * exp(x);
  const root = exp(0.5 * x);
  return 0.5 * root * root;
}
