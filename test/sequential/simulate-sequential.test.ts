import { describe, expect, it } from "vitest";
import { binomial } from "../../src/numerics/binomial.ts";
import { normalSf } from "../../src/numerics/normal.ts";
import { createRandom } from "../../src/numerics/random.ts";
import {
  simulateSequential,
  type SimulateSequentialOptions,
} from "../../src/sequential/simulate-sequential.ts";
import type { Simulated } from "../../src/sequential/simulated.ts";
import { relativeError } from "../support/relative-error.ts";

const evenLooks = (looks: number, n: number): number[] =>
  Array.from({ length: looks }, (_, look) => n * (look + 1));
const constant = (looks: number, z: number): number[] => Array.from({ length: looks }, () => z);

/** How far a simulated share lies from the exact one, in standard errors that the exact one gives. */
function score({ estimate }: Simulated, exact: number, experiments: number): number {
  return Math.abs(estimate - exact) / Math.sqrt((exact * (1 - exact)) / experiments);
}

/** Stops of two looks by enumeration of all counts. */
function enumerated(
  [first, second]: readonly [number, number],
  rates: readonly [number, number],
  z: (c: number, t: number, n: number) => number,
  upper: number,
  lower: number,
): { above: number[]; below: number[] } {
  const above = [0, 0];
  const below = [0, 0];
  const added = second - first;
  for (let c = 0; c <= first; c++) {
    for (let t = 0; t <= first; t++) {
      const here = binomial.pmf(c, first, rates[0]) * binomial.pmf(t, first, rates[1]);
      const z1 = z(c, t, first);
      if (z1 >= upper) above[0]! += here;
      else if (z1 <= lower) below[0]! += here;
      else
        for (let c2 = 0; c2 <= added; c2++) {
          for (let t2 = 0; t2 <= added; t2++) {
            const both = here * binomial.pmf(c2, added, rates[0]) * binomial.pmf(t2, added, rates[1]);
            const z2 = z(c + c2, t + t2, second);
            if (z2 >= upper) above[1]! += both;
            else if (z2 <= lower) below[1]! += both;
          }
        }
    }
  }
  return { above, below };
}

describe("simulateSequential", () => {
  const scoreZ = (c: number, t: number, n: number): number => {
    const pooled = (c + t) / (2 * n);
    return c === t ? 0 : (t - c) / n / Math.sqrt((pooled * (1 - pooled) * 2) / n);
  };
  const waldZ = (c: number, t: number, n: number): number => {
    const variance = ((c / n) * (1 - c / n) + (t / n) * (1 - t / n)) / n;
    return variance === 0 ? 0 : (t - c) / n / Math.sqrt(variance);
  };

  it.each([
    ["score", scoreZ],
    ["wald", waldZ],
  ] as const)("agrees with the enumeration of all counts: %s", (test, z) => {
    const experiments = 200_000;
    const exact = enumerated([9, 20], [0.3, 0.3 * 1.6], z, 1.7, -1.2);
    const result = simulateSequential({
      baseline: 0.3,
      lift: 0.6,
      n: [9, 20],
      upper: [1.7, 1.7],
      lower: [-1.2, -1.2],
      test,
      experiments,
      rng: createRandom(31),
    });
    result.looks.forEach((look, i) => {
      expect(score(look.stopsAbove, exact.above[i]!, experiments)).toBeLessThan(4);
      expect(score(look.stopsBelow, exact.below[i]!, experiments)).toBeLessThan(4);
    });
    const wrong = exact.below[0]! + exact.below[1]!;
    expect(score(result.wrongSide!, wrong, experiments)).toBeLessThan(4);
    expect(score(result.rejection, wrong + exact.above[0]! + exact.above[1]!, experiments)).toBeLessThan(4);
    const stopped = exact.above[0]! + exact.below[0]!;
    expect(
      Math.abs(result.expectedN.estimate - (20 - 11 * stopped)) / result.expectedN.standardError,
    ).toBeLessThan(4);
  });

  // Armitage, McPherson and Rowe (1969), table 2: peeking at a nominal level of 5 %.
  it.each([
    [2, 0.083],
    [5, 0.142],
    [10, 0.193],
    [20, 0.248],
    [50, 0.32],
  ])("finds what peeking costs in %d looks", (looks, published) => {
    const experiments = 40_000;
    const design = {
      n: evenLooks(looks, 100),
      upper: constant(looks, 1.959963984540054),
      lower: constant(looks, -1.959963984540054),
      experiments,
    };
    const means = simulateSequential({
      ...design,
      baseline: 1,
      standardDeviation: 2,
      lift: 0,
      rng: createRandom(looks),
    });
    expect(Math.abs(means.rejection.estimate - published)).toBeLessThan(
      4 * means.rejection.standardError + 0.0005,
    );
    expect(means.wrongSide).toBeNull();
    expect(means.exaggerationRatio).toBe(Infinity);
  });

  it("finds the power and the exaggeration of a test with one look", () => {
    // One look at z = 1.96 with mean 2: power and E|estimate| in closed form.
    const result = simulateSequential({
      baseline: 1,
      standardDeviation: Math.SQRT1_2,
      lift: 0.2,
      n: [100],
      upper: [1.959963984540054],
      lower: [-1.959963984540054],
      experiments: 200_000,
      rng: createRandom(8),
    });
    const right = normalSf(1.959963984540054 - 2);
    const wrong = normalSf(1.959963984540054 + 2);
    expect(score(result.rejection, right + wrong, 200_000)).toBeLessThan(4);
    expect(score(result.wrongSide!, wrong, 200_000)).toBeLessThan(4);
    const density = (x: number): number => Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI);
    const size = 2 * (right - wrong) + density(1.959963984540054 - 2) + density(1.959963984540054 + 2);
    expect(result.exaggerationRatio! / (size / (right + wrong) / 2)).toBeCloseTo(1, 2);
    // In units of 0.1, the standard error: the mean of the estimates that reject, and their spread.
    const [near, far] = [density(1.959963984540054 - 2), density(1.959963984540054 + 2)];
    const mean = (2 * (right + wrong) + near - far) / (right + wrong);
    const square = 5 + ((1.959963984540054 + 2) * near + (1.959963984540054 - 2) * far) / (right + wrong);
    const { estimate, standardError } = result.meanEstimate!;
    const spread = Math.sqrt((square - mean * mean) / (200_000 * (right + wrong)));
    expect(Math.abs(estimate / 0.1 - mean)).toBeLessThan(4 * spread);
    expect(standardError / 0.1 / spread).toBeCloseTo(1, 1);
    expect(result.expectedN).toEqual({ estimate: 100, standardError: 0 });
  });

  it("reads one-sided boundaries as rejection and futility", () => {
    const design: SimulateSequentialOptions = {
      baseline: 0.1,
      lift: 0.1,
      n: [1000, 2000],
      upper: [2.5, 2],
      lower: [0, 2],
      experiments: 5000,
    };
    const greater = simulateSequential({ ...design, alternative: "greater" });
    expect(greater.futility.estimate + greater.rejection.estimate).toBe(1);
    expect(greater.wrongSide!.estimate).toBe(0);
    const less = simulateSequential({ ...design, alternative: "less" });
    expect(less.rejection).toEqual(greater.futility);
    expect(less.wrongSide).toEqual(less.rejection);
    expect(simulateSequential({ ...design, lower: undefined }).futility.estimate).toBe(0);
  });

  it("sees few sales and lopsided arms as they are", () => {
    const result = simulateSequential({
      baseline: 0.002,
      lift: 0,
      n: [50, 100],
      allocation: 0.1,
      upper: [1.96, 1.96],
      lower: [-1.96, -1.96],
      experiments: 20_000,
    });
    expect(result.looks.map(({ nTreatment }) => nTreatment)).toEqual([5, 10]);
    // The far tail cannot be reached: with no sale in the treatment, the z of one or two in the control is small.
    expect(result.looks[1]!.stopsBelow.estimate).toBe(0);
    expect(result.rejection.estimate).toBeLessThan(0.03);
  });

  it.each([1e-300, 1, 1e300])("knows the spread of its estimates for means and deviations of %s", (size) => {
    const at = (scale: number) =>
      simulateSequential({
        baseline: scale,
        lift: 0.1,
        standardDeviation: scale,
        n: [500, 1000],
        upper: [2, 2],
        experiments: 1000,
      }).meanEstimate!;
    const one = at(1);
    expect(relativeError(at(size).estimate / size, one.estimate)).toBeLessThan(1e-14);
    expect(relativeError(at(size).standardError / size, one.standardError)).toBeLessThan(1e-12);
  });

  it("knows the spread of estimates that differ in their last digits only", () => {
    const { meanEstimate } = simulateSequential({
      baseline: 1,
      lift: 1e9,
      standardDeviation: 1,
      n: [1],
      upper: [2],
      experiments: 10_000,
    });
    // Of the difference of two units.
    expect(meanEstimate!.standardError).toBeCloseTo(Math.SQRT2 / 100, 3);
  });

  it("says that it knows nothing of estimates where nothing was rejected", () => {
    const none = simulateSequential({
      baseline: 0.05,
      lift: 0.1,
      n: [100],
      upper: [Infinity],
      experiments: 10,
    });
    expect(none).toMatchObject({ status: "undetermined", meanEstimate: null, exaggerationRatio: null });
    expect(none.warnings.map(({ code }) => code)).toEqual(["NO_REJECTION"]);
  });

  it("gives the same from the same stream, and pins a figure", () => {
    const design: SimulateSequentialOptions = {
      baseline: 0.05,
      lift: 0.1,
      n: evenLooks(4, 1000),
      upper: constant(4, 2.2),
      experiments: 2000,
    };
    const first = simulateSequential(design);
    expect(simulateSequential({ ...design, rng: createRandom(1) })).toEqual(first);
    expect(structuredClone(first)).toEqual(first);
    expect(first.rejection.estimate).toBe(0.17);
  });

  it.each<[Partial<SimulateSequentialOptions>, string]>([
    [{ baseline: 0 }, "baseline = 0"],
    [{ lift: 9 }, "lift = 9"],
    [{ lift: -1 }, "lift = -1"],
    [{ standardDeviation: 0 }, "standardDeviation = 0"],
    [{ standardDeviation: 1, test: "wald" }, "test"],
    [{ test: "g" as "wald" }, "test"],
    [{ n: [] }, "n = "],
    [{ n: [10, 10] }, "n[1] = 10"],
    [{ n: [10.5, 20] }, "n[0] = 10.5"],
    [{ allocation: 0 }, "allocation = 0"],
    [{ allocation: 1e-6 }, "allocation"],
    [{ upper: [2] }, "upper"],
    [{ upper: [2, Number.NaN] }, "upper[1] = NaN"],
    [{ lower: [3, 0] }, "lower[0] = 3"],
    [{ experiments: 0 }, "experiments = 0"],
    [{ rng: null as never }, "rng = null"],
    [{ rng: {} as never }, "stream of random numbers"],
    [{ alternative: "up" as never }, "alternative"],
  ])("refuses %o", (change, message) => {
    const sound: SimulateSequentialOptions = { baseline: 0.2, lift: 0.1, n: [10, 20], upper: [2, 2] };
    expect(() => simulateSequential({ ...sound, ...change })).toThrow(message);
  });
});
