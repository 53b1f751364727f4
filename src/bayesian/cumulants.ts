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

/** The cumulants of ln X for X ~ Beta(a, b), to a few parts in a thousand: good for a starting point. */
export function logBetaCumulants(a: number, b: number): Cumulants {
  return minus(logGammaCumulants(a), logGammaCumulants(a + b));
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

/** Digamma and its first three derivatives at `shape`: Abramowitz and Stegun (1964), 6.3.18 and 6.4.11 to 6.4.14. */
function logGammaCumulants(shape: number): Cumulants {
  let [mean, variance, third, fourth] = [0, 0, 0, 0];
  let s = shape;
  for (; s < 4; s += 1) {
    mean -= 1 / s;
    variance += 1 / s ** 2;
    third -= 2 / s ** 3;
    fourth += 6 / s ** 4;
  }
  const r = 1 / s;
  return {
    mean: mean + Math.log(s) - r / 2 - r ** 2 / 12,
    variance: variance + r + r ** 2 / 2 + r ** 3 / 6,
    third: third - r ** 2 - r ** 3 - r ** 4 / 2,
    fourth: fourth + 2 * r ** 3 + 3 * r ** 4 + 2 * r ** 5,
  };
}

function minus(y: Cumulants, x: Cumulants): Cumulants {
  return {
    mean: y.mean - x.mean,
    variance: y.variance - x.variance,
    third: y.third - x.third,
    fourth: y.fourth - x.fourth,
  };
}

/** The quantile at the standard normal quantile z: Cornish and Fisher (1938). */
export function cornishFisher({ mean, variance, third, fourth }: Cumulants, z: number): number {
  const deviation = Math.sqrt(variance);
  const skewness = third / (variance * deviation);
  const kurtosis = fourth / variance ** 2;
  const bend = (skewness * (z * z - 1)) / 6;
  const stretch = (z * (kurtosis * 3 * (z * z - 3) - 2 * skewness ** 2 * (2 * z * z - 5))) / 72;
  return mean + deviation * (z + bend + stretch);
}
