import { productError, sumError } from "./error-free.ts";
import { dot, type Vector } from "./matrix.ts";

/**
 * The inner product xᵀ y with the digits that its rounded products and sums lose, for differences of products that
 * nearly cancel. Beyond 1e299, where the split of a product overflows, the plain one.
 *
 * Source: T. Ogita, S. M. Rump and S. Oishi (2005), SIAM J. Sci. Comput. 26, 1955–1988, Dot2.
 */
export function compensatedDot(x: Vector, y: Vector): number {
  let sum = 0;
  let lost = 0;
  for (let i = 0; i < x.length; i++) {
    const product = x[i]! * y[i]!;
    const next = sum + product;
    lost += sumError(sum, product, next) + productError(x[i]!, y[i]!, product);
    sum = next;
  }
  const total = sum + lost;
  return Number.isFinite(total) ? total : dot(x, y);
}
