import { describe, expect, it } from "vitest";
import {
  sequentialSampleRatio,
  type SequentialSampleRatioCheck,
} from "../../src/inference/sequential-sample-ratio.ts";
import { createRandom, type Random } from "../../src/numerics/random.ts";

/** Units of one step by arm: binomials given what is left. */
function drawStep(random: Random, units: number, shares: readonly number[]): number[] {
  let left = units;
  let rest = 1;
  return shares.map((share, arm) => {
    const count = arm === shares.length - 1 ? left : random.binomial(left, Math.min(1, share / rest));
    left -= count;
    rest -= share;
    return count;
  });
}

/** The look at which the alarm is raised, or none. */
function firstAlarm(
  random: Random,
  {
    shares,
    expected,
    step,
    looks,
    concentration,
    threshold,
  }: {
    shares: readonly number[];
    expected: readonly number[];
    step: number;
    looks: number;
    concentration: number;
    threshold: number;
  },
): number {
  const observed = expected.map(() => 0);
  let previous: SequentialSampleRatioCheck | undefined;
  for (let look = 1; look <= looks; look++) {
    drawStep(random, step, shares).forEach((count, arm) => (observed[arm]! += count));
    previous = sequentialSampleRatio({ observed, expected, previous, concentration, threshold });
    if (previous.mismatch) return look;
  }
  return Infinity;
}

describe("the sequential sample ratio check", () => {
  const runs = 1500;

  it.each([
    { expected: [1, 1], step: 1, looks: 1000, concentration: 10 },
    { expected: [1, 1], step: 100, looks: 1000, concentration: 10_000 },
    { expected: [8, 1, 1], step: 50, looks: 500, concentration: 1000 },
  ])(
    "raises a false alarm in at most 5 % of experiments looked at $looks times: $expected, $step units a look",
    ({ expected, ...design }) => {
      const random = createRandom(11);
      const total = expected.reduce((sum, weight) => sum + weight, 0);
      const shares = expected.map((weight) => weight / total);
      let alarms = 0;
      for (let run = 0; run < runs; run++) {
        const look = firstAlarm(random, { shares, expected, ...design, threshold: 0.05 });
        if (look < Infinity) alarms++;
      }
      // Four standard errors of the simulation above 5 %.
      expect(alarms / runs).toBeLessThan(0.05 + 4 * Math.sqrt((0.05 * 0.95) / runs));
    },
  );

  it("finds a split of 51 to 49 in most experiments of 100,000 units", () => {
    const random = createRandom(12);
    let found = 0;
    for (let run = 0; run < 400; run++) {
      const look = firstAlarm(random, {
        shares: [0.51, 0.49],
        expected: [1, 1],
        step: 1000,
        looks: 100,
        concentration: 10_000,
        threshold: 0.001,
      });
      if (look < Infinity) found++;
    }
    expect(found / 400).toBeGreaterThan(0.9);
  });
});
