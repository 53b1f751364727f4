/** Halving the step about squares the error, or better, so that the last sum is right to far more than this. */
const AGREEMENT = 1e-8;
/** Against a function that is not as it should be; a step needs halving once or twice. */
const MOST_HALVINGS = 10;

/**
 * The integral of an analytic function by the trapezoidal rule, whose error for such functions falls exponentially with
 * the number of nodes (Trefethen and Weideman 2014, SIAM Review 56, 385–458), with its step halved until two sums agree.
 *
 * @param f next to nothing at both ends, or an even function of the distance from the lower end
 * @param step a first step: about the distance over which f falls by √e from its peak
 */
export function trapezoidal(f: (x: number) => number, lower: number, upper: number, step: number): number {
  const sumFrom = (first: number): number => {
    let sum = 0;
    for (let x = first; x < upper; x += step) sum += f(x);
    return sum;
  };
  let sum = 0.5 * f(lower) + sumFrom(lower + step);
  for (let halvings = 1; ; halvings++) {
    const between = sumFrom(lower + 0.5 * step);
    const agree = Math.abs(between - sum) <= AGREEMENT * (between + sum);
    sum += between;
    step *= 0.5;
    if (agree || halvings === MOST_HALVINGS) return sum * step;
  }
}
