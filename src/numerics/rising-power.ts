import { digammaSeries, SERIES_FROM, trigammaSeries } from "./digamma.ts";
import { stirlingSeries } from "./stirling-series.ts";
import { ln } from "./elementary/ln.ts";
import { log1p } from "./elementary/log1p.ts";

/** ln of rising powers, a (a + q) (a + 2q) … (a + (k − 1) q) each, and its derivatives by a and q: sums over many. */
export interface RisingPower {
  readonly log: number;
  readonly byA: number;
  readonly byQ: number;
  readonly byAA: number;
  readonly byAQ: number;
  readonly byQQ: number;
}

/** Numbers of factors, whole and at or above 0, and how often each occurs. */
export interface Tally {
  readonly counts: Float64Array;
  readonly times: Float64Array;
}

/** Below it, relative to a, all of k q is so small that the series of `nearlyPower` is right to 1e-12. */
const SMALL = 1e-4;

/**
 * The log of a product of rising powers with a > 0 and steps q >= 0, and its derivatives by both: what the beta-binomial
 * likelihood is made of, with q = 0 (one common rate) an ordinary point.
 *
 * With s = a / q it is k ln q + ln Γ(s + k) − ln Γ(s), of which ψ(s + k) − ψ(s) = Σ 1/(s + j) and
 * ψ'(s) − ψ'(s + k) = Σ 1/(s + j)² are the derivatives, all by their series from 10 on, as differences in which nothing
 * large cancels (Abramowitz and Stegun 1964, 6.1.41, 6.3.18, 6.4.12).
 */
export function risingPower({ counts, times }: Tally, a: number, q: number): RisingPower {
  const start = a / q;
  const shifts = Math.max(0, Math.ceil(SERIES_FROM - start));
  const base = start + shifts;
  const logBase = ln(base);
  const [stirlingAtBase, digammaAtBase, trigammaAtBase] = seriesAt(base);
  const logQ = ln(q);
  let [log, byA, byQ, byAA, byAQ, byQQ] = [0, 0, 0, 0, 0, 0];
  for (let i = 0; i < counts.length; i++) {
    const k = counts[i]!;
    const weight = times[i]!;
    if (q * k < SMALL * a) {
      const near = nearlyPower(a, q, k);
      log += weight * near.log;
      byA += weight * near.byA;
      byQ += weight * near.byQ;
      byAA += weight * near.byAA;
      byAQ += weight * near.byAQ;
      byQQ += weight * near.byQQ;
      continue;
    }
    const end = base + k;
    const growth = log1p(k / base);
    const [stirlingAtEnd, digammaAtEnd, trigammaAtEnd] = seriesAt(end);
    const between = k / base / end;
    let gammas = (end - 0.5) * growth + k * (logBase - 1) + (stirlingAtEnd - stirlingAtBase);
    let inverses = growth + 0.5 * between + (digammaAtBase - digammaAtEnd);
    let squares = between + 0.5 * between * (1 / base + 1 / end) + (trigammaAtBase - trigammaAtEnd);
    if (shifts > 0) {
      let product = 1;
      for (let s = start; s < base - 0.5; s += 1) {
        const step = k / s / (s + k);
        product *= 1 + k / s;
        inverses += step;
        squares += step * (1 / s + 1 / (s + k));
      }
      gammas -= ln(product);
    }
    const moved = k - start * inverses;
    log += weight * (k * logQ + gammas);
    byA += (weight * inverses) / q;
    byQ += (weight * moved) / q;
    byAA -= (weight * squares) / q / q;
    byAQ -= (weight * (inverses - start * squares)) / q / q;
    byQQ -= (weight * (moved - start * (inverses - start * squares))) / q / q;
  }
  return { log, byA, byQ, byAA, byAQ, byQQ };
}

/** What the series of ln Γ, ψ and ψ' add to their leading terms. */
function seriesAt(x: number): [number, number, number] {
  return [stirlingSeries(x), digammaSeries(x), trigammaSeries(x)];
}

/** By the sums of powers of j below k. */
function nearlyPower(a: number, q: number, k: number): RisingPower {
  const t = q / a;
  const first = (k * (k - 1)) / 2;
  const second = (first * (2 * k - 1)) / 3;
  const third = first * first;
  const fourth = (second * (3 * k * k - 3 * k - 1)) / 5;
  return {
    log: k * ln(a) + t * (first - t * (second / 2 - t * (third / 3 - (t * fourth) / 4))),
    byA: (k - t * (first - t * (second - t * (third - t * fourth)))) / a,
    byQ: (first - t * (second - t * (third - t * fourth))) / a,
    byAA: -(k - t * (2 * first - t * (3 * second - t * (4 * third - 5 * t * fourth)))) / (a * a),
    byAQ: -(first - t * (2 * second - t * (3 * third - 4 * t * fourth))) / (a * a),
    byQQ: -(second - t * (2 * third - 3 * t * fourth)) / (a * a),
  };
}
