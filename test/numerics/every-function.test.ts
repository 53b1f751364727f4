import { describe, expect, it } from "vitest";
import { publicFunctions } from "../support/public-functions.ts";
import { largestErrors } from "../support/largest-errors.ts";

type Numeric = (...args: number[]) => number;

// The tables of the single distributions go further out; this one leaves no function without a value from outside, and has
// logs of tails near 1 to their own digits.
const functions = publicFunctions.filter(([name]) => name.includes(".")) as unknown as [string, Numeric][];
const errors = largestErrors(
  "every_function",
  Object.fromEntries(functions.map(([name, f]) => [name, name.startsWith("hypergeometric") ? named(f) : f])),
  (name) => /logP[dm]f/.test(name),
);

/** The table has the parameters in a row. */
function named(f: Numeric): Numeric {
  return (first, population, successes, draws) => f(first!, { population, successes, draws } as never);
}

describe("every function of every distribution, by 60 digits", () => {
  it.each(Object.entries(errors))("%s to 1e-12", (_, error) => {
    expect(error).toBeLessThan(1e-12);
  });

  it("leaves none out but those that have a table of their own", () => {
    const missing = functions.map(([name]) => name).filter((name) => errors[name] === undefined);
    expect(missing).toEqual([
      "bivariateNormal.cdf",
      "bivariateNormal.sf",
      "studentizedRange.cdf",
      "studentizedRange.sf",
      "studentizedRange.logCdf",
      "studentizedRange.logSf",
      "studentizedRange.quantile",
    ]);
  });
});
