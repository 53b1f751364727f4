import { newtonRoot } from "../numerics/newton-root.ts";

/**
 * The spread τ of true effects at which Cochran's Q, with the weights 1/(se² + τ²), is what chance alone makes it: its
 * degrees of freedom; 0 where Q is below them already (Paule and Mandel 1982; DerSimonian and Kacker 2007).
 *
 * @param estimates - at least two
 * @param standardErrors - of each, finite and above 0
 */
export function pauleMandel(estimates: readonly number[], standardErrors: readonly number[]): number {
  const unit = standardErrors.reduce((least, error) => Math.min(least, error), Infinity);
  const first = estimates[0]!;
  const df = estimates.length - 1;
  // df − Q rises with τ², and is concave: Newton's steps from 0 do not pass the root.
  const excess = (variance: number): readonly [number, number] => {
    let precision = 0;
    let sum = 0;
    for (let k = 0; k < estimates.length; k++) {
      const weight = 1 / ((standardErrors[k]! / unit) ** 2 + variance);
      precision += weight;
      sum += weight * ((estimates[k]! - first) / unit);
    }
    const average = sum / precision;
    let q = 0;
    let slope = 0;
    for (let k = 0; k < estimates.length; k++) {
      const weight = 1 / ((standardErrors[k]! / unit) ** 2 + variance);
      const square = weight * ((estimates[k]! - first) / unit - average) ** 2;
      q += square;
      slope += weight * square;
    }
    return [df - q, slope];
  };
  const [atZero] = excess(0);
  if (atZero >= 0) return 0;
  // From here on Q is below its degrees of freedom, whatever the errors.
  const largest = estimates.reduce((most, y) => Math.max(most, Math.abs((y - first) / unit)), 0) ** 2;
  const upper = (estimates.length * largest) / df;
  const start = Math.min(0.5 * upper, -atZero / excess(0)[1]);
  return unit * Math.sqrt(newtonRoot(excess, 0, upper, start));
}
