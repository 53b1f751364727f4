/** √n times an effect: without one no number of units moves a statistic, not even an infinite one. */
export function drift(effect: number, n: number): number {
  return effect === 0 ? 0 : effect * Math.sqrt(n);
}
