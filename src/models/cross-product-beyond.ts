import { productError, sumError } from "../numerics/error-free.ts";

/**
 * a·b − c·d − value·e·f with the digits that the rounded products and sums lose: how far a cross product of counts is
 * from the one that a null value asks for, which at 1e12 units agree in half of their digits.
 */
export function crossProductBeyond(
  a: number,
  b: number,
  c: number,
  d: number,
  value: number,
  e: number,
  f: number,
): number {
  const ab = a * b;
  const cd = c * d;
  const ef = e * f;
  const shift = value * ef;
  const cross = ab - cd;
  const beyond = cross - shift;
  const lost =
    productError(a, b, ab) -
    productError(c, d, cd) +
    sumError(ab, -cd, cross) -
    (productError(value, ef, shift) + value * productError(e, f, ef)) +
    sumError(cross, -shift, beyond);
  return beyond + lost;
}
