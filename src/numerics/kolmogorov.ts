import { binomialLogPmf } from "./binomial-tails.ts";
import { logSum } from "./log-sum.ts";
import { poissonLogPmf } from "./poisson-tails.ts";
import { exp } from "./elementary/exp.ts";
import { ln } from "./elementary/ln.ts";
import { log1p } from "./elementary/log1p.ts";

// D, the largest distance of the distribution function of n independent uniform variables from the diagonal. For the
// inside of the library: nothing is checked.

/** Below, a path that leaves both sides is rarer than a double shows beside one that leaves one: about (p/2)³. */
const ONE_SIDED_BELOW = /* @__PURE__ */ ln(1e-4);
/** The p-value at d = z / √n is about 2 exp(−2z²); up to this z² it is above 1e-4, and the other way is needed. */
const TWO_SIDED_UP_TO = 4;
/** Up to so many variables the path is followed step by step, in O(n^1.5): some tenths of a second for the most. */
const LARGEST_EXACT = 5_000;

/**
 * ln P(D >= d): exact up to 5,000 variables, and for any number where it is below ln 1e-4; P(D >= d) else to 3e-9.
 */
export function kolmogorovLogSf(d: number, n: number): number {
  if (2 * n * d <= 1) return 0;
  if (d >= 1) return -Infinity;
  if (d >= 0.5 || n * d * d > TWO_SIDED_UP_TO) {
    const oneSided = Math.LN2 + smirnovLogSf(d, n);
    if (d >= 0.5 || oneSided < ONE_SIDED_BELOW) return oneSided;
  }
  return log1p(-(n <= LARGEST_EXACT ? pathProbability(d, n) : pelzGood(d * Math.sqrt(n), n)));
}

/**
 * ln of the probability that the distribution function rises above the diagonal by d: Σ d / x_j · P(K = j), where K
 * counts n trials of probability x_j = d + j/n (Birnbaum and Tingey 1951).
 */
function smirnovLogSf(d: number, n: number): number {
  const last = Math.floor(n * (1 - d));
  const logs: number[] = [];
  for (let j = 0; j <= last; j++) {
    const x = d + j / n;
    if (x < 1) logs.push(binomialLogPmf(j, n, x) - ln(x / d));
  }
  return logSum(logs);
}

/**
 * P(D < d) by following the number of variables below t as t goes from 0 to 1: a Poisson process of rate n, given that
 * it ends at n. It must lie within nd of nt, which cuts paths off where nt + nd or nt − nd is a whole number.
 * Source: Epanechnikov (1968); all terms are positive.
 */
function pathProbability(d: number, n: number): number {
  const reach = n * d;
  let low = 0;
  let probabilities: Float64Array<ArrayBuffer> = Float64Array.of(1);
  let now = 0;
  // The next limit: at most `ceiling` − 1 when nt = ceiling − nd, and at least `floor` when nt = floor − 1 + nd.
  let ceiling = Math.floor(reach) + 1;
  let floor = 1;
  for (;;) {
    const fallsBefore = floor - 1 + reach;
    const risesBefore = ceiling - reach;
    const next = Math.min(fallsBefore, risesBefore, n);
    probabilities = poissonStep(probabilities, next - now, Math.min(n, ceiling - 1) - low);
    now = next;
    if (next === n) break;
    if (risesBefore <= fallsBefore) ceiling += 1;
    if (fallsBefore <= risesBefore) {
      probabilities = probabilities.subarray(floor - low);
      low = floor;
      floor += 1;
    }
  }
  return probabilities[n - low]! / exp(poissonLogPmf(n, n));
}

/** Adds a Poisson number of mean 1 at most to a count with these probabilities, up to a highest count. */
function poissonStep(
  probabilities: Float64Array<ArrayBuffer>,
  mean: number,
  highest: number,
): Float64Array<ArrayBuffer> {
  const jumps = [exp(-mean)];
  // Some twenty jumps until nothing shows.
  for (let jump = 1; jumps[jump - 1]! > 1e-22 && jump <= highest; jump++) {
    jumps.push((jumps[jump - 1]! * mean) / jump);
  }
  const result = new Float64Array(highest + 1);
  jumps.forEach((probability, jump) => {
    const end = Math.min(probabilities.length, highest + 1 - jump);
    for (let count = 0; count < end; count++) result[count + jump]! += probability * probabilities[count]!;
  });
  return result;
}

const PI_SQUARED = Math.PI * Math.PI;

/** P(D < z / √n) by the expansion of Pelz and Good (1976) up to n^(−3/2), in the form of Simard and L'Ecuyer (2011). */
function pelzGood(z: number, n: number): number {
  const z2 = z * z;
  const z4 = z2 * z2;
  const z6 = z2 * z4;
  const terms = Math.ceil(4 * z) + 2;
  const sums = [0, 0, 0, 0];
  for (let k = 1; k <= terms; k++) {
    const m2 = (2 * k - 1) ** 2 * (PI_SQUARED / 4);
    const weight = exp(-m2 / (2 * z2));
    const m4 = m2 * m2;
    sums[0]! += weight;
    sums[1]! += weight * (m2 - z2);
    sums[2]! += weight * (6 * z6 + 2 * z4 + (2 * z4 - 5 * z2) * m2 + (1 - 2 * z2) * m4);
    sums[3]! +=
      weight *
      (-30 * z6 -
        90 * z4 * z4 +
        (135 * z4 - 96 * z6) * m2 +
        (212 * z4 - 60 * z2) * m4 +
        (5 - 30 * z2) * m4 * m2);
  }
  let second = 0;
  let third = 0;
  for (let k = 1; k <= terms; k++) {
    const m2 = k * k * PI_SQUARED;
    const weight = exp(-m2 / (2 * z2)) * m2;
    second += weight;
    third += weight * (3 * z2 - m2);
  }
  const root = Math.sqrt(n);
  const value =
    sums[0]! / z +
    sums[1]! / (6 * z4 * root) +
    (sums[2]! / (72 * z6 * z) - second / (36 * z2 * z)) / n +
    (sums[3]! / (6480 * z6 * z4) + third / (216 * z6)) / (n * root);
  return Math.sqrt(2 * Math.PI) * value;
}
