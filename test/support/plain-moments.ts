/** Mean, variance and covariance in two passes, with sums that carry what rounding takes from them. */

export function plainMean(x: readonly number[]): number {
  return compensatedSum(x) / x.length;
}

/** Sample covariance, 0 of a single pair. */
export function plainCovariance(x: readonly number[], y: readonly number[]): number {
  if (x.length < 2) return 0;
  const [meanX, meanY] = [plainMean(x), plainMean(y)];
  const [fromX, fromY] = [x.map((value) => value - meanX), y.map((value) => value - meanY)];
  const products = compensatedSum(fromX.map((value, i) => value * fromY[i]!));
  // The means are rounded: what is left of the deviations says by how much.
  const left = (compensatedSum(fromX) * compensatedSum(fromY)) / x.length;
  return (products - left) / (x.length - 1);
}

/** Neumaier (1974). */
function compensatedSum(values: readonly number[]): number {
  let [sum, lost] = [0, 0];
  for (const value of values) {
    const next = sum + value;
    lost += Math.abs(sum) >= Math.abs(value) ? sum - next + value : value - next + sum;
    sum = next;
  }
  return sum + lost;
}
