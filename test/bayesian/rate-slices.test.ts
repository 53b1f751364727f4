import { describe, expect, it } from "vitest";
import type { EachArm } from "../../src/bayesian/each-arm.ts";
import { type ArmEvidence, armEvidence, type Rate, type RatePair } from "../../src/bayesian/rate-pair.ts";
import {
  controlSlice,
  differenceSlice,
  oddsRatioSlice,
  type RateSlice,
  rateRatioSlice,
  treatmentSlice,
} from "../../src/bayesian/rate-slices.ts";
import { DIFFERENCE_FROM_COORDINATE } from "../../src/bayesian/difference-coordinate.ts";
import { logSliceIntegral } from "../../src/bayesian/slice-integral.ts";
import { relativeError } from "../support/relative-error.ts";

const arms: EachArm<ArmEvidence> = { control: armEvidence(30, 970), treatment: armEvidence(600, 500) };
const logOdds = ({ rate, rest }: Pick<Rate, "rate" | "rest">): number => Math.log(rate / rest);
const logOddsRatio = ({ control, treatment }: RatePair): number => logOdds(treatment) - logOdds(control);

describe("the pairs of rates with one value of an effect", () => {
  const slices: readonly [string, RateSlice, (pair: RatePair) => number, number][] = [
    ["odds ratio", oddsRatioSlice(arms, 0.7), logOddsRatio, 0.7],
    ["rate ratio", rateRatioSlice(arms, -0.4), (p) => Math.log(p.treatment.rate / p.control.rate), -0.4],
    ["rate ratio", rateRatioSlice(arms, 0.9), (p) => Math.log(p.treatment.rate / p.control.rate), 0.9],
    [
      "difference",
      differenceSlice(arms, 1.2),
      (p) => p.treatment.rate - p.control.rate,
      DIFFERENCE_FROM_COORDINATE.value(1.2),
    ],
    [
      "difference",
      differenceSlice(arms, -0.3),
      (p) => p.treatment.rate - p.control.rate,
      DIFFERENCE_FROM_COORDINATE.value(-0.3),
    ],
    ["control", controlSlice(arms, 0.8), (p) => logOdds(p.control) - logOdds(arms.control.reference), 0.8],
    [
      "treatment",
      treatmentSlice(arms, -0.8),
      (p) => logOdds(p.treatment) - logOdds(arms.treatment.reference),
      -0.8,
    ],
  ];

  it.each(slices)(
    "have that %s at every distance, with their moves from the references",
    (_, slice, effect, value) => {
      for (const distance of [-9, -2, 0, 0.5, 4]) {
        const pair = slice.pair(distance);
        expect(relativeError(effect(pair), value)).toBeLessThan(1e-11);
        expect(Math.abs(pair.treatment.rate - pair.control.rate - pair.difference)).toBeLessThan(1e-14);
        for (const arm of ["control", "treatment"] as const) {
          const { rate, rest, move } = pair[arm];
          expect(Math.abs(rate + rest - 1)).toBeLessThan(1e-14);
          expect(Math.abs(rate - arms[arm].reference.rate - move)).toBeLessThan(1e-14);
        }
      }
    },
  );

  it("of a difference turn at the middle: their odds ratio is least there, and grows alike to both sides", () => {
    for (const coordinate of [0.05, 1.2, 3]) {
      const slice = differenceSlice(arms, coordinate);
      const { middle } = slice.sides!;
      const least = logOddsRatio(slice.pair(middle));
      for (const distance of [0.3, 2, 5]) {
        const [below, above] = [slice.pair(middle - distance), slice.pair(middle + distance)].map(
          logOddsRatio,
        );
        expect(below).toBeGreaterThan(least);
        expect(relativeError(above!, below!)).toBeLessThan(1e-10);
      }
    }
  });
});

/** A slice whose "difference" is the distance itself, so that any function can stand along it. */
function along(log: (distance: number) => number, sides?: RateSlice["sides"]): number {
  const none = { rate: 0, rest: 0, move: 0 };
  return logSliceIntegral(
    { arms, logDensity: ({ difference }) => log(difference) },
    {
      pair: (difference) => ({ control: none, treatment: none, difference }),
      logArea: () => 0,
      sides,
    },
  );
}

const normalLog =
  (mean: number, deviation: number) =>
  (x: number): number =>
    -0.5 * ((x - mean) / deviation) ** 2 - Math.log(deviation) - 0.5 * Math.log(2 * Math.PI);
const logSum = (a: number, b: number): number => Math.max(a, b) + Math.log1p(Math.exp(-Math.abs(a - b)));

describe("the integral along a slice", () => {
  it("is 1 for a normal density, wherever it lies, with sides or without", () => {
    expect(Math.abs(along(normalLog(0.4, 0.1)))).toBeLessThan(1e-12);
    expect(Math.abs(along(normalLog(0.4, 0.1), { middle: 0.4, reach: 5 }))).toBeLessThan(1e-12);
    expect(Math.abs(along(normalLog(3, 0.5), { middle: -1, reach: 5 }))).toBeLessThan(1e-12);
  });

  it("adds up two peaks, over a deep valley and over a shallow one", () => {
    for (const [at, deviation] of [
      [1.5, 0.5],
      [4, 0.3],
      [6, 0.2],
    ] as const) {
      const log = (x: number): number =>
        logSum(normalLog(-at, deviation)(x), Math.log(0.5) + normalLog(at, deviation)(x));
      expect(Math.abs(along(log, { middle: 0, reach: 5 }) - Math.log(1.5))).toBeLessThan(1e-11);
    }
  });

  it("takes in what lies nearer than the reach, where beyond it nothing is held", () => {
    const log = (x: number): number => (Math.abs(x) < 4.5 ? normalLog(-1, 0.3)(x) : -Infinity);
    expect(Math.abs(along(log, { middle: 0, reach: 20 }))).toBeLessThan(1e-12);
  });

  it("is nothing where the density is nothing, also where a double cannot hold a rate", () => {
    for (const nothing of [-Infinity, NaN]) {
      expect(along(() => nothing)).toBe(-Infinity);
      expect(along(() => nothing, { middle: 0, reach: 5 })).toBe(-Infinity);
    }
  });
});
