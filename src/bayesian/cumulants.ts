import { ln } from "../numerics/elementary/ln.ts";
import { log1p } from "../numerics/elementary/log1p.ts";
import { pow } from "../numerics/elementary/pow.ts";

/** The first four cumulants of a distribution. */
export interface Cumulants {
  readonly mean: number;
  readonly variance: number;
  readonly third: number;
  readonly fourth: number;
}

/** The cumulants of Beta(a, b). */
export function betaCumulants(a: number, b: number): Cumulants {
  const total = a + b;
  const variance = ((a / total) * (b / total)) / (total + 1);
  const skew = (2 * (b - a)) / total / (total + 2);
  const spread = ((b - a) / total) ** 2;
  const excess = spread - ((a / total) * (b / total) * (total + 2)) / (total + 1);
  const fourth = (6 * variance * excess) / (total + 2) / (total + 3);
  return { mean: a / total, variance, third: variance * skew, fourth };
}

/**
 * The cumulants of ln X for X ~ Beta(a, b), to a few parts in a thousand: good for a starting point. They are
 * differences of the digamma function and its first three derivatives at a and a + b, written as differences of powers
 * so that nothing cancels. Source: Abramowitz and Stegun (1964), 6.3.18 and 6.4.11 to 6.4.14.
 */
export function logBetaCumulants(a: number, b: number): Cumulants {
  let [mean, variance, third, fourth] = [0, 0, 0, 0];
  let s = a;
  for (; s < 4; s += 1) {
    const [first, second, cube, biquadrate] = inversePowerDifferences(s, b);
    mean -= first;
    variance += second;
    third -= 2 * cube;
    fourth += 6 * biquadrate;
  }
  const [first, second, cube, biquadrate] = inversePowerDifferences(s, b);
  return {
    mean: mean - log1p(b / s) - first / 2 - second / 12,
    variance: variance + first + second / 2 + cube / 6,
    third: third - second - cube - biquadrate / 2,
    fourth: fourth + 2 * cube + 3 * biquadrate,
  };
}

/** The cumulants of ln [X / (1 − X)] for X ~ Beta(a, b): those of the logs of two independent gamma variables. */
export function logOddsCumulants(a: number, b: number): Cumulants {
  return differenceCumulants(logGammaCumulants(a), logGammaCumulants(b));
}

/** The cumulants of ln X for X ~ Gamma(a), likewise: the digamma function at a, and its derivatives. */
function logGammaCumulants(a: number): Cumulants {
  let [mean, variance, third, fourth] = [0, 0, 0, 0];
  let s = a;
  for (; s < 4; s += 1) {
    mean -= 1 / s;
    variance += 1 / s ** 2;
    third -= 2 / pow(s, 3);
    fourth += 6 / pow(s, 4);
  }
  const r = 1 / s;
  return {
    mean: mean + ln(s) - r / 2 - r ** 2 / 12,
    variance: variance + r + r ** 2 / 2 + pow(r, 3) / 6,
    third: third - r ** 2 - pow(r, 3) - pow(r, 4) / 2,
    fourth: fourth + 2 * pow(r, 3) + 3 * pow(r, 4),
  };
}

/** s⁻ᵏ − (s + b)⁻ᵏ for k = 1 to 4. */
function inversePowerDifferences(s: number, b: number): [number, number, number, number] {
  const r = 1 / s;
  const q = 1 / (s + b);
  const first = b * r * q;
  const second = first * (r + q);
  const cube = second * r + first * q ** 2;
  return [first, second, cube, cube * r + first * pow(q, 3)];
}

/** The cumulants of Y − X from those of Y and X, independent. */
export function differenceCumulants(y: Cumulants, x: Cumulants): Cumulants {
  return {
    mean: y.mean - x.mean,
    variance: y.variance + x.variance,
    third: y.third - x.third,
    fourth: y.fourth + x.fourth,
  };
}

/** The quantile at the standard normal quantile z, and its slope there: Cornish and Fisher (1938). */
export function cornishFisher(
  { mean, variance, third, fourth }: Cumulants,
  z: number,
): { readonly y: number; readonly slope: number } {
  const deviation = Math.sqrt(variance);
  const skew = third / (variance * deviation) / 6;
  const excess = fourth / variance ** 2 / 24;
  const bend = skew * (z * z - 1);
  const stretch = z * (excess * (z * z - 3) - skew * skew * (2 * z * z - 5));
  const slope = 2 * skew * z + excess * (3 * z * z - 3) - skew * skew * (6 * z * z - 5);
  return { y: mean + deviation * (z + bend + stretch), slope: deviation * (1 + slope) };
}
