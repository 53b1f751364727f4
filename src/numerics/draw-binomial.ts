import { ConvergenceError, MOST_ROUNDS } from "../core/convergence-error.ts";
import { betaDeviation, logBetaPrefix } from "./beta-prefix.ts";
import { exp } from "./elementary/exp.ts";
import { ln } from "./elementary/ln.ts";
import { log1p } from "./elementary/log1p.ts";

/** Below this mean the walk up from 0 is the faster way. Hörmann's constants hold from 10 on. */
const SMALL_MEAN = 30;

/** A binomial draw from a stream of uniform draws. */
export function drawBinomial(n: number, p: number, uniform: () => number): number {
  if (p > 0.5) return n - drawBinomial(n, 1 - p, uniform);
  return n * p < SMALL_MEAN ? walk(n, p, uniform) : reject(n, p, uniform);
}

/** Inversion: adds up the probabilities of 0, 1, 2, … until they exceed a uniform draw. */
function walk(n: number, p: number, uniform: () => number): number {
  const odds = p / (1 - p);
  let rest = uniform();
  let probability = exp(n * log1p(-p));
  let k = 0;
  while (rest > probability && k < n) {
    rest -= probability;
    probability *= (odds * (n - k)) / (k + 1);
    k += 1;
  }
  return k;
}

/**
 * Hörmann (1993), "The generation of binomial random variates", algorithm BTRS: transformed rejection, most draws
 * accepted by two comparisons. The others compare the probability with that of the mode, here without large logs that
 * cancel, so that n may be 1e15.
 */
function reject(n: number, p: number, uniform: () => number): number {
  const deviation = Math.sqrt(n * p * (1 - p));
  const b = 1.15 + 2.53 * deviation;
  const a = -0.0873 + 0.0248 * b + 0.01 * p;
  const alpha = (2.83 + 5.1 / b) * deviation;
  const surelyAccepted = 0.92 - 4.2 / b;
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const u = uniform() - 0.5;
    const v = uniform();
    const room = 0.5 - Math.abs(u);
    const k = Math.floor(((2 * a) / room + b) * u + n * p + 0.5);
    if (k < 0 || k > n) continue;
    if (room >= 0.07 && v <= surelyAccepted) return k;
    const mode = Math.floor((n + 1) * p);
    const limit = logProbability(k, n, p) - logProbability(mode, n, p);
    if (ln((v * alpha) / (a / (room * room) + b)) <= limit) return k;
  }
  throw new ConvergenceError("a binomial draw that is accepted", MOST_ROUNDS);
}

/** The log probability of k, up to a constant: p^k (1 − p)^(n − k) n! / (k! (n − k)!) as the prefix of a beta tail. */
function logProbability(k: number, n: number, p: number): number {
  const [a, b] = [k + 1, n - k + 1];
  return logBetaPrefix(p, 1 - p, a, b, betaDeviation(p, 1 - p, a, b));
}
