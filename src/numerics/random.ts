import type { JumpableRandomGenerator } from "pure-rand/types/JumpableRandomGenerator";
import { xoroshiro128plusFromState } from "pure-rand/generator/xoroshiro128plus";
import { checkCount, checkObject, checkPositive, checkProbability } from "../core/checks.ts";
import { DomainError } from "../core/domain-error.ts";
import { normalQuantile } from "./normal-quantile.ts";
import { drawBinomial } from "./draw-binomial.ts";
import { drawGamma, drawLogGamma } from "./draw-gamma.ts";
import { exp } from "./elementary/exp.ts";

/** A stream of random draws. Each call moves the stream on. */
export interface Random {
  /**
   * A uniform draw, strictly between 0 and 1: 52 random bits, placed in the middle of their cell, so that u and 1 − u
   * are equally likely and neither a log nor a quantile of it is infinite.
   * @returns a number in (0, 1)
   */
  uniform(): number;

  /**
   * A standard normal draw, by inversion.
   * @returns any number
   */
  normal(): number;

  /**
   * A gamma draw with rate 1.
   * @param shape above 0
   * @returns a number at or above 0
   * @throws {DomainError} the shape is not a positive number
   */
  gamma(shape: number): number;

  /**
   * A beta draw.
   * @param a first shape, above 0
   * @param b second shape, above 0
   * @returns a number in [0, 1]
   * @throws {DomainError} a shape is not a positive number
   */
  beta(a: number, b: number): number;

  /**
   * The number of successes in n trials, right and fast for any n.
   * @param n trials, a whole number of 0 or more
   * @param p probability of success, in [0, 1]
   * @returns a whole number from 0 to n
   * @throws {DomainError} n is not a whole number or p lies outside [0, 1]
   */
  binomial(n: number, p: number): number;

  /**
   * Another stream that never overlaps this one: it takes over the next 2^64 numbers, and this stream goes on after
   * them.
   * @returns the other stream
   */
  split(): Random;
}

/**
 * A seeded stream of random numbers: the same seed gives the same draws.
 *
 * The draws are the same on every engine, to the last bit.
 *
 * Source: xoroshiro128+ (Blackman and Vigna 2021) by way of pure-rand; gamma by Marsaglia and Tsang (2000), binomial by
 * Hörmann (1993).
 *
 * @param seed a whole number of 0 or more; neighbouring seeds give unrelated streams
 * @returns the stream
 * @throws {DomainError} the seed is not a whole number of 0 or more
 * @example
 * ```ts
 * import { createRandom } from "microlift";
 * const random = createRandom(2024);
 * const conversions = random.binomial(21306, 0.106); // the same in every run
 * ```
 */
export function createRandom(seed: number): Random {
  checkCount("seed", seed);
  const low = seed | 0;
  const high = Math.floor(seed / 2 ** 32);
  return randomFrom(xoroshiro128plusFromState([1, 2, 3, 4].map((word) => scramble(low, high, word))));
}

/** Refuses what cannot be drawn from. */
export function checkRandom(field: string, random: Random): void {
  checkObject(field, random);
  if (typeof random.uniform !== "function" || typeof random.normal !== "function") {
    throw new DomainError(field, random, "must be a stream of random numbers, such as createRandom makes");
  }
}

function randomFrom(generator: JumpableRandomGenerator): Random {
  // The upper bits of the generator are its best.
  const uniform = (): number =>
    ((generator.next() >>> 6) * 2 ** 26 + (generator.next() >>> 6) + 0.5) * 2 ** -52;
  const normal = (): number => normalQuantile(uniform());
  return {
    uniform,
    normal,
    gamma(shape) {
      checkPositive("shape", shape);
      return drawGamma(shape, uniform, normal);
    },
    beta(a, b) {
      checkPositive("a", a);
      checkPositive("b", b);
      // In logs: with small shapes both gamma draws can be below the smallest double.
      return 1 / (1 + exp(drawLogGamma(b, uniform, normal) - drawLogGamma(a, uniform, normal)));
    },
    binomial(n, p) {
      checkCount("n", n);
      checkProbability("p", p);
      return drawBinomial(n, p, uniform);
    },
    split() {
      const other = generator.clone();
      generator.jump();
      return randomFrom(other);
    },
  };
}

/** One word of the state: the seed and the word's number through the finaliser of MurmurHash3 (Appleby), once a part. */
function scramble(low: number, high: number, word: number): number {
  return finalise(finalise(finalise(word) ^ low) ^ high);
}

function finalise(word: number): number {
  let h = word + 0x9e3779b9; // so that 0 does not stay 0
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}
