/**
 * The share of eventual conversions that a read-out has seen, when units enter evenly over `enrolmentDays`, convert
 * after an exponential delay of mean `meanDays`, and are read `observedAtDays` after the first entered.
 *
 * With x = enrolment / mean and y = (observed − enrolment) / mean it is 1 − exp(−y) (1 − exp(−x)) / x, written without
 * a subtraction that cancels where little has been seen yet.
 */
export function observedFraction(
  meanDays: number,
  enrolmentDays: number,
  observedAtDays: number = enrolmentDays,
): number {
  // An earlier read-out has only those who entered by then, and they entered until then.
  const enrolled = Math.min(enrolmentDays, observedAtDays);
  const waited = (observedAtDays - enrolled) / meanDays;
  return -Math.expm1(-waited) + Math.exp(-waited) * rollingFraction(enrolled / meanDays);
}

/** 1 − (1 − exp(−x)) / x, the fraction while entry goes on. */
function rollingFraction(x: number): number {
  if (x >= 1) return 1 + Math.expm1(-x) / x;
  let sum = 0;
  let term = 1;
  for (let k = 1; Math.abs(term) > Number.EPSILON * sum; k++) {
    term *= -x / (k + 1);
    sum -= term;
  }
  return sum;
}
