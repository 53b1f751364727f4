/** Value of a polynomial at x by Horner's rule; coefficients from the highest power down to the constant. */
export function polynomial(coefficients: readonly number[], x: number): number {
  let value = 0;
  // By index: with an iterator everything that rests on a normal tail takes twice as long.
  for (let i = 0; i < coefficients.length; i++) value = value * x + coefficients[i]!;
  return value;
}
