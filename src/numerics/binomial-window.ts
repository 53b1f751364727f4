import { binomialLogPmf, binomialMode } from "./binomial-tails.ts";
import { exp } from "./elementary/exp.ts";

/** Whole numbers from the first to the last. */
export interface CountRange {
  readonly first: number;
  readonly last: number;
}

/** ln of what may lie beyond either end of a reach: 1e-16. */
const LOG_NEGLIGIBLE = 36.85;

/** The successes that matter: less than 1e-16 lies on either side of them, by Bernstein's inequality (1924). */
export function binomialReach(n: number, p: number): CountRange {
  const third = LOG_NEGLIGIBLE / 3;
  const distance = third + Math.sqrt(third ** 2 + 2 * LOG_NEGLIGIBLE * n * p * (1 - p));
  return {
    first: Math.max(0, Math.floor(n * p - distance)),
    last: Math.min(n, Math.ceil(n * p + distance)),
  };
}

/** P(K = k) for every k of a range, by the ratios of neighbours outwards from the likeliest. */
export function binomialPmfs(n: number, p: number, { first, last }: CountRange): Float64Array {
  const pmf = new Float64Array(last - first + 1);
  const odds = p / (1 - p);
  const likeliest = Math.min(last, Math.max(first, binomialMode(n, p)));
  pmf[likeliest - first] = exp(binomialLogPmf(likeliest, n, p));
  for (let k = likeliest; k < last; k++) pmf[k + 1 - first] = pmf[k - first]! * (((n - k) / (k + 1)) * odds);
  for (let k = likeliest; k > first; k--) pmf[k - 1 - first] = pmf[k - first]! * (k / (n - k + 1) / odds);
  return pmf;
}
