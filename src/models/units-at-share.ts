/**
 * Units that know an effect as well as `n` do whose outcomes are all in, while each outcome has come in with
 * probability `share` and counts as 0 until then: the effect is share times itself, and so is the second moment.
 *
 * @param relativeSquare - squared mean of the outcome over its variance: rate / (1 − rate) for a conversion
 */
export function unitsAtShare(n: number, share: number, relativeSquare: number): number {
  return (n * (1 + relativeSquare * (1 - share))) / share;
}
