/** ln(1 − e^x) for x <= 0: the log of the complement of a probability given by its log. */
export function log1mexp(x: number): number {
  // The 0 − keeps a complement of 1 from showing as −0.
  return x > -Math.LN2 ? Math.log(-Math.expm1(x)) : Math.log1p(0 - Math.exp(x));
}
