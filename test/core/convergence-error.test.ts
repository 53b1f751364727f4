import { describe, expect, it } from "vitest";
import { ConvergenceError, MOST_ROUNDS } from "../../src/core/convergence-error.ts";
import { drawBinomial } from "../../src/numerics/draw-binomial.ts";
import { drawLogGamma } from "../../src/numerics/draw-gamma.ts";
import { findRoot } from "../../src/numerics/find-root.ts";
import { newtonRoot } from "../../src/numerics/newton-root.ts";

// Searches that cannot end by themselves, as a fault would make them: each ends with the error that says so.
describe("a search without an end", () => {
  it.each<[string, () => unknown]>([
    [
      "a gamma draw from a stream that stands still",
      () =>
        drawLogGamma(
          2,
          () => 0.5,
          () => -1e9,
        ),
    ],
    ["a binomial draw from a stream that stands still", () => drawBinomial(1000, 0.5, () => 1 - 2 ** -53)],
    ["a root of a line, in one round", () => findRoot((x) => x ** 3 - 2, 0, 9, { maxIterations: 1 })],
  ])("is ended: %s", (_, search) => {
    expect(search).toThrow(ConvergenceError);
  });

  it("is said in words, with its cap", () => {
    const error = new ConvergenceError("a root between 0 and 1", 12);
    expect(error).toMatchObject({ name: "ConvergenceError", search: "a root between 0 and 1", cap: 12 });
    expect(error.message).toBe(
      "a root between 0 and 1 was not found in 12 rounds. This is a fault of microlift: please report it.",
    );
  });

  it("is far from what a search takes: Newton's method beside a step needs a few dozen rounds", () => {
    let rounds = 0;
    const step = (x: number): [number, number] => {
      rounds += 1;
      return [x < 1 / 3 ? -1 : 1, 1];
    };
    expect(newtonRoot(step, 0, 1, 0.5)).toBeCloseTo(1 / 3, 15);
    expect(rounds).toBeLessThan(MOST_ROUNDS / 100);
  });
});
