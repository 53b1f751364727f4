import { describe, expect, it } from "vitest";
import type { ExperimentPath } from "../../src/sequential/experiment-path.ts";
import { joinedExits, runExperiments } from "../../src/sequential/run-experiments.ts";

/** A path that goes through given values of z, experiment by experiment; its estimate is half of z. */
function pathOf(experiments: readonly (readonly number[])[], truth: number): ExperimentPath {
  let [experiment, look] = [-1, 0];
  const z = (): number => experiments[experiment]![look]!;
  return {
    restart: () => void (experiment += 1),
    observe: (at) => void (look = at),
    z,
    estimate: () => z() / 2,
    truth,
  };
}

const BOUNDS = { upper: [3, 2], lower: [-3, -2], inner: [-Infinity, 0.5] };
const PATHS = [
  [3, 9],
  [1, 2],
  [1, 4],
  [-1, -2],
  [-5, 9],
  [0, 0.5],
  [0, -0.5],
  [0, 1],
];

describe("experiments one after the other", () => {
  it("stop at the first z at or beyond a boundary, and leave their errors there", () => {
    const { above, below, inside } = runExperiments(pathOf(PATHS, 0.75), BOUNDS, PATHS.length);
    // Estimates 1.5, 1 and 2; −1 and −2.5; 0.25 and −0.25.
    expect({ ...above, byLook: [...above.byLook] }).toEqual({
      byLook: [1, 2],
      count: 3,
      sum: 0.75 + 0.25 + 1.25,
      squares: 0.75 ** 2 + 0.25 ** 2 + 1.25 ** 2,
      sizes: 4.5,
    });
    expect({ ...below, byLook: [...below.byLook] }).toEqual({
      byLook: [1, 1],
      count: 2,
      sum: -1.75 - 3.25,
      squares: 1.75 ** 2 + 3.25 ** 2,
      sizes: 3.5,
    });
    expect({ ...inside, byLook: [...inside.byLook] }).toEqual({
      byLook: [0, 2],
      count: 2,
      sum: -0.5 - 1,
      squares: 0.5 ** 2 + 1,
      sizes: 0.5,
    });
  });

  it("are the same in parts that are joined", () => {
    const whole = runExperiments(pathOf(PATHS, 0.75), BOUNDS, PATHS.length);
    const parts = [PATHS.slice(0, 3), PATHS.slice(3, 5), PATHS.slice(5)].map((some) =>
      runExperiments(pathOf(some, 0.75), BOUNDS, some.length),
    );
    expect(joinedExits(parts)).toEqual(whole);
  });
});
