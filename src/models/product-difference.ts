import { productError } from "../numerics/error-free.ts";

/**
 * a·b − c·d with the digits that the two rounded products lose.
 *
 * Rates of 1e15 units agree in their first eight digits or more when an effect is barely significant, so a plain
 * subtraction would leave half of the digits of the effect.
 */
export function productDifference(a: number, b: number, c: number, d: number): number {
  const ab = a * b;
  const cd = c * d;
  return ab - cd + (productError(a, b, ab) - productError(c, d, cd));
}
